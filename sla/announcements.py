"""The sentences in which the promise engine tells people, and what their answers set off."""

from datetime import date

from django.dispatch import receiver
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.signals import acknowledged

from . import standards
from .models import Escalation

kinds.word(
    "scorecard", lambda month: formats.date_format(date.fromisoformat(f"{month}-01"), "YEAR_MONTH_FORMAT")
)
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
    "sla.duty-turn",
    title=_("Your turn: %(duty)s"),
    body=_("To be done until %(due_at)s."),
    label=_("Duty"),
)
kinds.register(
    "sla.duty-stand-in",
    title=_("You stand in: %(duty)s"),
    body=_("Whoever does this is away. To be done until %(due_at)s."),
    label=_("Duty"),
)
kinds.register(
    "sla.duty-unmanned",
    title=_("Nobody is there for it: %(duty)s"),
    body=_("It has come to the admin managers. To be done until %(due_at)s."),
    label=_("Duty"),
)
kinds.register(
    "sla.duty-handed-over",
    title=_("Handed over to you: %(duty)s"),
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
kinds.register(
    "sla.misses-repeated",
    title=_("Missed again and again: %(standard)s"),
    body=_("%(misses)s misses within %(days)s days. What is behind it?"),
    label=_("Repeated misses"),
)

kinds.register(
    "sla.scorecard",
    title=_("Scorecard of %(scorecard)s"),
    body=_("How the department kept its standards in %(scorecard)s, as PDF and as a spreadsheet."),
    label=_("Monthly scorecard"),
)


@receiver(acknowledged)
def stop_the_climb(sender, notice, by, at, **kwargs) -> None:
    """Whoever takes notice of an overdue promise in the inbox has acknowledged its climb."""
    if notice.kind != "sla.overdue":
        return
    escalation = Escalation.objects.select_related("timer").filter(pk=notice.source_id).first()
    if escalation and escalation.timer.is_running and not escalation.timer.acknowledged_at:
        escalation.timer.acknowledge(at=at, by=by)
