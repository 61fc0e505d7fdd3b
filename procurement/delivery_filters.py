"""Narrowing the lists of orders, deliveries, claims and prices."""

from datetime import date

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, User
from pages.clock import now
from sla import standards
from sla.models.figure import bounds
from supplies.models import Category

from .measures_deliveries import FITTING, PRICES
from .models import Order, Price, Receipt, ReceiptLine, Reimbursement, Supplier

KEPT = [("yes", _("Kept")), ("no", pgettext_lazy("standard", "Not kept"))]


def _day(label, lookup: str = "exact", field: str = "", **more) -> django_filters.DateFilter:
    widget = forms.DateInput(attrs={"type": "date"})
    return django_filters.DateFilter(field_name=field, lookup_expr=lookup, label=label, widget=widget, **more)


def _suppliers(request) -> QuerySet:
    return Supplier.objects.filter(Exists(Order.objects.filter(supplier=OuterRef("pk")).order_by()))


def _buyers(request) -> QuerySet:
    return User.objects.filter(Exists(Order.objects.filter(buyer=OuterRef("pk")).order_by()))


class OrderFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(
        choices=[*Order.Status.choices, ("late", _("Late"))],
        method="_status",
        label=_("State"),
        empty_label=_("All states"),
    )
    supplier = django_filters.ModelChoiceFilter(
        queryset=_suppliers, label=_("Supplier"), empty_label=_("All suppliers")
    )
    department = django_filters.ModelChoiceFilter(
        queryset=Department.objects.all(), label=_("Using department"), empty_label=_("All departments")
    )

    class Meta:
        model = Order
        fields = ("status", "supplier", "department")

    def _status(self, orders: QuerySet, name: str, status: str) -> QuerySet:
        return orders.late(now()) if status == "late" else orders.filter(status=status)


class ReceiptFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(
        choices=[("mine", _("To be accepted by us")), *Receipt.Status.choices],
        method="_status",
        label=_("State"),
        empty_label=_("All states"),
    )
    department = django_filters.ModelChoiceFilter(
        field_name="order__department",
        queryset=Department.objects.all(),
        label=_("Using department"),
        empty_label=_("All departments"),
    )

    class Meta:
        model = Receipt
        fields = ("status", "department")

    def _status(self, receipts: QuerySet, name: str, status: str) -> QuerySet:
        if status == "mine":
            return receipts.to_accept(self.request.user)
        return receipts.filter(status=status)


class ReceiptLineFilter(django_filters.FilterSet):
    """The lines behind the figure of 3.3.1."""

    since = _day(_("Since"), method="_since")
    until = _day(_("Until"), method="_until")
    buyer = django_filters.ModelChoiceFilter(
        field_name="receipt__order__buyer",
        queryset=_buyers,
        label=_("Buyer"),
        empty_label=_("All buyers"),
    )
    kept = django_filters.ChoiceFilter(
        choices=KEPT, method="_kept", label=_("Standard kept"), empty_label=_("Kept or not")
    )

    class Meta:
        model = ReceiptLine
        fields = ("since", "until", "buyer", "kept")

    def _since(self, lines: QuerySet, name: str, day: date) -> QuerySet:
        return lines.filter(receipt__accepted_at__gte=bounds(day)[0])

    def _until(self, lines: QuerySet, name: str, day: date) -> QuerySet:
        return lines.filter(receipt__accepted_at__lt=bounds(day)[1])

    def _kept(self, lines: QuerySet, name: str, answer: str) -> QuerySet:
        fitting = ReceiptLine.objects.filter(FITTING).values("pk")
        return lines.filter(pk__in=fitting) if answer == "yes" else lines.exclude(pk__in=fitting)


class ReimbursementFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(
        choices=[("unclaimed", _("Not claimed yet")), *Reimbursement.Status.choices],
        method="_status",
        label=_("State"),
        empty_label=_("All states"),
    )
    claimant = django_filters.ModelChoiceFilter(
        queryset=_buyers, label=_("To be claimed by"), empty_label=_("Everybody")
    )

    class Meta:
        model = Reimbursement
        fields = ("status", "claimant")

    def _status(self, claims: QuerySet, name: str, status: str) -> QuerySet:
        return claims.unclaimed() if status == "unclaimed" else claims.filter(status=status)


def _standards() -> list[tuple[str, str]]:
    return [(key, standards.get(key).full_title) for key in PRICES]


class PriceFilter(django_filters.FilterSet):
    """By kind, category, day, and how it stands beside last year's."""

    group = django_filters.ChoiceFilter(
        choices=Price.Group.choices, label=_("Kind"), empty_label=_("All kinds")
    )
    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.all(), label=_("Category"), empty_label=_("All categories")
    )
    compared = django_filters.ChoiceFilter(
        choices=[
            ("dearer", _("Dearer than last year")),
            ("explained", _("Dearer, with a reason")),
            ("unexplained", _("Dearer, without a reason")),
            ("not-dearer", _("Not dearer")),
            ("new", _("Nothing alike last year")),
        ],
        method="_compared",
        label=_("Beside last year"),
        empty_label=_("Any price"),
    )
    since = _day(_("Since"), "gte", "day")
    until = _day(_("Until"), "lte", "day")
    buyer = django_filters.ModelChoiceFilter(queryset=_buyers, label=_("Buyer"), empty_label=_("All buyers"))
    counts_for = django_filters.ChoiceFilter(
        choices=_standards, method="_counted", label=_("Counts for"), empty_label=_("Any standard")
    )
    kept = django_filters.ChoiceFilter(
        choices=KEPT, method="_kept", label=_("Standard kept"), empty_label=_("Kept or not")
    )

    class Meta:
        model = Price
        fields = ("group", "category", "compared", "since", "until", "buyer", "counts_for", "kept")

    def _compared(self, rows: QuerySet, name: str, answer: str) -> QuerySet:
        narrowed = {
            "dearer": Q(unit_price__gt=F("last_year")),
            "explained": Q(unit_price__gt=F("last_year")) & ~Q(reason=""),
            "unexplained": Q(unit_price__gt=F("last_year"), reason=""),
            "not-dearer": Q(unit_price__lte=F("last_year")),
            "new": Q(last_year=None),
        }
        return rows.filter(narrowed[answer])

    def _counted(self, rows: QuerySet, name: str, standard: str) -> QuerySet:
        return PRICES[standard].counted(rows)

    def _kept(self, rows: QuerySet, name: str, answer: str) -> QuerySet:
        return rows.not_dearer() if answer == "yes" else rows.dearer()
