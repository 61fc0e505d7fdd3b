"""Working time: which minutes count when the office promises something "within two hours" of work.

Wall times are those of the office's time zone, handed in; instants come in aware and go out aware. Nothing
here reads the database or the clock, and no year is unknown: one that the State Council has not yet announced
is counted from Monday to Friday less the statutory days, and says so through `Hours.is_confirmed`.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _

ONE_DAY = timedelta(days=1)
MIDNIGHT = time(0)
BARREN_DAYS = 800  # so long a search without one working day ends with NoWorkingTime

Span = tuple[datetime, datetime]


class NoWorkingTime(Exception):
    """The calendar has no working time where some was looked for; its text is a sentence for the reader."""


class BadWindows(ValueError):
    """Typed working hours that cannot be understood; its text is a sentence for the reader."""


class Window(NamedTuple):
    """Working hours without a break.

    A window that closes at or before it opens runs past midnight (a night desk) and belongs to the day on
    which it opens; 00:00–00:00, typed 00:00-24:00, is the whole day.
    """

    opens: time
    closes: time

    @property
    def past_midnight(self) -> bool:
        return self.closes <= self.opens

    @property
    def minutes(self) -> tuple[int, int]:
        """Opening and closing in minutes after the midnight before; closing may lie beyond 1,440."""
        opens = self.opens.hour * 60 + self.opens.minute
        closes = self.closes.hour * 60 + self.closes.minute
        return opens, closes + 1440 * self.past_midnight

    def __str__(self) -> str:
        closes = "24:00" if self.closes == MIDNIGHT else f"{self.closes:%H:%M}"
        return f"{self.opens:%H:%M}-{closes}"


WHOLE_DAY = Window(MIDNIGHT, MIDNIGHT)


class DayKind(StrEnum):
    """What a day is on a calendar."""

    WORKING = "working"
    MAKE_UP = "make-up"  # 调休上班
    WEEKEND = "weekend"
    CLOSED = "closed"  # a weekday without hours on this calendar
    HOLIDAY = "holiday"
    DECLARED_WORKING = "declared-working"  # the office's own decision
    DECLARED_OFF = "declared-off"


class Day(NamedTuple):
    """One day as the calendar sees it; `name` is a holiday's msgid, or the reason somebody typed."""

    date: date
    kind: DayKind
    name: str
    windows: tuple[Window, ...]

    @property
    def is_working(self) -> bool:
        return bool(self.windows)


class Override(NamedTuple):
    """A day decided otherwise.

    Without windows of its own, a working day keeps the usual ones; `official` marks the State Council's
    notice, as against the office's own decision.
    """

    is_working: bool
    windows: tuple[Window, ...] = ()
    name: str = ""
    official: bool = False


class Holidays(Protocol):
    """Where the statutory holidays and make-up workdays come from."""

    def name(self, day: date) -> str:
        """The holiday's English name, or an empty string where the day is not off."""

    def is_make_up(self, day: date) -> bool: ...

    def is_confirmed(self, year: int) -> bool: ...


