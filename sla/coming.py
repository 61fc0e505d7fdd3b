"""The next times a duty would come, with what became of the days on which nobody works."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from .recurrence import rolled
from .slots import MARGIN, YEAR, YEARS_LOOKED_AHEAD, Pattern, Slot

MOST_LOOKED_AT = 500


class Coming(NamedTuple):
    """One time: the day the rule names, the day on which it is done, and its window; None where left out."""

    named: dt.date
    landing: dt.date | None
    slot: Slot | None
    is_day_off: bool = False

    @property
    def is_moved(self) -> bool:
        return self.landing is not None and self.landing != self.named


def coming(pattern: Pattern, at: dt.datetime, count: int) -> list[Coming]:
    """At most `count` times not yet over at `at`, and those left out between them; [] where none comes.

    Raises NoWorkingTime where its days depend on a calendar without hours.
    """
    found: list[Coming] = []
    for one in _each(pattern, at):
        found.append(one)
        if sum(each.slot is not None for each in found) == count:
            break
    return found if any(each.slot for each in found) else []


def _each(pattern: Pattern, at: dt.datetime) -> Iterator[Coming]:
    for named in islice(_named(pattern, at), MOST_LOOKED_AT):
        landing = pattern.landing(named)
        if landing is None:
            day_off = rolled(named, pattern.roll, pattern.hours) is None
            if named >= at.astimezone(pattern.hours.tz).date():
                yield Coming(named, None, None, is_day_off=day_off)
            continue
        slot = pattern.on(named, landing)
        if slot.due_at > at:
            yield Coming(named, landing, slot)


def _named(pattern: Pattern, at: dt.datetime) -> Iterator[dt.date]:
    """The days the rule names, looked for year by year: most rules come within the first."""
    begin = max(pattern.since, at.astimezone(pattern.hours.tz).date() - MARGIN)
    for _year in range(YEARS_LOOKED_AHEAD):
        if pattern.until and begin > pattern.until:
            return
        end = begin + YEAR - dt.timedelta(days=1)
        yield from pattern.rule.days(begin, min(end, pattern.until or end), pattern.hours)
        begin += YEAR
