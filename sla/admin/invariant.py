from django.contrib import admin

from ..models import Draw, Drawn, Invariant
from .read_only import ReadOnlyAdmin, ReadOnlyInline


@admin.register(Invariant)
class InvariantAdmin(ReadOnlyAdmin):
    list_display = ["standard", "__str__", "count", "held_since", "broken_since", "checked_at"]
    search_fields = ["standard"]


class DrawnInline(ReadOnlyInline):
    model = Drawn


@admin.register(Draw)
class DrawAdmin(ReadOnlyAdmin):
    list_display = ["kind", "drawn_at", "wanted", "reason", "drawn_by"]
    list_select_related = ["drawn_by"]
    list_filter = ["kind"]
    search_fields = ["reason", "drawn__label"]
    inlines = [DrawnInline]