@dataclass(frozen=True)
class Hours:
    """A calendar's working time as a value: cheap to keep, safe to share between threads.

    `week` holds the windows of Monday to Sunday. An opening instant is open, a closing instant is closed.
    """

    tz: tzinfo
    week: tuple[tuple[Window, ...], ...] = ((),) * 7
    always: bool = False
    holidays: Holidays | None = None
    overrides: Mapping[date, Override] = field(default_factory=dict)
    confirmed_years: frozenset[int] = frozenset()
    name: str = ""
    _spans: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    # -- days -------------------------------------------------------------------------------------

    def day(self, day: date) -> Day:
        """What `day` is: declared days first, then holidays and make-up workdays, then the week."""
        if self.always:
            return Day(day, DayKind.WORKING, "", (WHOLE_DAY,))
        if override := self.overrides.get(day):
            return self._overridden(day, override)
        usual = self.week[day.weekday()]
        if self.holidays:
            if name := self.holidays.name(day):
                return Day(day, DayKind.HOLIDAY, name, ())
            if self.holidays.is_make_up(day):
                return Day(day, DayKind.MAKE_UP, "", usual or self._standard_windows)
        if usual:
            return Day(day, DayKind.WORKING, "", usual)
        return Day(day, DayKind.WEEKEND if day.weekday() >= 5 else DayKind.CLOSED, "", ())

    def _overridden(self, day: date, override: Override) -> Day:
        if not override.is_working:
            kind = DayKind.HOLIDAY if override.official else DayKind.DECLARED_OFF
            return Day(day, kind, override.name, ())
        kind = DayKind.MAKE_UP if override.official else DayKind.DECLARED_WORKING
        windows = override.windows or self.week[day.weekday()] or self._standard_windows
        return Day(day, kind, override.name, windows)

    @property
    def _standard_windows(self) -> tuple[Window, ...]:
        """The windows of the first weekday that has any: a make-up Saturday is worked like a Monday."""
        return next((windows for windows in self.week if windows), ())

    def windows(self, day: date) -> tuple[Span, ...]:
        """The opening and closing instants that belong to `day`, in order, never overlapping."""
        return tuple((self._local(opens), self._local(closes)) for opens, closes in self._of(day))

    def is_working_day(self, day: date) -> bool:
        return self.day(day).is_working

    def is_confirmed(self, year: int) -> bool:
        """Whether the holidays of `year` are known for good; true where holidays do not matter."""
        if self.always or self.holidays is None:
            return True
        return year in self.confirmed_years or self.holidays.is_confirmed(year)

    @property
    def has_lunch_gap(self) -> bool:
        return any(len(windows) > 1 for windows in self.week)

    # -- instants ---------------------------------------------------------------------------------

    def is_open(self, at: datetime) -> bool:
        days = (self._first_day(at), self._local(at).date())
        return self.always or any(opens <= at < closes for day in days for opens, closes in self._of(day))

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself while open, otherwise the next instant that opens. Raises NoWorkingTime."""
        if self.always:
            return self._local(at)
        return self._local(next(self._ahead(at))[0])

    def working_day(self, at: datetime) -> date:
        """The working day to which `at` belongs: the first whose last window has not yet closed."""
        if self.always:
            return self._local(at).date()
        return next(day for day in self._days(self._first_day(at)) if self._of(day)[-1][1] > at)

    def closing(self, at: datetime) -> datetime:
        """When the working day of `at` closes; the next working day's closing once that day is over."""
        return self.windows(self.working_day(at))[-1][1]

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """When `duration` of working time has passed since `start`; may be the closing instant itself.

        A negative duration looks back. A duration of nothing answers `start`. Raises NoWorkingTime.
        """
        if self.always or not duration:
            return self._local(start.astimezone(UTC) + duration)
        if duration < timedelta(0):
            return self._subtract(start, -duration)
        left = duration
        for opens, closes in self._ahead(start):
            if closes - opens >= left:
                return self._local(opens + left)
            left -= closes - opens
        raise AssertionError("unreachable: _ahead ends only by raising")

    def between(self, a: datetime, b: datetime) -> timedelta:
        """Working time from `a` to `b`, negative where `b` is earlier."""
        if b < a:
            return -self.between(b, a)
        if self.always:
            return b.astimezone(UTC) - a.astimezone(UTC)
        return sum((closes - opens for opens, closes in self._clipped(a, b)), timedelta(0))

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """The same wall time `days` working days later.

        Outside hours the count begins at the next opening. Where the wall time falls into a gap of the last
        day, its next window's opening is meant; where that day closes earlier, its closing.
        """
        begins = self.next_opening(start)
        day = self.working_day(begins)
        wall = begins.replace(tzinfo=None) - datetime.combine(day, MIDNIGHT)
        for number, later in enumerate(self._days(day)):
            if number == days:
                return self._fitted(later, wall)
        raise AssertionError("unreachable: _days ends only by raising")

    def spans(self, a: datetime, b: datetime) -> list[Span]:
        """The windows that count between `a` and `b`, cut to them."""
        if self.always:
            return [(self._local(a), self._local(b))]
        return [(self._local(opens), self._local(closes)) for opens, closes in self._clipped(a, b)]

    def days_off(self, first: date, last: date) -> list[Day]:
        """The days without working time from `first` to `last`, both included."""
        days = (self.day(first + ONE_DAY * n) for n in range((last - first).days + 1))
        return [day for day in days if not day.is_working]

    def serves(self, day: date, at: datetime) -> bool:
        """Whether a round at `at` takes place on `day`: not where that day's other hours leave it out."""
        override = None if self.always else self.overrides.get(day)
        if override is None or not override.windows:
            return self.is_working_day(day)
        spans = self._of(day)
        return bool(spans) and spans[0][0] <= at <= spans[-1][1]

    def first_working_day(self, day: date) -> date:
        """`day` itself, or the next working day. Raises NoWorkingTime."""
        return next(self._days(day))

    def working_days(self, first: date) -> Iterator[date]:
        """The working days from `first` on, without end. Raises NoWorkingTime."""
        return self._days(first)

    # -- within -----------------------------------------------------------------------------------

    @property
    def _may_open(self) -> bool:
        return (
            self.always or any(self.week) or any(o.is_working and o.windows for o in self.overrides.values())
        )

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.tz)

    def _first_day(self, at: datetime) -> date:
        """The day before: one of its windows may run past midnight."""
        return self._local(at).date() - ONE_DAY

    def _instant(self, day: date, minutes: int) -> datetime:
        return (datetime.combine(day, MIDNIGHT, self.tz) + timedelta(minutes=minutes)).astimezone(UTC)

    def _of(self, day: date) -> tuple[Span, ...]:
        """The windows of `day` in UTC, remembered; cut where the night before reaches into them."""
        if (spans := self._spans.get(day)) is None:
            if len(self._spans) > 10_000:
                self._spans.clear()
            spans = self._spans[day] = tuple(self._computed(day))
        return spans

    def _computed(self, day: date) -> Iterator[Span]:
        night = [window for window in self.day(day - ONE_DAY).windows if window.past_midnight]
        covered = max((self._instant(day - ONE_DAY, window.minutes[1]) for window in night), default=None)
        for window in sorted(self.day(day).windows):
            opens, closes = (self._instant(day, minutes) for minutes in window.minutes)
            opens = max(opens, covered) if covered else opens
            if closes > opens:
                yield opens, closes
                covered = closes

    def _days(self, first: date, step: int = 1) -> Iterator[date]:
        """Days with working time from `first` on; gives up, by raising, after a long stretch without any."""
        barren, day = 0, first
        while self._may_open and barren < BARREN_DAYS and date.min + ONE_DAY < day < date.max - ONE_DAY:
            barren = 0 if self._of(day) else barren + 1
            if not barren:
                yield day
            day += step * ONE_DAY
        raise NoWorkingTime(
            _("The calendar “%(name)s” has no working time around %(day)s.")
            % {"name": _(self.name) if self.name else "", "day": first}
        )

    def _ahead(self, at: datetime) -> Iterator[Span]:
        for day in self._days(self._first_day(at)):
            for opens, closes in self._of(day):
                if closes > at:
                    yield max(opens, at.astimezone(UTC)), closes

    def _clipped(self, a: datetime, b: datetime) -> Iterator[Span]:
        for n in range((self._local(b).date() - self._first_day(a)).days + 1):
            for opens, closes in self._of(self._first_day(a) + n * ONE_DAY):
                if closes > a and opens < b:
                    yield max(opens, a.astimezone(UTC)), min(closes, b.astimezone(UTC))

    def _subtract(self, start: datetime, left: timedelta) -> datetime:
        for day in self._days(self._local(start).date(), step=-1):
            for opens, closes in reversed(self._of(day)):
                closes = min(closes, start.astimezone(UTC))
                if opens < closes and closes - opens >= left:
                    return self._local(closes - left)
                left -= max(closes - opens, timedelta(0))
        raise AssertionError("unreachable: _days ends only by raising")

    def _fitted(self, day: date, wall: timedelta) -> datetime:
        wanted = (datetime.combine(day, MIDNIGHT, self.tz) + wall).astimezone(UTC)
        fitting = (max(opens, wanted) for opens, closes in self._of(day) if wanted < closes)
        return self._local(next(fitting, self._of(day)[-1][1]))


