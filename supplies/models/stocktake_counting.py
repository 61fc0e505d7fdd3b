"""Counting what is there: the stock is frozen, counted blind, and again where it differs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization.models import Place, User
from pages import history
from pages.clock import now
from pages.refusals import Refused

from .category import Category
from .item import MOST, Item
from .stocktake_line import StocktakeLine
from .stocktake_record import StocktakeRecord


class CountedMeanwhile(Refused):
    """Somebody has counted this line since it was looked at; nobody's count is written over unasked."""

    def __init__(self, line: StocktakeLine):
        self.line = line
        words = {"person": line.entered_by, "count": line.entered, "unit": line.item.unit, "item": line.item}
        super().__init__(
            _("%(person)s has counted %(item)s meanwhile: %(count)s %(unit)s. Replace that, or add to it?")
            % words
        )


class CountedStocktake(StocktakeRecord):
    """The verbs of whoever counts, until it is handed in."""

    class Meta(StocktakeRecord.Meta):
        abstract = True

    # -- counting ------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def open(
        cls,
        *,
        by: User | None,
        at: datetime | None = None,
        title: str = "",
        kind: str = "",
        category: Category | None = None,
        place: Place | None = None,
        occurrence=None,
        once: UUID | None = None,
    ) -> Self:
        """Freeze what the ledger says of the stock in scope, one line for each item at each place.

        Refused where there is nothing to count, or where some of it is being counted already. Of the
        consumables as a whole it is the count that the open monthly duty asks for.
        """
        from .. import stocktaking  # asks these models itself

        if once and (opened := cls.objects.filter(once=once).first()):
            return opened
        scope = stocktaking.Scope(kind, category, place)
        rows = stocktaking.frozen_rows(scope)
        if once and (opened := cls.objects.filter(once=once).first()):
            return opened  # the other click was faster, and we waited for its items
        at = at or now()
        stocktake = cls(
            title=title.strip() or scope.title, kind=kind, category=category, place=place, frozen_at=at,
            opened_by=by, once=once, occurrence=occurrence or stocktaking.duty_waiting(scope),
        )  # fmt: skip
        with history.reason(by=by):
            stocktake.save()
        stocktaking.lay_out(stocktake, rows)
        return stocktake

    @transaction.atomic
    def count(
        self,
        line: StocktakeLine,
        quantity: int,
        *,
        by: User,
        at: datetime | None = None,
        seen: int | None = None,
        typed_by: User | None = None,
    ) -> StocktakeLine:
        """So many of it are there. `seen` is the count that stood before the eyes of whoever counts.

        Raises CountedMeanwhile where another one stands there by now. `typed_by` wrote it in from paper.
        """
        at = at or now()
        self._lock()
        self._guard_counting()
        line = self._held(line)
        self._refuse_senseless(line, quantity, at)
        if (line.entered, line.entered_by) == (quantity, by):
            return line  # the same form again
        if line.entered != seen:
            raise CountedMeanwhile(line)
        line.write_down(quantity, by=by, at=at, typed_by=typed_by)
        self.counters.add(by, typed_by or by)
        self._touch()
        return line

    @transaction.atomic
    def count_sheet(
        self,
        counts: Iterable[tuple[StocktakeLine, int, int | None]],
        *,
        by: User,
        at: datetime,
        typed_by: User,
    ) -> None:
        """What stands on a paper sheet, all of it or nothing: line, quantity, and the count that was seen."""
        for line, quantity, seen in counts:
            self.count(line, quantity, by=by, at=at, seen=seen, typed_by=typed_by)

    @transaction.atomic
    def add(self, item: Item, place: Place, *, by: User) -> StocktakeLine:
        """Something lies at a place where nobody expected it: it is counted as well."""
        from .. import stocktaking  # asks these models itself

        self._lock()
        if known := self.lines.filter(item=item, place=place).first():
            return known
        self._guard(self.Status.COUNTING)
        stocktaking.refuse_counted_elsewhere([(item.pk, place.pk)])
        with history.reason(by=by):
            line = self.lines.create(**stocktaking.unexpected(self, item, place), added=True)
        self._touch()
        return line

    @transaction.atomic
    def leave_out(self, line: StocktakeLine, *, reason: str, by: User) -> None:
        """It cannot be counted this time, and why; the ledger stays as it is."""
        self._lock()
        self._guard(self.Status.COUNTING)
        line = self._held(line)
        if line.counted is not None:
            raise Refused(_("%(item)s has been counted already.") % {"item": line.item})
        refuse_without(reason, _("Please say why it cannot be counted."))
        line.left_out = reason.strip()
        with history.reason(by=by):
            line.save(update_fields=["left_out"])
        self._touch()

    @transaction.atomic
    def note_stray(self, code: str, place: Place | None, *, by: User, at: datetime | None = None) -> None:
        """A code that belongs to nothing was scanned: it is kept, once."""
        at = at or now()
        self._lock()
        self._guard_counting()
        self.strays.get_or_create(
            code=code[:200], defaults={"place": place, "scanned_at": at, "scanned_by": by}
        )
        self._touch()

    @transaction.atomic
    def submit(self, *, by: User, at: datetime | None = None, was: str = "") -> None:
        """Counting is over: what differs too much is counted once more, then it is for another to approve.

        `was` is the round that whoever submits had before their eyes, so that a second click does not end
        the next one. Not one line is silently taken for zero.
        """
        from .. import stocktaking  # asks these models itself

        at = at or now()
        self._lock()
        if was and was != self.status:
            raise Refused(_("This count has been handed in already."))
        self._guard_counting()
        self._refuse_unfinished()
        stocktaking.reckon(self)
        again = list(self.lines.beyond()) if self.status == self.Status.COUNTING else []
        with history.reason(by=by):
            for line in again:
                line.ask_again()
        self.status = self.Status.RECOUNTING if again else self.Status.REVIEW
        self.submitted_at = None if again else at
        self._save("status", "submitted_at", by=by)
        if not again:
            stocktaking.tell_approvers(self, by=by, at=at)

    # -- inside the verbs ------------------------------------------------------------------------------

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())

    def _held(self, line: StocktakeLine) -> StocktakeLine:
        """The line as it is now; the stocktake, which we hold, is what others wait for."""
        held = self.lines.select_related("item", "place", "counted_by", "recounted_by").get(pk=line.pk)
        held.stocktake = self
        return held

    def _guard(self, status: str) -> None:
        if self.status != status:
            words = {"status": self.get_status_display(), "number": self.number}
            raise Refused(_("%(number)s: %(status)s. This cannot be done now.") % words)

    def _guard_counting(self) -> None:
        if not self.is_counting:
            words = {"status": self.get_status_display(), "number": self.number}
            raise Refused(_("%(number)s: %(status)s. Nothing is counted now.") % words)

    def _refuse_senseless(self, line: StocktakeLine, quantity: int, at: datetime) -> None:
        if not isinstance(quantity, int) or isinstance(quantity, bool) or not 0 <= quantity <= MOST:
            words = {"item": line.item, "most": MOST}
            raise Refused(_("%(item)s: a count is a whole number from 0 to %(most)d.") % words)
        if line.is_asked_again and not line.recount:
            raise Refused(_("%(item)s need not be counted again.") % {"item": line.item})
        if at < self.frozen_at:
            raise Refused(_("The stocktake had not been opened yet at that time."))

    def _refuse_unfinished(self) -> None:
        if missing := self.lines.unsettled(self.status).count():
            raise Refused(
                ngettext(
                    "%(count)d line is not counted yet. Count it, or say why it cannot be counted.",
                    "%(count)d lines are not counted yet. Count them, or say why they cannot be counted.",
                    missing,
                )
                % {"count": missing}
            )
        if not self.lines.filter(counted__isnull=False).exists():
            raise Refused(_("Nothing has been counted at all. Cancel the stocktake instead."))

    def _touch(self) -> None:
        """Open screens look again; nothing for the history."""
        self.version += 1
        self.save(update_fields=["version"])

    def _save(self, *names: str, by: User, reason: str = "") -> None:
        self.version += 1
        with history.reason(reason, by=by):
            self.save(update_fields=[*names, "version"])


def refuse_without(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise Refused(sentence)
