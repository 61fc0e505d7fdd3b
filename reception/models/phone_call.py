"""What the telephone system has reported, word for word: the desk's calls are derived from it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from encrypted_fields.fields import EncryptedCharField

from organization.models import ApiClient
from pages import phones

from .call_line import Heard


class PhoneCall(models.Model):
    """A call as the telephone system counts it (话机通话), and the desk's call that came of it, if any."""

    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="+", verbose_name=_("API client"))
    reference = models.CharField(_("number there"), max_length=80)
    call = models.ForeignKey(
        "reception.Call", models.PROTECT, null=True, related_name="phone_calls", verbose_name=_("call")
    )

    class Meta:
        verbose_name = _("call on the telephone system")
        verbose_name_plural = _("calls on the telephone system")
        constraints = [
            models.UniqueConstraint(fields=["client", "reference"], name="phone_call_once_for_each_system")
        ]

    def __str__(self) -> str:
        return f"{self.client} {self.reference}"

    @property
    def heard(self) -> Heard:
        """All events together; the same for any order in which they came in."""
        return fold(list(self.events.all()))

    def forget(self) -> None:
        """The caller is to be forgotten: what rang when stays, the numbers go."""
        for event in self.events.all():
            event.number, event.extension = None, ""
            event.save(update_fields=["number", "extension"])


class PhoneEvent(models.Model):
    """One report (话机事件): the line rang, was answered or hung up. Never changed once written."""

    class Kind(models.TextChoices):
        RING = "ring", pgettext_lazy("telephone", "ring")
        ANSWER = "answer", pgettext_lazy("telephone", "answer")
        HANGUP = "hangup", pgettext_lazy("telephone", "hang-up")

    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="+", verbose_name=_("API client"))
    event_id = models.CharField(_("event"), max_length=80)
    phone_call = models.ForeignKey(
        PhoneCall, models.CASCADE, related_name="events", verbose_name=_("call on the telephone system")
    )
    kind = models.CharField(pgettext_lazy("telephone", "what"), max_length=10, choices=Kind.choices)
    at = models.DateTimeField(_("at"))
    number = EncryptedCharField(_("phone number"), max_length=100, null=True, blank=True)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    agent = models.CharField(_("extension of the desk"), max_length=10, blank=True)
    reason = models.CharField(_("reason"), max_length=80, blank=True)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("telephone event")
        verbose_name_plural = _("telephone events")
        ordering = ["at", "event_id"]
        constraints = [
            models.UniqueConstraint(fields=["client", "event_id"], name="phone_event_once_for_each_system")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%H:%M:%S}"

    def says(self, reference: str, kind: str) -> bool:
        """Whether a report with the same id is this one again."""
        return (self.phone_call.reference, self.kind) == (reference, kind)


def fold(events: list[PhoneEvent]) -> Heard:
    """What the events say together.

    Lines of a ring group hang up while another goes on ringing: hang-ups before the answer do not count, the
    first one after it does. The caller's number is the first one that is a number.
    """
    events = sorted(events, key=lambda event: (event.at, event.event_id))
    rang = _instants(events, PhoneEvent.Kind.RING)
    answered = min(_instants(events, PhoneEvent.Kind.ANSWER), default=None)
    hung_up = [at for at in _instants(events, PhoneEvent.Kind.HANGUP) if answered is None or at >= answered]
    first_known = answered or max(hung_up, default=None)
    return Heard(
        rang_at=min([rang[0], *filter(None, [first_known])]) if rang else None,
        answered_at=answered,
        hung_up_at=(min if answered else max)(hung_up, default=None),
        phone=next(filter(None, map(_phone, events)), None),
        agent=_agent(events, answering=answered is not None),
    )


def _instants(events: list[PhoneEvent], kind: str) -> list[datetime]:
    return [event.at for event in events if event.kind == kind]


def _phone(event: PhoneEvent) -> Any:
    try:
        phone = phones.parse(event.number or "")
    except ValidationError:
        return None
    return phone._replace(extension=phone.extension or event.extension)


def _agent(events: list[PhoneEvent], *, answering: bool) -> str:
    """The desk's extension: the one that answered, else the one that rang."""
    kind = PhoneEvent.Kind.ANSWER if answering else PhoneEvent.Kind.RING
    return next((event.agent for event in events if event.kind == kind and event.agent), "")
