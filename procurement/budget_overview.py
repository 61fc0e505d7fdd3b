"""One page of all kinds of cost: planned, used, left, and where it leads, in a month, a quarter or a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from organization.models import Department
from pages.money import NOTHING

from .budget_allowed import Allowed, Found
from .budget_standing import Books, Standing, standing, working_days
from .models import Control, CostCategory
from .spans import Span


@dataclass(frozen=True)
class Row:
    """A kind of cost: how it stands, from which lines, and what it was in the period and the year before."""

    standing: Standing
    found: Found | None
    last_period: Decimal
    last_year: Decimal
    entries: str

    @property
    def link(self) -> str:
        """The page of its own line; else the entries behind it."""
        budget = self.found.budget if self.found else None
        return budget.get_absolute_url() if budget else self.entries

    @property
    def is_added_up(self) -> bool:
        return self.found is not None and not self.found.is_own


class Overview:
    """All rows of a period, of one department or of the whole company: a fixed number of queries."""

    def __init__(self, span: Span, department: Department | None, today: date):
        self.span, self.department, self.today = span, department, today
        self.year = Span("year", span.year)

    @cached_property
    def rows(self) -> list[Row]:
        rows = [self._row(category) for category in self.categories]
        return [row for row in rows if row.found or row.standing.used or row.last_period or row.last_year]

    @cached_property
    def total(self) -> dict[str, Decimal]:
        """The sums below the table; what is left is counted where something was planned."""
        planned = [row.standing for row in self.rows if row.standing.amount is not None]
        return {
            "amount": sum((one.amount for one in planned), NOTHING),
            "spent": sum((row.standing.spent for row in self.rows), NOTHING),
            "bound": sum((row.standing.bound for row in self.rows), NOTHING),
            "left": sum((one.left for one in planned), NOTHING),
            "expected": sum((row.standing.forecast.expected for row in self.rows), NOTHING),
            "last_period": sum((row.last_period for row in self.rows), NOTHING),
            "last_year": sum((row.last_year for row in self.rows), NOTHING),
        }

    @property
    def is_empty(self) -> bool:
        return not any(row.found or row.standing.used for row in self.rows)

    @property
    def uncontrolled(self) -> list[Row]:
        return [row for row in self.rows if row.standing.wants_control]

    @property
    def lines_chart(self) -> dict[str, Any]:
        """By kind: spent and bound on each other, beside what was planned."""
        shown = [row for row in self.rows if row.standing.amount or row.standing.used]
        return {
            "labels": [row.standing.category.name for row in shown],
            "links": [row.link for row in shown],
            "sets": [
                _set(_("Budget"), [row.standing.amount for row in shown], "budget"),
                _set(_("Spent"), [row.standing.spent for row in shown], "spent", "used"),
                _set(_("Bound"), [row.standing.bound for row in shown], "bound", "used"),
            ],
        }

    @property
    def months_chart(self) -> dict[str, Any]:
        """By month of the year: all kinds together, this year and last year, and what was planned."""
        months = self.year.months
        return {
            "labels": [str(month.number) for month in months],
            "links": [entries(month, self.department_pk) for month in months],
            "sets": [
                _set(_("This year"), [self._all(month) for month in months], "spent"),
                _set(_("Last year"), [self._all(month.year_before) for month in months], "before"),
                _set(_("Budget"), [self._planned(month) for month in months], "line"),
            ],
        }

    @property
    def department_pk(self) -> int | None:
        return self.department.pk if self.department else None

    @cached_property
    def categories(self) -> list[CostCategory]:
        return list(CostCategory.objects.all())

    @cached_property
    def books(self) -> Books:
        return Books(self.year.year_before.first, self.year.last)

    @cached_property
    def allowed(self) -> Allowed:
        return Allowed([self.span, self.year])

    @cached_property
    def controls(self) -> dict[int, Control]:
        """The newest control in force of each line shown."""
        lines = [line.pk for line in self.allowed.lines.values() if line.span.first >= self.span.first]
        found = Control.objects.filter(budget__in=lines).in_force(self.today).order_by("noted_at")
        return {control.budget_id: control for control in found}

    @cached_property
    def works(self) -> Any:
        return working_days()

    def _row(self, category: CostCategory) -> Row:
        found = self.allowed.find(category.pk, self.department_pk, self.span)
        lines = found.lines if found else []
        shown = standing(
            category, self.department_pk, self.span, found.amount if found else None, books=self.books,
            today=self.today, works=self.works, budget=found.budget if found else None,
            control=next((self.controls[line.pk] for line in lines if line.pk in self.controls), None),
        )  # fmt: skip
        return Row(
            shown,
            found,
            self.books.spent_in(category.pk, self.department_pk, self.span.before),
            self.books.spent_in(category.pk, self.department_pk, self.span.year_before),
            entries(self.span, self.department_pk, category.pk),
        )

    def _all(self, span: Span) -> Decimal:
        return sum(
            (self.books.spent_in(one.pk, self.department_pk, span) for one in self.categories), NOTHING
        )

    def _planned(self, span: Span) -> Decimal | None:
        amounts = [self.allowed.amount(one.pk, self.department_pk, span) for one in self.categories]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, NOTHING) if known else None


def entries(span: Span, department: int | None = None, category: int | None = None) -> str:
    """The address of the costs behind a figure."""
    asked = {"category": category, "department": department, "since": span.first, "until": span.last}
    return f"{reverse('costs')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _set(label: str, amounts: Iterable[Decimal | None], tone: str, stack: str = "") -> dict[str, Any]:
    data = [None if amount is None else float(amount) for amount in amounts]
    return {"label": label, "data": data, "tone": tone, "stack": stack or tone}
