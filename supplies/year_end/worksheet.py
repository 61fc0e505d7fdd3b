"""The worksheet as it is looked at: narrowed down, added up, and taken along."""

from decimal import Decimal
from typing import Any, NamedTuple

import django_filters as filters
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department
from pages.exports import Column
from pages.money import NOTHING, rounded

from ..models import Category, YearEndLine, YearEndPlan
from . import proposals

PER_PAGE = 50
Verdict = YearEndLine.Verdict

COLUMNS = [
    Column("tag", _("Asset tag"), "asset.tag"),
    Column("name", pgettext_lazy("goods", "Name"), "asset.name", width=22),
    Column("model", _("Model and specification"), "asset.model", width=22),
    Column("category", _("Category"), "category.name"),
    Column("department", _("Department"), "department.name"),
    Column("age", _("Age in months"), "age_months"),
    Column("price", pgettext_lazy("asset", "Price"), "asset.price"),
    Column("book_value", _("Book value")),
    Column("repair_cost", _("Repairs so far")),
    Column("proposal", _("Proposal")),
    Column("grounds", _("Grounds"), lambda line: "；".join(proposals.in_words(line.grounds)), width=40),
    Column("verdict", pgettext_lazy("asset", "Decision")),
    Column("expected_cost", _("Expected cost")),
    Column("reason", _("Why not as proposed"), width=30),
]


class WorksheetFilter(filters.FilterSet):
    """By proposal, decision, department and category."""

    proposal = filters.ChoiceFilter(label=_("Proposal"), choices=Verdict.choices, empty_label=_("All"))
    verdict = filters.ChoiceFilter(
        label=pgettext_lazy("asset", "Decision"), choices=Verdict.choices, empty_label=_("All")
    )
    department = filters.ModelChoiceFilter(
        label=_("Department"), queryset=Department.objects.all(), empty_label=_("All departments")
    )
    category = filters.ModelChoiceFilter(
        label=_("Category"), queryset=Category.objects.all(), empty_label=_("All categories")
    )

    class Meta:
        model = YearEndLine
        fields = ()


class Total(NamedTuple):
    """Of a department, a category or all: how many are kept, repaired, replaced, and what that costs."""

    name: str
    keep: int
    repair: int
    replace: int
    repair_cost: Decimal
    replace_cost: Decimal

    @property
    def cost(self) -> Decimal:
        return self.repair_cost + self.replace_cost


def totals(plan: YearEndPlan, path: str = "") -> list[Total]:
    """By "department" or "category", by name; without a path, of all as one. In one query."""
    keys = [f"{path}__name"] if path else []
    rows = (
        plan.lines.order_by(*keys).values_list(*keys, "verdict").annotate(Count("pk"), Sum("expected_cost"))
    )
    found: dict[str, dict[str, tuple[int, Decimal]]] = {} if path else {"": {}}
    for *name, verdict, count, cost in rows:
        found.setdefault(name[0] if name else "", {})[verdict] = (count, rounded(cost or 0))
    return [_total(name, parts) for name, parts in found.items()]


def _total(name: str, parts: dict[str, tuple[int, Decimal]]) -> Total:
    (keep, _none), (repair, mending), (replace, buying) = (
        parts.get(verdict, (0, NOTHING)) for verdict in Verdict.values
    )
    return Total(name, keep, repair, replace, mending, buying)


def rows(plan: YearEndPlan, data: Any = None) -> Any:
    """The filter with the lines in question, what costs most first; once decided, with what came of them."""
    lines = plan.lines.for_rows().order_by("-verdict", "-proposal", "asset__tag")  # replace, repair, keep
    if plan.status == YearEndPlan.Status.DECIDED:
        lines = lines.with_outcome(plan)
    return WorksheetFilter(data, queryset=lines)


def page(plan: YearEndPlan, data: Any) -> dict[str, Any]:
    """What the page shows."""
    narrowed = rows(plan, data)
    shown = Paginator(narrowed.qs, PER_PAGE).get_page(data.get("page"))
    for line in shown:
        line.grounds_said = proposals.in_words(line.grounds)
    query = data.copy()
    query.pop("page", None)
    return {
        "filter": narrowed,
        "is_filtered": any(data.get(name) for name in narrowed.filters),
        "page": shown,
        "query": query.urlencode(),
        "whole": totals(plan)[0],
        "by_department": totals(plan, "department"),
        "by_category": totals(plan, "category"),
    }
