"""Reading budgets, what is bound and what was spent: how much, of what, in which days, and who may see it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q, Sum

from pages.money import NOTHING, rounded

from .budget_access import departments_seen, sees_everything
from .spans import Span, around


class CostCategoryQuerySet(models.QuerySet):
    def fallback(self) -> Any:
        """Where money goes that belongs to no other kind of cost; there is always one."""
        return self.for_use(self.model.Use.OTHER)

    def for_use(self, use: str) -> Any:
        """The kind of cost for this use; the fallback where none was named."""
        found = self.filter(use__in=[use, self.model.Use.OTHER]).order_by("use")
        by_use = {category.use: category for category in found}
        if use in by_use or self.model.Use.OTHER in by_use:
            return by_use.get(use) or by_use[self.model.Use.OTHER]
        return self.model._base_manager.create(
            name="其他", nature=self.model.Nature.VARIABLE, use=self.model.Use.OTHER, position=99
        )

    def of_goods(self, goods: Any, *, is_asset: bool = False) -> Any:
        """The kind of cost to which purchases of a category of goods belong."""
        found = self.filter(goods=goods, active=True).order_by("position", "pk").first()
        if found:
            return found
        return self.for_use(self.model.Use.ASSETS if is_asset else self.model.Use.OTHER)


class BudgetQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "BudgetQuerySet":
        """All for those who may see every budget; their departments' for heads and those who stand in."""
        if sees_everything(user):
            return self
        return self.filter(Q(department__in=departments_seen(user)) | Q(owner=user))

    def of(self, span: Span) -> "BudgetQuerySet":
        return self.filter(period=span.period, year=span.year, number=span.number)

    def within(self, spans: Iterable[Span]) -> "BudgetQuerySet":
        wanted = Q(pk__in=[])
        for span in spans:
            wanted |= Q(period=span.period, year=span.year, number=span.number)
        return self.filter(wanted)

    def covering(self, day: date) -> "BudgetQuerySet":
        """Of the month, the quarter and the year of a day."""
        return self.within(around(day))

    def touching(self, category: Any, department: Any) -> "BudgetQuerySet":
        """Those that money of this kind and department counts in."""
        return self.filter(Q(department=None) | Q(department=department), category=category)


class CommitmentQuerySet(models.QuerySet):
    def still_bound(self) -> "CommitmentQuerySet":
        return self.filter(released_at=None)

    def between(self, first: date, last: date) -> "CommitmentQuerySet":
        return self.filter(day__range=(first, last))

    def left(self) -> Decimal:
        """How much is still bound."""
        return rounded(self.aggregate(left=Sum(F("amount") - F("released")))["left"] or NOTHING)


class CostQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "CostQuerySet":
        if sees_everything(user) or user.has_perm("procurement.enter_cost"):
            return self
        return self.filter(department__in=departments_seen(user))

    def between(self, first: date, last: date) -> "CostQuerySet":
        return self.filter(day__range=(first, last))

    def total(self) -> Decimal:
        return rounded(self.aggregate(total=Sum("amount"))["total"] or NOTHING)

    def matching(self, text: str) -> "CostQuerySet":
        """By part of what it was for, the number of the document, the kind or the department."""
        text = text.strip()
        found = Q(text__icontains=text) | Q(document__icontains=text) | Q(category__name__icontains=text)
        found |= Q(department__name__icontains=text)
        return self.filter(found) if text else self


class ControlQuerySet(models.QuerySet):
    def in_force(self, day: date) -> "ControlQuerySet":
        """Not withdrawn, and not past its last day."""
        return self.standing().filter(Q(until=None) | Q(until__gte=day))

    def standing(self) -> "ControlQuerySet":
        return self.filter(withdrawn_at=None)

    def about(self, category: Any, month: date) -> "ControlQuerySet":
        return self.filter(category=category, month=month)
