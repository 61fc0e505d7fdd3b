"""What is typed about stock: a document of one line for each chosen item, its reversal, a list sent in."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, Place, User
from organization.person_field import PersonField
from organization.sheets import Line as Row
from pages.cleaning import CleanForm
from pages.money import rounded
from pages.once import OnceField

from .. import importing, ledger
from ..ledger import Kind, Line
from ..models import Item, ItemImport, Posting
from ..models.item import MOST
from ..stock_listings import place_paths

FOR_DEPARTMENTS = (Kind.ISSUE, Kind.RETURN)
PRICED = (Kind.RECEIVE,)
NEED_A_REASON = (Kind.CORRECT,)
BY_HAND = (Kind.RECEIVE, Kind.ISSUE, Kind.RETURN, Kind.SEND_BACK, Kind.TRANSFER, Kind.CORRECT)


class ReversalForm(CleanForm):
    """Why a stock document is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class ItemImportForm(CleanForm):
    """A workbook or CSV file of items."""

    file = forms.FileField(
        label=_("File (XLSX or CSV)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"})
    )

    def clean_file(self) -> list[Row]:
        upload = self.cleaned_data["file"]
        lines = importing.read(upload)
        importing.plan(lines)  # headers that nobody understands are said at once
        return lines

    def keep(self, *, by: User, at: datetime) -> ItemImport:
        name = self.files["file"].name or ""
        return ItemImport.keep(name, self.cleaned_data["file"], by=by, at=at)


class HeadForm(CleanForm):
    """What a document is about as a whole: for whom, and why."""

    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.all(), empty_label=_("Choose a department")
    )
    person = PersonField(label=pgettext_lazy("stock", "Handed to"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    once = OnceField()

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        if kind not in FOR_DEPARTMENTS:
            del self.fields["department"], self.fields["person"]
        self.fields["reason"].required = kind in NEED_A_REASON


class LineForm(CleanForm):
    """So many of one item at one place."""

    quantity = forms.DecimalField(label=_("Quantity"), max_digits=12)
    place = forms.TypedChoiceField(label=_("Place"), coerce=int)
    to = forms.TypedChoiceField(label=pgettext_lazy("stock", "To"), coerce=int)
    price = forms.DecimalField(
        label=_("Price of one"),
        required=False,
        max_digits=14,
        decimal_places=4,
        min_value=0,
        help_text=_("Left empty: what the stock costs on average."),
    )

    def __init__(self, *args, item: Item, kind: str, places: Sequence[tuple[int, str]], **kwargs):
        self.item, self.kind = item, kind
        super().__init__(*args, prefix=f"item{item.pk}", initial={"place": item.place_id}, **kwargs)
        quantity = self.fields["quantity"]
        quantity.validators += [MaxValueValidator(MOST)]
        signed = kind == Kind.CORRECT
        quantity.validators += [MinValueValidator(-MOST if signed else 1)]
        quantity.widget.attrs |= {
            "step": 1,
            "min": -MOST if signed else 1,
            "max": MOST,
            "inputmode": "numeric",
        }
        self.fields["place"].choices = places
        self.fields["to"].choices = [("", "—"), *places]
        if kind != Kind.TRANSFER:
            del self.fields["to"]
        if kind not in PRICED:
            del self.fields["price"]

    def clean_quantity(self) -> int:
        quantity = self.cleaned_data["quantity"]
        if quantity != quantity.to_integral_value():
            raise forms.ValidationError(_("Only whole numbers are counted."))
        if quantity == 0:
            raise forms.ValidationError(_("The quantity must not be zero."))
        return int(quantity)

    def clean(self) -> dict:
        cleaned = super().clean()
        if "to" in cleaned and cleaned["to"] == cleaned.get("place"):
            self.add_error("to", _("This is the place it lies at already."))
        return cleaned

    def line(self, places: dict[int, Place]) -> Line:
        data = self.cleaned_data
        price: Decimal | None = data.get("price")
        amount = None if price is None else rounded(price * data["quantity"])
        return Line(self.item, places[data["place"]], data["quantity"], amount, places.get(data.get("to")))


class PostingForm:
    """A stock document typed by hand: its head, and one line for each chosen item."""

    def __init__(self, data, *, kind: str, items: Sequence[Item]):
        choices = sorted(place_paths().items(), key=lambda pair: pair[1])
        self.kind, self.head = kind, HeadForm(data, kind=kind)
        self.lines = [LineForm(data, item=item, kind=kind, places=choices) for item in items]

    @property
    def is_bound(self) -> bool:
        return self.head.is_bound

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), *(line.is_valid() for line in self.lines)])

    def post(self, *, by: User, at: datetime) -> Posting:
        """Write the document; Refused says what is not there."""
        places = Place.objects.in_bulk()
        lines = [line.line(places) for line in self.lines]
        return ledger.post(self.kind, lines, by=by, at=at, **self.head.cleaned_data)
