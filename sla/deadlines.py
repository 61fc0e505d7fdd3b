"""When a promise is due: "within a minute", "in two working days", "with the next round", "by closing".

A deadline is a value: worked out from a start and a calendar's hours, stored as a small dict, explained in
words. It knows no database and no clock. What starts outside hours is counted from the next opening; an
instant exactly at a limit is still in time.
"""

import calendar
from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import explanations
from .explanations import Explanation, sentences, spoken
from .hours import DayKind, Hours, NoWorkingTime

__all__ = [
    "AsGiven",
    "Closing",
    "Deadline",
    "Explanation",
    "Months",
    "NextSlot",
    "NoWorkingTime",
    "Within",
    "WorkingDays",
    "dump",
    "load",
    "sentences",
]

LONGEST = timedelta(days=3660)


class Deadline(ABC):
    """What every deadline can do. Instants are aware; answers are in the time zone of the hours."""

    @property
    def length(self) -> timedelta | None:
        """How long it is where it is always the same, else None."""
        return None

    @abstractmethod
    def due(self, start: datetime, hours: Hours, given: datetime | None = None) -> datetime:
        """When something started at `start` is due. Raises NoWorkingTime where the calendar never opens."""

    def explain(self, start: datetime, hours: Hours, given: datetime | None = None) -> list[Explanation]:
        """Why `due` answers what it does; the last item is the due instant itself."""
        start = start.astimezone(hours.tz)
        due = self.due(start, hours, given)
        doubts = explanations.unconfirmed(hours, start, due)
        return [*self._reasons(start, hours, due), *doubts, Explanation("due", {"at": due})]

    @abstractmethod
    def _reasons(self, start: datetime, hours: Hours, due: datetime) -> list[Explanation]:
        """What `explain` tells before the due instant."""


@dataclass(frozen=True)
class Within(Deadline):
    """So much time; working time where the calendar has hours, elapsed time on one that is always open."""

    seconds: int = 0
    minutes: int = 0
    hours: int = 0

    def __post_init__(self):
        if not timedelta(0) < self.length <= LONGEST:
            raise ValueError(_("A limit must last at least a second and at most ten years."))

    @property
    def length(self) -> timedelta:
        return timedelta(seconds=self.seconds, minutes=self.minutes, hours=self.hours)

    def due(self, start, hours, given=None):
        return hours.add(start, self.length)

    def _reasons(self, start, hours, due):
        if hours.always:
            limit = Explanation("limit", {"duration": self.length})
            return [limit, Explanation("around_the_clock", {"start": start})]
        begins = hours.next_opening(start)
        limit = Explanation("limit_working", {"duration": self.length})
        return [limit, *explanations.waiting(start, begins), *explanations.counted(hours, start, due)]

    def __str__(self) -> str:
        return spoken(self.length)


@dataclass(frozen=True)
class WorkingDays(Deadline):
    """So many working days after the start, at the same time of day."""

    days: int

    def __post_init__(self):
        if not 1 <= self.days <= 1000:
            raise ValueError(_("Working days must be between 1 and 1,000."))

    def due(self, start, hours, given=None):
        return hours.add_working_days(start, self.days)

    def _reasons(self, start, hours, due):
        begins = hours.next_opening(start)
        first, last = hours.working_day(begins), self._last(hours, begins)
        items = [Explanation("limit_days", {"days": self.days}), *explanations.waiting(start, begins)]
        items += [self._numbered(hours, first), *explanations.skipped(hours, first, last)]
        wanted = begins + (last - first)
        return items + ([Explanation("fitted", {"wanted": wanted, "at": due})] if wanted != due else [])

    def _last(self, hours: Hours, begins: datetime) -> date:
        days = hours.working_days(hours.working_day(begins))
        return next(day for number, day in enumerate(days) if number == self.days)

    def _numbered(self, hours: Hours, first: date) -> Explanation:
        ahead = hours.working_days(first)
        days = [next(ahead) for _number in range(self.days + 1)][1:]
        if len(days) > explanations.MOST_DAYS_LISTED:
            return Explanation("numbered_many", {"first": days[0], "last": days[-1], "days": self.days})
        make_up = [day for day in days if hours.day(day).kind is DayKind.MAKE_UP]
        return Explanation("numbered", {"days": days, "make_up": make_up})

    def __str__(self) -> str:
        return ngettext("%(count)d working day", "%(count)d working days", self.days) % {"count": self.days}


