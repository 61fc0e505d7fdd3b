"""The page of one budget: how it stands, the months of its year, and the entries behind it."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .budget_allowed import Allowed
from .budget_overview import entries
from .budget_standing import Books, Standing, of_budgets
from .models import Budget, Commitment, Control, Cost
from .spans import Span

MOST_ENTRIES = 30


class BudgetPage:
    """What is shown of one line on a day."""

    def __init__(self, budget: Budget, today: date):
        self.budget, self.today, self.span = budget, today, budget.span

    @cached_property
    def standing(self) -> Standing:
        return of_budgets([self.budget], self.today)[0]

    @cached_property
    def costs(self) -> QuerySet[Cost]:
        return self._mine(Cost.objects.between(self.span.first, self.span.last)).select_related(
            "department", "entered_by", "reversed_by", "reverses"
        )

    @property
    def newest_costs(self) -> list[Cost]:
        return list(self.costs[:MOST_ENTRIES])

    @cached_property
    def commitments(self) -> list[Commitment]:
        """What is still bound, the nearest first."""
        bound = self._mine(Commitment.objects.between(self.span.first, self.span.last).still_bound())
        return list(bound.select_related("order_line__order__supplier", "department").order_by("day", "pk"))

    @cached_property
    def controls(self) -> list[Control]:
        return list(self.budget.controls.select_related("noted_by").order_by("-noted_at"))

    @property
    def all_entries(self) -> str:
        return entries(self.span, self.budget.department_id, self.budget.category_id)

    @cached_property
    def months(self) -> list[dict[str, Any]]:
        """Each month of the year: planned, spent, bound, and what it was last year."""
        year = Span("year", self.budget.year)
        books = Books(year.year_before.first, year.last, [self.budget.category_id])
        allowed = Allowed([year])
        return [self._month(month, books, allowed) for month in year.months]

    @property
    def chart(self) -> dict[str, Any]:
        words = {"spent": _("This year"), "last_year": _("Last year"), "amount": _("Budget")}
        tones = {"spent": "spent", "last_year": "before", "amount": "line"}
        return {
            "labels": [str(month["span"].number) for month in self.months],
            "links": [month["link"] for month in self.months],
            "sets": [
                {
                    "label": words[name], "tone": tones[name], "stack": name,
                    "data": [None if month[name] is None else float(month[name]) for month in self.months],
                }
                for name in words
            ],
        }  # fmt: skip

    def _month(self, month: Span, books: Books, allowed: Allowed) -> dict[str, Any]:
        where = (self.budget.category_id, self.budget.department_id)
        return {
            "span": month,
            "amount": allowed.amount(*where, month),
            "spent": books.spent_in(*where, month),
            "bound": books.bound_in(*where, month),
            "last_year": books.spent_in(*where, month.year_before),
            "link": entries(month, self.budget.department_id, self.budget.category_id),
            "is_mine": month.first in self.span,
        }

    def _mine(self, rows: QuerySet) -> QuerySet:
        rows = rows.filter(category=self.budget.category_id)
        return rows.filter(department=self.budget.department_id) if self.budget.department_id else rows
