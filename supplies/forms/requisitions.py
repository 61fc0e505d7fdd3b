"""Forms of asking for supplies, deciding, handing out and bringing back."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Place
from pages.cleaning import CleanForm
from pages.once import OnceField

from ..models import Item, RequisitionLine, Stock
from ..models.item import MOST
from ..models.requisition import Want
from ..models.requisition_issue import Part
from ..quotas import Allowance

WHOLE = {
    "invalid": _("Enter a whole number."),
    "min_value": _("At least %(limit_value)s."),
    "max_value": _("At most %(limit_value)s."),
}


def quantity_field(most: int = MOST, least: int = 0, **kwargs: Any) -> forms.IntegerField:
    """A number of pieces: whole, and easy to type on a phone."""
    field = forms.IntegerField(min_value=least, max_value=most, error_messages=WHOLE, **kwargs)
    field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
    return field


class Chosen:
    """The quantities typed on a page of the catalogue: `quantities` that make sense, `errors` of others."""

    PREFIX = "quantity_"

    def __init__(self, data: QueryDict):
        self.quantities: dict[int, int] = {}
        self.typed: dict[int, str] = {}
        self.errors: dict[int, str] = {}
        field = quantity_field(required=False)
        for name, text in data.items():
            number = name.removeprefix(self.PREFIX)
            if name.startswith(self.PREFIX) and number.isdecimal() and len(number) < 19:
                self._read(int(number), text, field)

    def _read(self, pk: int, text: str, field: forms.IntegerField) -> None:
        self.typed[pk] = text
        try:
            self.quantities[pk] = field.clean(text) or 0
        except ValidationError as error:
            self.errors[pk] = error.messages[0]


class AskRow(NamedTuple):
    """One line of the check-out."""

    item: Item
    allowance: Allowance
    quantity: forms.BoundField
    reason: forms.BoundField

    @property
    def asks_why(self) -> bool:
        """More than the quota, as far as one can tell from what stands in the form."""
        left = self.allowance.left
        try:
            return bool(self.reason.errors) or (
                left is not None and int(self.quantity.value() or 0) > max(0, left)
            )
        except (TypeError, ValueError):
            return False


class AskForm(CleanForm):
    """The check-out: how many of each, why more than the quota, and what for."""

    purpose = forms.CharField(label=_("What for"), max_length=200, required=False)
    once = OnceField()

    def __init__(self, *args: Any, items: Sequence[Item], allowances: dict[int, Allowance], **kwargs: Any):
        self.items, self.allowances = items, allowances
        super().__init__(*args, **kwargs)
        for item in items:
            self.fields[f"quantity_{item.pk}"] = quantity_field(label=item.name)
            self.fields[f"reason_{item.pk}"] = forms.CharField(
                label=_("Why more than the quota"), max_length=200, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for item in self.items:
            left, quantity = self.allowances[item.pk].left, given.get(f"quantity_{item.pk}") or 0
            if left is not None and quantity > max(0, left) and not given.get(f"reason_{item.pk}"):
                self.add_error(
                    f"reason_{item.pk}",
                    _("More than the %(left)d left of the quota: please say why.") % {"left": max(0, left)},
                )
        if not self.errors and not self.wants:
            raise ValidationError(_("Nothing was chosen."))
        return given

    @property
    def wants(self) -> list[Want]:
        asked = ((item, self.cleaned_data.get(f"quantity_{item.pk}")) for item in self.items)
        return [
            Want(item, quantity, self.cleaned_data.get(f"reason_{item.pk}", ""))
            for item, quantity in asked
            if quantity
        ]

    @property
    def rows(self) -> Iterator[AskRow]:
        for item in self.items:
            allowance = self.allowances[item.pk]
            yield AskRow(item, allowance, self[f"quantity_{item.pk}"], self[f"reason_{item.pk}"])


class LineRow(NamedTuple):
    """One line of a requisition in a form."""

    line: RequisitionLine
    quantity: forms.BoundField
    place: forms.BoundField | None = None
    there: int = 0


class ApprovalForm(CleanForm):
    """How many of each the head agrees to."""

    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, lines: Sequence[RequisitionLine], **kwargs: Any):
        self.lines = lines
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"quantity_{line.pk}"] = quantity_field(
                line.asked, label=line.item.name, initial=line.asked, required=False
            )

    @property
    def rows(self) -> list[LineRow]:
        return [LineRow(line, self[f"quantity_{line.pk}"]) for line in self.lines]

    @property
    def quantities(self) -> dict[int, int]:
        """By line; what was left empty stays as asked for, so that one tap on a list agrees to all."""
        given = {line.pk: self.cleaned_data[f"quantity_{line.pk}"] for line in self.lines}
        return {pk: quantity for pk, quantity in given.items() if quantity is not None}


class ReasonForm(CleanForm):
    """Why it is refused, or why the rest is called off."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class _PartsForm(CleanForm):
    """So many of each line, from or to a place."""

    once = OnceField()

    def __init__(self, *args: Any, lines: Sequence[RequisitionLine], **kwargs: Any):
        self.lines = [line for line in lines if self.most(line)]
        super().__init__(*args, **kwargs)
        self.places = self.known_places()
        for line in self.lines:
            choices = self.choices(line)
            self.fields[f"quantity_{line.pk}"] = quantity_field(
                self.most(line), label=line.item.name, initial=self.proposed(line), required=False
            )
            self.fields[f"place_{line.pk}"] = forms.ChoiceField(
                label=pgettext_lazy("stock", "Place"), choices=choices, required=bool(choices)
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not self.parts:
            raise ValidationError(_("Nothing was entered."))
        return given

    @property
    def parts(self) -> list[Part]:
        given = self.cleaned_data
        return [
            Part(line, given[f"quantity_{line.pk}"], self.places[int(given[f"place_{line.pk}"])])
            for line in self.lines
            if given.get(f"quantity_{line.pk}") and given.get(f"place_{line.pk}")
        ]

    @property
    def rows(self) -> list[LineRow]:
        return [
            LineRow(line, self[f"quantity_{line.pk}"], self[f"place_{line.pk}"], self.there(line))
            for line in self.lines
        ]

    def there(self, line: RequisitionLine) -> int:
        return 0


class HandOutForm(_PartsForm):
    """From where so many are taken: only places where some are, each with how many."""

    def known_places(self) -> dict[int, Place]:
        items = [line.item_id for line in self.lines]
        stocks = Stock.objects.filter(item__in=items, quantity__gt=0).select_related("place")
        self.stocks: dict[int, list[Stock]] = {pk: [] for pk in items}
        for stock in stocks.order_by("-quantity", "pk"):
            self.stocks[stock.item_id].append(stock)
        return {stock.place_id: stock.place for found in self.stocks.values() for stock in found}

    @staticmethod
    def most(line: RequisitionLine) -> int:
        return line.open

    def there(self, line: RequisitionLine) -> int:
        return sum(stock.quantity for stock in self.stocks[line.item_id])

    def choices(self, line: RequisitionLine) -> list[tuple[str, str]]:
        """The usual place first."""
        found = sorted(self.stocks[line.item_id], key=lambda stock: stock.place_id != line.item.place_id)
        return [(str(one.place_id), f"{one.place}（{one.quantity} {line.item.unit}）") for one in found]

    def proposed(self, line: RequisitionLine) -> int:
        """All that is open, as far as the first place has it."""
        found = sorted(self.stocks[line.item_id], key=lambda stock: stock.place_id != line.item.place_id)
        return min(line.open, found[0].quantity) if found else 0


class TakeBackForm(_PartsForm):
    """So many come back, to where the item usually lies."""

    def known_places(self) -> dict[int, Place]:
        return {
            place.pk: place
            for place in Place.objects.filter(pk__in=[one.item.place_id for one in self.lines])
        }

    @staticmethod
    def most(line: RequisitionLine) -> int:
        return line.kept

    def choices(self, line: RequisitionLine) -> list[tuple[str, str]]:
        return [(str(line.item.place_id), str(self.places[line.item.place_id]))]

    def proposed(self, line: RequisitionLine) -> int | None:
        return None
