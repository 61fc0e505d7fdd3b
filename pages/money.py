"""Money: CNY in whole cents, decimal from the form to the database, so that parts add up to their sum."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
MOST = Decimal("999999999999.99")


class MoneyField(models.DecimalField):
    """An amount or a price in CNY: two places, up to a thousand milliards."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


def rounded(amount: Decimal | int) -> Decimal:
    """To the cent, half a cent upwards as cashiers do."""
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)


def shared_out(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """`total` split in proportion to `weights`, each part in cents, together exactly `total`.

    Where the weights add up to nothing, the first part takes all of it.
    """
    whole = sum(weights)
    parts, given, seen = [], NOTHING, Decimal(0)
    for weight in weights:
        seen += weight
        upto = rounded(total * seen / whole) if whole else total
        parts.append(upto - given)
        given = upto
    return parts


def spoken(amount: Decimal | None) -> str:
    """ "¥1,234.50"; "—" where there is none."""
    if amount is None:
        return "—"
    sign = "-" if amount < 0 else ""
    return f"{sign}¥{rounded(abs(amount)):,}"
