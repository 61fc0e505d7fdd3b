"""What is typed while a purchase is quoted: a supplier's prices, whose is taken, and why."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.cleaning import CleanForm
from pages.money import MOST as MOST_MONEY
from pages.uploads import CheckedFileField

from ..comparing import Comparison, Row
from ..models import PurchaseRequest, Quote, Supplier
from ..models.request_quotes import Choice

CENT = Decimal("0.01")
REASONS = ("choice_reason", "dear_reason")


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


class QuoteForm(CleanForm):
    """A supplier's quote, with a price for each line of the request; empty where it offers none."""

    supplier = forms.ModelChoiceField(label=_("supplier"), queryset=Supplier.objects.live(), empty_label="—")
    quoted_on = _day(label=_("quoted on"))
    valid_until = _day(label=_("valid until"), required=False)
    delivery_days = forms.IntegerField(
        label=_("delivered within days"), min_value=0, max_value=999, required=False
    )
    remark = forms.CharField(label=_("remark"), max_length=200, required=False)
    file = CheckedFileField(label=_("file"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        request: PurchaseRequest,
        today: date,
        instance: Quote | None = None,
    ) -> None:
        self.request, self.today, self.instance = request, today, instance
        super().__init__(data, files, initial=_of_quote(instance, today))
        self.lines_wanted = list(request.lines.all())
        for line in self.lines_wanted:
            self.fields[f"price_{line.pk}"] = _price(line)
        self._offer_suppliers()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        quoted, until = cleaned.get("quoted_on"), cleaned.get("valid_until")
        if quoted and quoted > self.today:
            self.add_error("quoted_on", _("A quote cannot be dated in the future."))
        if until and until < max(self.today, quoted or self.today):
            self.add_error("valid_until", _("This quote is not valid any more."))
        if not self.prices and not any(name.startswith("price_") for name in self.errors):
            self.add_error(None, _("Enter the price of one line at least."))
        return cleaned

    @property
    def priced(self) -> list[tuple[Any, forms.BoundField]]:
        """Each line with the field for its price."""
        return [(line, self[f"price_{line.pk}"]) for line in self.lines_wanted]

    @property
    def prices(self) -> dict[int, Decimal]:
        found = {line.pk: self.cleaned_data.get(f"price_{line.pk}") for line in self.lines_wanted}
        return {pk: price for pk, price in found.items() if price is not None}

    @property
    def particulars(self) -> dict[str, Any]:
        """What the verbs of a quote take besides supplier."""
        names = ("quoted_on", "valid_until", "delivery_days", "remark")
        given = {name: self.cleaned_data[name] for name in names}
        return {**given, "prices": self.prices, "upload": self.cleaned_data.get("file")}

    def _offer_suppliers(self) -> None:
        """Those with whom one may order; not those whose quote is there."""
        if self.instance:
            del self.fields["supplier"]
            return
        there = self.request.quotes.values("supplier")
        field = self.fields["supplier"]
        field.queryset = Supplier.objects.live().exclude(pk__in=there).order_by("name")
        field.error_messages["invalid_choice"] = _(
            "Nothing is ordered there, or its quote is there already; change that one."
        )


class ChoiceForm(CleanForm):
    """Line by line whose price is taken, and the reasons it needs."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, comparison: Comparison) -> None:
        super().__init__(data)
        self.comparison = comparison
        for row in comparison.rows:
            pk = row.line.pk
            self.fields[f"take_{pk}"] = forms.ChoiceField(
                choices=[(str(offer.quoted.pk), "") for offer in _takable(row)],
                initial=str(row.line.chosen_id or ""),
                required=False,
            )
            for name in REASONS:
                self.fields[f"{name}_{pk}"] = forms.CharField(
                    label=row.line._meta.get_field(name).verbose_name,
                    max_length=200,
                    required=False,
                    initial=getattr(row.line, name),
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for row in self.comparison.rows:
            offer = self._taken(row)
            if offer is None:
                continue
            pk, best = row.line.pk, row.best
            if best and best.price < offer.price and not cleaned.get(f"choice_reason_{pk}"):
                self.add_error(f"choice_reason_{pk}", _("Say why not the cheapest."))
            if row.hint.is_dear(offer.price) and not cleaned.get(f"dear_reason_{pk}"):
                self.add_error(f"dear_reason_{pk}", _("Say why it may be dearer than last year."))
        return cleaned

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each line with its offers, the one taken, and the fields for the reasons."""
        return [
            {
                "row": row,
                "offers": _takable(row),
                "name": f"take_{row.line.pk}",
                "taken": str(self[f"take_{row.line.pk}"].value() or ""),
                "errors": self[f"take_{row.line.pk}"].errors,
                "reasons": [self[f"{name}_{row.line.pk}"] for name in REASONS],
            }
            for row in self.comparison.rows
        ]

    @property
    def choices(self) -> dict[int, Choice]:
        """By the key of the line; lines without a choice stay open."""
        found = {}
        for row in self.comparison.rows:
            offer, pk = self._taken(row), row.line.pk
            found[pk] = Choice(
                offer.quoted if offer else None,
                self.cleaned_data[f"choice_reason_{pk}"] if self._beaten(row, offer) else "",
                self.cleaned_data[f"dear_reason_{pk}"] if offer else "",
            )
        return found

    def _beaten(self, row: Row, offer: Any) -> bool:
        return bool(offer and row.best and row.best.price < offer.price)

    def _taken(self, row: Row) -> Any:
        key = self.cleaned_data.get(f"take_{row.line.pk}")
        return next((offer for offer in row.offers if offer.quoted and str(offer.quoted.pk) == key), None)


class AskForm(CleanForm):
    """Handing a request in for approval."""

    few_quotes_reason = forms.CharField(
        label=_("why fewer than three suppliers"), max_length=200, required=False
    )


def _takable(row: Row) -> list:
    """The offers of a line that may be taken, the cheapest first."""
    offers = [offer for offer in row.offers if offer.quoted and offer.may_be_taken]
    return sorted(offers, key=lambda offer: offer.price)


def _price(line: Any) -> forms.DecimalField:
    field = forms.DecimalField(
        label=line.spelt,
        min_value=CENT,
        max_value=MOST_MONEY,
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    field.widget.attrs["inputmode"] = "decimal"
    return field


def _of_quote(quote: Quote | None, today: date) -> dict[str, Any]:
    if quote is None:
        return {"quoted_on": today}
    names = ("quoted_on", "valid_until", "delivery_days", "remark")
    prices = {f"price_{offer.line_id}": offer.unit_price for offer in quote.lines.all()}
    return {**{name: getattr(quote, name) for name in names}, **prices}
