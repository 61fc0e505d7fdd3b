"""The manager's list of broken promises: those still open, those kept late, and steps noticed late."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from organization.models import Department, User
from pages import clock, times
from pages.exports import Column
from pages.lists import List

from .. import standards
from ..chronicle import LAG_SHOWN_SECONDS, StepTaken, chronicles
from ..misses import count_undecided, next_deadline, open_misses
from ..models import Escalation, Timer
from ..wording import when_words
from .deciding import waiting_lines

REFRESH_AT_LEAST = 60


class Line(NamedTuple):
    """One overdue promise on the list, with its climb and what the reader may do about it."""

    timer: Timer
    steps: list[StepTaken]
    may_acknowledge: bool
    may_reassign: bool
    is_first: bool


def lines(timers: Iterable[Timer], user) -> list[Line]:
    """The timers as lines; `is_first` marks the first that waits to be acknowledged, for the keyboard."""
    timers = list(timers)
    climbs = chronicles(timers)
    first = next((timer for timer in timers if not timer.acknowledged_at), None)
    return [
        Line(
            timer,
            climbs[timer.pk],
            user.has_perm("sla.acknowledge_timer", timer),
            user.has_perm("sla.reassign_timer", timer),
            timer is first,
        )
        for timer in timers
    ]


@require_safe
@login_required
def escalations(request: HttpRequest) -> HttpResponseBase:
    """GET /escalations/: what is overdue now."""
    at = clock.now()
    base = open_misses(request.user, at).select_related("owner__department", "acknowledged_by")
    listing = _listing(request, base, OPEN_COLUMNS, _("Escalations"), "-due_at", OpenFilter)
    context = {
        "lines": lines(listing.page.rows, request.user),
        "tab": "open",
        "again": _again(at),
        "excuses": waiting_lines(request.user),
        "excuses_waiting": count_undecided(request.user),
    }
    return listing.answer("sla/escalation_list.html", context)


@require_safe
@login_required
def escalations_ended(request: HttpRequest) -> HttpResponseBase:
    """GET /escalations/ended/: promises fulfilled after their deadline, newest first."""
    base = Timer.objects.visible_to(request.user).filter(outcome=Timer.Outcome.MISSED)
    base = base.filter(stopped_at__isnull=False).select_related("owner__department", "acknowledged_by")
    listing = _listing(request, base, ENDED_COLUMNS, _("Kept late"), "-stopped_at", TimerFilter)
    return listing.answer("sla/escalation_ended.html", {"tab": "ended"})


@require_safe
@login_required
def escalations_lagging(request: HttpRequest) -> HttpResponseBase:
    """GET /escalations/lagging/: steps that the sweep noticed late, for instance after an outage."""
    about = Timer.objects.visible_to(request.user)
    base = Escalation.objects.with_lag().filter(lag_time__gt=dt.timedelta(seconds=LAG_SHOWN_SECONDS))
    base = base.filter(timer__in=about).select_related("timer__owner", "step")
    listing = List(
        request,
        base,
        LAG_COLUMNS,
        name=_("Noticed late"),
        search=lambda text: base.filter(timer__in=searched(about, text)),
        filters=LagFilter,
    )
    return listing.answer("sla/escalation_lagging.html", {"tab": "lagging"})


def searched(timers: QuerySet, text: str) -> QuerySet:
    """Timers by what they are about, who owes them, or which promise it is, in the reader's language."""
    named = Q(standard__in=standards.matching(text))
    return timers.filter(Q(label__icontains=text) | Q(owner__name__icontains=text) | named)


def _listing(request, base: QuerySet, columns: list[Column], name: Any, sort: str, filters: type) -> List:
    return List(
        request,
        base,
        columns,
        name=name,
        search=lambda text: searched(base, text),
        filters=filters,
        sort=sort,
    )


def _again(at: dt.datetime) -> int:
    """In how many seconds the list changes by itself because the next promise falls due."""
    coming = next_deadline(at)
    if coming is None:
        return REFRESH_AT_LEAST
    return min(REFRESH_AT_LEAST, int((coming - at).total_seconds()) + 1)


def _standard_choices() -> list[tuple[str, str]]:
    return standards.choices(one for one in standards.every() if one.deadline)


def people_for(request: HttpRequest | None) -> QuerySet:
    """Whose promises the reader may see, to choose from."""
    user, people = request.user, User.objects.active()
    if user.has_perm("sla.view_every_timer"):
        return people
    return people.filter(Q(pk=user.pk) | Q(manager=user) | Q(backup=user))


SELECT = forms.Select(attrs={"class": "form-select"})


class TimerFilter(django_filters.FilterSet):
    standard = django_filters.ChoiceFilter(
        label=_("Promise"), choices=_standard_choices, empty_label=_("All"), widget=SELECT
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Person"), queryset=people_for, empty_label=_("All"), widget=SELECT
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        field_name="owner__department",
        queryset=Department.objects.all(),
        empty_label=_("All"),
        widget=SELECT,
    )

    class Meta:
        model = Timer
        fields: list[str] = []


class OpenFilter(TimerFilter):
    acknowledged = django_filters.ChoiceFilter(
        label=_("Acknowledged"),
        method="by_acknowledged",
        choices=[("no", _("not yet")), ("yes", _("yes"))],
        empty_label=_("All"),
        widget=SELECT,
    )

    def by_acknowledged(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(acknowledged_at__isnull=value == "no")


class LagFilter(django_filters.FilterSet):
    standard = django_filters.ChoiceFilter(
        label=_("Promise"),
        field_name="timer__standard",
        choices=_standard_choices,
        empty_label=_("All"),
        widget=SELECT,
    )

    class Meta:
        model = Escalation
        fields: list[str] = []


def _overdue_for(timer: Timer) -> str:
    return times.spoken((timer.stopped_at or clock.now()) - timer.due_at)


_WHAT = [
    Column("standard", _("Promise"), "declared.title", template="sla/_timer_cell.html"),
    Column("label", _("About")),
    Column("owner", _("Responsible"), sort="owner__name"),
    Column("department", _("Department"), "owner.department"),
    Column("due_at", _("Due"), sort=True),
]
OPEN_COLUMNS = [
    *_WHAT,
    Column("overdue", _("Overdue for"), _overdue_for),
    Column("steps", _("Steps taken"), lambda timer: timer.climbed.bit_count()),
    Column("acknowledged_by", _("Acknowledged by")),
    Column("acknowledged_at", _("Acknowledged at")),
]
ENDED_COLUMNS = [
    *_WHAT,
    Column("stopped_at", _("Stopped"), sort=True),
    Column("late", _("Late by"), _overdue_for),
    Column("excused", _("Excused")),
    Column("acknowledged_by", _("Acknowledged by")),
]
LAG_COLUMNS = [
    Column("timer", _("Promise"), "timer.declared.title", template="sla/_escalation_cell.html"),
    Column("label", _("About"), "timer.label"),
    Column("owner", _("Responsible"), "timer.owner"),
    Column("step", _("Step"), lambda escalation: when_words(escalation.step)),
    Column("due_at", _("Due")),
    Column("noticed_at", _("Noticed")),
    Column("lag", _("Noticed late by"), lambda escalation: times.spoken(escalation.lag)),
]
