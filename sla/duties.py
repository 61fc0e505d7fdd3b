"""Duties come by themselves: laid out weeks ahead, kept in step with the calendar, opened when it is time.

Everything may run twice at once, late, or not for a week: what is laid out is unique by duty and day, what is
opened is claimed row by row, and nothing between the last run and now is left out.
"""

import datetime as dt
import logging

from auditlog.context import disable_auditlog
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from .hours import ONE_DAY, NoWorkingTime
from .models import BoardSettings, Calendar, Duty, Occurrence, Timer
from .models.figure import local_day
from .slots import MARGIN, Pattern, Slot
from .turns import deal

log = logging.getLogger(__name__)

FITTED_KEY = (
    "sla.duties-fitted"  # calendar -> stamp to which duties were last fitted; lost, they are fitted again
)
BATCH = 500
DAY_OFF = gettext_noop("That day was declared a day off.")
NO_LONGER = gettext_noop("The duty was changed and no longer falls on that day.")


def lay_out(at: dt.datetime) -> int:
    """Write down every duty's dates as far ahead as the manager wants; gives how many were new.

    Duties whose calendar changed are fitted to it. With nothing to do it costs three small queries.
    """
    stamps = dict(Calendar.objects.values_list("pk", "stamp"))
    fitted = cache.get(FITTED_KEY) or {}
    changed = [pk for pk, stamp in stamps.items() if fitted.get(pk) != stamp]
    short = Q(laid_until=None) | Q(laid_until__lt=_horizon(at))
    wanting = Duty.objects.filter(active=True).filter(short | Q(calendar__in=changed))
    laid = sum(_lay_out_one(pk, at) for pk in wanting.order_by("pk").values_list("pk", flat=True))
    cache.set(FITTED_KEY, stamps, timeout=None)
    return laid


def open_due(at: dt.datetime, *, batch: int = BATCH) -> int:
    """Open what has come; gives how many. Another worker's rows are left to it."""
    due = Occurrence.objects.filter(state=Occurrence.State.PLANNED, opens_at__lte=at).order_by("opens_at")
    return sum(_open_one(pk, at) for pk in list(due.values_list("pk", flat=True)[:batch]))


def _lay_out_one(pk: int, at: dt.datetime) -> int:
    """One duty that makes no sense any more must not hold up the others."""
    try:
        with transaction.atomic():
            return fit(Duty.objects.select_for_update().get(pk=pk), at)
    except (ValueError, NoWorkingTime, Duty.DoesNotExist):
        log.exception("Duty %s cannot be laid out", pk)
        return 0


def _open_one(pk: int, at: dt.datetime) -> int:
    planned = Occurrence.objects.filter(pk=pk, state=Occurrence.State.PLANNED)
    try:
        with transaction.atomic():
            occurrence = planned.select_for_update(skip_locked=True).first()
            if occurrence:
                occurrence.open(at=at)
            return int(bool(occurrence))
    except Exception:
        log.exception("Occurrence %s cannot be opened", pk)
        return 0


def _horizon(at: dt.datetime) -> dt.date:
    return local_day(at) + dt.timedelta(weeks=BoardSettings.current().weeks_ahead)


# -- one duty ----------------------------------------------------------------------------------------------


def fit(duty: Duty, at: dt.datetime, *, amended: bool = False, deal_anew: bool = False) -> int:
    """Bring a duty's dates in line with its rule and calendar, within the caller's lock on it.

    What is done or skipped stays. What is open moves or is skipped only when its day is no longer worked.
    What is planned follows; `amended` also takes today's along, and `deal_anew` asks again whose turn it is.
    Gives how many dates were new.
    """
    return Fitting(duty, at).carry_out(amended=amended, deal_anew=deal_anew)


