"""When a duty recurs: every second Wednesday, on the 10th and 25th, two working days before a holiday.

A rule is a value like a deadline: it names days, is stored as a small dict and says itself in words. It knows
no database and no clock. What becomes of a day off, and from when until when a day's duty is done, stands
here too.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import override

from ..china import NAMES, OTHER
from ..hours import BARREN_DAYS, MIDNIGHT, ONE_DAY, DayKind, Hours, NoWorkingTime
from . import rfc5545, words

__all__ = [
    "BeforeHoliday",
    "NoWorkingTime",
    "Recurring",
    "Rule",
    "check_window",
    "dump",
    "load",
    "opens_after_closing",
    "rolled",
    "window",
]

KEEP, NEXT, PREVIOUS, SKIP = "keep", "next", "previous", "skip"  # values of `Duty.Roll`
AT_THE_LATEST = timedelta(days=30 * 366)  # a rule that has not come by then never comes
SAME_HOLIDAY = timedelta(days=15)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


class Rule(ABC):
    """What every rule can do."""

    @abstractmethod
    def days(self, first: date, last: date, hours: Hours) -> Iterator[date]:
        """The days it names from `first` to `last`, both included, in order, whether worked or not."""


@dataclass(frozen=True)
class Recurring(Rule):
    """A rule of RFC 5545 such as FREQ=WEEKLY;INTERVAL=2;BYDAY=WE, counted from its anchor.

    It names days only, so nothing finer than FREQ=DAILY. A day that a month does not have is left out, as the
    RFC has it; where the anchor alone names the day, the month's last is meant, as with months in deadlines.
    """

    rrule: str
    anchor: date

    def __post_init__(self):
        text = self.rrule.strip().upper().removeprefix("RRULE:")
        object.__setattr__(self, "rrule", text)
        rfc5545.check(rfc5545.parts(text))
        try:
            first = next(self._named(), None)
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(rfc5545.not_a_rule(text)) from error
        if first is None or first - self.anchor > AT_THE_LATEST:
            raise ValueError(_("This rule never comes: no day is like that."))

    def days(self, first, last, hours):
        for day in self._named():
            if day > last:
                return
            if day >= first:
                yield day

    def _named(self) -> Iterator[date]:
        return (instant.date() for instant in rfc5545.read(self.rrule, self.anchor))

    @property
    def parts(self) -> dict[str, str]:
        return rfc5545.parts(self.rrule)

    def __str__(self) -> str:
        return words.recurring(self.parts, self.anchor)


@dataclass(frozen=True)
class BeforeHoliday(Rule):
    """So many working days before a public holiday begins, make-up workdays counted; before each or some.

    Days off under one name are one holiday, even where a worked day lies between; its first day off counts.
    """

    days_before: int
    holidays: tuple[str, ...] = ()

    def __post_init__(self):
        if not 1 <= self.days_before <= 60:
            raise ValueError(_("Working days before a holiday must be between 1 and 60."))
        if unknown := [name for name in self.holidays if name not in (*NAMES.values(), OTHER)]:
            raise ValueError(_("“%(name)s” is no public holiday.") % {"name": unknown[0]})

    def days(self, first, last, hours):
        reach = timedelta(days=3 * self.days_before + 30)
        begins = _holidays(first, last + reach, hours, self.holidays)
        named = {_working_days_before(day, self.days_before, hours) for day in begins}
        return (day for day in sorted(named) if first <= day <= last)

    def __str__(self) -> str:
        return words.before_holiday(self.days_before, self.holidays)


# -- holidays --------------------------------------------------------------------------------------------


def _holidays(first: date, last: date, hours: Hours, names: Iterable[str]) -> Iterator[date]:
    """The first day off of each holiday that begins from `first` to `last`."""
    ended: dict[str, date] = {}
    for day in hours.days_off(first - SAME_HOLIDAY, last):
        if day.kind is not DayKind.HOLIDAY:
            continue
        begins = day.date - ended.get(day.name, date.min) > SAME_HOLIDAY
        ended[day.name] = day.date
        if begins and day.date >= first and _is_wanted(day.name, names):
            yield day.date


def _is_wanted(name: str, names: Iterable[str]) -> bool:
    """A day from an imported notice carries what stood there: the holiday's name, or its Chinese one."""
    return not names or any(name == wanted or name.startswith(_in_chinese(wanted)) for wanted in names)


