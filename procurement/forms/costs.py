"""What is typed about a cost: an entry, and a whole list of them."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization import sheets
from organization.models import Department
from pages.cleaning import CleanForm
from pages.clock import now
from pages.once import OnceField

from ..cost_sheets import CostRow, Reading, read_costs
from ..models import Cost, CostCategory
from .budgets import AmountField

SALT = "procurement.costs"
SECONDS = 3_600
LONGEST_TICKET = 2_000_000
FIRST_YEAR = 2000


class CostForm(CleanForm):
    """Money that was spent and did not come from an order: a bill, a month's courier fees."""

    category = forms.ModelChoiceField(CostCategory.objects.filter(active=True), label=_("Kind of cost"))
    department = forms.ModelChoiceField(
        Department.objects.order_by("name"),
        label=_("Department"),
        required=False,
        empty_label=_("Whole company"),
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    amount = AmountField(label=_("Amount"), min_value=0.01)
    text = forms.CharField(label=_("What for"), max_length=200)
    document = forms.CharField(
        label=_("Number of the document"),
        max_length=60,
        required=False,
        help_text=_("Of the invoice or bill, so that it is found again."),
    )
    once = OnceField()

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate(now()):
            raise ValidationError(_("This day is still to come; a cost is entered when it has arisen."))
        if day.year < FIRST_YEAR:
            raise ValidationError(_("That is too long ago."))
        return day

    def save(self, *, by: Any) -> Cost:
        data = dict(self.cleaned_data)
        once = data.pop("once")
        return Cost.enter(**data, once=str(once) if once else None, by=by)


class CostListForm(CleanForm):
    """A list of costs as a file, looked through before anything is written."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_(
            "XLSX or CSV with the columns 日期, 费用科目, 部门, 金额, 摘要, 单据号; at most 2,000 rows."
        ),
    )
    reading: Reading

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        self.reading = read_costs(sheets.read(upload, upload.name, upload.size))
        return upload

    @property
    def ticket(self) -> str:
        """The rows as they are shown, sealed: what is taken over is what was looked at."""
        return signing.dumps([row.packed for row in self.reading.fresh], salt=SALT, compress=True)


class TakeOverForm(CleanForm):
    """A list that was looked through, confirmed."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_TICKET)

    def clean_ticket(self) -> list[CostRow]:
        try:
            rows = signing.loads(self.cleaned_data["ticket"], salt=SALT, max_age=SECONDS)
        except signing.BadSignature as error:
            raise ValidationError(_("This preview is out of date; choose the file again.")) from error
        return [CostRow.unpacked(row) for row in rows]
