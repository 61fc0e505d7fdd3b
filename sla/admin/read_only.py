"""Rows that only verbs write are looked at here, never changed."""

from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """For records that belong to verbs: whoever may view them may look, search and filter."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):
    """The same for rows that belong to another."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
