"""What the telephone system knows better than the desk: when it rang, was answered and was hung up."""

from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from organization.models import User
from pages import history
from pages.phones import Phone
from sla.figures import local_day, outdate
from sla.timers import cancel_timer, running, start_timer

from ..allocation import Proposal
from .call_record import CallRecord
from .settings import DeskSettings

#: What is counted from calls, and what from spot checks of calls: on the day on which the call rang.
RATES = ("call-answered-in-rings", "call-transferred-as-proposed", "call-answered")
SAMPLES = ("call-script", "call-manner", "call-hang-up-last")


class Heard(NamedTuple):
    """All that the telephone system has said of one call so far, whatever came first.

    `rang_at` and `answered_at` are None where it has not said so; `hung_up_at` is the end of the
    conversation, or of the ringing if nobody answered.
    """

    rang_at: datetime | None = None
    answered_at: datetime | None = None
    hung_up_at: datetime | None = None
    phone: Phone | None = None
    agent: str = ""

    @property
    def is_over(self) -> bool:
        return self.hung_up_at is not None

    @property
    def instants(self) -> dict[str, Any]:
        """Columns of a call. Without a ring event it rang at its first known instant, who knows how often."""
        picked_up = self.answered_at or self.hung_up_at
        rings = DeskSettings.current().rings_in(picked_up - self.rang_at) if self.rang_at else None
        return {"rang_at": self.rang_at or picked_up, "answered_at": self.answered_at, "rings": rings}


class CallOnTheLine(CallRecord):
    """A call that the telephone system may have opened, and whose instants it reports."""

    hung_up_at = models.DateTimeField(_("hung up at, by the telephone system"), null=True, editable=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def follow_line(
        self, heard: Heard, *, receptionist: User, customer: Any, reason: str, at: datetime
    ) -> Self:
        """Bring the call in line with what the telephone system has said, however late it said so.

        What people have entered stays: corrected rings, a number, who took the call once it has ended.
        """
        self._lock(*self.Status)
        if self.status == self.Status.WITHDRAWN:
            return self
        instants = heard.instants
        if self.rings not in (None, self._measured_rings()):
            del instants["rings"]
        changes = {**instants, "hung_up_at": heard.hung_up_at}
        if self.status == self.Status.MISSED and heard.answered_at:
            changes["status"] = self.Status.ACTIVE
        if self.status != self.Status.ENDED:
            changes["receptionist"] = receptionist
        if self.number is None and heard.phone:
            changes |= {"number": heard.phone.number, "extension": heard.phone.extension}
            changes |= self.details_of(customer) if self.customer is None else {}
        self._write(changes, reason=reason)
        self._time_line(reason=reason, at=at)
        return self

    @transaction.atomic
    def fill_in(
        self,
        *,
        by: User,
        at: datetime,
        once: UUID | None = None,
        phone: Phone | None = None,
        proposal: Proposal | None = None,
        hang_up: bool = False,
        **details: Any,
    ) -> Self:
        """Complete (补全) the call that the telephone system opened; whoever does so has taken it.

        The clock for feedback runs from the real hang-up, also when that was before the form was filled in.
        """
        if once and type(self).objects.filter(pk=self.pk, once=once).exists():
            return self
        self._lock(self.Status.ACTIVE)
        details |= {"once": once, "receptionist": by, "changed_by": by}
        if phone:
            details |= {"number": phone.number, "extension": phone.extension}
        if proposal:
            details |= {"proposed_to": proposal.user, "rule": proposal.rule}
        self._write(details, by=by)
        if proposal and proposal.rule and self.transferred_to_id == proposal.user.pk:
            proposal.rule.take_turn(proposal.turn, at=at)
        self._time_line(reason=_("The call was taken over."), at=at)
        if hang_up:
            self.hang_up(by=by, at=at, caller_hung_up_first=self.caller_hung_up_first)
        return self

    @staticmethod
    def details_of(customer: Any) -> dict[str, Any]:
        """What is known of a caller as soon as the number is."""
        if customer is None:
            return {}
        known = ("product", "region", "company")
        return {"customer": customer, "caller_name": customer.name} | {
            name: getattr(customer, name) for name in known
        }

    @property
    def is_open(self) -> bool:
        """Still to be completed: nobody has said whom it concerns, or that it concerns nobody."""
        said = self.transferred_to_id or self.no_feedback_reason
        return self.status == self.Status.ACTIVE and not said

    @property
    def is_waiting_for_words(self) -> bool:
        """The conversation is over, and nobody has said yet whom it concerns."""
        return self.status == self.Status.ACTIVE and self.hung_up_at is not None

    def _measured_rings(self) -> int:
        """How often it rang by the instants so far; other figures were entered by somebody."""
        picked_up = self.answered_at or self.hung_up_at or self.rang_at
        return DeskSettings.current().rings_in(picked_up - self.rang_at)

    def _write(self, changes: dict[str, Any], *, reason: str = "", by: User | None = None) -> None:
        changed = [name for name, value in changes.items() if getattr(self, name) != value]
        rang_before = self.rang_at
        for name in changed:
            setattr(self, name, changes[name])
        if changed:
            with history.reason(reason, by=by):
                self.save(update_fields=changed)
            self._outdate(RATES + SAMPLES, rang_before)

    def _outdate(self, standards: tuple[str, ...], *rang_before: datetime) -> None:
        """The day on which it rang is to be counted anew, and that on which it seemed to have rung."""
        outdate(standards, *(local_day(instant) for instant in (self.rang_at, *rang_before)))

    def _time_line(self, *, reason: str, at: datetime) -> None:
        """The minute runs from the hang-up, filled in or not; calling back runs from the ring."""
        if self.status == self.Status.MISSED and self.needs_call_back:
            self._run(self.CALL_BACK, since=self.rang_at, reason=reason, at=at)
        elif self.status != self.Status.MISSED:
            cancel_timer(self, self.CALL_BACK, at=at, reason=reason)
        if self.is_waiting_for_words:
            self._run(self.FEEDBACK, since=self.hung_up_at, reason=reason, at=at)

    def _run(self, key: str, *, since: datetime, reason: str, at: datetime) -> None:
        timer, label = running(self, key), str(self)
        if timer and (timer.started_at, timer.owner_id, timer.label) == (since, self.receptionist_id, label):
            return
        if timer:
            timer.cancel(at=at, reason=reason)
        start_timer(self, key, owner=self.receptionist, at=since, label=label)
