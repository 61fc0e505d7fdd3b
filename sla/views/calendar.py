"""The pages about working time: everybody may look and ask "what if", the manager decides."""

from datetime import date
from operator import itemgetter

from django.contrib.auth.decorators import login_required, permission_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages.answers import answer
from pages.exports import Column, export

from .. import calendars as office_calendars
from ..explanations import moment_text, sentences
from ..forms import DayForm, NoticeForm, TakeOverForm, TryForm, WeekForm, WithdrawForm
from ..hours import NoWorkingTime, windows_text
from ..models import Calendar, CalendarHours, ConfirmedYear, DayOverride, Policy
from ..yearsheet import WEEKDAYS, months, what

YEARS_AROUND = 50
EXAMPLE_ROWS = [(date(2026, 10, 1), "否", "国庆节"), (date(2026, 10, 10), "是", "国庆节调休")]
EXAMPLE_COLUMNS = [
    Column("day", "日期", itemgetter(0)),
    Column("working", "是否上班", itemgetter(1)),
    Column("name", "名称", itemgetter(2)),
]
may_change = permission_required("sla.change_calendar", raise_exception=True)


def get_calendar(pk: int) -> Calendar:
    """Everybody may look at every calendar: whoever is promised something may know how it is counted."""
    return get_object_or_404(Calendar, pk=pk)


def get_tunable(pk: int) -> Calendar:
    """A calendar whose hours can be decided: one around the clock has none to decide."""
    return get_object_or_404(Calendar, pk=pk, always=False)


def get_year(text: str) -> int:
    """The year asked for; this year when none was, or one too far away."""
    this_year = timezone.localdate().year
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else this_year
    return year if abs(year - this_year) <= YEARS_AROUND else this_year


def get_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if abs(day.year - timezone.localdate().year) > YEARS_AROUND:
        raise Http404
    return day


@require_safe
@login_required
def calendars(request: HttpRequest) -> HttpResponse:
    year = get_year(request.GET.get("year", ""))
    shown = [
        {"calendar": row, "week": week_lines(row), "today": row.hours()} for row in Calendar.objects.all()
    ]
    declared = DayOverride.objects.filter(date__year=year).select_related("calendar", "declared_by")
    context = {"calendars": shown, "declared": declared, **year_context(year)}
    return render(request, "sla/calendar_list.html", context)


