"""Handing out what was approved: in parts, with what comes back, and what is called off."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from organization.models import Place, User
from organization.roles import Role
from pages import history
from pages.clock import now
from pages.refusals import Refused
from sla.timers import start_timer, stop_timer

from .ledger import Posting
from .requisition_record import ALOUD, RequisitionRecord

STILL_OPEN = _("%(item)s: only %(count)d %(unit)s are still to be handed out.")
STILL_THERE = _("%(item)s: the department has only %(count)d %(unit)s of it.")


class Part(NamedTuple):
    """So many of what stands on a line, from a place or back to it."""

    line: models.Model
    quantity: int
    place: Place


class HandedOut(RequisitionRecord):
    """A requisition at the store's counter."""

    class Meta:
        abstract = True

    @transaction.atomic
    def hand_out(
        self, parts: Sequence[Part], *, by: User, at: datetime | None = None, once: UUID | None = None
    ) -> Posting:
        """Give out (发放) all or some of what was approved; closes when nothing is left to give."""
        from .. import ledger

        at = at or now()
        self._lock()
        if once and (posted := Posting.objects.filter(once=once).first()):
            return posted
        self._allow(self.Status.APPROVED)
        self._refuse_more(parts, {line.pk: line.open for line in self.rows}, STILL_OPEN)
        posting = ledger.issue(
            [ledger.Line(one.line.item, one.place, one.quantity) for one in parts],
            by=by,
            at=at,
            **self._particulars,
            once=once,
        )
        self._count(parts, "issued", by=by)
        if not any(line.open for line in self.rows):
            self._close(self.Status.ISSUED, by=by, at=at)
            stop_timer(self, self.HANDING_OUT, at=at, by=by)
        handed = str(_(", ")).join(
            f"{part.line.item} {part.quantity} {part.line.item.unit}" for part in parts
        )
        self._tell([self.requester], "supplies.requisition-issued", by=by, at=at, handed=handed)
        return posting

    @transaction.atomic
    def take_back(
        self, parts: Sequence[Part], *, by: User, at: datetime | None = None, once: UUID | None = None
    ) -> Posting:
        """What was not used comes back (退库)."""
        from .. import ledger

        at = at or now()
        self._lock()
        if once and (posted := Posting.objects.filter(once=once).first()):
            return posted
        self._refuse_more(parts, {line.pk: line.kept for line in self.rows}, STILL_THERE)
        posting = ledger.take_back(
            [ledger.Line(one.line.item, one.place, one.quantity) for one in parts],
            by=by,
            at=at,
            **self._particulars,
            once=once,
        )
        self._count(parts, "returned", by=by)
        return posting

    @transaction.atomic
    def call_off(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """What was not handed out yet will not be (余量取消), and why."""
        at = at or now()
        self._lock(self.Status.APPROVED)
        if not reason.strip():
            raise Refused(_("Please say why the rest is not handed out."))
        self.closing_reason = reason.strip()
        self._close(self.Status.CALLED_OFF, by=by, at=at, reason=reason)
        stop_timer(self, self.HANDING_OUT, at=at, by=by)
        told = {"by": by, "at": at, "reason": reason.strip(), "channels": ALOUD}
        self._tell([self.requester], "supplies.requisition-called-off", **told)
        return self

    @transaction.atomic
    def posting_reversed(self, reversal: Posting, *, by: User, at: datetime) -> Self:
        """A document of this requisition was reversed (冲销): what it gave out is to be given out again."""
        self._lock()
        undone = "returned" if reversal.reverses.kind == Posting.Kind.RETURN else "issued"
        lines = {line.item_id: line for line in self.rows}
        moved = [(lines[one.item_id], abs(one.quantity)) for one in reversal.movements.all()]
        with history.reason(reversal.reason, by=by):
            for line, quantity in moved:
                if undone == "issued" and line.kept < quantity:
                    raise Refused(_("%(item)s was brought back. Reverse that first.") % {"item": line.item})
                line.note(**{undone: getattr(line, undone) - quantity})
        if undone == "issued" and self.status == self.Status.ISSUED:
            self.status, self.closed_at, self.closed_by = self.Status.APPROVED, None, None
            self._save("status", "closed_at", "closed_by", by=by, reason=reversal.reason)
            start_timer(self, self.HANDING_OUT, team=Role.INVENTORY_CLERK, at=at, label=self.label)
        return self

    # -- how the verbs do it --------------------------------------------------------------------------

    def _refuse_more(self, parts: Sequence[Part], most: Mapping[int, int], sentence: str) -> None:
        if not parts:
            raise Refused(_("Nothing was entered."))
        wanted: Counter[int] = Counter()
        for part in parts:
            wanted[part.line.pk] += part.quantity
            if wanted[part.line.pk] > most.get(part.line.pk, 0):
                words = {"item": part.line.item, "unit": part.line.item.unit}
                raise Refused(sentence % {**words, "count": most.get(part.line.pk, 0)})

    @property
    def _particulars(self) -> dict:
        return {"department": self.department, "person": self.requester, "source": self}

    def _count(self, parts: Sequence[Part], field: str, *, by: User) -> None:
        moved = Counter()
        for part in parts:
            moved[part.line.pk] += part.quantity
        with history.reason(by=by):
            for line in self.rows:
                if moved[line.pk]:
                    line.note(**{field: getattr(line, field) + moved[line.pk]})
