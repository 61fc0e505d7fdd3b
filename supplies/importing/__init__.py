"""Taking over lists of items and opening stock: read, looked through, confirmed; then all or nothing."""

from .columns import COLUMNS
from .plan import Entry, Plan, plan
from .reading import MOST_ROWS, read
from .writing import progress, take_over, take_over_confirmed

__all__ = [
    "COLUMNS",
    "MOST_ROWS",
    "Entry",
    "Plan",
    "plan",
    "progress",
    "read",
    "take_over",
    "take_over_confirmed",
]
