"""What a department draws: month by month, against its quotas."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from organization.models import Department
from pages.money import NOTHING, rounded

from . import quotas
from .models import Item
from .quotas import Allowance

MONTHS = 6


class Row(NamedTuple):
    """One item: what was drawn in each month, oldest first, and this month against the quota."""

    item: Item
    months: list[int]
    allowance: Allowance
    amount: Decimal

    @property
    def name(self) -> str:
        return str(self.item)

    @property
    def is_over(self) -> bool:
        return self.allowance.left is not None and self.allowance.left < 0

    @property
    def share(self) -> int:
        """Of the quota, in percent, what is used and asked for; at most 100, for the bar."""
        monthly = self.allowance.monthly
        if monthly is None:
            return 0
        return min(100, 100 * self.allowance.taken // monthly) if monthly else 100


class Use(NamedTuple):
    """A department's months, its rows, and what each month cost."""

    months: list[date]
    rows: list[Row]
    costs: list[Decimal]

    @property
    def bars(self) -> list[tuple[date, Decimal, int, int]]:
        """For each month what it cost, and where its bar stands in a drawing 100 high: top and height."""
        most = max(self.costs, default=NOTHING)
        heights = [round(80 * cost / most) if most and cost > 0 else 0 for cost in self.costs]
        return [
            (month, cost, 96 - height, height)
            for month, cost, height in zip(self.months, self.costs, heights, strict=True)
        ]


def of(department: Department, at: datetime, count: int = MONTHS) -> Use:
    """The last months up to the current one; six queries, however many items."""
    this = quotas.month_of(at)
    months = [quotas.months_back(this, back) for back in range(count - 1, -1, -1)]
    drawn = quotas.use(months[0], quotas.months_back(this, -1)).filter(department=department)
    month = TruncMonth("at", tzinfo=timezone.get_default_timezone())
    by_month = drawn.annotate(month=month).values_list("item", "month")
    sums = by_month.annotate(pieces=-Sum("quantity"), cost=-Sum("amount"))
    pieces: dict[int, dict[date, int]] = defaultdict(dict)
    costs: dict[date, Decimal] = defaultdict(lambda: NOTHING)
    amounts: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    for item, start, quantity, amount in sums:
        pieces[item][start.date()] = quantity
        costs[start.date()] += rounded(amount)
        amounts[item] += rounded(amount)
    allowances = quotas.of(department, pieces, at)
    items = Item.objects.filter(pk__in=pieces).order_by("name", "pk")
    rows = [
        Row(item, [pieces[item.pk].get(one, 0) for one in months], allowances[item.pk], amounts[item.pk])
        for item in items
    ]
    return Use(months, rows, [costs[one] for one in months])
