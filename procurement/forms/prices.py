"""A purchase from before, typed; and the choice of a list of them, and of a period of the index."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.cleaning import CleanForm, tidy
from pages.clock import now
from pages.money import MOST as MOST_MONEY
from pages.once import OnceField
from supplies.models import Category, Item
from supplies.models.item import MOST

from .. import past_prices, prices
from ..models import Price, Supplier
from ..past_prices import Purchase
from ..year_on_year import BY, PERIODS
from .deliveries import day_input, pieces

UNITS = [
    ("month", pgettext_lazy("period", "Month")),
    ("quarter", pgettext_lazy("period", "Quarter")),
    ("year", pgettext_lazy("period", "Year")),
]
KINDS = [("group", _("Kind")), ("category", _("Category")), ("item", _("Single goods"))]


class PriceForm(CleanForm):
    """What was bought, when, from whom and at which price."""

    code = forms.CharField(
        label=_("Item number"),
        max_length=30,
        required=False,
        help_text=_("For what is kept in stock; else fill in name and category."),
    )
    name = forms.CharField(label=pgettext_lazy("goods", "Name"), max_length=80, required=False)
    specification = forms.CharField(label=_("Specification"), max_length=200, required=False)
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.filter(active=True), required=False
    )
    is_asset = forms.BooleanField(label=_("Fixed asset"), required=False)
    supplier = forms.ModelChoiceField(label=_("Supplier"), queryset=Supplier.objects.all(), required=False)
    day = forms.DateField(label=pgettext_lazy("price", "Bought on"), widget=day_input())
    quantity = pieces(_("Quantity"), 1)
    unit_price = forms.DecimalField(
        label=_("Unit price"), min_value=0, max_value=MOST_MONEY / MOST, decimal_places=2, max_digits=14
    )
    reason = forms.CharField(label=_("Why dearer than last year"), max_length=200, required=False)
    once = OnceField()

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not day.year >= 2000 or day > timezone.localdate(now()):
            raise ValidationError(_("A past purchase lies between 2000 and today."))
        return day

    def clean_code(self) -> Item | None:
        code = tidy(self.cleaned_data["code"])
        found = Item.objects.filter(code=code).select_related("category").first() if code else None
        if code and found is None:
            raise ValidationError(_("There is no item “%(code)s”."), params={"code": code})
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors or cleaned["code"]:
            return cleaned
        for name, sentence in (
            ("name", _("Say what was bought: its item number or its name.")),
            ("category", _("What is not in the register of items needs its category.")),
        ):
            if not cleaned[name]:
                self.add_error(name, sentence)
        return cleaned

    def purchase(self) -> Purchase:
        typed, item = self.cleaned_data, self.cleaned_data["code"]
        return Purchase(
            item=item,
            category=item.category if item else typed["category"],
            name=item.name if item else typed["name"],
            specification=item.specification if item else typed["specification"],
            group=prices.group_of(item, typed["is_asset"] and item is None),
            supplier=typed["supplier"],
            day=typed["day"],
            quantity=typed["quantity"],
            unit_price=typed["unit_price"],
            reason=typed["reason"],
        )


class PriceImportForm(CleanForm):
    """The list of past purchases, XLSX or CSV."""

    file = forms.FileField(label=_("List of past purchases (XLSX or CSV)"))

    def clean_file(self):
        self.table = past_prices.read(self.cleaned_data["file"])
        return self.cleaned_data["file"]


class IndexForm(CleanForm):
    """Which period, by what, and of what; anything unknown falls back to the quarter by kind."""

    unit = forms.ChoiceField(label=_("Period"), choices=UNITS, required=False)
    day = forms.DateField(label=_("Day in it"), required=False, widget=day_input())
    by = forms.ChoiceField(label=pgettext_lazy("index", "By"), choices=KINDS, required=False)
    group = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *Price.Group.choices], required=False
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.all(),
        required=False,
        empty_label=_("All categories"),
    )

    def asked(self) -> dict[str, Any]:
        """What was asked for, sensible whatever was typed."""
        self.is_valid()
        typed = self.cleaned_data
        unit, by = typed.get("unit"), typed.get("by")
        day = typed.get("day") or timezone.localdate(now())
        return {
            "unit": unit if unit in PERIODS else "quarter",
            "day": day if 2001 <= day.year <= 2100 else timezone.localdate(now()),
            "by": by if by in BY else "group",
            "group": typed.get("group") or "",
            "category": typed.get("category"),
        }
