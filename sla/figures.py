"""How the clauses are kept, in numbers: what the board, the scorecard and the command all read.

Each standard's count of each day and person is stored (`DailyFigure`) and kept right by `roll_up`. What has
not ended yet is added while reading: running promises past their time, and the minutes of invariants.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.db.models import Count, F, Model, Q, QuerySet, Sum
from django.db.models.functions import TruncDate, TruncMonth, TruncWeek
from django.utils import timezone

from pages import clock

from . import held, standards
from .models import DailyFigure, StaleDay, Timer
from .models.figure import bounds, local_day
from .querysets import TimerQuerySet
from .rolling import last_roll_up, rebuild_everything, roll_up
from .standards import Shape

__all__ = [
    "Figure",
    "added",
    "by",
    "by_day",
    "counted_timers",
    "last_roll_up",
    "local_day",
    "outdate",
    "outdate_history",
    "rebuild_everything",
    "roll_up",
    "totals",
]

PROMISED = (Shape.TIMER, Shape.DUTY)

People = QuerySet | Iterable[int | Model] | None
Days = dict[str, dict[dt.date, "Figure"]]


class Figure(NamedTuple):
    """How a standard was kept: `kept` of `counted`, `excused` of those not kept; see `DailyFigure`."""

    counted: int = 0
    kept: int = 0
    excused: int = 0
    seconds: int = 0

    @property
    def share(self) -> float | None:
        """Kept of counted, 0 to 1; None where nothing was counted."""
        return self.kept / self.counted if self.counted else None

    @property
    def adjusted(self) -> float | None:
        """The same without what was excused; None where nothing is left to judge."""
        return self.kept / self.judged if self.judged else None

    @property
    def judged(self) -> int:
        """What counts for or against: all but the excused."""
        return self.counted - self.excused

    @property
    def missed(self) -> int:
        """Not kept, excused or not."""
        return self.counted - self.kept

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def outdate(standard: str | Iterable[str], *days: dt.date) -> None:
    """Note that records behind one standard or several have changed, within the same transaction."""
    StaleDay.note([standard] if isinstance(standard, str) else standard, days)


def outdate_history(standard: str) -> None:
    """Note that the rule by which records are counted has changed: every day is counted anew."""
    outdate(standard, *DailyFigure.objects.filter(standard=standard).values_list("day", flat=True).distinct())


def totals(
    first: dt.date, last: dt.date, *, people: People = None, at: dt.datetime | None = None
) -> dict[str, Figure]:
    """The figure of each standard from the first to the last day, both included.

    `people` leaves out what others did; what belongs to nobody is left out with them.
    """
    days = by("month", first, last, people=people, at=at)
    return {key: added(parts.values()) for key, parts in days.items()}


def added(parts: Iterable[Figure]) -> Figure:
    """One figure of many."""
    return Figure(*map(sum, zip(*parts, strict=True)))


def by_day(first: dt.date, last: dt.date, *, people: People = None, at: dt.datetime | None = None) -> Days:
    """The figures of each standard for each day on which something was counted."""
    return by("day", first, last, people=people, at=at)


def by(
    unit: str, first: dt.date, last: dt.date, *, people: People = None, at: dt.datetime | None = None
) -> Days:
    """The figures for each day, week or month, under its first day; `at` is now unless given."""
    at = at or clock.now()
    beginning = BEGINNINGS[unit]
    found: Days = defaultdict(lambda: defaultdict(Figure))
    for key, day, *numbers in _stored(unit, first, last, people):
        found[key][day] = Figure(*numbers)
    for key, day, figure in _live(first, last, people, at):
        found[key][beginning(day)] += figure
    return {key: dict(days) for key, days in found.items()}


def counted_timers(
    standard: str, first: dt.date, last: dt.date, *, people: People = None, at: dt.datetime
) -> TimerQuerySet:
    """The promises behind a figure: decided in these days, or running past a deadline in them."""
    start, end = bounds(first)[0], bounds(last)[1]
    due = Q(due_at__gte=start, due_at__lt=end)
    decided = (
        Q(outcome=Timer.Outcome.MET, stopped_at__gte=start, stopped_at__lt=end)
        | Q(outcome=Timer.Outcome.MISSED) & due
        | Q(stopped_at=None, paused_at=None, due_at__lt=at) & due
    )
    return _of(Timer.objects.filter(decided, standard=standard), "owner", people)


#: The first day of the day, week or month in which a day lies.
BEGINNINGS: dict[str, Callable[[dt.date], dt.date]] = {
    "day": lambda day: day,
    "week": lambda day: day - dt.timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
}
_STORED = {"day": F("day"), "week": TruncWeek("day"), "month": TruncMonth("day")}


def _stored(unit: str, first: dt.date, last: dt.date, people: People) -> Iterable[tuple]:
    figures = _of(DailyFigure.objects.filter(day__range=(first, last)), "person", people)
    sums = [Sum(name) for name in Figure._fields]
    return figures.order_by().values_list("standard", _STORED[unit]).annotate(*sums)


def _live(
    first: dt.date, last: dt.date, people: People, at: dt.datetime
) -> Iterator[tuple[str, dt.date, Figure]]:
    for key, day, counted, excused in _overdue(first, last, people, at):
        yield key, day, Figure(counted, 0, excused)
    if people is None:
        for key, day, observed, kept in held.minutes(first, last, at):
            yield key, day, Figure(observed, kept)


def _overdue(first: dt.date, last: dt.date, people: People, at: dt.datetime) -> Iterable[tuple]:
    """Running promises past a deadline in these days; their standards are named to read the index by them."""
    promised = [standard.key for standard in standards.every() if standard.shape in PROMISED]
    due = {"due_at__gte": bounds(first)[0], "due_at__lt": bounds(last)[1]}
    timers = Timer.objects.overdue(at).filter(standard__in=promised, paused_at=None, **due)
    day = TruncDate("due_at", tzinfo=timezone.get_default_timezone())
    counted = _of(timers, "owner", people).order_by().values_list("standard", day)
    return counted.annotate(overdue=Count("pk"), excused_ones=Count("pk", filter=Q(excused=True)))


def _of(records: QuerySet, person: str, people: People) -> QuerySet:
    return records if people is None else records.filter(**{f"{person}__in": people})
