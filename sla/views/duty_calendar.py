"""The calendar of duties: the month on the wall, the week in the hand, for oneself or for all."""

import datetime as dt

import django_filters
from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from organization.roles import Role
from pages import clock

from ..duty_access import visible_occurrences
from ..duty_month import month, reach
from ..duty_words import SIGNS, state_words
from ..forms.duty import clauses
from ..models import CalendarHours, Occurrence
from ..models.figure import local_day
from .duties import people_with_duties

SELECT = forms.Select(attrs={"class": "form-select"})
YEARS_AROUND = 20
NIGHT = dt.timedelta(days=1)  # a window that opens on the last day may be due on the next
State = Occurrence.State


@require_safe
@login_required
def duty_calendar(request: HttpRequest) -> HttpResponse:
    """GET /duties/calendar/ (day, whose, standard, person, team, state)."""
    at = clock.now()
    chosen = chosen_day(request.GET.get("day", ""), local_day(at))
    filterset = CalendarFilter(request.GET, queryset=_falling_around(chosen, request.user), request=request)
    context = {
        "month": month(chosen, filterset.qs, at),
        "filterset": filterset,
        "weekdays": CalendarHours.Weekday.labels,
        "legend": [(key, words, SIGNS[key]) for key, words in state_words().items()],
        "others": _others(request),
        "tab": "calendar",
    }
    return render(request, "sla/duty_calendar.html", context)


def chosen_day(text: str, today: dt.date) -> dt.date:
    """The day asked for; today when none was, or one too far away."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day.year - today.year) <= YEARS_AROUND else today


def _falling_around(chosen: dt.date, user) -> QuerySet[Occurrence]:
    """What `user` may see on the sheet of the month in which `chosen` lies."""
    first, after = reach(chosen)
    known = visible_occurrences(user).filter(due_at__gte=first, due_at__lt=after + NIGHT, opens_at__lt=after)
    return known.select_related("duty", "person").order_by("opens_at", "pk")


def _others(request: HttpRequest) -> str:
    """The filters as they stand, to go on to another day with."""
    query = request.GET.copy()
    query.pop("day", None)
    return query.urlencode()


class CalendarFilter(django_filters.FilterSet):
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        method="by_whose",
        choices=[("mine", _("mine"))],
        empty_label=_("All"),
        widget=SELECT,
    )
    person = django_filters.ModelChoiceFilter(
        label=_("Person"), queryset=people_with_duties, empty_label=_("All"), widget=SELECT
    )
    team = django_filters.ChoiceFilter(
        label=_("Role"), choices=Role.choices, empty_label=_("All"), widget=SELECT
    )
    standard = django_filters.ChoiceFilter(
        label=_("Clause"), field_name="duty__standard", choices=clauses, empty_label=_("All"), widget=SELECT
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="by_state",
        choices=lambda: list(state_words().items()),
        empty_label=_("All"),
        widget=SELECT,
    )

    class Meta:
        model = Occurrence
        fields: list[str] = []

    def by_whose(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.of(self.request.user)

    def by_state(self, rows: QuerySet, name: str, key: str) -> QuerySet:
        return rows.filter(_STATES[key](clock.now()))


_AHEAD = Q(state__in=[State.PLANNED, State.OPEN])
_LATE = Q(ended_at__gt=F("due_at"))
_STATES = {
    "planned": lambda at: Q(state=State.PLANNED, opens_at__gt=at),
    "open": lambda at: _AHEAD & Q(due_at__gte=at) & (Q(state=State.OPEN) | Q(opens_at__lte=at)),
    "overdue": lambda at: _AHEAD & Q(due_at__lt=at),
    "done": lambda at: Q(state=State.DONE) & ~_LATE,
    "late": lambda at: Q(state=State.DONE) & _LATE,
    "skipped": lambda at: Q(state=State.SKIPPED),
}
