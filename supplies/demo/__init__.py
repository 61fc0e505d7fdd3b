"""The demo office's storerooms and assets: a quarter lived through by the verbs themselves."""

from datetime import datetime
from importlib import import_module
from random import Random

SEED = 41
PARTS: tuple[str, ...] = ("stock", "assets", "audits", "stocktakes", "requisitions")
"""Modules of this package, in the order in which their `fill(random, now)` is called."""


def fill(random: Random, now: datetime) -> None:
    """With a `random` of its own, so that the other apps' history is the same with it and without."""
    own = Random(SEED)  # noqa: S311 - it must be foreseeable
    for part in PARTS:
        import_module(f"{__name__}.{part}").fill(own, now)
