"""The upload of a list of suppliers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organization import sheets
from pages.cleaning import CleanForm
from pages.clock import now

from .. import supplier_import
from ..models import SupplierList


class SupplierListForm(CleanForm):
    """The file is read at once, so that a broken one is refused with a sentence at the field."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An .xlsx workbook or a .csv file, at most 5 MB and 2,000 suppliers."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.lines = sheets.read(file, file.name, file.size)
        supplier_import.plan(self.lines, at=now())
        return file

    def keep(self, *, by) -> SupplierList:
        return SupplierList.keep(self.cleaned_data["file"].name, self.lines, by=by, at=now())
