"""The year-on-year price index (同比价格指数): what was bought, at its prices and at last year's.

Index = Σ price now × quantity now ÷ Σ price last year × quantity now, over the purchases of a period that
have a price of last year's: Paasche's formula, like for like. Below 1 the same goods cost less. Purchases
of what was not bought last year count nowhere; how many they are, and their money, is said beside it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncQuarter, TruncYear

from pages.money import NOTHING, rounded

from . import prices
from .models import Price

PERIODS = {"month": TruncMonth, "quarter": TruncQuarter, "year": TruncYear}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
BY = {
    "group": ("group", Min("group")),
    "category": ("category", Min("category__name")),
    "item": ("likeness", Min("name")),
}
SUMS = {
    "lines": Count("pk"),
    "compared": Count("pk", filter=Q(last_year__isnull=False)),
    "dearer": Count("pk", filter=Q(unit_price__gt=F("last_year"))),
    "money": Sum("amount"),
    "spent": Sum("amount", filter=Q(last_year__isnull=False)),
    "would_be": Sum(F("last_year") * F("quantity")),
}


class Period(NamedTuple):
    """A month, quarter or year, from its first to its last day."""

    unit: str
    first: date
    last: date

    @property
    def before(self) -> "Period":
        return around(self.unit, self.first - timedelta(days=1))

    @property
    def after(self) -> "Period":
        return around(self.unit, self.last + timedelta(days=1))


class Line(NamedTuple):
    """What was bought of something in a period, at its prices (`spent`) and at last year's (`would_be`)."""

    key: Any
    label: str
    lines: int
    compared: int
    dearer: int
    money: Decimal
    spent: Decimal
    would_be: Decimal

    @property
    def index(self) -> Decimal | None:
        return prices.index(self.spent, self.would_be)

    @property
    def saved(self) -> Decimal:
        """What it would have cost more at last year's prices; negative where it cost more now."""
        return self.would_be - self.spent

    @property
    def new(self) -> int:
        """Purchases with nothing alike last year."""
        return self.lines - self.compared


def around(unit: str, day: date) -> Period:
    """The period in which a day lies."""
    months = MONTHS[unit]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return Period(unit, first, date(year, month + 1, 1) - timedelta(days=1))


def table(rows: QuerySet, by: str) -> list[Line]:
    """A line for each kind, category or thing bought, the most expensive first: one query."""
    key, label = BY[by]
    found = rows.order_by().values_list(key).annotate(label=label, **SUMS).order_by("-money", key)
    if by == "group":
        names = dict(Price.Group.choices)
        return [_line(one, str(names[name]), sums) for one, name, *sums in found]
    return [_line(one, name, sums) for one, name, *sums in found]


def total(rows: QuerySet) -> Line:
    """All of it in one line."""
    return _line(None, "", rows.aggregate(**SUMS).values())


def course(rows: QuerySet, unit: str) -> list[tuple[date, Line]]:
    """The periods one after the other: one query."""
    periods = rows.order_by().annotate(period=PERIODS[unit]("day"))
    found = periods.values_list("period").annotate(**SUMS).order_by("period")
    return [(first, _line(first, "", sums)) for first, *sums in found]


def between(first: date, last: date) -> QuerySet:
    return Price.objects.between(first, last)


def _line(key: Any, label: str, sums: Iterable[Any]) -> Line:
    """A row of sums; on SQLite they come back as inexact decimals, elsewhere to the cent."""
    lines, compared, dearer, *money = sums
    if connection.vendor == "sqlite":
        money = [rounded(one or NOTHING) for one in money]
    all_of_it, spent, would_be = money
    return Line(
        key, label, lines, compared, dearer, all_of_it or NOTHING, spent or NOTHING, would_be or NOTHING
    )
