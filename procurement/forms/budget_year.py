"""The sheet of a year: a table of amounts, and budgets out of a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organization import sheets
from pages.cleaning import CleanForm

from ..budget_sheets import BudgetReading, BudgetRow, read_budgets
from ..budget_year import Cell, YearLine, YearSheet
from ..models import CostCategory
from ..spans import Span, month
from .budgets import AmountField

SALT = "procurement.budgets"
SECONDS = 3_600


def _name(category: CostCategory, span: Span) -> str:
    return f"c{category.pk}-{span.number}"


class YearForm(CleanForm):
    """One field for each kind and month, and one for each kind's year."""

    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, sheet: YearSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for line in sheet.lines:
            for span in self._spans():
                budget = line.lines.get(span)
                field = AmountField(required=False, initial=budget.amount if budget else None)
                field.label = f"{line.category} {span.name}"
                field.widget.attrs.update(
                    {"class": "form-control form-control-sm num", "aria-label": field.label}
                )
                self.fields[_name(line.category, span)] = field

    def _spans(self) -> list[Span]:
        return [*(month(self.sheet.year, number) for number in range(1, 13)), Span("year", self.sheet.year)]

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """For the template: each kind with its fields."""
        for line in self.sheet.lines:
            *months, year = (self[_name(line.category, span)] for span in self._spans())
            yield {"line": line, "months": months, "year": year}

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """What is wrong in which cell, in words."""
        return [
            (str(self.fields[name].label), " ".join(errors))
            for name, errors in self.errors.items()
            if name in self.fields and name != "reason"
        ]

    def save(self, *, by: Any) -> int:
        amounts = dict(self._amounts())
        return self.sheet.fill(amounts, reason=self.cleaned_data["reason"], by=by)

    def _amounts(self) -> Iterator[tuple[Cell, Any]]:
        line: YearLine
        for line in self.sheet.lines:
            for span in self._spans():
                yield (line.category.pk, span), self.cleaned_data[_name(line.category, span)]


class BudgetListForm(CleanForm):
    """Budgets as a file, looked through before anything is written."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("As exported: 年份, 期间 (月, 季, 年), 月/季, 费用科目, 部门, 金额; at most 2,000 rows."),
    )
    reading: BudgetReading

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        self.reading = read_budgets(sheets.read(upload, upload.name, upload.size))
        return upload

    @property
    def ticket(self) -> str:
        return signing.dumps([row.packed for row in self.reading.changed], salt=SALT, compress=True)


class BudgetTakeOverForm(CleanForm):
    """The same, confirmed, and why."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def clean_ticket(self) -> list[BudgetRow]:
        try:
            rows = signing.loads(self.cleaned_data["ticket"], salt=SALT, max_age=SECONDS)
        except signing.BadSignature as error:
            raise ValidationError(_("This preview is out of date; choose the file again.")) from error
        return [BudgetRow.unpacked(row) for row in rows]
