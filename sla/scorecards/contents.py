"""What stands on a scorecard: the board of the month beside that of the month before, and each miss."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notices.messages import absolute
from organization.models import User
from organization.roles import Role

from .. import standards
from ..board import Board, Line, State
from ..board.words import NOTHING, Shares, counts
from ..figures import PROMISED, Figure
from ..models import Excuse, StaleDay, Timer
from ..models.figure import bounds
from ..periods import Period, PeriodName

MOST_MISSES = 5_000


@dataclass(frozen=True)
class Row(Shares):
    """One line of the board, how it stood the month before, and where its figure is taken apart."""

    line: Line
    before: Figure
    link: str

    @property
    def number(self) -> str:
        return self.line.clause.number

    @property
    def figure(self) -> Figure:
        return self.line.figure

    @property
    def change(self) -> float | None:
        """The raw share against that of the month before; None where either month has none."""
        if self.figure.share is None or self.before.share is None:
            return None
        return self.figure.share - self.before.share

    @property
    def counts(self) -> str:
        return counts(self.figure, self.line.shape)

    @property
    def change_words(self) -> str:
        """Against the month before, in points of percent: "▼ 0.8"."""
        if self.change is None:
            return NOTHING
        points = round(self.change * 100, 1)
        sign = "▲" if points > 0 else "▼"
        return f"{sign} {abs(points):g}" if points else pgettext("figure", "the same")


class Item(NamedTuple):
    """One of the 23 work items with its rows."""

    number: str
    title: Any
    rows: list[Row]

    @property
    def measured(self) -> list[Row]:
        return [row for row in self.rows if row.line.is_measured]

    @property
    def unmeasured(self) -> list[Row]:
        return [row for row in self.rows if not row.line.is_measured]


class Area(NamedTuple):
    """One of the five areas with its work items."""

    number: str
    title: Any
    items: list[Item]

    @property
    def measured(self) -> list[Row]:
        return [row for item in self.items for row in item.measured]

    @property
    def unmeasured(self) -> list[Row]:
        return [row for item in self.items for row in item.unmeasured]


class Miss(NamedTuple):
    """One promise that was not kept in the month, with the excuse that was asked for it, if any."""

    due_at: dt.datetime
    number: str
    title: str
    about: str
    owner: str
    excuse: str
    link: str


@dataclass(frozen=True)
class Contents:
    """A month's scorecard before it is drawn; links are whole addresses, since they leave the office.

    `outdated` is the number of days that were still to be counted anew when the figures were taken.
    """

    month: dt.date
    as_of: dt.datetime
    department: str
    board: Board
    areas: list[Area]
    misses: list[Miss]
    count_of_misses: int
    outdated: int

    @cached_property
    def rows(self) -> list[Row]:
        """All rows in the order of the job description."""
        return [row for area in self.areas for item in area.items for row in item.rows]

    def rows_in(self, state: State) -> list[Row]:
        return [row for row in self.rows if row.line.state == state]

    @property
    def last_day(self) -> dt.date:
        return self.board.period.last

    @property
    def is_whole(self) -> bool:
        """Whether the month was over when the figures were taken."""
        return self.as_of >= bounds(self.last_day)[1]

    @cached_property
    def mark(self) -> str:
        """Eight letters that are the same whenever all figures are the same, and only then."""
        numbers = [(row.number, row.line.key, *row.figure, row.line.target) for row in self.rows]
        return hashlib.sha256(repr((self.month, numbers)).encode()).hexdigest()[:8]


def gather(month: dt.date, at: dt.datetime) -> Contents:
    """The whole month as it stood at `at`, in the language now active."""
    board = Board(Period.month(month), at=at)
    missed = _missed(board.period, at)
    return Contents(
        month=board.period.first,
        as_of=at,
        department=_department(),
        board=board,
        areas=areas_of(board),
        misses=[_miss(timer) for timer in missed[:MOST_MISSES]],
        count_of_misses=missed.count(),
        outdated=StaleDay.objects.filter(day__range=board.period[:2]).count(),
    )


def areas_of(board: Board) -> list[Area]:
    """The rows of a month's board, beside the figures of the month before."""
    earlier = Board(Period.named(PeriodName.LAST_MONTH, board.period.first), at=board.at)
    before = {line.key: line.figure for line in earlier.lines if line.key}
    return [
        Area(area.number, area.title, [_item(item, before, board.period) for item in area.items])
        for area in board.areas
    ]


def _item(item, before: dict[str, Figure], period: Period) -> Item:
    lines = (line for measured in item.clauses for line in measured.lines)
    rows = [Row(line, before.get(line.key, Figure()), _link(line, period)) for line in lines]
    return Item(item.number, item.title, rows)


def _link(line: Line, period: Period) -> str:
    """Where the board takes the figure apart, for these very days."""
    if not line.standard:
        return ""
    days = {"period": str(PeriodName.RANGE), "first": period.first, "last": period.last}
    return absolute(f"{reverse('board-standard', args=[line.key])}?{urlencode(days)}")


def _department() -> str:
    """Whose scorecard it is: the department of the admin manager."""
    manager = User.objects.in_role(Role.ADMIN_MANAGER).select_related("department").order_by("pk").first()
    return str(manager.department) if manager and manager.department else ""


def _missed(period: Period, at: dt.datetime) -> QuerySet:
    """What was counted as not kept among the promises of the board, in the order in which it was due."""
    start, end = bounds(period.first)[0], bounds(period.last)[1]
    promised = [one.key for one in standards.every() if one.clause and one.shape in PROMISED]
    missed = Q(outcome=Timer.Outcome.MISSED) | Q(stopped_at=None, paused_at=None, due_at__lt=at)
    timers = Timer.objects.filter(missed, standard__in=promised, due_at__gte=start, due_at__lt=end)
    newest = Prefetch("excuses", Excuse.objects.select_related("decided_by").order_by("-asked_at"))
    return timers.select_related("owner").prefetch_related(newest).order_by("due_at", "pk")


def _miss(timer: Timer) -> Miss:
    return Miss(
        timer.due_at,
        timer.declared.clause,
        str(timer.declared.title),
        timer.label,
        timer.owner.name if timer.owner else "",
        _excuse(next(iter(timer.excuses.all()), None)),
        absolute(timer.get_absolute_url()),
    )


def _excuse(excuse: Excuse | None) -> str:
    if excuse is None:
        return ""
    return _("%(state)s: %(reason)s") % {"state": excuse.get_state_display(), "reason": excuse.reason}


def by_day(contents: Contents) -> Iterator[tuple[Row, dt.date, Figure]]:
    """Every figure of every day on which anything was counted."""
    for row in contents.rows:
        for day in sorted(row.line.parts):
            yield row, day, row.line.parts[day]
