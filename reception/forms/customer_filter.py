"""Narrowing the list of customers down."""

import django_filters as filters
from django.db import models
from django.forms import DateInput
from django.utils.translation import gettext_lazy as _

from organization.models import User

from ..models import Customer, Product, Region


class Source(models.TextChoices):
    """How an entry came into the register."""

    CALL = "call", _("From a call")
    OTHER = "other", _("Typed or imported")


class State(models.TextChoices):
    """Entries that are out of the register are shown only when asked for."""

    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged into another")
    ANONYMISED = "anonymised", _("Anonymised")
    ALL = "all", _("All")


class CustomerFilter(filters.FilterSet):
    """Whose, about which product, from where, how entered, since when; live ones unless asked for others."""

    owner = filters.ModelChoiceFilter(label=_("Account manager"), queryset=lambda request: owners_of(request))
    product = filters.ModelChoiceFilter(label=_("Product"), queryset=Product.objects.all())
    region = filters.ModelChoiceFilter(label=_("Region"), queryset=Region.objects.all())
    source = filters.ChoiceFilter(label=_("Source"), choices=Source.choices, method="entered")
    since = filters.DateFilter(
        label=_("Since"),
        field_name="created_at",
        lookup_expr="date__gte",
        widget=DateInput(attrs={"type": "date"}),
    )
    state = filters.ChoiceFilter(
        label=_("State"), choices=State.choices, method="in_state", empty_label=_("In the register")
    )

    class Meta:
        model = Customer
        fields = ()

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        """Without a state, the live ones."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.live()

    def entered(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.filter(source_call__isnull=value != Source.CALL)

    def in_state(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        columns = {
            State.WITHDRAWN: "withdrawn_at",
            State.MERGED: "merged_into",
            State.ANONYMISED: "anonymised_at",
        }
        return queryset.filter(**{f"{columns[value]}__isnull": False}) if value in columns else queryset


def owners_of(request) -> models.QuerySet:
    """The account managers of the customers this person may see."""
    visible = Customer.objects.visible_to(request.user).live().order_by()
    return User.objects.filter(pk__in=visible.values("owner")).order_by("name")
