"""The duties of the department: which there are, when and by whom, and how the manager sets them up."""

import datetime as dt

import django_filters
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.models import User
from organization.person_field import suggestions
from organization.roles import Role
from pages import clock
from pages.exports import Column
from pages.lists import List

from .. import evidence, standards
from ..coming import Coming, coming
from ..duty_access import visible_duties
from ..duty_words import clause_words, declared, going, how_it_ended, when_words, who_words, window_words
from ..forms.duty import clauses
from ..forms.duty_setting import PREVIEW, SAVE, DutySetting
from ..forms.occurrence import ReasonForm
from ..hours import NoWorkingTime
from ..models import Duty, DutyTurn, Occurrence

AHEAD_SHOWN, PAST_SHOWN = 10, 20
SELECT = forms.Select(attrs={"class": "form-select"})


def duty_for(user, pk: int, permission: str = "") -> Duty:
    """The duty, if `user` has a part in it or oversees all (else 404), with the permission (else 403)."""
    known = visible_duties(user).select_related("person", "calendar").prefetch_related("turns__person")
    duty = get_object_or_404(known, pk=pk)
    if permission and not user.has_perm(permission):
        raise PermissionDenied
    return duty


@require_safe
@login_required
def duties(request: HttpRequest) -> HttpResponseBase:
    """GET /duties/"""
    ahead = Occurrence.objects.ahead().filter(duty=OuterRef("pk")).order_by("due_at").values("due_at")
    base = visible_duties(request.user).select_related("person", "calendar").prefetch_related("turns__person")
    base = base.annotate(next_at=Subquery(ahead[:1]))
    listing = List(
        request,
        base,
        COLUMNS,
        name=_("Duties"),
        search=lambda text: searched(base, text),
        filters=DutyFilter,
        sort="next_at",
    )
    return listing.answer("sla/duty_list.html", {"tab": "list"})


@require_safe
@login_required
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /duties/<pk>/: the rule in words, the next dates, how it went."""
    shown, at = duty_for(request.user, pk), clock.now()
    ahead = _lines(shown.occurrences.ahead().order_by("due_at")[:AHEAD_SHOWN], at)
    past = shown.occurrences.filter(ended_at__isnull=False).order_by("-due_at")
    context = {
        "duty": shown,
        "standard": declared(shown),
        "who": who_words(shown),
        "window": window_words(shown.opens, shown.closes),
        "asks": evidence.load_asks(shown.evidence),
        "ahead": ahead,
        "past": _lines(past[:PAST_SHOWN], at),
        "later": _not_laid_out(shown, at, AHEAD_SHOWN - len(ahead)),
    }
    return render(request, "sla/duty_detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@permission_required("sla.add_duty", raise_exception=True)
def duty_new(request: HttpRequest) -> HttpResponse:
    """GET and POST /duties/new/ (do: save, preview, add-ask, …); ?standard= proposes the clause."""
    proposed = {"standard": request.GET.get("standard", "")}
    return _set(request, DutySetting(None, clock.now(), request.POST or None, initial=proposed))


@require_http_methods(["GET", "POST"])
@login_required
def duty_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /duties/<pk>/edit/"""
    shown = duty_for(request.user, pk, "sla.change_duty")
    return _set(request, DutySetting(shown, clock.now(), request.POST or None))


