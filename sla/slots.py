"""The dates on which a duty falls: its rule, what becomes of days off, and its window, put together."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from .hours import ONE_DAY, Hours
from .recurrence import Rule, rolled, window

MARGIN = dt.timedelta(days=15)  # so far a day off rolls at most, around the longest holidays
YEAR = dt.timedelta(days=366)
YEARS_LOOKED_AHEAD = 30


class Slot(NamedTuple):
    """One date of a duty: the day its rule names, and from when until when it is done, there or elsewhere."""

    day: dt.date
    opens_at: dt.datetime
    due_at: dt.datetime


class Pattern(NamedTuple):
    """How a duty recurs on a calendar, whoever does it."""

    rule: Rule
    hours: Hours
    roll: str
    opens: str
    closes: str
    since: dt.date
    until: dt.date | None

    def slots(self, first: dt.date, last: dt.date) -> list[Slot]:
        """Those whose named day lies from `first` to `last`, in order. Raises NoWorkingTime.

        Nothing is done twice on one day: of those that roll onto the same day the earliest counts, and none
        where the duty comes on that day anyway.
        """
        named = sorted(self._landings(first - MARGIN, last + MARGIN).items(), key=lambda pair: pair[1])
        return [self.on(day, landing) for landing, day in named if first <= day <= last]

    def on(self, day: dt.date, landing: dt.date) -> Slot:
        """What the rule names for `day`, done on the day `landing`."""
        return Slot(day, *window(landing, self.opens, self.closes, self.hours))

    def landing(self, day: dt.date) -> dt.date | None:
        """The day on which what falls on `day` is done; None where it is left out, or comes then anyway."""
        landing = rolled(day, self.roll, self.hours)
        if landing is None:
            return None
        first = self._landings(day - MARGIN, day + MARGIN).get(landing, day)
        return landing if first == day else None

    def ahead(self, at: dt.datetime) -> Iterator[Slot]:
        """Those not yet over at `at`, looked for year by year: most rules come within the first."""
        begin = max(self.since, at.astimezone(self.hours.tz).date() - MARGIN)
        for _year in range(YEARS_LOOKED_AHEAD):
            if self.until and begin > self.until:
                return
            yield from (slot for slot in self.slots(begin, begin + YEAR - ONE_DAY) if slot.due_at > at)
            begin += YEAR

    def _landings(self, first: dt.date, last: dt.date) -> dict[dt.date, dt.date]:
        """Each day on which it is done, and the day the rule named for it."""
        found: dict[dt.date, dt.date] = {}
        for day in self.rule.days(max(first, self.since), min(last, self.until or last), self.hours):
            landing = rolled(day, self.roll, self.hours)
            if landing and (landing == day or landing not in found):
                found[landing] = day
        return found
