"""How points are given (评分): shares and prices as points of a hundred, and the weighted mean of them."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

FULL, NONE = Decimal(100), Decimal(0)
WORST_RISE = Decimal("0.30")
"""So much dearer than last year, and the price is worth nothing."""
POINT = Decimal("0.01")


def rounded(points: Decimal) -> Decimal:
    return points.quantize(POINT, ROUND_HALF_UP)


def share(good: int, all_of_them: int) -> Decimal | None:
    """The share of what was good, of a hundred; None where there was nothing."""
    return rounded(FULL * good / all_of_them) if all_of_them else None


def price(index: Decimal | None) -> Decimal | None:
    """100 points up to last year's price (index 1); from there in a straight line to 0 at 1.30 and above."""
    if index is None:
        return None
    rise = max(NONE, index - 1)
    return rounded(max(NONE, FULL * (1 - rise / WORST_RISE)))


def weighted(scores: Iterable[tuple[Decimal, int]]) -> Decimal | None:
    """The mean of (points, weight), to two places; weights need not add up to a hundred."""
    scores = list(scores)
    whole = sum(weight for _points, weight in scores)
    if not whole:
        return None
    return rounded(sum((points * weight for points, weight in scores), NONE) / whole)
