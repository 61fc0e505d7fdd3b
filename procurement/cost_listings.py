"""The list of costs: its columns, and how it is narrowed."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organization.models import Department
from pages.exports import Column

from .budget_access import departments_seen, sees_everything
from .models import Cost, CostCategory

COLUMNS = [
    Column("day", _("Day"), sort=True, template="procurement/_cost_day.html"),
    Column("category", _("Kind of cost"), "category.name"),
    Column("text", _("What for"), template="procurement/_cost_text.html"),
    Column("department", _("Department"), "department.name", template="procurement/_cost_department.html"),
    Column(
        "amount", _("Amount"), lambda cost: cost.amount, sort=True, template="procurement/_cost_amount.html"
    ),
    Column("document", _("Document")),
]
MORE = [
    Column("entered_by", _("Entered by"), "entered_by.name"),
    Column("entered_at", _("Entered")),
    Column("reason", _("Why it was reversed")),
]


def _departments(request) -> QuerySet[Department]:
    every = Department.objects.order_by("name")
    if sees_everything(request.user) or request.user.has_perm("procurement.enter_cost"):
        return every
    return every.filter(pk__in=departments_seen(request.user))


class CostFilter(django_filters.FilterSet):
    """By kind, department, day, and where it came from."""

    category = django_filters.ModelChoiceFilter(
        queryset=CostCategory.objects.all(), label=_("Kind of cost"), empty_label=_("All kinds of cost")
    )
    department = django_filters.ModelChoiceFilter(
        queryset=_departments, label=_("Department"), empty_label=_("All departments")
    )
    since = django_filters.DateFilter(
        field_name="day", lookup_expr="gte", label=_("Since"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        field_name="day", lookup_expr="lte", label=_("Until"), widget=forms.DateInput(attrs={"type": "date"})
    )
    source = django_filters.ChoiceFilter(
        choices=[("order", _("From orders")), ("typed", _("Typed or imported")), ("reversed", _("Reversed"))],
        method="_source",
        label=_("Where from"),
        empty_label=_("From anywhere"),
    )

    class Meta:
        model = Cost
        fields = ("category", "department", "since", "until", "source")

    def _source(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == "reversed":
            return rows.filter(reverses=None, reversed_by__isnull=False) | rows.filter(reverses__isnull=False)
        return rows.filter(source_id__isnull=value != "order", reverses=None)
