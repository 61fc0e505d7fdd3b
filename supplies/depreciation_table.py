"""The depreciation of a month (折旧表), by department, category or piece: one query, then whole cents."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q

from pages.money import NOTHING

from .depreciation import accumulated, book_value, end_of_month
from .models import Asset


class Line(NamedTuple):
    """What a group's assets cost as the month ends, what came and went in it, and what was written off.

    `accumulated` and `book_value` are of those that are still there as it ends.
    """

    key: Any
    label: str
    pieces: int = 0
    price: Decimal = NOTHING
    added: Decimal = NOTHING
    removed: Decimal = NOTHING
    amount: Decimal = NOTHING
    accumulated: Decimal = NOTHING
    book_value: Decimal = NOTHING

    def plus(self, other: "Line") -> "Line":
        return self._replace(
            **{name: getattr(self, name) + getattr(other, name) for name in self._fields[2:]}
        )


Group = Callable[[Asset], tuple[Any, str]]

GROUPS: dict[str, Group] = {
    "department": lambda asset: (asset.department_id, asset.department.name),
    "category": lambda asset: (asset.category_id, asset.category.name),
    "asset": lambda asset: (asset.pk, str(asset)),
}


def lines(month: date, by: str) -> list[Line]:
    """One line for each group that had something in the month, in the order of their names."""
    found: dict[Any, Line] = {}
    for asset in in_books(month):
        key, label = GROUPS[by](asset)
        found[key] = found.get(key, Line(key, label)).plus(of_asset(asset, month))
    return sorted(found.values(), key=lambda line: line.label)


def total(rows: Iterable[Line], label: str) -> Line:
    whole = Line(None, label)
    for row in rows:
        whole = whole.plus(row)
    return whole


def in_books(month: date) -> Iterable[Asset]:
    """What was bought by the end of the month, and not scrapped before it began; in one query."""
    bought = Asset.objects.filter(bought_on__lte=end_of_month(month))
    there = bought.filter(Q(scrapped_on=None) | Q(scrapped_on__gte=month.replace(day=1)))
    needed = ("tag", "name", "price", "residual", "useful_months", "bought_on", "in_use_on", "scrapped_on",
              "department__name", "category__name")  # fmt: skip
    return there.select_related("department", "category").only(*needed).order_by("tag").iterator(2_000)


def of_asset(asset: Asset, month: date) -> Line:
    """What one asset adds to the month."""
    first, last = month.replace(day=1), end_of_month(month)
    amount = accumulated(asset, last) - accumulated(asset, first - timedelta(days=1))
    added = asset.price if asset.bought_on >= first else NOTHING
    if asset.scrapped_on and asset.scrapped_on <= last:
        return Line(asset.pk, "", removed=asset.price, added=added, amount=amount)
    return Line(
        asset.pk, "", pieces=1, price=asset.price, added=added, amount=amount,
        accumulated=accumulated(asset, last), book_value=book_value(asset, last),
    )  # fmt: skip