@require_http_methods(["GET", "POST"])
@login_required
def duty_end(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /duties/<pk>/end/ (reason)."""
    shown = duty_for(request.user, pk, "sla.change_duty")
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        shown.end(reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
        messages.success(request, _("The duty has ended; what lies ahead falls away."))
        return redirect(shown)
    return render(
        request, "sla/duty_end.html", {"duty": shown, "form": form}, status=422 if form.is_bound else 200
    )


@require_POST
@login_required
def duty_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /duties/<pk>/resume/"""
    shown = duty_for(request.user, pk, "sla.change_duty")
    shown.resume(by=request.user, at=clock.now())
    messages.success(request, _("The duty is in force again."))
    return redirect(shown)


def _set(request: HttpRequest, setting: DutySetting) -> HttpResponse:
    """One turn of the form: saved, reshaped, or tried out."""
    if setting.do == SAVE and setting.is_valid():
        saved = setting.save(by=request.user)
        messages.success(
            request, _("The duty is in force.") if not setting.duty else _("The change is in force.")
        )
        return redirect(saved)
    if setting.do not in ("", SAVE, PREVIEW):
        setting = setting.reshaped()
    context = {"setting": setting, "duty": setting.duty, "people": suggestions()}
    return render(request, "sla/duty_edit.html", context, status=422 if setting.do == SAVE else 200)


def _lines(occurrences: QuerySet[Occurrence], at: dt.datetime) -> list[dict]:
    """Occurrences with how each stands, in words."""
    known = occurrences.select_related("person", "ended_by", "duty")
    return [{"occurrence": one, "going": going(one, at), "ended": how_it_ended(one)} for one in known]


def _not_laid_out(shown: Duty, at: dt.datetime, count: int) -> list[Coming]:
    """What comes after the last date that is laid out; nothing of a duty that has ended."""
    if not shown.active or count < 1:
        return []
    laid = shown.laid_until or shown.since - dt.timedelta(days=1)
    pattern = shown.pattern._replace(since=max(shown.since, laid + dt.timedelta(days=1)))
    try:
        return coming(pattern, at, count)
    except NoWorkingTime:
        return []


def searched(known: QuerySet[Duty], text: str) -> QuerySet[Duty]:
    """By what is to be done, by the clause, by who does it."""
    roles = [value for value, label in Role.choices if text.lower() in str(label).lower()]
    people = User.objects.matching(text).values("pk")
    turns = DutyTurn.objects.filter(person__in=people).values("duty")
    what = Q(title__icontains=text) | Q(instructions__icontains=text)
    clause = Q(standard__in=standards.matching(text))
    return known.filter(what | clause | Q(team__in=roles) | Q(person__in=people) | Q(pk__in=turns))


def people_with_duties(request: HttpRequest | None) -> QuerySet[User]:
    """Whoever has a part in the duties that the reader sees, to choose from."""
    seen = visible_duties(request.user)
    turn = DutyTurn.objects.filter(duty__in=seen, person=OuterRef("pk"))
    return User.objects.filter(Exists(seen.filter(person=OuterRef("pk"))) | Exists(turn)).order_by(
        "name", "pk"
    )


class DutyFilter(django_filters.FilterSet):
    standard = django_filters.ChoiceFilter(
        label=_("Clause"), choices=clauses, empty_label=_("All"), widget=SELECT
    )
    person = django_filters.ModelChoiceFilter(
        label=_("Person"),
        queryset=people_with_duties,
        method="of_person",
        empty_label=_("All"),
        widget=SELECT,
    )
    team = django_filters.ChoiceFilter(
        label=_("Role"), choices=Role.choices, empty_label=_("All"), widget=SELECT
    )
    active = django_filters.ChoiceFilter(
        label=_("In force"),
        method="by_force",
        choices=[("yes", _("yes")), ("no", _("no"))],
        empty_label=_("All"),
        widget=SELECT,
    )

    class Meta:
        model = Duty
        fields: list[str] = []

    def of_person(self, rows: QuerySet, name: str, person: User) -> QuerySet:
        turns = DutyTurn.objects.filter(person=person).values("duty")
        return rows.filter(Q(person=person) | Q(pk__in=turns))

    def by_force(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(active=value == "yes")


COLUMNS = [
    Column("title", _("What is to be done"), template="sla/_duty_cell.html", sort=True),
    Column("standard", _("Clause"), clause_words),
    Column("rule", _("When"), when_words),
    Column("window", _("Window"), lambda duty: window_words(duty.opens, duty.closes)),
    Column("who", _("Done by"), who_words),
    Column("next_at", _("Next due"), sort=True),
    Column("active", _("In force")),
]
