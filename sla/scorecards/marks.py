"""What is drawn rather than written on the scorecard: tiles, the bar of states, trends, state marks."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor, white
from reportlab.platypus import Flowable

from pages import paper

from ..board import State

INK, INK_2, LINE, GROUND = (HexColor(code) for code in ("#1b2629", "#556468", "#dde3e2", "#f1f5f4"))
ACCENT, GOOD, WARN, BAD = (HexColor(code) for code in ("#14606a", "#1c6b3f", "#b7791f", "#b3261e"))
NONE = HexColor("#8b9c9d")
COLORS = {State.KEPT: GOOD, State.AT_RISK: WARN, State.BROKEN: BAD, State.UNMEASURED: NONE}
SOFT = {
    State.KEPT: HexColor("#e4f3ea"),
    State.AT_RISK: HexColor("#fdf2d9"),
    State.BROKEN: HexColor("#fdeae8"),
    State.UNMEASURED: HexColor("#eef2f1"),
}


class Heading(Flowable):
    """A heading that looks bold, and stands in the outline of the document."""

    size = 12.5

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = str(text)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, self.size * 2.3

    def draw(self) -> None:
        self.canv.bookmarkPage(self.text)
        self.canv.addOutlineEntry(self.text, self.text, level=0)
        paper.draw_bold(self.canv, 0, self.size * 0.65, self.text, self.size, ACCENT)


class Tiles(Flowable):
    """One tile for each state, with how many clauses are in it."""

    gap = 8

    def __init__(self, tiles: Sequence[tuple[State, int]], room: float) -> None:
        super().__init__()
        self.tiles, self.width, self.height = tiles, room, 54

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        wide = (self.width - self.gap * (len(self.tiles) - 1)) / len(self.tiles)
        for place, (state, count) in enumerate(self.tiles):
            left = place * (wide + self.gap)
            self.canv.setFillColor(SOFT[state])
            self.canv.roundRect(left, 0, wide, self.height, 5, stroke=0, fill=1)
            paper.draw_bold(self.canv, left + 12, 23, str(count), 22, COLORS[state])
            draw_mark(self.canv, state, left + 12, 8.5, 7)
            self.canv.setFillColor(INK)
            self.canv.setFont(paper.font(), 9)
            self.canv.drawString(left + 23, 9, str(state.label))


class Shares(Flowable):
    """One bar, divided by how many clauses are in each state."""

    def __init__(self, counts: Sequence[tuple[State, int]], room: float) -> None:
        super().__init__()
        self.counts, self.width, self.height = counts, room, 6

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        total, left = sum(count for _state, count in self.counts) or 1, 0.0
        for state, count in self.counts:
            wide = self.width * count / total
            self.canv.setFillColor(COLORS[state])
            self.canv.rect(left, 0, max(wide - 1, 0), self.height, stroke=0, fill=1)
            left += wide


class Bars(Flowable):
    """The trend: a bar from nothing to everything for each day of the month on which anything counted."""

    def __init__(self, shares: Sequence[float | None], target: float) -> None:
        super().__init__()
        self.shares, self.target, self.width, self.height = shares, target, 50, 14

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        step = self.width / 31
        for place, share in enumerate(self.shares):
            color = LINE if share is None else ACCENT if share >= self.target else BAD
            tall = 0.8 if share is None else max(self.height * share, 1)
            self.canv.setFillColor(color)
            self.canv.rect(place * step, 0, step * 0.72, tall, stroke=0, fill=1)


class Mark(Flowable):
    """A state in words, and by its shape as well as its colour: a printer may be black and white."""

    size = 7.5

    def __init__(self, state: State) -> None:
        super().__init__()
        self.state = state

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, self.size + 3

    def draw(self) -> None:
        draw_mark(self.canv, self.state, 0, 0, self.size)
        self.canv.setFillColor(INK)
        self.canv.setFont(paper.font(), self.size)
        self.canv.drawString(self.size + 3, 0.8, str(self.state.label))


def draw_mark(canvas, state: State, x: float, y: float, size: float) -> None:
    """Kept: a full disc; at risk: a triangle; broken: a cross on a square; unmeasured: an empty ring."""
    canvas.saveState()
    canvas.setFillColor(COLORS[state])
    canvas.setStrokeColor(COLORS[state])
    half = size / 2
    if state == State.KEPT:
        canvas.circle(x + half, y + half, half, stroke=0, fill=1)
    elif state == State.AT_RISK:
        _triangle(canvas, x, y, size)
    elif state == State.BROKEN:
        canvas.rect(x, y, size, size, stroke=0, fill=1)
        _cross(canvas, x, y, size)
    else:
        canvas.setLineWidth(size * 0.13)
        canvas.circle(x + half, y + half, half * 0.85, stroke=1, fill=0)
    canvas.restoreState()


def _triangle(canvas, x: float, y: float, size: float) -> None:
    outline = canvas.beginPath()
    outline.moveTo(x, y)
    outline.lineTo(x + size, y)
    outline.lineTo(x + size / 2, y + size)
    outline.close()
    canvas.drawPath(outline, stroke=0, fill=1)


def _cross(canvas, x: float, y: float, size: float) -> None:
    canvas.setStrokeColor(white)
    canvas.setLineWidth(size * 0.14)
    near, far = size * 0.28, size * 0.72
    canvas.line(x + near, y + near, x + far, y + far)
    canvas.line(x + near, y + far, x + far, y + near)
