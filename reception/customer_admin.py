"""The customer register for the administration: read here, changed by its verbs; old lists come in here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportMixin
from import_export.forms import ConfirmImportForm, ImportForm

from .models import Customer, CustomerMerge
from .resources import CustomerResource

MOST_BYTES = 5 * 1024 * 1024


class CustomerImportForm(ImportForm):
    """A list of a size that one can look through before it is taken in."""

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split the list."))
        return file


class ReadOnly(admin.ModelAdmin):
    """Looked at only: what changes an entry is a verb on its page."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Customer)
class CustomerAdmin(ImportMixin, ReadOnly):
    """Customers (客户), with numbers masked; "import" reads XLSX and CSV with a preview."""

    list_display = ["name", "company", "numbers", "product", "region", "owner", "created_at"]
    list_filter = ["product", "region", "owner"]
    list_select_related = ["product", "region", "owner"]
    search_fields = ["name", "company", "initials", "phones__tail"]
    date_hierarchy = "created_at"
    fields = [
        *Customer.EDITABLE,
        "numbers",
        "source_call",
        "created_by",
        "created_at",
        "withdrawn_at",
        "merged_into",
    ]
    readonly_fields = ["numbers", "source_call", "created_by", "created_at", "withdrawn_at", "merged_into"]
    resource_classes = [CustomerResource]
    import_form_class = CustomerImportForm
    confirm_form_class = ConfirmImportForm

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["reception.add_customer", "reception.change_customer"])


@admin.register(CustomerMerge)
class CustomerMergeAdmin(ReadOnly):
    list_display = ["source", "target", "reason", "merged_by", "merged_at", "undone_at"]
    list_select_related = ["source", "target", "merged_by"]
    exclude = ["taken_over"]
