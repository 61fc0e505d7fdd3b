"""What is typed about orders, deliveries, invoices and claims; the verbs say the rest."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Place
from pages.cleaning import CleanForm
from pages.clock import now
from pages.money import MOST as MOST_MONEY
from pages.once import OnceField
from pages.refusals import Refused
from pages.uploads import CheckedFileField
from supplies.models.item import MOST

from ..models import Invoice, Order, OrderLine, Receipt, ReceiptLine
from ..models.receipt_line import Finding


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class VerbForm(CleanForm):
    """A form behind a verb: what the office refuses is said in the form, so that nothing typed is lost."""

    def carry_out(self, verb: Callable[[], Any]) -> Any:
        """What the verb answers; None where the form or the office objects."""
        if not self.is_valid():
            return None
        try:
            return verb()
        except Refused as refusal:
            self.add_error(None, str(refusal))
            return None


class ReasonForm(VerbForm):
    """Why something is cancelled, withdrawn, sent back, dropped or asked for."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class Row(NamedTuple):
    """A line of the record with its fields, as a template draws them."""

    line: Any
    fields: dict[str, forms.BoundField]


class LineForm(VerbForm):
    """A form with some fields for each line of a record; they are named "field_key"."""

    names: tuple[str, ...] = ()

    def __init__(self, *args: Any, lines: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines

    def rows(self) -> Iterator[Row]:
        for line in self.lines:
            yield Row(line, {name: self[f"{name}_{line.pk}"] for name in self.names})

    def typed(self, name: str) -> dict[int, Any]:
        """What was typed in that field of each line, by the line's key."""
        return {line.pk: self.cleaned_data.get(f"{name}_{line.pk}") for line in self.lines}


def pieces(label: Any, least: int = 0, most: int = MOST, **more: Any) -> forms.IntegerField:
    """A whole number of things."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, **more)


class ReviseForm(LineForm):
    """A draft brought into its final form."""

    names = ("quantity", "reason")
    expected_on = forms.DateField(label=_("Delivery agreed for"), widget=day_input())
    terms = forms.CharField(label=_("Terms"), max_length=300, required=False)

    def __init__(self, *args: Any, order: Order, lines: list[OrderLine], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expected_on": order.expected_on, "terms": order.terms})
        super().__init__(*args, lines=lines, **kwargs)
        for line in lines:
            self.fields[f"quantity_{line.pk}"] = pieces(_("Quantity"), 1, initial=line.quantity)
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=_("Why dearer than last year"),
                max_length=200,
                required=False,
                initial=line.dear_reason,
            )

    def clean_expected_on(self):
        day = self.cleaned_data["expected_on"]
        if day < timezone.localdate(now()):
            raise forms.ValidationError(_("The day of delivery is today or later."))
        return day


class CancelLineForm(ReasonForm):
    """Some of a line will not come."""

    quantity = pieces(_("How many will not come"), 1)
    field_order = ["quantity", "reason"]


class ArrivalForm(LineForm):
    """What arrived: a number at each line, or none."""

    names = ("came",)
    place = forms.ModelChoiceField(label=_("Delivered to"), queryset=Place.objects.none())
    note_number = forms.CharField(label=_("Delivery note"), max_length=60, required=False)
    over_reason = forms.CharField(
        label=_("Why more than ordered"),
        max_length=200,
        required=False,
        help_text=_("Only where more came than is outstanding and is to be kept."),
    )
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)
    once = OnceField()

    def __init__(self, *args: Any, order: Order, lines: list[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, lines=lines, **kwargs)
        self.fields["place"].queryset = Place.objects.order_by("name")
        usual = next((line.item.place_id for line in lines if line.item_id), None)
        self.fields["place"].initial = usual
        for line in lines:
            self.fields[f"came_{line.pk}"] = pieces(
                pgettext_lazy("goods", "Arrived"), required=False, initial=line.expected
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        came = [self.cleaned_data.get(f"came_{line.pk}") for line in self.lines]
        if not self.errors and not any(came):
            self.add_error(None, _("Nothing was entered: say of at least one line how many arrived."))
        return cleaned

    def quantities(self) -> dict[int, int]:
        return {pk: count for pk, count in self.typed("came").items() if count}


class AcceptForm(LineForm):
    """What the department found: how many are refused, whether it is what was needed."""

    names = ("rejected", "fits", "defect")

    def __init__(self, *args: Any, lines: list[ReceiptLine], **kwargs: Any) -> None:
        super().__init__(*args, lines=lines, **kwargs)
        for line in lines:
            self.fields[f"rejected_{line.pk}"] = pieces(
                pgettext_lazy("goods", "Rejected"), 0, line.quantity, required=False, initial=0
            )
            self.fields[f"fits_{line.pk}"] = forms.BooleanField(
                label=_("It is what we need"), required=False, initial=True
            )
            self.fields[f"defect_{line.pk}"] = forms.CharField(
                label=pgettext_lazy("goods", "What is wrong"), max_length=200, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for pk, finding in self.findings().items():
            if (finding.rejected or not finding.fits) and not finding.defect:
                self.add_error(f"defect_{pk}", _("Say what is wrong."))
        return cleaned

    def findings(self) -> dict[int, Finding]:
        rejected, fits, defect = (self.typed(name) for name in self.names)
        return {
            line.pk: Finding(rejected[line.pk] or 0, bool(fits[line.pk]), defect[line.pk] or "")
            for line in self.lines
        }


class InvoiceForm(VerbForm):
    """An invoice as it lies on the desk."""

    number = forms.CharField(label=_("Invoice number"), max_length=40)
    dated_on = forms.DateField(label=_("Dated"), widget=day_input())
    amount = forms.DecimalField(
        label=_("Amount"), min_value=0.01, max_value=MOST_MONEY, max_digits=14, decimal_places=2
    )
    over_reason = forms.CharField(
        label=_("Why more than was received"),
        max_length=200,
        required=False,
        help_text=_("Only where the invoice is higher than what was accepted, such as freight."),
    )
    file = CheckedFileField(label=_("Photo or PDF of the invoice"), required=False)
    once = OnceField()

    def clean_dated_on(self):
        day = self.cleaned_data["dated_on"]
        if day > timezone.localdate(now()):
            raise forms.ValidationError(_("An invoice is not dated in the future."))
        return day


class ClaimForm(VerbForm):
    """The number of the claim in the finance system, and the invoice that goes with it."""

    invoice = forms.ModelChoiceField(label=_("Invoice"), queryset=Invoice.objects.none(), empty_label=None)
    number = forms.CharField(label=_("Number of the claim"), max_length=40)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invoice"].queryset = order.invoices.filter(withdrawn_at=None)


def lines_to_receive(order: Order) -> list[OrderLine]:
    """The lines of an order, each with `expected`: how many one would enter if all of the rest came."""
    waiting = order.on_the_way()
    lines = list(order.lines.select_related("item"))
    for line in lines:
        line.waiting = waiting.get(line.pk, 0)
        line.expected = max(0, line.outstanding - line.waiting) or None
    return lines


def lines_to_accept(receipt: Receipt) -> list[ReceiptLine]:
    return list(receipt.lines.select_related("order_line"))
