"""Requests not to count a miss: the manager decides with one tap, those who asked see what became of it."""

import django_filters
from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from pages import clock
from pages.answers import answer
from pages.exports import Column
from pages.lists import List

from ..forms.excuse import DecisionForm
from ..models import Excuse, Timer
from .deciding import excuse_line, visible_excuses
from .escalations import people_for, searched
from .timers import came_from

SELECT = forms.Select(attrs={"class": "form-select"})


@require_safe
@login_required
def excuses(request: HttpRequest) -> HttpResponseBase:
    """GET /excuses/: what waits for a decision."""
    waiting = visible_excuses(request.user).filter(state=Excuse.State.ASKED)
    return _answer(request, waiting, _("Excuses to decide"), ExcuseFilter, "waiting", "asked_at")


@require_safe
@login_required
def excuses_decided(request: HttpRequest) -> HttpResponseBase:
    """GET /excuses/decided/"""
    decided = visible_excuses(request.user).exclude(state=Excuse.State.ASKED)
    return _answer(request, decided, _("Decided excuses"), DecidedFilter, "decided", "-decided_at")


@require_safe
@login_required
def excuses_mine(request: HttpRequest) -> HttpResponseBase:
    """GET /excuses/mine/"""
    mine = visible_excuses(request.user).filter(Q(asked_by=request.user) | Q(timer__owner=request.user))
    return _answer(request, mine, _("My excuses"), StateFilter, "mine", "-asked_at")


@require_POST
@login_required
def excuse_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /excuses/<pk>/decide/ (decision: granted or refused, remark) → the line, or back to the list."""
    excuse = get_object_or_404(visible_excuses(request.user), pk=pk)
    if not request.user.has_perm("sla.decide_excuse"):
        raise PermissionDenied
    form = DecisionForm(request.POST)
    if not form.is_valid():
        context = {"line": excuse_line(excuse, request.user, form), "next": came_from(request)}
        return answer(request, _line_template(request), context, status=422)
    excuse.decide(
        granted=form.is_granted, by=request.user, at=clock.now(), remark=form.cleaned_data["remark"]
    )
    context = {"line": excuse_line(excuse, request.user, form)}
    message = _("Excuse granted.") if form.is_granted else _("Excuse refused.")
    return answer(
        request, "sla/_excuse.html", context, to=came_from(request) or "excuses", message=str(message)
    )


def _line_template(request: HttpRequest) -> str:
    return "sla/_excuse.html" if request.htmx else "sla/excuse_decide.html"


def _answer(
    request: HttpRequest, base: QuerySet, name, filters: type, tab: str, sort: str
) -> HttpResponseBase:
    listing = List(
        request,
        base,
        COLUMNS,
        name=name,
        search=lambda text: base.filter(
            Q(reason__icontains=text)
            | Q(asked_by__name__icontains=text)
            | Q(timer__in=searched(Timer.objects.visible_to(request.user), text))
        ),
        filters=filters,
        sort=sort,
    )
    shown = [excuse_line(excuse, request.user) for excuse in listing.page.rows]
    return listing.answer("sla/excuse_list.html", {"lines": shown, "tab": tab})


class StateFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Excuse.State.choices, empty_label=_("All"), widget=SELECT
    )

    class Meta:
        model = Excuse
        fields: list[str] = []


class ExcuseFilter(django_filters.FilterSet):
    owner = django_filters.ModelChoiceFilter(
        label=_("Person"),
        field_name="timer__owner",
        queryset=people_for,
        empty_label=_("All"),
        widget=SELECT,
    )

    class Meta:
        model = Excuse
        fields: list[str] = []


class DecidedFilter(ExcuseFilter, StateFilter):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Excuse.State.choices[1:], empty_label=_("All"), widget=SELECT
    )


COLUMNS = [
    Column("standard", _("Promise"), "timer.declared.title"),
    Column("label", _("About"), "timer.label"),
    Column("owner", _("Responsible"), "timer.owner"),
    Column("due_at", _("Due"), "timer.due_at"),
    Column("reason", _("Reason")),
    Column("asked_by", _("Asked by")),
    Column("asked_at", _("Asked at"), sort=True),
    Column("state", _("State")),
    Column("decided_by", _("Decided by")),
    Column("decided_at", _("Decided at"), sort=True),
    Column("remark", _("Remark")),
]
