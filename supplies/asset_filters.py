"""Narrowing the register of assets."""

from datetime import date

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models import Department, Place, User
from pages.clock import now

from .models import Asset, Category


def _with_assets(model: type, field: str):
    """Those rows only by which something would be found."""
    return lambda request: model.objects.filter(
        Exists(Asset.objects.filter(**{field: OuterRef("pk")}).order_by())
    )


class AssetFilter(django_filters.FilterSet):
    """By state, category, department, place, custodian, and by what asks for a look."""

    STANDING = "standing"
    ASKS = [
        ("warranty", _("Warranty ends within two months")),
        ("overdue", _("Lent and overdue")),
        ("waiting", _("Waiting to be accepted")),
        ("leavers", _("With somebody who left")),
    ]

    status = django_filters.ChoiceFilter(
        choices=[(STANDING, _("All but scrapped")), *Asset.Status.choices],
        method="_status",
        label=_("State"),
        empty_label=_("All states"),
    )
    category = django_filters.ModelChoiceFilter(
        queryset=_with_assets(Category, "category"), label=_("Category"), empty_label=_("All categories")
    )
    department = django_filters.ModelChoiceFilter(
        queryset=_with_assets(Department, "department"),
        label=_("Department"),
        empty_label=_("All departments"),
    )
    place = django_filters.ModelChoiceFilter(
        queryset=_with_assets(Place, "place"), label=_("Place"), empty_label=_("All places")
    )
    custodian = django_filters.ModelChoiceFilter(
        queryset=_with_assets(User, "custodian"), label=_("Custodian"), empty_label=_("All custodians")
    )
    asks = django_filters.ChoiceFilter(
        choices=ASKS, method="_asking", label=_("To look after"), empty_label=_("Everything")
    )

    class Meta:
        model = Asset
        fields = ("status", "category", "department", "place", "custodian", "asks")

    def _status(self, assets: QuerySet, name: str, status: str) -> QuerySet:
        return assets.standing() if status == self.STANDING else assets.filter(status=status)

    def _asking(self, assets: QuerySet, name: str, what: str) -> QuerySet:
        today: date = timezone.localdate(now())
        return {
            "warranty": lambda: assets.warranty_ending(today),
            "overdue": lambda: assets.overdue(today),
            "waiting": lambda: assets.waiting(),
            "leavers": lambda: assets.held_by_leavers(),
        }[what]()
