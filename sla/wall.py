"""What the screen on the wall shows: figures, clauses and times, readable at five metres, and nobody's name.

Labels and owners of promises, and everybody's names, are left out here, not in the template: what is not
looked up cannot be shown.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext

from pages import pulse

from . import standards
from .board import Board, State
from .models import Occurrence, Timer
from .models.figure import bounds, local_day
from .periods import Period

GOOD, WARNING, BAD = "good", "warning", "bad"
MOST_CLOCKS, MOST_BROKEN_CLOCKS, MOST_BROKEN, MOST_COUNTED = 5, 2, 4, 1_000
LINES, LEAST_CLOCKS = 10, 3
SOON = dt.timedelta(hours=24)
STAYS_IN_SIGHT = dt.timedelta(minutes=10)
LONGEST_WINDOW = dt.timedelta(hours=48)
BOARD_SECONDS = 30


class Fact(NamedTuple):
    """One figure of a work area that the wall shows, such as how many callers are on the line."""

    label: str
    figure: int
    state: str = ""


class Clock(NamedTuple):
    """A promise that runs, by its title alone: whose it is and about whom, the wall does not know."""

    title: str
    clause: str
    started_at: dt.datetime
    due_at: dt.datetime
    stopped_at: None = None
    outcome: str = ""


class DutyToday(NamedTuple):
    """A duty that falls today, with its window and how it stands: late, open, planned, done or skipped."""

    title: str
    state: str
    opens_at: dt.datetime
    due_at: dt.datetime


class Clauses(NamedTuple):
    """The board in brief: how many clauses are kept, at risk and broken, and which are broken."""

    kept: int
    at_risk: int
    broken: int
    worst: tuple[tuple[str, str], ...]

    @property
    def worst_left(self) -> int:
        """How many of the broken ones there is no room for."""
        return self.broken - len(self.worst)


Provider = Callable[[dt.datetime], Iterable[Fact]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let a work area show figures: `provider(at)` gives them, in one query each, and names nobody."""
    if provider not in _providers:
        _providers.append(provider)


class Wall:
    """Everything on the wall at one instant, in the language of the moment."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    @cached_property
    def clocks(self) -> list[Clock]:
        """The nearest deadlines but those of duties; a promise just broken stays in sight for a while.

        However many are broken, there is room for those that can still be kept.
        """
        duties = ContentType.objects.get_for_model(Occurrence)
        running = self._running.exclude(subject_type=duties).values_list("standard", "started_at", "due_at")
        coming = running.filter(due_at__gt=self.at, due_at__lt=self.at + SOON).order_by("due_at", "pk")
        broken = running.filter(due_at__lte=self.at, due_at__gt=self.at - STAYS_IN_SIGHT).order_by("-due_at")
        still = list(coming[:MOST_CLOCKS])
        lost = list(broken[: max(MOST_BROKEN_CLOCKS, MOST_CLOCKS - len(still))])
        return [_clock(*row) for row in (*reversed(lost), *still)][:MOST_CLOCKS]

    @cached_property
    def overdue(self) -> int:
        return self._running.filter(due_at__lt=self.at).order_by()[:MOST_COUNTED].count()

    @cached_property
    def duties(self) -> list[DutyToday]:
        """Today's duties, the most pressing first; one that lasts over midnight is still today's."""
        today, tomorrow = bounds(self._day)
        window = {"due_at__gte": today, "due_at__lt": today + LONGEST_WINDOW}
        rows = Occurrence.objects.filter(**window, opens_at__lt=tomorrow)
        found = rows.values_list("duty__title", "state", "opens_at", "due_at").order_by("due_at", "pk")
        duties = [self._duty(*row) for row in found]
        return sorted(duties, key=lambda duty: PRESSING.index(duty.state))

    @property
    def duties_shown(self) -> list[DutyToday]:
        """As many as there is room for: the box of the running clocks never shrinks below three lines."""
        return self.duties[: LINES - max(len(self.clocks), LEAST_CLOCKS)]

    @property
    def duties_left(self) -> int:
        """How many of today's duties there is no room for."""
        return len(self.duties) - len(self.duties_shown)

    @property
    def duties_done(self) -> int:
        return sum(duty.state in ENDED for duty in self.duties)

    @cached_property
    def facts(self) -> list[Fact]:
        """What the work areas show of themselves."""
        return [fact for provider in _providers for fact in provider(self.at)]

    @cached_property
    def clauses(self) -> Clauses:
        return clauses_in_brief(self.at)

    @cached_property
    def sweep_is_late(self) -> bool:
        return pulse.is_late(pulse.sweep_age(self.at))

    @property
    def date(self) -> str:
        """Today as one says it: 11月23日 星期一."""
        return date_format(self._day, pgettext("date format", "l, j F"))

    @property
    def seen(self) -> str:
        """Changes whenever what the wall shows changes; seconds going by change nothing."""
        shown = (
            self.clocks, [clock.due_at <= self.at for clock in self.clocks], self.overdue, self.duties,
            self.facts, self.clauses, self.sweep_is_late, self._day, get_language(),
        )  # fmt: skip
        return sha256(repr(shown).encode()).hexdigest()[:16]

    @property
    def _running(self):
        """All standards are named, so that the index by standard and deadline is read."""
        known = [standard.key for standard in standards.every()]
        return Timer.objects.running().filter(standard__in=known, paused_at=None)

    @property
    def _day(self) -> dt.date:
        return local_day(self.at)

    def _duty(self, title: str, state: str, opens_at: dt.datetime, due_at: dt.datetime) -> DutyToday:
        if state not in ENDED and due_at < self.at:
            state = "late"
        return DutyToday(title, state, opens_at, due_at)


PRESSING = ("late", "open", "planned", "skipped", "done")
ENDED = ("skipped", "done")


def _clock(key: str, started_at: dt.datetime, due_at: dt.datetime) -> Clock:
    standard = standards.get(key)
    return Clock(str(standard.title), standard.clause, started_at, due_at)


def clauses_in_brief(at: dt.datetime) -> Clauses:
    """This month's board in brief, remembered for half a minute: several walls cost no more than one."""
    key = f"sla:wall-clauses:{get_language()}"
    found = cache.get(key)
    if found is None:
        found = _clauses(at)
        cache.set(key, tuple(found), BOARD_SECONDS)
    return Clauses(*found)


def _clauses(at: dt.datetime) -> Clauses:
    board = Board(Period.this_month(local_day(at)), at=at)
    broken: dict[str, str] = {}
    for line in board.lines:
        if line.state == State.BROKEN:
            broken.setdefault(line.clause.number, str(line.title))
    worst = tuple(broken.items())[:MOST_BROKEN]
    return Clauses(board.counts[State.KEPT], board.counts[State.AT_RISK], len(broken), worst)