@dataclass(frozen=True)
class NextSlot(Deadline):
    """The next round of a working day, such as 11:00 and 18:00, if it came at least `cutoff_minutes` before.

    On a day with other hours than usual, a slot before its opening or after its closing does not take place.
    """

    times: tuple[str, ...]
    cutoff_minutes: int = 0

    def __post_init__(self):
        object.__setattr__(self, "times", tuple(sorted(self.times)))
        if (
            not self.times
            or any(len(text) != 5 for text in self.times)
            or len(set(self.times)) < len(self.times)
        ):
            raise ValueError(_("Slots are different times of day, written like 11:00."))
        for text in self.times:
            time.fromisoformat(text)
        if not 0 <= self.cutoff_minutes <= 1440:
            raise ValueError(_("The cut-off must be between 0 and 1,440 minutes."))

    def due(self, start, hours, given=None):
        return next(at for at, item in self._slots(start, hours) if item.kind == "slot")

    def _reasons(self, start, hours, due):
        items = []
        for _at, item in self._slots(start, hours):
            items.append(item)
            if item.kind == "slot":
                break
        skips = explanations.skipped(hours, start.date(), due.date())
        return [*items[:-1], *skips, items[-1]]

    def _slots(self, start: datetime, hours: Hours):
        """Slots from the day of `start` on, each with why it is taken or not; those past are left out."""
        first = start.astimezone(hours.tz).date()
        for day in hours.working_days(first):
            for text in self.times:
                at = datetime.combine(day, time.fromisoformat(text), hours.tz)
                latest = at - timedelta(minutes=self.cutoff_minutes)
                if not hours.serves(day, at):
                    yield at, Explanation("slot_closed", {"at": at, "reason": hours.day(day).name})
                elif start <= latest:
                    yield at, Explanation("slot", {"at": at, "latest": latest})
                elif start <= at:
                    yield at, Explanation("slot_missed", {"at": at, "latest": latest})

    def __str__(self) -> str:
        times = _(", ").join(self.times)
        if not self.cutoff_minutes:
            return _("next of %(times)s") % {"times": times}
        cutoff = spoken(timedelta(minutes=self.cutoff_minutes))
        return _("next of %(times)s, arrived %(cutoff)s before") % {"times": times, "cutoff": cutoff}


@dataclass(frozen=True)
class Closing(Deadline):
    """The end of that working day; of the next one for what comes at or after closing, or on a day off."""

    def due(self, start, hours, given=None):
        return hours.closing(start)

    def _reasons(self, start, hours, due):
        today, day = start.date(), hours.working_day(start)
        late = day > today and hours.is_working_day(today)
        items = [Explanation("closed_already", {"start": start})] if late else []
        return [*items, *explanations.skipped(hours, today, day), Explanation("closing", {"at": due})]

    def __str__(self) -> str:
        return _("closing time")


@dataclass(frozen=True)
class Months(Deadline):
    """So many calendar months later (31 January and one month is the last of February), at closing time.

    Where that is not a working day, the next working day is meant.
    """

    months: int

    def __post_init__(self):
        if not 1 <= self.months <= 120:
            raise ValueError(_("Months must be between 1 and 120."))

    def due(self, start, hours, given=None):
        day = hours.first_working_day(self._target(start.astimezone(hours.tz).date()))
        return hours.windows(day)[-1][1]

    def _target(self, start: date) -> date:
        year, month = divmod(start.year * 12 + start.month - 1 + self.months, 12)
        return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))

    def _reasons(self, start, hours, due):
        target = self._target(start.date())
        short = target.day != start.day
        data = {"months": self.months, "start": start, "target": target, "short": short}
        items = [Explanation("month", data)]
        day = hours.first_working_day(target)
        if day > target:
            items += explanations.skipped(hours, target, day)
            items.append(Explanation("rolled", {"from_day": target, "to_day": day}))
        return [*items, Explanation("closing", {"at": due})]

    def __str__(self) -> str:
        return ngettext("%(count)d month", "%(count)d months", self.months) % {"count": self.months}


@dataclass(frozen=True)
class AsGiven(Deadline):
    """The instant somebody named: a date agreed with a supplier, the day a file is to come back."""

    def due(self, start, hours, given=None):
        if given is None:
            raise ValueError(_("This promise needs the date that was agreed."))
        return given.astimezone(hours.tz)

    def _reasons(self, start, hours, due):
        return [Explanation("given", {"at": due})]

    def explain(self, start, hours, given=None):
        """The agreed instant stands whatever the calendar says."""
        due = self.due(start, hours, given)
        return [*self._reasons(start, hours, due), Explanation("due", {"at": due})]

    def __str__(self) -> str:
        return _("as agreed")


_KINDS: dict[str, type[Deadline]] = {
    "within": Within,
    "working_days": WorkingDays,
    "next_slot": NextSlot,
    "closing": Closing,
    "months": Months,
    "as_given": AsGiven,
}


def dump(deadline: Deadline) -> dict:
    """The deadline as JSON: {"kind": "working_days", "days": 2}; fields at zero are left out."""
    kind = next(kind for kind, cls in _KINDS.items() if type(deadline) is cls)
    fields = {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(deadline).items() if v}
    return {"kind": kind, **fields}


def load(data: dict) -> Deadline:
    """The opposite of `dump`. Raises ValueError, with a sentence, for what is not a deadline."""
    if not isinstance(data, dict) or data.get("kind") not in _KINDS:
        raise ValueError(_("This is not a deadline: %(data)s") % {"data": str(data)[:80]})
    fields = {name: tuple(v) if isinstance(v, list) else v for name, v in data.items() if name != "kind"}
    try:
        if not all(type(value) in (int, tuple) for value in fields.values()):
            raise TypeError
        return _KINDS[data["kind"]](**fields)
    except (TypeError, OverflowError) as error:
        raise ValueError(_("This is not a deadline: %(data)s") % {"data": str(data)[:80]}) from error
