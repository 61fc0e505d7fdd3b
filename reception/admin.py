from django.contrib import admin

from . import customer_admin  # noqa: F401
from .models import (
    AllocationRule,
    AllocationTarget,
    Call,
    CallCheck,
    CallerType,
    DeskSettings,
    PhoneEvent,
    Product,
    Region,
)


class OfferedAdmin(admin.ModelAdmin):
    list_display = ["name", "position", "active"]
    list_editable = ["position", "active"]
    search_fields = ["name"]


admin.site.register([Product, Region], OfferedAdmin)
admin.site.register(DeskSettings)


@admin.register(CallerType)
class CallerTypeAdmin(OfferedAdmin):
    list_display = ["name", "hotkey", "is_new_customer", "position", "active"]


class AllocationTargetInline(admin.TabularInline):
    model = AllocationTarget
    autocomplete_fields = ["user"]
    extra = 0


@admin.register(AllocationRule)
class AllocationRuleAdmin(admin.ModelAdmin):
    list_display = ["__str__", "department", "owner_first", "position", "active"]
    list_editable = ["position", "active"]
    list_select_related = ["caller_type", "product", "region", "department"]
    inlines = [AllocationTargetInline]


@admin.register(Call)
class CallAdmin(admin.ModelAdmin):
    """Calls change by their verbs at the desk; here they are looked at."""

    list_display = ["__str__", "rang_at", "status", "caller_type", "transferred_to", "receptionist"]
    list_filter = ["status", "caller_type"]
    list_select_related = ["caller_type", "transferred_to", "receptionist"]
    search_fields = ["caller_name", "company", "tail"]
    date_hierarchy = "rang_at"
    exclude = ["number", "digest", "once"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(CallCheck)
class CallCheckAdmin(CallAdmin):
    list_display = ["call", "checker", "checked_at", "average"]
    list_filter = ["checker"]
    list_select_related = ["call", "checker"]
    search_fields = ["call__caller_name", "checker__name"]
    date_hierarchy = "checked_at"
    exclude: list[str] = []


@admin.register(PhoneEvent)
class PhoneEventAdmin(CallAdmin):
    """What the telephone system reported, for whoever connects it."""

    list_display = ["kind", "at", "received_at", "phone_call", "agent", "reason"]
    list_filter = ["kind", "client"]
    list_select_related = ["phone_call__client"]
    search_fields = ["event_id", "phone_call__reference"]
    date_hierarchy = "at"
    exclude = ["number"]
