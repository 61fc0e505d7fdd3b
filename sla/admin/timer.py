from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Escalation, Excuse, Holding, Pause, Timer
from .read_only import ReadOnlyAdmin, ReadOnlyInline


class PauseInline(ReadOnlyInline):
    model = Pause


class HoldingInline(ReadOnlyInline):
    model = Holding


class EscalationInline(ReadOnlyInline):
    model = Escalation
    ordering = ["due_at"]


class ExcuseInline(ReadOnlyInline):
    model = Excuse


@admin.register(Timer)
class TimerAdmin(ReadOnlyAdmin):
    list_display = ["promise", "label", "owner", "started_at", "due_at", "stopped_at", "outcome", "excused"]
    list_select_related = ["owner"]
    list_filter = ["outcome", "excused", "standard"]
    search_fields = ["label", "owner__name", "standard"]
    ordering = ["-pk"]
    inlines = [EscalationInline, PauseInline, HoldingInline, ExcuseInline]

    @admin.display(description=_("promise"), ordering="standard")
    def promise(self, timer: Timer) -> str:
        return str(timer.declared.title)


@admin.register(Escalation)
class EscalationAdmin(ReadOnlyAdmin):
    list_display = ["timer", "step", "due_at", "noticed_at", "lag"]
    list_select_related = ["timer", "step__version__policy"]
    search_fields = ["timer__label", "timer__owner__name"]
    ordering = ["-pk"]


@admin.register(Excuse)
class ExcuseAdmin(ReadOnlyAdmin):
    list_display = ["timer", "state", "reason", "asked_by", "asked_at", "decided_by", "decided_at", "remark"]
    list_select_related = ["timer", "asked_by", "decided_by"]
    list_filter = ["state"]
    search_fields = ["reason", "timer__label", "asked_by__name"]
