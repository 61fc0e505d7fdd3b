"""What only verbs write is looked at here, never changed; what is in use is not deleted."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db import models, router
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _


class ReadOnly(admin.ModelAdmin):
    """For records that belong to verbs: whoever may view them may look, search and filter."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):
    """The same for rows that belong to another."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KeptWhileInUse(admin.ModelAdmin):
    """Deleting what something else needs ends in one sentence, before anything is asked or lost."""

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        found = self.get_object(request, object_id)
        if found is not None and self.has_delete_permission(request, found) and in_use([found]):
            messages.error(request, _still_used([found]))
            name = f"admin:{found._meta.app_label}_{found._meta.model_name}_change"
            return redirect(reverse(name, args=[found.pk]))
        return super().delete_view(request, object_id, extra_context)

    def response_action(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse:
        if request.POST.get("action") == "delete_selected" and request.POST.get("select_across") != "1":
            chosen = queryset.filter(pk__in=request.POST.getlist("_selected_action"))
            if used := in_use(chosen):
                messages.error(request, _still_used(used))
                return redirect(request.get_full_path())
        return super().response_action(request, queryset)


def in_use(records: Iterable[models.Model]) -> list[models.Model]:
    """Those that something else needs."""
    return [record for record in records if _is_needed(record)]


def _is_needed(record: models.Model) -> bool:
    try:
        Collector(using=router.db_for_write(type(record)), origin=record).collect([record])
    except (ProtectedError, RestrictedError):
        return True
    return False


def _still_used(records: list[models.Model]) -> str:
    names = "、".join(str(record) for record in records[:5])
    return _("%(names)s: in use, so nothing was deleted. Take it out of use instead.") % {"names": names}
