"""Absences: registered by oneself, by the line manager, or by the administration for all."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization import away as away_sheet
from organization.filters import AbsenceFilter
from organization.forms import AbsenceForm, WithdrawForm, people_arranged_by
from organization.models import Absence, User
from organization.standins import stand_ins
from pages.answers import answer
from pages.exports import Column
from pages.lists import List

COLUMNS = [
    Column(
        "user",
        gettext_lazy("Person"),
        "user.name",
        sort="user__pinyin",
        template="organization/_absence_who.html",
    ),
    Column(
        "starts_at",
        pgettext_lazy("absence", "From"),
        lambda one: away_sheet.first_half(one.starts_at),
        sort=True,
    ),
    Column(
        "ends_at", pgettext_lazy("absence", "Until"), lambda one: away_sheet.last_half(one.ends_at), sort=True
    ),
    Column("backup", gettext_lazy("Backup"), "user.backup.name"),
    Column("reason", gettext_lazy("Reason")),
    Column("state", gettext_lazy("Status"), lambda one: state_of(one)),
]


def state_of(absence: Absence) -> str:
    now = timezone.now()
    if absence.is_withdrawn:
        return _("Withdrawn")
    if absence.starts_at > now:
        return _("Still to come")
    return _("Past") if absence.ends_at <= now else _("Away now")


def search(text: str):
    """Absences of the people who fit."""
    return Absence.objects.filter(user__in=User.objects.matching(text))


search.do_not_call_in_templates = True  # the list page only asks whether there is one


def get_absence(user: User, pk: int) -> Absence:
    return get_object_or_404(Absence.objects.visible_to(user).select_related("user__backup"), pk=pk)


def get_own_to_arrange(user: User, pk: int) -> Absence:
    """The same, for changing it: those who may only read it are refused."""
    found = get_absence(user, pk)
    if not found.may_be_arranged_by(user):
        raise PermissionDenied
    return found


@require_safe
@login_required
def absences(request: HttpRequest) -> HttpResponseBase:
    found = Absence.objects.visible_to(request.user).select_related("user__backup")
    listing = List(
        request,
        found,
        COLUMNS,
        name=_("absences"),
        search=search,
        filters=AbsenceFilter,
        sort="-starts_at",
    )
    return listing.answer("organization/absences.html")


@require_http_methods(["GET", "POST"])
@login_required
def absence_new(request: HttpRequest) -> HttpResponse:
    form = AbsenceForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        absence = form.instance.register(by=request.user)
        return answer(
            request, "organization/_nothing.html", to=absence, message=_("The absence is registered.")
        )
    context = {"form": form, "acting": standing_in(request.user, timezone.localdate())}
    return render(request, "organization/absence_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def absence(request: HttpRequest, pk: int) -> HttpResponse:
    writes = request.method == "POST"
    found = get_own_to_arrange(request.user, pk) if writes else get_absence(request.user, pk)
    form = AbsenceForm(request.POST or None, instance=found, by=request.user)
    if writes and form.is_valid():
        found.change(found.starts_at, found.ends_at, form.cleaned_data["reason"], by=request.user)
        return answer(request, "organization/_nothing.html", to=found, message=_("The absence is changed."))
    day = timezone.localdate(get_absence(request.user, pk).starts_at)
    context = {
        "form": form,
        "absence": found,
        "withdrawing": WithdrawForm(),
        "arranges": found.may_be_arranged_by(request.user),
        "acting": standing_in(found.user, day),
    }
    return render(request, "organization/absence_form.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def absence_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_own_to_arrange(request.user, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        found.withdraw(form.cleaned_data["reason"], by=request.user)
        return answer(request, "organization/_nothing.html", to=found, message=_("The absence is withdrawn."))
    context = {
        "form": AbsenceForm(instance=found, by=request.user),
        "absence": found,
        "withdrawing": form,
        "arranges": True,
        "acting": standing_in(found.user, timezone.localdate(found.starts_at)),
    }
    return render(request, "organization/absence_form.html", context, status=422)


@require_safe
@login_required
def absence_stand_in(request: HttpRequest) -> HttpResponse:
    """Who would stand in, for the person and day chosen in the form."""
    chosen = request.GET.get("user", "")
    people = people_arranged_by(request.user)
    person = get_object_or_404(people, pk=int(chosen) if chosen.isdecimal() else request.user.pk)
    day = parse_day(request.GET.get("first_day", ""))
    return render(request, "organization/_stand_in.html", {"acting": standing_in(person, day)})


def standing_in(person: User, day: date) -> dict:
    """For the page: the person, and who would act for them on the morning of the day (None: nobody)."""
    nine = away_sheet.midnight(day) + timedelta(hours=9)
    found = stand_ins([person.backup_id], nine)[person.backup_id] if person.backup_id else None
    found = None if found == person.pk else found
    return {"person": person, "backup": person.backup, "stand_in": User.objects.filter(pk=found).first()}


def parse_day(text: str) -> date:
    """The day asked for, within reason; today when it is none."""
    today = timezone.localdate()
    try:
        day = parse_date(text)
    except ValueError:
        return today
    return day if day and abs(day.year - today.year) < 50 else today


@require_safe
@login_required
def away(request: HttpRequest) -> HttpResponse:
    """The week's sheet: who is away on which half-day, and who stands in now."""
    today = timezone.localdate()
    monday = away_sheet.monday_of(parse_day(request.GET.get("week", "")))
    context = {
        "days": [monday + timedelta(days=day) for day in range(away_sheet.DAYS)],
        "rows": away_sheet.week(monday, timezone.now()),
        "today": today,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
    }
    return render(request, "organization/away.html", context)
