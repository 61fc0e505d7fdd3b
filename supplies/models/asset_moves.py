"""Where an asset goes: from the store to somebody, lent and back, from one place to another."""

from copy import copy
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import Department, Place, User
from pages import history, records
from pages.clock import now
from pages.refusals import Refused
from sla.timers import cancel_timer, start_timer, stop_timer

from ..closings import closing_of
from .asset_event import AssetEvent
from .asset_record import AssetRecord
from .handover import Handover


class MovingAsset(AssetRecord):
    """The verbs by which an asset changes custodian and place, and how every verb locks and records."""

    RETURN = "asset-return"

    class Meta:
        abstract = True

    @transaction.atomic
    def hand_over(
        self,
        *,
        taker: User,
        by: User,
        at: datetime | None = None,
        department: Department | None = None,
        place: Place | None = None,
        reason: str = "",
        once: UUID | None = None,
        due_back_on: date | None = None,
    ) -> Handover:
        """Give it to somebody (移交), who is its custodian once they accept. To their department and seat if
        nothing else is said; what is lent stays on the account of the department that owns it. The second
        post of one form (`once`) answers the first hand-over.
        """
        at = at or now()
        self._lock()
        if once and (known := self.handovers.filter(once=once).first()):
            return known
        self._must_be(self.Status.IDLE, self.Status.IN_USE)
        self._nothing_waits()
        if not taker.works_here:
            raise Refused(_("%(name)s does not work here any more.") % {"name": taker})
        if taker.pk == self.custodian_id and not due_back_on:
            raise Refused(_("%(name)s has %(asset)s already.") % {"name": taker, "asset": self})
        theirs = self.department if due_back_on else taker.department or self.department
        return self._sent_off(
            taker=taker, department=department or theirs, asked_by=by,
            place=place or taker.place or self.place, reason=reason.strip(), asked_at=at, once=once,
            due_back_on=due_back_on,
        )  # fmt: skip

    @transaction.atomic
    def lend(
        self, *, taker: User, due_back_on: date, by: User, at: datetime | None = None, **particulars
    ) -> Handover:
        """Lend it (借出) until a day; it counts as lent once the borrower has accepted it."""
        at = at or now()
        _ahead(due_back_on, at)
        return self.hand_over(taker=taker, due_back_on=due_back_on, by=by, at=at, **particulars)

    def arrive(self, handover: Handover, *, by: User, at: datetime) -> None:
        """It has been accepted; called by the hand-over, which holds the row."""
        self._before = copy(self)
        self._must_be(self.Status.IDLE, self.Status.IN_USE)
        self.custodian, self.department, self.place = handover.taker, handover.department, handover.place
        self.due_back_on = handover.due_back_on
        self.status = self.Status.LENT if handover.is_loan else self.Status.IN_USE
        self._save("status", "custodian", "department", "place", "due_back_on", by=by)
        kind = AssetEvent.Kind.LENT if handover.is_loan else AssetEvent.Kind.HANDED_OVER
        self._note(kind, by=by, at=at, reason=handover.reason)
        self._await_return(at=at)

    @transaction.atomic
    def extend(self, *, due_back_on: date, reason: str = "", by: User, at: datetime | None = None) -> None:
        """The borrower may keep it longer, or is to bring it sooner (续借)."""
        at = at or now()
        self._lock()
        self._must_be(self.Status.LENT)
        _ahead(due_back_on, at)
        self.due_back_on = due_back_on
        self._save("due_back_on", by=by, reason=reason)
        self._note(AssetEvent.Kind.LENT, by=by, at=at, reason=reason)
        cancel_timer(self, self.RETURN, at=at, by=by, reason=reason)
        self._await_return(at=at)

    @transaction.atomic
    def take_back(
        self,
        *,
        place: Place,
        department: Department | None = None,
        reason: str = "",
        by: User,
        at: datetime | None = None,
    ) -> None:
        """Back to the store (归还), from its custodian or borrower; nobody answers for it but the store."""
        at = at or now()
        self._lock()
        self._must_be(self.Status.LENT, self.Status.IN_USE)
        self._nothing_waits()
        self.status, self.custodian, self.due_back_on, self.place = self.Status.IDLE, None, None, place
        self.department = department or self.department
        self._save("status", "custodian", "due_back_on", "place", "department", by=by, reason=reason)
        self._note(AssetEvent.Kind.RETURNED, by=by, at=at, reason=reason)
        stop_timer(self, self.RETURN, at=at, by=by)

    @transaction.atomic
    def move(
        self,
        *,
        place: Place,
        department: Department | None = None,
        reason: str = "",
        by: User,
        at: datetime | None = None,
    ) -> None:
        """To another place, or to the account of another department (调拨); the custodian stays."""
        at = at or now()
        self._lock()
        self._must_be(self.Status.IDLE, self.Status.IN_USE, self.Status.LENT, self.Status.IN_REPAIR)
        department = department or self.department
        if (place.pk, department.pk) == (self.place_id, self.department_id):
            raise Refused(_("%(asset)s is there already.") % {"asset": self})
        self.place, self.department = place, department
        self._save("place", "department", by=by, reason=reason)
        self._note(AssetEvent.Kind.MOVED, by=by, at=at, reason=reason)

    @transaction.atomic
    def seen(self, *, by: User, at: datetime | None = None, reason: str = "") -> None:
        """An audit has found it where it is said to be (盘点见到)."""
        at = at or now()
        self._lock()
        self.seen_at = at
        self._save("seen_at", by=by, reason=reason)
        self._note(AssetEvent.Kind.SEEN, by=by, at=at, reason=reason)

    # -- how the verbs do it --------------------------------------------------------------------------

    def _lock(self) -> None:
        """Take the row for this transaction, as it is now."""
        records.lock(self, "department", "place", "custodian")
        self._before = copy(self)

    def _must_be(self, *allowed: str) -> None:
        if self.status in allowed:
            return
        sentence = {
            self.Status.IDLE: _("%(asset)s lies in store already."),
            self.Status.IN_USE: _("%(asset)s is in use; there is nothing to take back or to end."),
            self.Status.LENT: _("%(asset)s is lent to %(name)s. Take it back first."),
            self.Status.IN_REPAIR: _("%(asset)s is in repair. Say first how the repair ended."),
            self.Status.SCRAPPED: _("%(asset)s was scrapped. Nothing can be done to it but restoring it."),
        }[self.status]
        raise Refused(sentence % {"asset": self, "name": self.custodian})

    def _nothing_waits(self) -> None:
        if waiting := self.handovers.waiting().select_related("taker").first():
            raise Refused(
                _("%(asset)s is waiting to be accepted by %(name)s. Withdraw that hand-over first.")
                % {"asset": self, "name": waiting.taker}
            )

    def _sent_off(self, **particulars) -> Handover:
        """Write the hand-over; where another one was written meanwhile, the database says so."""
        try:
            with transaction.atomic(), history.reason(by=particulars["asked_by"]):
                handover = self.handovers.create(giver=self.custodian, **particulars)
        except IntegrityError:
            raise Refused(
                _("%(asset)s is being handed over by somebody else just now.") % {"asset": self}
            ) from None
        handover.announce(at=particulars["asked_at"])
        return handover

    def _await_return(self, *, at: datetime) -> None:
        if self.status == self.Status.LENT:
            given = closing_of(self.due_back_on)
            start_timer(self, self.RETURN, owner=self.custodian, at=at, given=given, label=str(self))

    def _save(self, *fields: str, by: User, reason: str = "") -> None:
        self.version += 1
        with history.reason(reason, by=by):
            history.save(self, self._before, self.derived([*fields, "version"]))
        self._before = copy(self)

    def _note(self, kind: str, *, by: User, at: datetime, reason: str = "", cost=None) -> None:
        """One more event of its life, with whom and where it is from then on."""
        AssetEvent.objects.create(
            asset=self, kind=kind, at=at, by=by, custodian=self.custodian, department=self.department,
            place=self.place, due_back_on=self.due_back_on, cost=cost, reason=reason.strip()[:200],
        )  # fmt: skip


def _ahead(day: date, at: datetime) -> None:
    if day < timezone.localdate(at):
        raise Refused(_("The day of return cannot be in the past."))
