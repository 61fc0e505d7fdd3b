"""Narrowing the lists of items, stock documents and movements."""

from datetime import date, datetime, time, timedelta

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, Place
from pages import asked

from .models import Category, Item, Movement, Posting, Stock


def midnight(day: date) -> datetime:
    """Where the local day begins; comparing instants, not days, lets the index serve."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


class ItemFilter(django_filters.FilterSet):
    """By kind, category, place and what there is of it; `day` shows what stood as that day ended."""

    kind = django_filters.ChoiceFilter(
        choices=Item.Kind.choices,
        label=pgettext_lazy("goods", "Kind"),
        empty_label=pgettext_lazy("goods", "All kinds"),
    )
    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.filter(Exists(Item.objects.filter(category=OuterRef("pk")))),
        label=_("Category"),
        empty_label=_("All categories"),
    )
    place = django_filters.ModelChoiceFilter(
        queryset=lambda request: storerooms(),
        method="_lies_at",
        label=_("Place"),
        empty_label=_("All places"),
    )
    state = django_filters.ChoiceFilter(
        choices=[
            ("short", _("Below the minimum")),
            ("none", _("None left")),
            ("unused", _("Out of use")),
        ],
        method="_of_state",
        label=_("State"),
        empty_label=pgettext_lazy("goods", "All in use"),
    )
    day = django_filters.DateFilter(method="_on", label=_("Stock on the evening of"), widget=day_input())

    class Meta:
        model = Item
        fields = ("kind", "category", "place", "state", "day")

    def filter_queryset(self, items: QuerySet) -> QuerySet:
        found = super().filter_queryset(items)
        return found if self.form.cleaned_data.get("state") == "unused" else found.filter(active=True)

    def _lies_at(self, items: QuerySet, name: str, place: Place) -> QuerySet:
        lying = Stock.objects.filter(item=OuterRef("pk"), place=place, quantity__gt=0)
        return items.filter(Exists(lying) | Exists(items.filter(pk=OuterRef("pk"), place=place)))

    def _of_state(self, items: QuerySet, name: str, state: str) -> QuerySet:
        if state == "short":
            return items.short()
        return items.filter(on_hand=0) if state == "none" else items.filter(active=False)

    def _on(self, items: QuerySet, name: str, day: date) -> QuerySet:
        return items.with_stock_on(day) if day.year in asked.YEARS else items


class PostingFilter(django_filters.FilterSet):
    """By kind, department and day."""

    kind = django_filters.ChoiceFilter(
        choices=Posting.Kind.choices, label=_("Kind"), empty_label=pgettext_lazy("stock", "All kinds")
    )
    department = django_filters.ModelChoiceFilter(
        queryset=Department.objects.all(), label=_("Department"), empty_label=_("All departments")
    )
    since = django_filters.DateFilter(method="_since", label=_("From day"), widget=day_input())
    until = django_filters.DateFilter(method="_until", label=_("To day"), widget=day_input())

    class Meta:
        model = Posting
        fields = ("kind", "department", "since", "until")

    def _since(self, postings: QuerySet, name: str, day: date) -> QuerySet:
        return postings.filter(posted_at__gte=midnight(day))

    def _until(self, postings: QuerySet, name: str, day: date) -> QuerySet:
        return postings.filter(posted_at__lt=midnight(day) + timedelta(days=1))


class MovementFilter(django_filters.FilterSet):
    """Of one item: by kind of document, place and day."""

    kind = django_filters.ChoiceFilter(
        field_name="posting__kind",
        choices=Posting.Kind.choices,
        label=_("Kind"),
        empty_label=pgettext_lazy("stock", "All kinds"),
    )
    place = django_filters.ModelChoiceFilter(
        queryset=lambda request: storerooms(), label=_("Place"), empty_label=_("All places")
    )
    since = django_filters.DateFilter(method="_since", label=_("From day"), widget=day_input())
    until = django_filters.DateFilter(method="_until", label=_("To day"), widget=day_input())

    class Meta:
        model = Movement
        fields = ("kind", "place", "since", "until")

    def _since(self, movements: QuerySet, name: str, day: date) -> QuerySet:
        return movements.filter(at__gte=midnight(day))

    def _until(self, movements: QuerySet, name: str, day: date) -> QuerySet:
        return movements.filter(at__lt=midnight(day) + timedelta(days=1))


def storerooms() -> QuerySet:
    """Places where something lies, or lay."""
    return Place.objects.filter(Exists(Stock.objects.filter(place=OuterRef("pk"))))
