from django.contrib import admin

from ..models import Calendar, CalendarHours, ConfirmedYear, DayOverride


class CalendarHoursInline(admin.TabularInline):
    """To look at: hours are changed on the calendar's own page, where running deadlines follow."""

    model = CalendarHours
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Calendar)
class CalendarAdmin(admin.ModelAdmin):
    """A calendar's name; its hours belong to the verbs."""

    list_display = ["name", "key", "always", "observes_holidays"]
    search_fields = ["name", "key"]
    readonly_fields = ["key", "always", "observes_holidays"]
    inlines = [CalendarHoursInline]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(DayOverride)
class DayOverrideAdmin(admin.ModelAdmin):
    """The special days, to look at and to take back; they are declared on the calendar's year."""

    list_display = ["date", "is_working", "windows", "reason", "calendar", "source", "declared_by"]
    list_filter = ["source", "is_working", "calendar"]
    list_select_related = ["calendar", "declared_by"]
    date_hierarchy = "date"
    search_fields = ["reason"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def delete_model(self, request, obj) -> None:
        obj.withdraw(by=request.user)

    def delete_queryset(self, request, queryset) -> None:
        for declared in queryset:
            declared.withdraw(by=request.user)


@admin.register(ConfirmedYear)
class ConfirmedYearAdmin(admin.ModelAdmin):
    """The years whose holidays are known, to look at."""

    list_display = ["year", "confirmed_by", "confirmed_at"]
    list_select_related = ["confirmed_by"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