# -- hours as people type them -------------------------------------------------------------------

_SEPARATORS = re.compile(r"[,，;；、\n]+")
_WINDOW = re.compile(r"(\d{1,2})[:：](\d{2})\s*(?:-|–|—|~|～|至|到)\s*(\d{1,2})[:：](\d{2})")


def parse_windows(text: str) -> tuple[Window, ...]:
    """Windows typed as "09:00-12:00, 13:30-18:00" (Chinese punctuation too); nothing typed is a day off.

    "22:00-06:00" runs past midnight, "00:00-24:00" is the whole day. Raises BadWindows.
    """
    windows = sorted(_window(part.strip()) for part in _SEPARATORS.split(text) if part.strip())
    if overlap := next(overlapping(windows), None):
        first, second = overlap
        raise BadWindows(_("%(first)s and %(second)s overlap.") % {"first": first, "second": second})
    return tuple(windows)


def _window(text: str) -> Window:
    if not (match := _WINDOW.fullmatch(text)):
        raise BadWindows(
            _("“%(text)s” is not a time span; write it like 09:00-12:00, 13:30-18:00.") % {"text": text[:40]}
        )
    numbers = [int(number) for number in match.groups()]
    try:
        opens = time(*numbers[:2])
        closes = MIDNIGHT if numbers[2:] == [24, 0] else time(*numbers[2:])
    except ValueError:
        raise BadWindows(_("“%(text)s” has a time that no clock shows.") % {"text": text[:40]}) from None
    if opens == closes and numbers[2:] != [24, 0]:
        raise BadWindows(_("“%(text)s” opens and closes at the same time.") % {"text": text[:40]})
    return Window(opens, closes)


def overlapping(windows: Iterable[Window]) -> Iterator[tuple[Window, Window]]:
    """Neighbouring windows of one day of which the second opens before the first closes."""
    ordered = sorted(windows)
    return ((a, b) for a, b in itertools.pairwise(ordered) if b.minutes[0] < a.minutes[1])


def nights_into_mornings(week: Iterable[tuple[Window, ...]]) -> Iterator[tuple[int, Window, Window]]:
    """Weekday, night window and the next morning's window into which it runs."""
    days = [sorted(windows) for windows in week]
    for weekday, windows in enumerate(days):
        following = days[(weekday + 1) % 7]
        if windows and following and windows[-1].minutes[1] - 1440 > following[0].minutes[0]:
            yield weekday, windows[-1], following[0]


def windows_text(windows: Iterable[Window]) -> str:
    """The opposite of `parse_windows`."""
    return ", ".join(str(window) for window in windows)
