"""One promise on one record: everything that is known of it, and what may be done with it."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages import clock
from pages.answers import answer

from ..chronicle import chronicles
from ..forms.excuse import DecisionForm, ExcuseForm
from ..forms.timer import PauseForm, ReassignForm, candidates
from ..models import Excuse, Timer
from ..models.policy import moment
from ..why import why_due
from ..wording import step_words
from .escalations import lines

VERBS = ("acknowledge", "reassign", "pause", "excuse")


def timer_for(user, pk: int, permission: str = "") -> Timer:
    """The timer, if `user` may see it (else 404) and holds the permission about it (else 403)."""
    known = Timer.objects.visible_to(user).select_related(
        "owner__department", "version__policy", "version__calendar", "version__created_by", "acknowledged_by"
    )
    timer = get_object_or_404(known, pk=pk)
    if permission and not user.has_perm(permission, timer):
        raise PermissionDenied
    return timer


def came_from(request: HttpRequest) -> str:
    """The page to go back to, if the address or the form names one of ours; else ""."""
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else ""


@require_safe
@login_required
def timer(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /timers/<pk>/"""
    shown, at = timer_for(request.user, pk), clock.now()
    context = {
        "timer": shown,
        "at": at,
        "reasons": why_due(shown),
        "taken": chronicles([shown])[shown.pk],
        "coming": _coming(shown, at),
        "holders": _holders(shown),
        "pauses": shown.pauses.select_related("paused_by", "resumed_by"),
        "excuses": _excuses(shown, request.user),
        "may": {verb: request.user.has_perm(f"sla.{verb}_timer", shown) for verb in VERBS},
        "may_ask": _may_ask(shown, at),
        **_forms(shown),
    }
    return render(request, "sla/timer_detail.html", context)


@require_POST
@login_required
def timer_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /timers/<pk>/acknowledge/ → the line of the escalations list, or back to the page."""
    shown = timer_for(request.user, pk, "sla.acknowledge_timer")
    shown.acknowledge(at=clock.now(), by=request.user)
    message = _("Acknowledged: nobody else is told, the clock runs on.")
    context = {"line": lines([shown], request.user)[0]}
    return answer(request, "sla/_escalation.html", context, to=came_from(request) or shown, message=message)


@require_http_methods(["GET", "POST"])
@login_required
def timer_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /timers/<pk>/pause/ (reason)."""
    shown = timer_for(request.user, pk, "sla.pause_timer")
    form = PauseForm(request.POST or None)
    if form.is_valid():
        shown.pause(at=clock.now(), by=request.user, reason=form.cleaned_data["reason"])
        return _done(request, shown, _("The clock stands still."))
    return _verb_page(request, shown, form, _("Pause the clock"))


@require_POST
@login_required
def timer_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /timers/<pk>/resume/"""
    shown = timer_for(request.user, pk, "sla.pause_timer")
    shown.resume(at=clock.now(), by=request.user)
    message = _("The clock runs again; the deadline has moved by the time it stood still.")
    return _done(request, shown, message)


@require_http_methods(["GET", "POST"])
@login_required
def timer_reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /timers/<pk>/reassign/ (to, or person to look for; reason)."""
    shown = timer_for(request.user, pk, "sla.reassign_timer")
    form = ReassignForm(request.POST or None, timer=shown)
    if form.is_valid():
        to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
        shown.reassign(to=to, at=clock.now(), by=request.user, reason=reason)
        message = _("%(person)s is responsible now.") % {"person": to}
        return _done(request, shown, message)
    return _verb_page(request, shown, form, _("Hand over to somebody else"))


@require_safe
@login_required
def timer_candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /timers/<pk>/candidates/?person= → the people to choose from, for htmx."""
    shown = timer_for(request.user, pk, "sla.reassign_timer")
    typed = request.GET.get("person", "").replace("\x00", "")[:60]
    context = {"people": candidates(shown, typed), "typed": typed.strip()}
    return render(request, "sla/_timer_candidates.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def timer_excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /timers/<pk>/excuse/ (reason)."""
    shown = timer_for(request.user, pk, "sla.excuse_timer")
    form = ExcuseForm(request.POST or None)
    if form.is_valid():
        Excuse.ask(shown, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
        message = _("The request is with the manager.")
        return _done(request, shown, message)
    return _verb_page(request, shown, form, _("Ask for an excuse"))


def _done(request: HttpRequest, shown: Timer, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect(came_from(request) or shown)


def _verb_page(request: HttpRequest, shown: Timer, form: forms.Form, heading: str) -> HttpResponse:
    """The form on a page of its own: what works without JavaScript, and where mistakes are shown."""
    context = {"timer": shown, "form": form, "heading": heading, "next": came_from(request)}
    return render(request, "sla/timer_verb.html", context, status=422 if form.is_bound else 200)


def _forms(shown: Timer) -> dict[str, forms.Form]:
    return {
        "pause_form": PauseForm(auto_id="pause-%s"),
        "reassign_form": ReassignForm(timer=shown, auto_id="reassign-%s"),
        "excuse_form": ExcuseForm(auto_id="excuse-%s"),
    }


def _coming(shown: Timer, now: dt.datetime) -> list[tuple[dt.datetime, Any, str]]:
    """The steps not taken yet: (moment, words, why it will not come or ""); not what the screen has shown."""
    steps = sorted(
        (moment(step, shown.started_at, shown.due_at), step.position, step)
        for step in shown.version.steps.all()
        if not shown.climbed >> step.position & 1
    )
    silent = _silence(shown)
    return [
        (at, step_words(step), silent)
        for at, _position, step in steps
        if step.channels or (at > now and not shown.stopped_at)
    ]


def _may_ask(shown: Timer, at: dt.datetime) -> bool:
    """Whether there is a miss for which no excuse was asked or granted yet."""
    missed = shown.is_overdue(at) and shown.outcome != Timer.Outcome.CANCELLED
    return missed and not shown.excuses.exclude(state=Excuse.State.REFUSED).exists()


def _silence(shown: Timer) -> str:
    """Why the steps that would tell somebody do not come for now, if so."""
    if shown.stopped_at:
        return _("not needed: the timer has stopped")
    if shown.acknowledged_at:
        return _("left out: acknowledged")
    if shown.paused_at:
        return _("waits while the clock stands still")
    return ""


def _holders(shown: Timer) -> list[dict[str, Any]]:
    """Who was responsible from when to when; the last one still is (`until` None), or was at the end."""
    past = list(shown.holdings.select_related("holder", "handed_over_by"))
    rows = [{"holder": one.holder, "since": one.since, "until": one.until, "handed": one} for one in past]
    since = past[-1].until if past else shown.started_at
    return [*rows, {"holder": shown.owner, "since": since, "until": shown.stopped_at, "handed": None}]


def _excuses(shown: Timer, user) -> list[dict[str, Any]]:
    asked = shown.excuses.select_related("asked_by", "decided_by", "timer__owner")
    return [
        {"excuse": one, "may_decide": user.has_perm("sla.decide_excuse", one), "form": DecisionForm()}
        for one in asked
    ]
