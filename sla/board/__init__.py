"""The standards board: every clause of the job description with its figure for a stretch of days.

A clause without any standard, or of which nothing was counted, is not measured yet; it has no figure.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import clauses, figures, standards
from ..clauses import Clause
from ..figures import Figure, People
from ..models import BoardSettings, Policy
from ..models.figure import local_day
from ..periods import Period
from ..standards import Standard
from ..work_items import AREAS, WORK_ITEMS, area_of
from .words import percentage

__all__ = ["Area", "Board", "Item", "Line", "Measured", "Period", "State"]


class State(models.TextChoices):
    """How a clause stands."""

    KEPT = "kept", _("Kept")
    AT_RISK = "at_risk", _("At risk")
    BROKEN = "broken", _("Broken")
    UNMEASURED = "unmeasured", _("Not yet measured")


WORST_FIRST = (State.BROKEN, State.AT_RISK, State.KEPT, State.UNMEASURED)


def state_of(figure: Figure, target: int, margin: int) -> State:
    """By the adjusted share, so that what was excused is not held against anybody; in whole numbers."""
    if not figure.counted:
        return State.UNMEASURED
    points = figure.kept * 100 - figure.judged * target
    if points >= 0:
        return State.KEPT
    return State.AT_RISK if points + figure.judged * margin >= 0 else State.BROKEN


@dataclass(frozen=True)
class Line:
    """One clause, or one of its standards where it has several; `standard` is None where it has none.

    `target` is in percent; `trend` holds label and adjusted share (0 to 1, or None) of each part of the
    period, `parts` their figures by first day; `records` is the address of the records behind the figure,
    where they have a page of their own.
    """

    clause: Clause
    standard: Standard | None
    figure: Figure
    target: int | None
    state: State
    trend: list[tuple[str, float | None]]
    parts: dict[dt.date, Figure]
    records: str = ""

    @property
    def key(self) -> str:
        return self.standard.key if self.standard else ""

    @property
    def title(self) -> Any:
        return self.standard.title if self.standard else self.clause.title

    @property
    def wording(self) -> Any:
        return self.standard.wording if self.standard else self.clause.wording

    @property
    def shape(self) -> standards.Shape:
        return self.standard.shape if self.standard else self.clause.shape

    @property
    def is_measured(self) -> bool:
        return self.state != State.UNMEASURED

    def numbers(self, period: Period) -> dict[str, Any]:
        """What the board shows of it, as data."""
        figure = self.figure
        return {
            "clause": self.clause.number,
            "key": self.key or None,
            "title": str(self.title),
            "shape": str(self.shape),
            "target": self.target,
            "figure": percentage(figure.share),
            "adjusted": percentage(figure.adjusted),
            "numerator": figure.kept,
            "denominator": figure.counted,
            "excused": figure.excused,
            "state": str(self.state),
            "period": {"first": period.first.isoformat(), "last": period.last.isoformat()},
        }


class Measured(NamedTuple):
    """A clause with its lines."""

    clause: Clause
    lines: list[Line]

    @property
    def state(self) -> State:
        """As the worst of its lines that is measured."""
        return min((line.state for line in self.lines), key=WORST_FIRST.index)


class Item(NamedTuple):
    """One of the 23 work items with its clauses, its effects last."""

    number: str
    title: Any
    clauses: list[Measured]


class Area(NamedTuple):
    """One of the five areas with its work items."""

    number: str
    title: Any
    items: list[Item]


class Board:
    """All clauses for `period` as of `at`; `area` ("1" to "5") narrows them, `people` whose work counts."""

    def __init__(self, period: Period, *, at: dt.datetime, area: str = "", people: People = None) -> None:
        self.period, self.at, self.area, self.people = period, at, area, people

    @cached_property
    def areas(self) -> list[Area]:
        items = [self._item(number) for number in WORK_ITEMS if self.area in ("", area_of(number))]
        shown = ((number, [item for item in items if area_of(item.number) == number]) for number in AREAS)
        return [Area(number, AREAS[number], found) for number, found in shown if found]

    @cached_property
    def lines(self) -> list[Line]:
        """All lines in the order of the job description."""
        return [line for _area, _item, line in self.places]

    @cached_property
    def places(self) -> list[tuple[Area, Item, Line]]:
        """Each line with the work item and the area in which it stands."""
        return [
            (area, item, line)
            for area in self.areas
            for item in area.items
            for measured in item.clauses
            for line in measured.lines
        ]

    @cached_property
    def counts(self) -> dict[State, int]:
        """How many clauses are in each state; one with several lines counts as the worst measured of them."""
        clauses = (measured for area in self.areas for item in area.items for measured in item.clauses)
        found = Counter(measured.state for measured in clauses)
        return {state: found[state] for state in State}

    @cached_property
    def as_of(self) -> dt.datetime | None:
        """When the figures were last brought up to date."""
        return figures.last_roll_up()

    def line(self, key: str) -> Line | None:
        """The line of one standard, if it is on the board."""
        return next((line for line in self.lines if line.key == key), None)

    def numbers(self) -> list[dict[str, Any]]:
        """Each line as data for other programs; shares in percent, as the board shows them, or None."""
        return [line.numbers(self.period) for line in self.lines]

    # -- how it is put together -------------------------------------------------------------------

    def _item(self, number: str) -> Item:
        return Item(number, WORK_ITEMS[number], [self._measured(clause) for clause in _clauses_of(number)])

    def _measured(self, clause: Clause) -> Measured:
        declared = self._declared.get(clause.number, [])
        return Measured(clause, [self._line(clause, standard) for standard in declared or [None]])

    def _line(self, clause: Clause, standard: Standard | None) -> Line:
        if standard is None:
            return Line(clause, None, Figure(), None, State.UNMEASURED, [], {})
        parts = self._figures.get(standard.key, {})
        figure = figures.added(parts.values())
        target = self._targets.get(standard.key, standard.target)
        return Line(
            clause,
            standard,
            figure,
            target,
            state_of(figure, target, self._margin),
            [(label, parts[day].adjusted if day in parts else None) for day, label in self._days],
            parts,
            self._records(standard),
        )

    def _records(self, standard: Standard) -> str:
        last = min(self.period.last, local_day(self.at))
        return standard.records(self.period.first, last, None) if standard.records else ""

    @cached_property
    def _declared(self) -> dict[str, list[Standard]]:
        """Standards by clause; rules of the house have none."""
        found: dict[str, list[Standard]] = {}
        for standard in standards.every():
            found.setdefault(standard.clause, []).append(standard)
        return found

    @cached_property
    def _figures(self) -> figures.Days:
        period = self.period
        return figures.by(period.unit, period.first, period.last, people=self.people, at=self.at)

    @cached_property
    def _days(self) -> list[tuple[dt.date, str]]:
        return self.period.parts(until=local_day(self.at))

    @cached_property
    def _targets(self) -> dict[str, int]:
        return dict(Policy.objects.filter(current__isnull=False).values_list("standard", "current__target"))

    @cached_property
    def _margin(self) -> int:
        return BoardSettings.current().margin


_clauses_of = cache(clauses.of_item)  # the job description does not change while we run
