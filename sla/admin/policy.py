from django.contrib import admin

from ..models import Policy, PolicyVersion, Step
from .read_only import ReadOnlyAdmin, ReadOnlyInline


class StepInline(ReadOnlyInline):
    model = Step


@admin.register(Policy)
class PolicyAdmin(ReadOnlyAdmin):
    list_display = ["standard", "__str__", "current"]
    list_select_related = ["current__policy"]
    search_fields = ["standard"]


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ReadOnlyAdmin):
    list_display = ["policy", "number", "target", "calendar", "enabled", "created_by", "created_at", "reason"]
    list_select_related = ["policy", "calendar", "created_by"]
    list_filter = ["enabled", "calendar"]
    search_fields = ["policy__standard", "reason"]
    ordering = ["-created_at"]
    inlines = [StepInline]
