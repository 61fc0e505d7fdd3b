"""Opening a stocktake, writing down what was found on the shelf or on paper, and saying why it differs."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from organization.models import Place, User
from organization.person_field import PersonField
from pages import asked
from pages.cleaning import CleanForm
from pages.clock import now
from pages.once import OnceField

from .. import counting
from ..models import Category, Item, Stocktake, StocktakeLine
from ..models.item import MOST
from ..models.stocktake_counting import CountedMeanwhile


class OpenForm(CleanForm):
    """What is to be counted; left empty is everything."""

    once = OnceField()
    title = forms.CharField(
        label=_("Title"), max_length=80, required=False, help_text=_("Left empty, it says what is counted.")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *Item.Kind.choices]
    )
    category = forms.ModelChoiceField(
        label=_("Category"), required=False, queryset=Category.objects.all(), empty_label=_("All categories")
    )
    place = forms.ModelChoiceField(
        label=_("Place"),
        required=False,
        queryset=Place.objects.all(),
        empty_label=_("All places"),
        help_text=_("With all that is inside it."),
    )


class CodeForm(CleanForm):
    """What a scanner read, or somebody typed from a label."""

    code = forms.CharField(max_length=200, error_messages={"required": _("Scan or type a code.")})


class QuantityField(forms.IntegerField):
    """A count: a whole number, nothing is also one."""

    default_error_messages = {
        "invalid": _("A count is a whole number."),
        "min_value": _("A count is not less than 0."),
        "max_value": _("A count is at most 999,999. Did the scanner write a code here?"),
    }

    def __init__(self, **kwargs: Any):
        super().__init__(**{"min_value": 0, "max_value": MOST, **kwargs})
        for validator in self.validators:
            validator.message = self.error_messages[validator.code]
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off", "class": "form-control"}


class CountForm(CleanForm):
    """So many are there; where the line was counted before, instead of that or besides it."""

    REPLACE, ADD = "replace", "add"

    quantity = QuantityField(
        label=_("How many are there?"), error_messages={"required": _("Say how many are there, 0 for none.")}
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    how = forms.ChoiceField(
        required=False,
        choices=[(REPLACE, _("Replace the earlier count")), (ADD, _("Add to the earlier count"))],
    )

    def __init__(self, *args: Any, line: StocktakeLine, **kwargs: Any):
        super().__init__(*args, initial={"seen": line.entered}, **kwargs)
        self.line = line

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("seen") is not None and not data.get("how") and data["seen"] != data.get("quantity"):
            self.add_error("how", _("It was counted before. Replace that count, or add to it?"))
        if "quantity" in self.errors:
            self._explain_code()
        elif self.total > MOST:
            self.add_error("quantity", QuantityField.default_error_messages["max_value"])
        return data

    @property
    def total(self) -> int:
        """What is then there of it in all."""
        data = self.cleaned_data
        before = data.get("seen") if data.get("how") == self.ADD else 0
        return (before or 0) + data["quantity"]

    def save(self, *, by: User) -> bool:
        """False where somebody else was faster: the form keeps what was typed, and asks what is meant."""
        seen = self.cleaned_data["seen"]
        try:
            self.line.stocktake.count(self.line, self.total, by=by, at=now(), seen=seen)
        except CountedMeanwhile as why:
            self.data = self.data.copy()
            self.data["seen"] = why.line.entered
            self.data.pop("how", None)
            self.add_error("how", str(why))
        return not self.errors

    def _explain_code(self) -> None:
        """A hand scanner types into whatever box is open: say what it was."""
        code = counting.code_in(str(self.data.get("quantity", "")))
        item = counting.look_up(self.line.stocktake, code, None).item if len(code) > 2 else None
        if item:
            self.errors["quantity"] = self.error_class(
                [_("That is the code of %(item)s, not a quantity. Save this count first.") % {"item": item}]
            )


class SheetForm(CleanForm):
    """All lines of a place as they stand on the paper sheet; an empty box is a line not counted yet."""

    counted_by = PersonField(label=_("Counted by"), required=True)
    counted_at = forms.DateTimeField(
        label=_("Counted at"),
        required=False,
        help_text=_("As written on the sheet, so that what moved since is not taken for a difference."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(
        self, *args: Any, stocktake: Stocktake, lines: Iterable[StocktakeLine], by: User, **kwargs: Any
    ):
        super().__init__(*args, **{"initial": {"counted_by": by}, **kwargs})
        self.stocktake, self.lines, self.by = stocktake, list(lines), by
        for line in self.lines:
            self.fields[f"count-{line.pk}"] = QuantityField(required=False, initial=line.entered)
            self.fields[f"seen-{line.pk}"] = forms.IntegerField(
                required=False, initial=line.entered, widget=forms.HiddenInput
            )

    def rows(self) -> Iterator[tuple[StocktakeLine, BoundField, BoundField]]:
        """Each line with its box, and the hidden one that says what stood in it."""
        for line in self.lines:
            yield line, self[f"count-{line.pk}"], self[f"seen-{line.pk}"]

    def clean_counted_at(self) -> datetime:
        """To the minute, as on paper: the minute in which it was opened is none before it."""
        given, latest, opened = self.cleaned_data["counted_at"], now(), self.stocktake.frozen_at
        if given is None:
            return latest
        if given > latest:
            raise ValidationError(_("That is still to come."))
        if given < opened.replace(second=0, microsecond=0):
            raise ValidationError(_("The stocktake had not been opened yet at that time."))
        return max(given, opened)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors and not self.changes():
            raise ValidationError(_("No count was entered."))
        return self.cleaned_data

    def changes(self) -> dict[StocktakeLine, int]:
        """What was written in, or written otherwise than it stood."""
        data = self.cleaned_data
        found = {line: data.get(f"count-{line.pk}") for line in self.lines}
        return {
            line: quantity
            for line, quantity in found.items()
            if quantity is not None and quantity != data.get(f"seen-{line.pk}")
        }

    def save(self) -> int:
        """How many were written in: all, or none where somebody else was faster; the form says which."""
        data, changes = self.cleaned_data, self.changes()
        counts = [(line, quantity, data[f"seen-{line.pk}"]) for line, quantity in changes.items()]
        who = {"by": data["counted_by"], "typed_by": self.by}
        try:
            self.stocktake.count_sheet(counts, at=data["counted_at"], **who)
        except CountedMeanwhile as why:
            self.data = self.data.copy()
            self.data[f"seen-{why.line.pk}"] = why.line.entered
            self.add_error(f"count-{why.line.pk}", str(why))
            return 0
        return len(changes)


class ReasonForm(CleanForm):
    """Why: a line is left out, the stocktake is called off."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReviewForm(CleanForm):
    """How each difference came about, as far as it is said; and which lines are to be counted again."""

    reason = forms.CharField(label=_("Why it is to be counted again"), max_length=200, required=False)

    def __init__(self, *args: Any, stocktake: Stocktake, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.stocktake = stocktake
        keys = set(stocktake.lines.values_list("pk", flat=True))
        for pk in keys & set(_keys(self.data, "explanation-")):
            self.fields[f"explanation-{pk}"] = forms.CharField(max_length=200, required=False)
        chosen = self.data.getlist("line") if hasattr(self.data, "getlist") else []
        self.chosen = keys & set(asked.keys(chosen))

    @property
    def explanations(self) -> dict[int, str]:
        return {pk: self.cleaned_data[f"explanation-{pk}"] for pk in _keys(self.cleaned_data, "explanation-")}

    @property
    def lines(self) -> list[StocktakeLine]:
        """Those chosen; where none is, all that differ by more than is tolerated."""
        lines = self.stocktake.lines.all()
        return list(lines.filter(pk__in=self.chosen) if self.chosen else lines.beyond())


def _keys(data: Iterable[str], prefix: str) -> list[int]:
    ends = (name.removeprefix(prefix) for name in data if name.startswith(prefix))
    return asked.keys(ends)
