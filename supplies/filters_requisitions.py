"""Narrowing the catalogue, the requisitions, and what was handed out."""

from datetime import date

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, User

from .measures_requisitions import with_kept
from .models import Category, Item, Movement, Posting, Requisition
from .querysets import end_of
from .quotas import beginning


def _categories(request) -> QuerySet:
    """Those of which something can be asked for."""
    return Category.objects.filter(Exists(Item.objects.requestable().filter(category=OuterRef("pk"))))


def _issuers(request) -> QuerySet:
    return User.objects.filter(
        Exists(Posting.objects.filter(kind=Posting.Kind.ISSUE, posted_by=OuterRef("pk")).order_by())
    )


def _day(name: str, label, method: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        method=method, label=label, widget=forms.DateInput(attrs={"type": "date"})
    )


class CatalogueFilter(django_filters.FilterSet):
    """By kind and category."""

    kind = django_filters.ChoiceFilter(choices=Item.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    category = django_filters.ModelChoiceFilter(
        queryset=_categories, label=pgettext_lazy("goods", "Category"), empty_label=_("All categories")
    )

    class Meta:
        model = Item
        fields = ("kind", "category")


class RequisitionFilter(django_filters.FilterSet):
    """By state, department and day."""

    status = django_filters.ChoiceFilter(
        choices=Requisition.Status.choices, label=_("State"), empty_label=_("All states")
    )
    since = _day("since", _("Since"), "_since")
    until = _day("until", _("Until"), "_until")

    class Meta:
        model = Requisition
        fields = ("status", "since", "until")

    def _since(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        return rows.filter(requested_at__gte=beginning(day))

    def _until(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        return rows.filter(requested_at__lt=end_of(day))


class EveryRequisitionFilter(RequisitionFilter):
    department = django_filters.ModelChoiceFilter(
        queryset=Department.objects.all(), label=_("Department"), empty_label=_("All departments")
    )

    class Meta(RequisitionFilter.Meta):
        fields = ("status", "department", "since", "until")


class IssueFilter(django_filters.FilterSet):
    """By department, who handed out, day, and whether it was by real use."""

    department = django_filters.ModelChoiceFilter(
        queryset=Department.objects.all(), label=_("Department"), empty_label=_("All departments")
    )
    person = django_filters.ModelChoiceFilter(
        queryset=_issuers,
        field_name="posting__posted_by",
        label=_("Handed out by"),
        empty_label=_("Everybody"),
    )
    since = _day("since", _("Since"), "_since")
    until = _day("until", _("Until"), "_until")
    kept = django_filters.ChoiceFilter(
        choices=[("yes", _("Kept")), ("no", pgettext_lazy("standard", "Not kept"))],
        method="_kept",
        label=_("Standard kept"),
        empty_label=_("Kept or not"),
    )

    class Meta:
        model = Movement
        fields = ("department", "person", "since", "until", "kept")

    def _since(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        return rows.filter(at__gte=beginning(day))

    def _until(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        return rows.filter(at__lt=end_of(day))

    def _kept(self, rows: QuerySet, name: str, answer: str) -> QuerySet:
        return with_kept(rows).filter(is_kept=answer == "yes")
