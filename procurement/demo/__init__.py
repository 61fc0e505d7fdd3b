"""The demo office's purchases, suppliers and budgets: a year and a quarter of them."""

from datetime import datetime
from importlib import import_module
from random import Random

SEED = 44
PARTS: tuple[str, ...] = (
    "kinds_of_cost",
    "suppliers",
    "past_prices",
    "purchases",
    "deliveries",
    "reviews",
    "budgets",
    "purchases_today",
)
"""Modules of this package, in the order in which their `fill(random, now)` is called."""


def fill(random: Random, now: datetime) -> None:
    """With a `random` of its own, so that the other apps' history is the same with it and without."""
    own = Random(SEED)  # noqa: S311 - it must be foreseeable
    for part in PARTS:
        import_module(f"{__name__}.{part}").fill(own, now)