@cache
def _in_chinese(name: str) -> str:
    with override("zh-hans"):
        return _(name)


def _working_days_before(day: date, count: int, hours: Hours) -> date:
    earlier = (day - ONE_DAY * back for back in range(1, BARREN_DAYS))
    worked = (before for before in earlier if hours.is_working_day(before))
    found = next(islice(worked, count - 1, None), None)
    if found is None:
        raise NoWorkingTime(
            _("The calendar “%(name)s” has no working time around %(day)s.")
            % {"name": _(hours.name) if hours.name else "", "day": day}
        )
    return found


# -- the day and its window ------------------------------------------------------------------------------


def rolled(day: date, roll: str, hours: Hours) -> date | None:
    """The day on which what falls on `day` is done; None where it is left out. Raises NoWorkingTime."""
    if roll == KEEP or hours.is_working_day(day):
        return day
    if roll == SKIP:
        return None
    return hours.first_working_day(day) if roll == NEXT else _working_days_before(day, 1, hours)


def window(day: date, opens: str, closes: str, hours: Hours) -> tuple[datetime, datetime]:
    """From when until when the duty of `day` is done.

    An empty time is the day's opening or closing; a day off has midnight for both. Closing at or before
    opening, the window runs into the next day; but "by 08:30" on a day that opens at 09:00 begins at
    midnight, and "from 14:00" on a day that closes at 12:00 already is the whole of that day's hours.
    """
    midnight, next_midnight = _instant(day, "00:00", hours), _instant(day, "24:00", hours)
    spans = hours.windows(day)
    opening, closing = (spans[0][0], spans[-1][1]) if spans else (midnight, next_midnight)
    begins = _instant(day, opens, hours) if opens else opening
    ends = _instant(day, closes, hours) if closes else closing
    if ends > begins:
        return begins, ends
    if not closes:
        return opening, closing
    if not opens and closing <= next_midnight and ends > midnight:
        return midnight, ends
    return begins, _instant(day + ONE_DAY, closes, hours)


def check_window(opens: str, closes: str) -> None:
    """Raises ValueError, with a sentence, for what is not a time of day."""
    for text in (opens, closes):
        if text and not _TIME.fullmatch(text):
            raise ValueError(_("“%(text)s” is not a time of day; write it like 14:00.") % {"text": text[:20]})
    if opens == "24:00":
        raise ValueError(_("A window opens before 24:00."))


def opens_after_closing(opens: str, closes: str, hours: Hours) -> bool:
    """Whether a window "from 19:00 to closing" would open after the doors close on every day of the week."""
    if not opens or closes or hours.always:
        return False
    wanted = _minutes(opens)
    return all(wanted >= window.minutes[1] for windows in hours.week for window in windows)


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _instant(day: date, text: str, hours: Hours) -> datetime:
    if text == "24:00":
        return datetime.combine(day + ONE_DAY, MIDNIGHT, hours.tz)
    return datetime.combine(day, time.fromisoformat(text), hours.tz)


# -- as JSON -----------------------------------------------------------------------------------------------


def dump(rule: Rule) -> dict:
    """The rule as JSON: {"kind": "recurring", "rrule": "FREQ=WEEKLY;BYDAY=WE", "anchor": "2026-11-25"}."""
    if isinstance(rule, BeforeHoliday):
        return {"kind": "before_holiday", "days_before": rule.days_before, "holidays": list(rule.holidays)}
    return {"kind": "recurring", "rrule": rule.rrule, "anchor": rule.anchor.isoformat()}


def load(data: dict) -> Rule:
    """The opposite of `dump`. Raises ValueError, with a sentence, for what is no rule or never comes."""
    try:
        if data["kind"] == "recurring":
            return Recurring(data["rrule"], date.fromisoformat(data["anchor"]))
        if data["kind"] == "before_holiday":
            return BeforeHoliday(data["days_before"], tuple(data.get("holidays", ())))
    except (TypeError, KeyError, AttributeError):
        pass
    raise ValueError(_("This is not a rule: %(data)s") % {"data": str(data)[:80]})
