"""The register of assets for the clerk: looked through and taken along here, changed by its verbs."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ImportForm

from .. import labels
from ..asset_labels import labels_pdf
from ..asset_resources import AssetResource
from ..models import Asset, AssetEvent, Handover, MaintenancePlan, Repair
from .read_only import ReadOnly, ReadOnlyInline

MOST_BYTES = 5 * 1024 * 1024
WORTH = ("price", "residual", "useful_months", "proceeds")


class AssetImportForm(ImportForm):
    """A register of a size that one can look through before it is taken in."""

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split the list."))
        return file


class EventInline(ReadOnlyInline):
    model = AssetEvent
    fields = ["kind", "at", "by", "custodian", "department", "place", "reason"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("by", "custodian", "department", "place", "asset")


@admin.register(Asset)
class AssetAdmin(ImportExportMixin, ReadOnly):
    """Fixed assets (固定资产): "import" reads XLSX and CSV with a preview, "export" writes the same."""

    list_display = ["tag", "page", "category", "status", "custodian", "department", "place", "bought_on"]
    list_filter = ["status", "category", "department", "place"]
    list_select_related = ["category", "custodian", "department", "place"]
    search_fields = ["tag", "name", "initials", "model", "serial", "custodian__name", "custodian__initials"]
    date_hierarchy = "bought_on"
    exclude = ["initials", "picture_type", "once", "version", "picture"]
    inlines = [EventInline]
    actions = ["label_sheet", "label_roll", "hand_over"]
    resource_classes = [AssetResource]
    import_form_class = AssetImportForm
    confirm_form_class = ConfirmImportForm

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.exclude if _sees_worth(request) else [*self.exclude, *WORTH]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["supplies.import_asset", "supplies.view_asset_value"])

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["supplies.view_asset", "supplies.view_asset_value"])

    @admin.display(description=_("name"), ordering="name")
    def page(self, asset: Asset) -> str:
        return format_html('<a href="{}">{}</a>', asset.get_absolute_url(), asset.name)

    @admin.action(description=_("Print labels on an A4 sheet"), permissions=["view"])
    def label_sheet(self, request: HttpRequest, assets: Any) -> HttpResponse:
        return labels_pdf(assets.for_rows(), base_url=request.build_absolute_uri("/"))

    @admin.action(description=_("Print labels on a roll"), permissions=["view"])
    def label_roll(self, request: HttpRequest, assets: Any) -> HttpResponse:
        return labels_pdf(assets.for_rows(), base_url=request.build_absolute_uri("/"), layout=labels.ROLL)

    @admin.action(description=_("Hand over to one person"), permissions=["view"])
    def hand_over(self, request: HttpRequest, assets: Any) -> HttpResponse:
        chosen = "&".join(f"asset={pk}" for pk in assets.order_by("tag").values_list("pk", flat=True)[:200])
        return HttpResponseRedirect(f"{reverse('handover-new')}?{chosen}")


@admin.register(Handover)
class HandoverAdmin(ReadOnly):
    list_display = ["asset", "giver", "taker", "status", "asked_at", "answered_at", "due_back_on"]
    list_filter = ["status"]
    list_select_related = ["asset", "giver", "taker"]
    search_fields = ["asset__tag", "asset__name", "taker__name", "giver__name"]
    date_hierarchy = "asked_at"
    exclude = ["once"]


@admin.register(Repair)
class RepairAdmin(ReadOnly):
    list_display = ["asset", "kind", "fault", "began_at", "ended_at", "contractor", "cost"]
    list_filter = ["kind"]
    list_select_related = ["asset"]
    search_fields = ["asset__tag", "asset__name", "fault", "contractor"]
    date_hierarchy = "began_at"


@admin.register(MaintenancePlan)
class MaintenancePlanAdmin(ReadOnly):
    list_display = ["asset", "title", "every_months", "next_due_on", "responsible", "contractor", "active"]
    list_filter = ["active"]
    list_select_related = ["asset", "responsible"]
    search_fields = ["asset__tag", "asset__name", "title", "contractor"]
    date_hierarchy = "next_due_on"
    exclude = ["once"]


def _sees_worth(request: HttpRequest) -> bool:
    return request.user.has_perm("supplies.view_asset_value")