class Fitting:
    """One duty's dates between two weeks ago, or when it was last laid out, and the horizon."""

    def __init__(self, duty: Duty, at: dt.datetime) -> None:
        self.duty, self.at, self.today = duty, at, local_day(at)
        self.pattern: Pattern = duty.pattern
        self.first = self.today - MARGIN
        if duty.laid_until:
            self.first = min(self.first, duty.laid_until + ONE_DAY)
        self.last = max(_horizon(at), duty.laid_until or self.today)
        wanted = self.pattern.slots(self.first, self.last) if duty.active else []
        self.wanted = {slot.day: slot for slot in wanted}

    def carry_out(self, *, amended: bool, deal_anew: bool) -> int:
        ahead = list(self.duty.occurrences.ahead().select_for_update().order_by("day"))
        planned = [one for one in ahead if not one.has_begun(self.at)]
        if self.duty.active:
            for occurrence in ahead:
                if occurrence.has_begun(self.at) and self._is_off(occurrence):
                    self._give_way(occurrence)
        kept = [one for one in planned if self._follow(one, amended)]
        if deal_anew:
            self._deal_anew(kept)
        new = self._add()
        self.duty.laid_until = self.last
        self.duty.save(update_fields=["laid_until"])
        return new

    # -- what has begun ----------------------------------------------------------------------------

    def _is_off(self, occurrence: Occurrence) -> bool:
        day = local_day(occurrence.opens_at)
        return self.duty.roll != Duty.Roll.KEEP and not self.pattern.hours.is_working_day(day)

    def _give_way(self, occurrence: Occurrence) -> None:
        """The day of something open was declared off: it waits for another day, or is left out."""
        slot = self._moved(occurrence)
        if slot:
            occurrence.put_off(slot.opens_at, slot.due_at, reason=DAY_OFF, at=self.at)
        else:
            occurrence.leave_out(reason=DAY_OFF, at=self.at)

    # -- what is still planned -----------------------------------------------------------------------

    def _follow(self, occurrence: Occurrence, amended: bool) -> bool:
        """Let a planned one go where it belongs now; tells whether it is still to come."""
        named = occurrence.day in self.wanted
        if not named and self.duty.active and not amended and occurrence.day <= self.today:
            slot = self._moved(occurrence)
        else:
            slot = self._moved(occurrence) if named else None
        if slot is None:
            self._remove(occurrence)
        elif (slot.opens_at, slot.due_at) != (occurrence.opens_at, occurrence.due_at):
            occurrence.opens_at, occurrence.due_at = slot.opens_at, slot.due_at
            Occurrence.objects.filter(pk=occurrence.pk).update(opens_at=slot.opens_at, due_at=slot.due_at)
        return slot is not None

    def _moved(self, occurrence: Occurrence) -> Slot | None:
        """Where it belongs now; if that is over already, where it is, or else the next working day."""
        landing = self.pattern.landing(occurrence.day)
        if landing is None:
            return None
        slot = self.pattern.on(occurrence.day, landing)
        if slot.due_at > self.at:
            return slot
        here = self.pattern.hours.is_working_day(local_day(occurrence.opens_at))
        if here and occurrence.due_at > self.at:
            return Slot(occurrence.day, occurrence.opens_at, occurrence.due_at)
        days = self.pattern.hours.working_days(self.today)
        return next(slot for day in days if (slot := self.pattern.on(occurrence.day, day)).due_at > self.at)

    def _remove(self, occurrence: Occurrence) -> None:
        """Nobody has seen its clock run: it goes without a trace. One that was put off before is skipped."""
        if Timer.objects.about(occurrence).exists():
            occurrence.leave_out(reason=NO_LONGER, at=self.at)
            return
        with disable_auditlog():  # laying out is no history of the office
            occurrence.delete()

    def _deal_anew(self, planned: list[Occurrence]) -> None:
        slots = [Slot(one.day, one.opens_at, one.due_at) for one in planned]
        takers = deal(self.duty, slots, [one.pk for one in planned])
        for occurrence in planned:
            occurrence.person_id, occurrence.team = takers[occurrence.day][:2]
        Occurrence.objects.bulk_update(planned, ["person", "team"])

    # -- what is new -----------------------------------------------------------------------------------

    def _add(self) -> int:
        """What is not yet over; and, after a time in which nobody laid out, also what should have been."""
        days = self.duty.occurrences.filter(day__range=(self.first, self.last)).values_list("day", flat=True)
        known, laid_until = set(days), self.duty.laid_until
        missing = [slot for day, slot in self.wanted.items() if day not in known]
        new = [slot for slot in missing if slot.due_at > self.at or (laid_until and slot.day > laid_until)]
        takers = deal(self.duty, new)
        Occurrence.objects.bulk_create(
            [
                Occurrence(
                    duty=self.duty,
                    day=slot.day,
                    opens_at=slot.opens_at,
                    due_at=slot.due_at,
                    person_id=takers[slot.day].person_id,
                    team=takers[slot.day].team,
                )
                for slot in new
            ],
            ignore_conflicts=True,
        )
        return len(new)
