"""The promises behind a figure of the board, each on the day on which it was kept or broken."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Case, F, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from organization.models import Department
from pages import clock, times
from pages.exports import Column
from pages.lists import List

from .. import figures
from ..board.words import days_words
from ..models import Timer
from ..models.figure import local_day
from ..periods import Period
from .board import may_look, standard_for
from .escalations import SELECT, people_for

DAY = forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d")
OUTCOMES = [
    ("met", gettext_lazy("Kept in time")),
    ("missed", gettext_lazy("Not kept")),
    ("open", gettext_lazy("Overdue and still open")),
    ("excused", gettext_lazy("Excused")),
]


@require_safe
@login_required
@may_look
def board_records(request: HttpRequest, key: str) -> HttpResponseBase:
    """GET /board/<key>/records/?first=&last=&outcome=&owner=&department=&q="""
    standard, at = standard_for(key), clock.now()
    if standard.shape not in figures.PROMISED:
        raise Http404
    request.GET, period = _with_days(request.GET, local_day(at))
    counted = figures.counted_timers(key, period.first, period.last, at=at).visible_to(request.user)
    days = days_words(period.first, period.last)
    listing = List(
        request,
        counted.annotate(decided_at=DECIDED_AT).select_related("owner__department"),
        COLUMNS,
        name=f"{standard.full_title} {days}",
        search=("label__icontains", "owner__name__icontains"),
        filters=RecordFilter,
        sort="-decided_at",
    )
    back = f"{reverse('board-standard', args=[key])}?period=range&first={period.first}&last={period.last}"
    return listing.answer("sla/board_records.html", {"standard": standard, "days": days, "back": back})


def _with_days(asked: QueryDict, today: dt.date) -> tuple[QueryDict, Period]:
    """The query with its first and last day: this month so far where they make no sense."""
    try:
        period = Period.between(_day(asked.get("first")), _day(asked.get("last")))
    except ValueError:
        period = Period(Period.this_month(today).first, today)
    completed = asked.copy()
    completed["first"], completed["last"] = period.first.isoformat(), period.last.isoformat()
    return completed, period


def _day(text: str | None) -> dt.date:
    day = parse_date(text or "")
    if day is None:
        raise ValueError
    return day


class RecordFilter(django_filters.FilterSet):
    """The two days are the view's affair; they stand here so that they can be changed on the page."""

    first = django_filters.DateFilter(label=gettext_lazy("From"), method="as_it_is", widget=DAY)
    last = django_filters.DateFilter(label=gettext_lazy("Until"), method="as_it_is", widget=DAY)
    outcome = django_filters.ChoiceFilter(
        label=gettext_lazy("Outcome"),
        method="by_outcome",
        choices=OUTCOMES,
        empty_label=gettext_lazy("All"),
        widget=SELECT,
    )
    owner = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Person"), queryset=people_for, empty_label=gettext_lazy("All"), widget=SELECT
    )
    department = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Department"),
        field_name="owner__department",
        queryset=Department.objects.all(),
        empty_label=gettext_lazy("All"),
        widget=SELECT,
    )

    class Meta:
        model = Timer
        fields: list[str] = []

    def as_it_is(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        return rows

    def by_outcome(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(**{
            "met": {"outcome": Timer.Outcome.MET},
            "missed": {"outcome": Timer.Outcome.MISSED},
            "open": {"stopped_at": None},
            "excused": {"excused": True},
        }[value])  # fmt: skip


def _outcome(timer: Timer) -> str:
    outcome = "open" if timer.is_running else str(timer.outcome)
    return str(dict(OUTCOMES)[outcome])


def _taken(timer: Timer) -> str:
    return times.spoken((timer.stopped_at or clock.now()) - timer.started_at)


#: The moment that decided it: kept when it stopped, broken when its time was up.
DECIDED_AT = Case(When(outcome=Timer.Outcome.MET, then=F("stopped_at")), default=F("due_at"))
COLUMNS = [
    Column("label", gettext_lazy("About"), lambda timer: timer.label or timer.declared.title),
    Column("outcome", gettext_lazy("Outcome"), _outcome, template="sla/_board_outcome.html"),
    Column("excused", gettext_lazy("Excused"), template="sla/_board_excused.html"),
    Column("owner", gettext_lazy("Responsible"), sort="owner__name"),
    Column("started_at", gettext_lazy("Began"), sort=True),
    Column("due_at", gettext_lazy("Due"), sort=True),
    Column("stopped_at", gettext_lazy("Stopped"), sort=True),
    Column("taken", gettext_lazy("Time taken"), _taken),
]
