from django.contrib import admin

from ..models import Attendance, Duty, DutyTurn, Evidence, Occurrence
from .read_only import ReadOnlyAdmin, ReadOnlyInline


class DutyTurnInline(ReadOnlyInline):
    model = DutyTurn


class EvidenceInline(ReadOnlyInline):
    """The files themselves are served by the occurrence's own page, which checks who asks."""

    model = Evidence
    fields = ["name", "filename", "content_type", "added_at", "added_by"]


class AttendanceInline(ReadOnlyInline):
    model = Attendance


@admin.register(Duty)
class DutyAdmin(ReadOnlyAdmin):
    list_display = ["title", "standard", "assignment", "person", "team", "since", "until", "active"]
    list_select_related = ["person"]
    list_filter = ["active", "assignment", "standard"]
    search_fields = ["title", "standard", "person__name"]
    inlines = [DutyTurnInline]


@admin.register(Occurrence)
class OccurrenceAdmin(ReadOnlyAdmin):
    list_display = ["duty", "day", "person", "team", "opens_at", "due_at", "state", "ended_at", "ended_by"]
    list_select_related = ["duty", "person", "ended_by"]
    list_filter = ["state"]
    search_fields = ["duty__title", "person__name"]
    date_hierarchy = "day"
    ordering = ["-due_at"]
    inlines = [EvidenceInline, AttendanceInline]
