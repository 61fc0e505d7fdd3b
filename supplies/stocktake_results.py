"""What came of a stocktake: the lines that differ, what that is worth, and what fell short by it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.exports import Column
from pages.money import NOTHING, rounded

from .models import Shortage, Stocktake, StocktakeLine

MOST_SHOWN = 500
"""On a page; the file has every line."""

COLUMNS = [
    Column("code", _("Item number"), "item.code"),
    Column("name", pgettext_lazy("goods", "Name"), "item.name", width=24),
    Column("specification", _("Specification"), "item.specification", width=24),
    Column("unit", pgettext_lazy("of measure", "Unit"), "item.unit"),
    Column("place", _("Place"), "place.name", width=18),
    Column("shelf", _("Shelf"), "item.shelf"),
    Column("frozen", _("Frozen")),
    Column("book", _("Ledger at the count")),
    Column("found", _("Found")),
    Column("variance", _("Variance")),
    Column("tolerance", _("Tolerance")),
    Column("amount", _("Worth of the variance")),
    Column("first", _("First count"), lambda line: line.counted if line.recounted is not None else None),
    Column("found_by", _("Counted by"), "found_by.name"),
    Column("found_at", _("Counted at"), width=20),
    Column("left_out", _("Why it was not counted"), width=30),
    Column("explanation", _("Explanation"), width=40),
]


class Figures(NamedTuple):
    """Of all lines: how many, how many differ, by how much in CNY up and down."""

    lines: int
    counted: int
    differing: int
    beyond: int
    left_out: int
    unexplained: int
    surplus: Decimal
    missing: Decimal

    @property
    def balance(self) -> Decimal:
        return self.surplus + self.missing


def rows(stocktake: Stocktake) -> QuerySet[StocktakeLine]:
    """Every line, place by place and shelf by shelf."""
    return stocktake.lines.for_rows()


def figures(stocktake: Stocktake) -> Figures:
    """In one query."""
    beyond = Q(pk__in=stocktake.lines.beyond().values("pk"))
    sums = stocktake.lines.aggregate(
        lines=Count("pk"),
        counted=Count("pk", filter=Q(variance__isnull=False)),
        differing=Count("pk", filter=~Q(variance=0) & Q(variance__isnull=False)),
        beyond=Count("pk", filter=beyond),
        left_out=Count("pk", filter=~Q(left_out="")),
        unexplained=Count("pk", filter=beyond & Q(explanation="")),
        surplus=Sum("amount", filter=Q(amount__gt=0)),
        missing=Sum("amount", filter=Q(amount__lt=0)),
    )
    return Figures(**{**sums, **{name: rounded(sums[name] or NOTHING) for name in ("surplus", "missing")}})


def page(stocktake: Stocktake, only: str, user) -> dict[str, Any]:
    """What the page shows when counting is over: those that differ, unless others are asked for."""
    found = figures(stocktake)
    lines = {
        "beyond": stocktake.lines.beyond(),
        "left-out": stocktake.lines.exclude(left_out=""),
        "all": stocktake.lines.all(),
    }.get(only, stocktake.lines.filter(Q(variance__isnull=False) & ~Q(variance=0)))
    shown = list(lines.for_rows()[: MOST_SHOWN + 1])
    return {
        "lines": shown[:MOST_SHOWN],
        "has_more": len(shown) > MOST_SHOWN,
        "only": only,
        "choices": _choices(found),
        "figures": found,
        "has_counted": stocktake.counters.filter(pk=user.pk).exists(),
        "shortages": shortages(stocktake),
    }


def shortages(stocktake: Stocktake) -> QuerySet[Shortage]:
    """Of what was counted, what is below its minimum; a purchase is requested by itself."""
    short = Shortage.objects.filter(item__in=stocktake.lines.values("item"), ended_at=None)
    return short.select_related("item").order_by("item__code")


def _choices(found: Figures) -> Iterable[tuple[str, Any, int]]:
    return [
        ("", _("All that differ"), found.differing),
        ("beyond", _("Beyond the tolerance"), found.beyond),
        ("left-out", _("Not counted"), found.left_out),
        ("all", _("All lines"), found.lines),
    ]
