"""One thing's prices over time, as a chart draws them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from .models import Price

MOST_POINTS = 120


def chart(rows: Sequence[Price]) -> dict[str, Any]:
    """The newest purchases from the left to the right: day, price, last year's price at that time."""
    shown = sorted(rows[:MOST_POINTS], key=lambda row: (row.day, row.pk))
    return {
        "labels": [row.day.isoformat() for row in shown],
        "price": [float(row.unit_price) for row in shown],
        "last_year": [None if row.last_year is None else float(row.last_year) for row in shown],
        "supplier": [str(row.supplier or "") for row in shown],
        "words": {"price": _("Unit price"), "last_year": _("Last year")},
    }


def index_chart(course: Sequence[tuple], words: Sequence[str]) -> dict[str, Any]:
    """The index period by period; 1 is last year's level."""
    return {
        "labels": list(words),
        "price": [None if line.index is None else float(line.index) for _first, line in course],
        "last_year": [1 for _ in course],
        "words": {"price": _("Price index"), "last_year": _("Last year's level")},
    }
