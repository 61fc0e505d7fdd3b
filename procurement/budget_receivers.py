"""The year-end check of assets is decided: repairs and replacements go into next year's budgets."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pages.money import NOTHING
from supplies.models import YearEndLine, YearEndPlan
from supplies.signals import year_end_decided

from .models import Budget, CostCategory, PlannedSpending
from .spans import Span

Verdict = YearEndLine.Verdict


def connect() -> None:
    year_end_decided.connect(year_end_planned, dispatch_uid="procurement.year_end_planned")


def year_end_planned(sender: type[YearEndPlan], plan: YearEndPlan, by: Any, at: datetime, **kwargs) -> None:
    """Add what each department needs to its lines of the next year; a plan heard twice is added once."""
    with transaction.atomic():
        YearEndPlan.objects.select_for_update().get(pk=plan.pk)
        if not plan.planned_spending.exists():
            _plan(plan, by=by, at=at)


def _plan(plan: YearEndPlan, *, by: Any, at: datetime) -> None:
    next_year = Span("year", plan.year + 1)
    for (category, department), amount in _wanted(plan).items():
        found = Budget.objects.of(next_year).filter(category=category, department=department).first()
        reason = _("%(plan)s adds %(amount)s") % {"plan": plan, "amount": amount}
        budget = Budget.set(
            next_year, category, department, amount + (found.amount if found else NOTHING),
            reason=reason, by=by, at=at,
        )  # fmt: skip
        PlannedSpending.objects.create(plan=plan, budget=budget, amount=amount)


def _wanted(plan: YearEndPlan) -> dict[tuple[CostCategory, Any], Decimal]:
    """How much of each kind for each department: repairs together, replacements by what is bought."""
    wanted: dict[tuple[CostCategory, Any], Decimal] = defaultdict(lambda: NOTHING)
    lines = plan.lines.filter(verdict__in=[Verdict.REPAIR, Verdict.REPLACE], expected_cost__gt=0)
    repairs = CostCategory.objects.for_use(CostCategory.Use.REPAIRS)
    for line in lines.select_related("category", "department").order_by("department", "pk"):
        kind = repairs
        if line.verdict == Verdict.REPLACE:
            kind = CostCategory.objects.of_goods(line.category, is_asset=True)
        wanted[kind, line.department] += line.expected_cost
    return dict(wanted)
