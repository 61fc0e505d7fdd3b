"""The clerk's tables: categories and items, which verbs move, and the ledger, which nobody edits."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pages.clock import now
from pages.exports import export
from pages.money import spoken

from .. import shortages
from ..forms.item_admin import ItemForm
from ..models import Category, Item, ItemImport, Movement, Posting, Shortage, Stock, SuppliesSettings
from ..stock_listings import taken_along
from . import posting_page
from .read_only import KeptWhileInUse, ReadOnly, ReadOnlyInline

MOST_CHOSEN = 100


@admin.register(Category)
class CategoryAdmin(KeptWhileInUse):
    list_display = ["name", "code", "useful_months", "residual_percent", "active"]
    list_filter = ["active"]
    search_fields = ["name", "code"]


class BelowMinimum(admin.SimpleListFilter):
    title = gettext_lazy("below minimum")
    parameter_name = "short"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Below the minimum")), ("none", gettext_lazy("None left"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "yes":
            return queryset.filter(active=True, on_hand__lt=F("minimum"))
        return queryset.filter(active=True, on_hand=0) if self.value() == "none" else queryset


class StockInline(ReadOnlyInline):
    model = Stock
    fields = ["place", "quantity"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("place").filter(quantity__gt=0)


@admin.register(Item)
class ItemAdmin(KeptWhileInUse):
    """Items (物品): the record is edited here; how many there are, only stock documents change."""

    form = ItemForm
    list_display = [
        "code", "title", "kind", "category", "whereabouts", "stock", "minimum", "target", "worth", "active",
    ]  # fmt: skip
    list_display_links = ["code", "title"]
    list_filter = ["kind", BelowMinimum, "active", "category", ("place", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["category", "place"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["code", "name", "specification", "barcode", "initials"]
    autocomplete_fields = ["category", "place"]
    readonly_fields = ["stock", "worth", "moved_at"]
    inlines = [StockInline]
    actions = [
        "receive", "issue", "take_back", "send_back", "transfer", "correct", "print_sheet", "print_roll",
        "take_along",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["code", "name", "specification", "kind", "category", "unit", "picture"]}),
        (pgettext_lazy("goods", "Where"), {"fields": ["place", "shelf", "barcode"]}),
        (
            pgettext_lazy("stock", "How many"),
            {"fields": ["minimum", "target", "reorders", "stock", "worth", "moved_at"]},
        ),
        (pgettext_lazy("goods", "Use"), {"fields": ["requestable", "active", "remark"]}),
    ]

    def get_urls(self) -> list:
        page = self.admin_site.admin_view(posting_page.view(self))
        return [path("post/<str:kind>/", page, name="supplies_item_post"), *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Item | None = None) -> list[str]:
        return [*self.readonly_fields, "unit"] if obj and obj.moved_at else self.readonly_fields

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple:
        return (queryset.matching(search_term) if search_term else queryset), False

    def save_model(self, request: HttpRequest, obj: Item, form: Any, change: bool) -> None:
        """Of an item that is there, only what was typed: what is on hand is the ledger's."""
        if change:
            also = ["picture_type"] if "picture" in form.changed_data else []
            obj.save(update_fields=[*form.changed_data, *also])
        else:
            super().save_model(request, obj, form, change)
        shortages.look_again(obj, at=now())

    def has_post_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("supplies.post_stock")

    def view_on_site(self, obj: Item) -> str:
        return obj.get_absolute_url()

    # -- columns ---------------------------------------------------------------------------------

    @admin.display(description=pgettext_lazy("goods", "name"), ordering="name")
    def title(self, item: Item) -> str:
        return str(item)

    @admin.display(description=gettext_lazy("usual place"), ordering="shelf")
    def whereabouts(self, item: Item) -> str:
        return f"{item.place} {item.shelf}"

    @admin.display(description=gettext_lazy("on hand"), ordering="on_hand")
    def stock(self, item: Item) -> str:
        if item.is_short:
            return format_html("<strong>⚠ {} {}</strong>", item.on_hand, item.unit)
        return f"{item.on_hand} {item.unit}"

    @admin.display(description=gettext_lazy("worth"), ordering="value")
    def worth(self, item: Item) -> str:
        return spoken(item.value)

    # -- actions -----------------------------------------------------------------------------------

    @admin.action(description=pgettext_lazy("stock", "Receive"), permissions=["post"])
    def receive(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        return self._post(request, Posting.Kind.RECEIVE, chosen)

    @admin.action(description=pgettext_lazy("stock", "Issue"), permissions=["post"])
    def issue(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        return self._post(request, Posting.Kind.ISSUE, chosen)

    @admin.action(description=pgettext_lazy("stock", "Return to stock"), permissions=["post"])
    def take_back(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        return self._post(request, Posting.Kind.RETURN, chosen)

    @admin.action(description=pgettext_lazy("stock", "Send back to the supplier"), permissions=["post"])
    def send_back(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        return self._post(request, Posting.Kind.SEND_BACK, chosen)

    @admin.action(description=pgettext_lazy("stock", "Transfer"), permissions=["post"])
    def transfer(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        return self._post(request, Posting.Kind.TRANSFER, chosen)

    @admin.action(description=pgettext_lazy("stock", "Correct"), permissions=["post"])
    def correct(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        return self._post(request, Posting.Kind.CORRECT, chosen)

    @admin.action(description=gettext_lazy("Print labels (A4 sheet, 3 × 8)"), permissions=["view"])
    def print_sheet(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        return self._labels(chosen, "sheet")

    @admin.action(description=gettext_lazy("Print labels (label printer, 50 × 30 mm)"), permissions=["view"])
    def print_roll(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        return self._labels(chosen, "roll")

    @admin.action(description=gettext_lazy("Export as XLSX"), permissions=["view"])
    def take_along(self, request: HttpRequest, chosen: QuerySet) -> HttpResponseBase:
        return export(chosen.order_by("code"), taken_along(), _("items"), "xlsx")

    def _labels(self, chosen: QuerySet, layout: str) -> HttpResponse:
        return redirect(f"{reverse('item-labels')}?layout={layout}&ids={_keys(chosen)}")

    def _post(self, request: HttpRequest, kind: str, chosen: QuerySet) -> HttpResponse | None:
        if chosen.count() > MOST_CHOSEN:
            sentence = _("Choose at most %(most)d items for one document.") % {"most": MOST_CHOSEN}
            return messages.error(request, sentence)
        return redirect(f"{reverse('admin:supplies_item_post', args=[kind])}?ids={_keys(chosen)}")


class MovementInline(ReadOnlyInline):
    model = Movement
    fields = ["item", "place", "quantity", "amount", "balance", "item_balance", "item_value"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("item", "place", "posting")


@admin.register(Posting)
class PostingAdmin(ReadOnly):
    """Stock documents (出入库单): looked at, printed, and taken back with a reason."""

    list_display = ["number", "kind", "posted_at", "department", "person", "reason", "posted_by", "reversal"]
    list_filter = ["kind", "posted_at", ("department", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["department", "person", "posted_by", "reversed_by"]
    search_fields = ["reason"]
    search_help_text = gettext_lazy("Number, item, reason")
    date_hierarchy = "posted_at"
    actions = ["reverse_chosen"]
    exclude = ["source_type", "source_id"]
    inlines = [MovementInline]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple:
        return (queryset.matching(search_term) if search_term else queryset), False

    def has_post_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("supplies.post_stock")

    def view_on_site(self, obj: Posting) -> str:
        return obj.get_absolute_url()

    @admin.display(description=gettext_lazy("document number"), ordering="pk")
    def number(self, posting: Posting) -> str:
        return posting.number

    @admin.display(description=gettext_lazy("reversed by"))
    def reversal(self, posting: Posting) -> str:
        found = getattr(posting, "reversed_by", None)
        return found.number if found else "–"

    @admin.action(description=gettext_lazy("Reverse one document, with a reason"), permissions=["post"])
    def reverse_chosen(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        keys = list(chosen.values_list("pk", flat=True)[:2])
        if len(keys) != 1:
            return messages.error(request, _("Choose one document: each is reversed for its own reason."))
        return redirect("posting-reverse", pk=keys[0])


@admin.register(Movement)
class MovementAdmin(ReadOnly):
    """The ledger (台账), newest first."""

    list_display = [
        "at", "posting", "item", "place", "quantity", "balance", "item_balance", "amount", "item_value",
        "department",
    ]  # fmt: skip
    list_filter = ["posting__kind", ("place", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["posting", "item", "place", "department"]
    search_fields = ["item__code"]
    search_help_text = gettext_lazy("Name, specification, number, barcode, pinyin initials")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple:
        items = Item.objects.matching(search_term) if search_term else None
        return (queryset.filter(item__in=items.values("pk")) if items is not None else queryset), False


@admin.register(Shortage)
class ShortageAdmin(ReadOnly):
    list_display = ["item", "fell_at", "on_hand", "minimum", "asked_at", "ended_at"]
    list_filter = ["item__kind", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["item"]
    search_fields = ["item__name", "item__code"]


@admin.register(ItemImport)
class ItemImportAdmin(ReadOnly):
    list_display = ["file_name", "uploaded_by", "uploaded_at", "applied_at", "created", "changed", "opened"]
    list_select_related = ["uploaded_by"]
    exclude = ["rows"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("rows")


@admin.register(SuppliesSettings)
class SuppliesSettingsAdmin(admin.ModelAdmin):
    """One row, there from the first look on."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request) and not SuppliesSettings.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SuppliesSettings, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)


def _keys(chosen: QuerySet) -> str:
    return ",".join(str(key) for key in chosen.order_by("code").values_list("pk", flat=True)[:2_000])