@require_safe
@login_required
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_calendar(pk)
    year = get_year(request.GET.get("year", ""))
    context = {
        "calendar": found,
        "week": week_lines(found),
        "months": months(found.hours(), year, timezone.localdate()),
        "weekdays": WEEKDAYS,
        "policies": Policy.objects.filter(current__calendar=found),
        **year_context(year, found),
    }
    return render(request, "sla/calendar_page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@may_change
def calendar_hours(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_tunable(pk)
    form = WeekForm(request.POST or None, calendar=found)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        with transaction.atomic():
            found.set_hours(form.week, by=request.user, reason=reason)
            found.observe_holidays(form.cleaned_data["observes_holidays"], by=request.user, reason=reason)
        return answer(request, "sla/calendar_hours.html", to=found, message=_("The hours are changed."))
    context = {"calendar": found, "form": form}
    return render(request, "sla/calendar_hours.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
@may_change
def calendar_day(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    found, on = get_tunable(pk), get_day(day)
    form = DayForm(request.POST or None, calendar=found, day=on)
    if request.method == "POST" and form.is_valid():
        DayOverride.declare(on, by=request.user, **form.wanted)
        return answer(
            request, "sla/calendar_day.html", to=year_url(found, on.year), message=_("The day is decided.")
        )
    context = {"calendar": found, "day": on, "form": form, **day_context(found, on)}
    return render(request, "sla/calendar_day.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
@may_change
def day_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    declared = get_object_or_404(DayOverride.objects.select_related("calendar"), pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        back = year_url(declared.calendar, declared.date.year)
        declared.withdraw(by=request.user, reason=form.cleaned_data["reason"])
        return answer(
            request, "sla/calendar_withdraw.html", to=back, message=_("The decision is taken back.")
        )
    context = {"declared": declared, "form": form}
    return render(request, "sla/calendar_withdraw.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
@may_change
def calendar_notice(request: HttpRequest) -> HttpResponse:
    """Choose the file, and look at what it would decide; nothing is written here."""
    form = NoticeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        context = {"form": form, "preview": form.preview, "ticket": form.ticket}
        return render(request, "sla/calendar_notice_preview.html", context)
    return render(request, "sla/calendar_notice.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@login_required
@may_change
def calendar_notice_apply(request: HttpRequest) -> HttpResponse:
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        return render(request, "sla/calendar_notice.html", {"form": NoticeForm(), "stale": form}, status=422)
    year, decisions = form.cleaned_data["ticket"]
    confirm = form.cleaned_data["confirm"]
    office_calendars.take_over_notice(decisions, confirm=year if confirm else None, by=request.user)
    done = ngettext("%(count)d day is taken over.", "%(count)d days are taken over.", len(decisions))
    message = done % {"count": len(decisions)}
    return answer(request, "sla/calendar_notice.html", to=year_url(None, year), message=message)


@require_safe
@login_required
@may_change
def calendar_notice_template(request: HttpRequest) -> HttpResponseBase:
    """An example sheet with the headings."""
    return export(EXAMPLE_ROWS, EXAMPLE_COLUMNS, _("holiday notice"), "xlsx")


@require_POST
@login_required
@may_change
def year_confirm(request: HttpRequest, year: int) -> HttpResponse:
    ConfirmedYear.confirm(get_year(str(year)), by=request.user)
    message = _("The holidays of %(year)d are confirmed.") % {"year": year}
    return answer(request, "sla/calendar_list.html", to=year_url(None, year), message=message)


@require_POST
@login_required
@may_change
def year_withdraw(request: HttpRequest, year: int) -> HttpResponse:
    confirmed = get_object_or_404(ConfirmedYear.objects.exclude(confirmed_by=None), year=year)
    confirmed.withdraw(by=request.user)
    message = _("The holidays of %(year)d are open again.") % {"year": year}
    return answer(request, "sla/calendar_list.html", to=year_url(None, year), message=message)


@require_safe
@login_required
def calendar_try(request: HttpRequest) -> HttpResponse:
    """What if: when would it be due, and why."""
    form = TryForm(request.GET if "kind" in request.GET else None, initial=TryForm.usual(timezone.now()))
    context = {"form": form, **(tried(form) if form.is_bound and form.is_valid() else {})}
    template = "sla/_calendar_answer.html" if getattr(request, "htmx", False) else "sla/calendar_try.html"
    return render(request, template, context, status=422 if form.errors else 200)


def tried(form: TryForm) -> dict:
    """The answer of the what-if form: due, in words why; or why there is none."""
    asked = form.cleaned_data
    try:
        why = form.deadline.explain(asked["start"], asked["calendar"].hours(), asked.get("given"))
    except NoWorkingTime as error:
        return {"refused": str(error)}
    due = why[-1].data["at"]
    return {"due": due, "due_text": moment_text(due), "why": sentences(why[:-1])}


def week_lines(calendar: Calendar) -> list[tuple[str, str]]:
    """The week in as few lines as it takes: neighbours with the same hours stand together."""
    lines: list[list] = []
    for row, label in zip(calendar.hours().week, CalendarHours.Weekday.labels, strict=True):
        text = windows_text(row)
        if lines and lines[-1][2] == text:
            lines[-1][1] = label
        else:
            lines.append([label, label, text])
    return [(first if first == last else f"{first}–{last}", text) for first, last, text in lines]


def year_context(year: int, calendar: Calendar | None = None) -> dict:
    """What a page about a year shows around it: its neighbours, and whether it is announced."""
    office = calendar or Calendar.objects.ruled_by_holidays().first()
    return {
        "year": year,
        "is_confirmed": office.hours().is_confirmed(year) if office else True,
        "confirmed": ConfirmedYear.objects.select_related("confirmed_by").filter(year=year).first(),
    }


def day_context(calendar: Calendar, on: date) -> dict:
    """What the day is now, and the decision in force: the calendar's own before the one for all."""
    declared = DayOverride.objects.filter(date=on, calendar=calendar).first()
    if declared is None and calendar.observes_holidays:
        declared = DayOverride.objects.filter(date=on, calendar=None).first()
    return {"what": what(calendar.hours().day(on)), "declared": declared}


def year_url(calendar: Calendar | None, year: int) -> str:
    page = reverse("calendar", args=[calendar.pk]) if calendar else reverse("calendars")
    return f"{page}?year={year}"
