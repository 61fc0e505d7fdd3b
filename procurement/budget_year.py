"""A year of budgets on one sheet (年度预算表): kinds of cost by months, added up to the year."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from organization.models import Department
from pages.money import NOTHING, rounded

from .models import Budget, CostCategory
from .spans import Span, month

Cell = tuple[int, Span]
COPIED = ("warn_percent", "on_request", "on_order", "on_invoice", "owner")


@dataclass(frozen=True)
class YearLine:
    """A kind of cost: its lines of the year by period."""

    category: CostCategory
    lines: dict[Span, Budget]
    year: int

    @property
    def months(self) -> list[Decimal | None]:
        return [self._amount(month(self.year, number)) for number in range(1, 13)]

    @property
    def quarters(self) -> list[dict[str, Any]]:
        """What the months of each quarter add up to, and the quarter's own line where there is one."""
        return [self._summed(Span("quarter", self.year, number)) for number in range(1, 5)]

    @property
    def whole(self) -> dict[str, Any]:
        return self._summed(Span("year", self.year))

    def _amount(self, span: Span) -> Decimal | None:
        return self.lines[span].amount if span in self.lines else None

    def _summed(self, span: Span) -> dict[str, Any]:
        months = [amount for one in span.months if (amount := self._amount(one)) is not None]
        own, together = self._amount(span), sum(months, NOTHING)
        return {
            "span": span,
            "own": own,
            "months": together if months else None,
            "differs": own is not None and bool(months) and own != together,
            "difference": (own or NOTHING) - together,
        }


class YearSheet:
    """All lines of a year, of one department or of the whole company."""

    def __init__(self, year: int, department: Department | None):
        self.year, self.department = year, department

    @cached_property
    def lines(self) -> list[YearLine]:
        by_category: dict[int, dict[Span, Budget]] = {}
        for budget in self.budgets:
            by_category.setdefault(budget.category_id, {})[budget.span] = budget
        return [
            YearLine(category, by_category.get(category.pk, {}), self.year)
            for category in CostCategory.objects.all()
            if category.active or category.pk in by_category
        ]

    @cached_property
    def budgets(self) -> list[Budget]:
        found = Budget.objects.filter(year=self.year, department=self.department)
        return list(found.select_related("category", "department", "owner").order_by("category", "pk"))

    @property
    def totals(self) -> list[Decimal]:
        """Of all kinds, month by month."""
        return [
            sum((amount for amount in column if amount is not None), NOTHING)
            for column in zip(*(line.months for line in self.lines), strict=True)
        ]

    @transaction.atomic
    def fill(self, amounts: dict[Cell, Decimal | None], *, reason: str, by: Any) -> int:
        """Write the cells that are other than before; an emptied one takes its line away. Gives how many."""
        known = {(budget.category_id, budget.span): budget for budget in self.budgets}
        categories = {line.category.pk: line.category for line in self.lines}
        changed = 0
        for (category, span), amount in amounts.items():
            budget = known.get((category, span))
            if amount == (budget.amount if budget else None):
                continue
            changed += 1
            if amount is None:
                budget.remove(reason=reason, by=by)
            else:
                Budget.set(span, categories[category], self.department, amount, reason=reason, by=by)
        return changed


@transaction.atomic
def copy(
    year: int, percent: Decimal, *, departments: Iterable[Department | None], by: Any
) -> tuple[int, int]:
    """The lines of the year before for `year`, by so many percent more; gives how many came, and were there.

    With their rules and who answers for them; a line that is there already stays as it is.
    """
    made = there = 0
    reason = _("Copied from %(year)d, %(percent)s%%") % {"year": year - 1, "percent": f"{percent:+}"}
    for department in departments:
        for old in YearSheet(year - 1, department).budgets:
            span = old.span._replace(year=year)
            if Budget.objects.of(span).filter(category=old.category, department=department).exists():
                there += 1
                continue
            rules = {name: getattr(old, name) for name in COPIED}
            amount = rounded(old.amount * (100 + percent) / 100)
            Budget.set(span, old.category, department, amount, reason=reason, by=by, **rules)
            made += 1
    return made, there
