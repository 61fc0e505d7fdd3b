"""A month of duties on one sheet: its weeks from Monday to Sunday, each day with what falls on it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from .duty_words import Going, going, whose
from .hours import ONE_DAY
from .models import Occurrence
from .models.figure import bounds, local_day

WEEK = 7 * ONE_DAY


class Line(NamedTuple):
    """One occurrence on its day."""

    occurrence: Occurrence
    who: str
    going: Going


class Day(NamedTuple):
    date: dt.date
    is_outside: bool
    is_today: bool
    is_chosen: bool
    lines: list[Line]


class Week(NamedTuple):
    days: list[Day]
    is_chosen: bool


class Month(NamedTuple):
    """The month of the chosen day, and the days to go to from there."""

    chosen: dt.date
    today: dt.date
    weeks: list[Week]

    @property
    def first(self) -> dt.date:
        return self.chosen.replace(day=1)

    @property
    def previous(self) -> dt.date:
        return (self.first - ONE_DAY).replace(day=1)

    @property
    def next(self) -> dt.date:
        return (self.first + 31 * ONE_DAY).replace(day=1)

    @property
    def previous_week(self) -> dt.date:
        return self.chosen - WEEK

    @property
    def next_week(self) -> dt.date:
        return self.chosen + WEEK

    @property
    def is_empty(self) -> bool:
        return not any(day.lines for week in self.weeks for day in week.days)


def reach(chosen: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """From the first instant of the sheet's first Monday up to the end of its last Sunday."""
    first, last = _bounds(chosen)
    return bounds(first)[0], bounds(last)[1]


def month(chosen: dt.date, occurrences: Iterable[Occurrence], at: dt.datetime) -> Month:
    """The sheet, with each occurrence on the day on which its window opens."""
    by_day: dict[dt.date, list[Line]] = defaultdict(list)
    for one in occurrences:
        by_day[local_day(one.opens_at)].append(Line(one, whose(one), going(one, at)))
    first, last = _bounds(chosen)
    today = local_day(at)
    days = [
        Day(day, day.month != chosen.month, day == today, day == chosen, by_day[day])
        for day in (first + n * ONE_DAY for n in range((last - first).days + 1))
    ]
    weeks = [days[start : start + 7] for start in range(0, len(days), 7)]
    return Month(chosen, today, [Week(week, any(day.is_chosen for day in week)) for week in weeks])


def _bounds(chosen: dt.date) -> tuple[dt.date, dt.date]:
    first = chosen.replace(day=1)
    last = (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
    return first - first.weekday() * ONE_DAY, last + (6 - last.weekday()) * ONE_DAY
