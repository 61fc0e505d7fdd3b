"""The board as one person looks at it: the clauses asked for, with the words, links and signs of each."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ..clauses import EFFECTS
from ..figures import PROMISED, Figure
from ..forms.board import BoardFilter
from ..standards import Standard
from . import Area, Board, Item, Line, State, words
from .query import Asked
from .sparkline import Sparkline, sparkline

ICONS = {
    State.KEPT: "circle-check",
    State.AT_RISK: "alert-triangle",
    State.BROKEN: "circle-x",
    State.UNMEASURED: "circle-dashed",
}


@dataclass(frozen=True)
class Row(words.Shares):
    """One line of the board, in words."""

    line: Line
    item: Item
    area: Area
    asked: Asked

    @property
    def standard(self) -> Standard | None:
        return self.line.standard

    @property
    def key(self) -> str:
        return self.line.key

    @property
    def number(self) -> str:
        return self.line.clause.number

    @property
    def is_effect(self) -> bool:
        """What a work item is to achieve as a whole, rather than one of its clauses."""
        return self.number == self.item.number

    @property
    def title(self) -> Any:
        return self.line.title

    @property
    def wording(self) -> Any:
        return self.line.wording

    @property
    def state(self) -> State:
        return self.line.state

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def shape(self) -> str:
        return str(self.line.shape.label)

    @property
    def target_words(self) -> str:
        return words.NOTHING if self.line.target is None else f"{self.line.target}%"

    @property
    def figure(self) -> Figure:
        return self.line.figure

    @property
    def counts(self) -> str:
        return words.counts(self.figure, self.line.shape) if self.line.is_measured else ""

    @property
    def taken(self) -> float | None:
        """Seconds on average from the beginning of a promise to its end."""
        figure = self.figure
        timed = self.line.shape in PROMISED and figure.counted
        return figure.seconds / figure.counted if timed and figure.seconds else None

    @cached_property
    def spark(self) -> Sparkline | None:
        target = (self.line.target or 0) / 100
        return sparkline([share for _label, share in self.line.trend], target)

    @property
    def trend_words(self) -> str:
        """The trend for those who do not see it."""
        known = [(label, share) for label, share in self.line.trend if share is not None]
        return ", ".join(f"{label} {words.percent(share)}" for label, share in (known[:1] + known[1:][-1:]))

    @property
    def link(self) -> str:
        """The page of the standard, with the same filters."""
        if self.standard is None:
            return ""
        return self.asked.link(reverse("board-standard", args=[self.key]), area="", state="")

    @property
    def records(self) -> str:
        return self.asked.records(self.standard)

    @property
    def why_unmeasured(self) -> str:
        """Whether the clause is waiting for its work item, or for the first record of these days."""
        return _("nothing counted in these days") if self.standard else str(self.state.label)


@dataclass(frozen=True)
class Sign:
    """How many clauses are in one state; on a tile, with the address that shows those alone."""

    state: State
    count: int
    link: str = ""
    chosen: bool = False
    before: int = 0

    @property
    def label(self) -> str:
        return str(self.state.label)

    @property
    def icon(self) -> str:
        return ICONS[self.state]


@dataclass(frozen=True)
class ItemShown:
    number: str
    title: Any
    rows: list[Row]

    @property
    def live(self) -> list[Row]:
        return [row for row in self.rows if row.line.is_measured]

    @property
    def quiet(self) -> list[Row]:
        """Not measured yet: there, and out of the way."""
        return [row for row in self.rows if not row.line.is_measured]


@dataclass(frozen=True)
class AreaShown:
    number: str
    title: Any
    items: list[ItemShown]
    signs: list[Sign]

    @property
    def has_figures(self) -> bool:
        return any(item.live for item in self.items)


class BoardPage:
    """Everything the template says of a board."""

    def __init__(self, form: BoardFilter, at: dt.datetime, to: str):
        self.asked, self.to, self.at = Asked(form, at), to, at
        self.board = Board(form.asked_period, area=form.asked_area, people=form.people, at=at)
        self.state = form.asked_state

    @cached_property
    def areas(self) -> list[AreaShown]:
        """The areas with what is left of their work items after the filter by state."""
        shown = [
            AreaShown(area.number, area.title, self._items(area), _signs(area)) for area in self.board.areas
        ]
        return [area for area in shown if area.items]

    @property
    def rows(self) -> Iterable[Row]:
        """What is seen, unfolded or not, in the order of the job description: what the spreadsheet holds."""
        for area in self.areas:
            for item in area.items:
                yield from item.rows

    @cached_property
    def tiles(self) -> list[Sign]:
        """How many clauses are in each state, with the address that shows those alone, or all again."""
        tiles, before = [], 0
        for state, count in self.board.counts.items():
            chosen = state == self.state
            link = self.asked.link(self.to, state="" if chosen else state.value)
            tiles.append(Sign(state, count, link, chosen, before))
            before += count
        return tiles

    @property
    def count(self) -> int:
        return sum(self.board.counts.values())

    @property
    def effects(self) -> int:
        numbers = {item.number for area in self.board.areas for item in area.items}
        return sum(1 for effect in EFFECTS if effect.number in numbers)

    @property
    def clauses(self) -> int:
        return self.count - self.effects

    @property
    def shown(self) -> int:
        return self.board.counts[self.state] if self.state else self.count

    @property
    def unfolds(self) -> bool:
        """Whether what is not measured is what was asked for."""
        return self.state == State.UNMEASURED

    @property
    def all_link(self) -> str:
        return self.asked.link(self.to, state="")

    @property
    def export_link(self) -> str:
        return self.asked.link(self.to, export="xlsx")

    # -- how it is put together --------------------------------------------------------------------
    def _items(self, area: Area) -> list[ItemShown]:
        shown = [self._item(item, area) for item in area.items]
        return [item for item in shown if item.rows]

    def _item(self, item: Item, area: Area) -> ItemShown:
        asked_for = [one for one in item.clauses if self.state in (None, one.state)]
        rows = [Row(line, item, area, self.asked) for one in asked_for for line in one.lines]
        return ItemShown(item.number, item.title, rows)


def _signs(area: Area) -> list[Sign]:
    found = Counter(measured.state for item in area.items for measured in item.clauses)
    return [Sign(state, found[state]) for state in State]
