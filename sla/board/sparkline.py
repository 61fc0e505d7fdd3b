"""The small line beside a clause: how its share went, drawn without a script."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

WIDTH, HEIGHT, MARGIN = 120, 30, 4
ROOM = 0.02


class Sparkline(NamedTuple):
    """Where the line runs: `points` as SVG writes them, the last as `end`; `target` is its height."""

    points: str
    end: tuple[float, float]
    target: float


def sparkline(shares: Sequence[float | None], target: float) -> Sparkline | None:
    """The line through the known shares (0 to 1), days without any left out; None where nothing is known.

    Its height runs from the lowest share or the target, whichever is lower, up to everything kept.
    """
    known = [(place, share) for place, share in enumerate(shares) if share is not None]
    if not known:
        return None
    lowest = min([target, *(share for _place, share in known)]) - ROOM
    points = [(_across(place, len(shares)), _down(share, lowest)) for place, share in known]
    return Sparkline(_written(points), points[-1], _down(target, lowest))


def _across(place: int, count: int) -> float:
    if count == 1:
        return WIDTH / 2
    return round(MARGIN + (WIDTH - 2 * MARGIN) * place / (count - 1), 1)


def _down(share: float, lowest: float) -> float:
    return round(MARGIN + (HEIGHT - 2 * MARGIN) * (1 - share) / (1 - lowest), 1)


def _written(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
