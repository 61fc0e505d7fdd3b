"""The sentences in which the promise engine tells people, and what their answers set off."""

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.signals import acknowledged

from . import standards
from .models import Escalation

kinds.word("standard", lambda key: standards.get(key).title)
kinds.register(
    "sla.due-soon",
    title=_("Due soon: %(standard)s · %(label)s"),
    body=_("%(owner)s promised this until %(due_at)s."),
    label=_("Due soon"),
)
kinds.register(
    "sla.overdue",
    title=_("Overdue: %(standard)s · %(label)s"),
    body=_("%(owner)s promised this until %(due_at)s. “Received” stops the climb, not the clock."),
    label=_("Overdue"),
    acknowledgeable=True,
)
kinds.register(
    "sla.handed-over",
    title=_("Handed over to you: %(standard)s · %(label)s"),
    body=_("%(person)s: %(reason)s. Due %(due_at)s."),
    label=_("Handed over"),
)
kinds.register(
    "sla.excuse-asked",
    title=_("Excuse to decide: %(standard)s · %(label)s"),
    body=_("%(person)s: %(reason)s"),
    label=_("Excuse asked"),
)
kinds.register(
    "sla.excuse-granted",
    title=_("Excuse granted: %(standard)s · %(label)s"),
    body=_("Decided by %(person)s. %(remark)s"),
    label=_("Excuse decided"),
)
kinds.register(
    "sla.excuse-refused",
    title=_("Excuse refused: %(standard)s · %(label)s"),
    body=_("Decided by %(person)s. %(remark)s"),
    label=_("Excuse decided"),
)


@receiver(acknowledged)
def stop_the_climb(sender, notice, by, at, **kwargs) -> None:
    """Whoever takes notice of an overdue promise in the inbox has acknowledged its climb."""
    if notice.kind != "sla.overdue":
        return
    escalation = Escalation.objects.select_related("timer").filter(pk=notice.source_id).first()
    if escalation and escalation.timer.is_running and not escalation.timer.acknowledged_at:
        escalation.timer.acknowledge(at=at, by=by)
