"""One call after another: finding them, looking at one, and what is done to it later."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.person_field import suggestions
from pages.answers import answer, settled
from pages.clock import now
from pages.lists import List
from pages.looks import record_look
from pages.refusals import Refused
from sla.models import Timer

from ..desk import owed
from ..filters import CallFilter
from ..forms.call import CallBackForm, CheckForm, CorrectionForm, FeedbackForm, WithdrawalForm
from ..listings import CALLS, MORE
from ..models import Call
from .front_desk import CHANGED

may_change = permission_required("reception.change_call", raise_exception=True)
may_check = permission_required("reception.add_callcheck", raise_exception=True)
may_list = permission_required("reception.view_call", raise_exception=True)


def get_call(request: HttpRequest, pk: int) -> Call:
    """The call, if it is any business of the person who asks; else it does not exist."""
    return get_object_or_404(Call.objects.visible_to(request.user), pk=pk)


def call_to_change(request: HttpRequest, pk: int) -> Call:
    """The same for a verb, which reads the rest under lock and may find only then that it is Gone."""
    if request.user.has_perm("reception.view_call"):
        return Call(pk=pk)
    return get_object_or_404(Call.objects.visible_to(request.user).only("pk"), pk=pk)


class CallList(List):
    """The list of calls; taken along as a file by those who may."""

    @property
    def exports(self) -> list[tuple[str, str]]:
        return super().exports if self.request.user.has_perm("reception.export_call") else []


@require_safe
@login_required
@may_list
def calls(request: HttpRequest) -> HttpResponseBase:
    """GET /calls/: all calls, to search, filter, sort and take along."""
    taken_along = "export" in request.GET
    if taken_along and not request.user.has_perm("reception.export_call"):
        raise PermissionDenied
    rows = Call.objects.visible_to(request.user).for_rows().select_related("product", "region")
    search = {"search": Call.objects.matching, "filters": CallFilter, "sort": "-rang_at"}
    columns = CALLS + MORE if taken_along else CALLS
    return CallList(request, rows, columns, name=_("Calls"), **search).answer("reception/call_list.html")


@require_safe
@login_required
def call_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /calls/<pk>/."""
    call = get_call(request, pk)
    return render(request, "reception/call_detail.html", detail_context(request, call))


def detail_context(request: HttpRequest, call: Call, **forms_in_use: forms.BaseForm) -> dict[str, Any]:
    """What the page of one call shows; a form that came back with mistakes replaces its fresh one."""
    return {
        "call": call,
        "timers": Timer.objects.about(call).select_related("owner").order_by("started_at"),
        "checks": call.checks.select_related("checker"),
        "feedback_form": FeedbackForm(initial={"text": call.proposed_feedback}),
        "call_back_form": CallBackForm(),
        "check_form": CheckForm(instance=call.checks.filter(checker=request.user).first()),
        **forms_in_use,
    }


@require_POST
@login_required
def call_number(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /calls/<pk>/number/: the whole number; every look is recorded."""
    call = get_call(request, pk)
    if request.user.pk != call.transferred_to_id and not request.user.has_perm("reception.view_number"):
        return render(request, "reception/_call_number.html", {"call": call}, status=403)
    record_look(call, request.user, gettext_noop("phone number"))
    context = {"call": call, "shown": call.spoken_number}
    if request.htmx:
        return render(request, "reception/_call_number.html", context)
    return render(request, "reception/call_detail.html", {**detail_context(request, call), **context})


@require_POST
@login_required
@may_change
def call_hang_up(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /calls/<pk>/hang-up/."""
    call = call_to_change(request, pk).hang_up(by=request.user, at=now())
    return done(request, call, _("%(caller)s: hung up.") % {"caller": call})


@require_POST
@login_required
@may_change
def call_feed_back(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /calls/<pk>/feed-back/ with `text`."""
    call, form = get_call(request, pk), FeedbackForm(request.POST)
    if not form.is_valid():
        return mistaken(request, call, feedback_form=form)
    call.feed_back(form.cleaned_data["text"], by=request.user, at=now())
    return done(request, call, _("%(name)s has been told.") % {"name": call.transferred_to})


@require_POST
@login_required
@may_change
def call_call_back(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /calls/<pk>/call-back/ with `outcome`."""
    call, form = get_call(request, pk), CallBackForm(request.POST)
    if not form.is_valid():
        return mistaken(request, call, call_back_form=form)
    call.call_back(form.cleaned_data["outcome"], by=request.user, at=now())
    return done(request, call, _("%(caller)s: called back.") % {"caller": call})


@require_http_methods(["GET", "POST"])
@login_required
@may_change
def call_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /calls/<pk>/correct/."""
    call = get_call(request, pk)
    if call.status == Call.Status.WITHDRAWN:
        raise Refused(_("This call was withdrawn; it is not corrected any more."))
    form = CorrectionForm(request.POST or None, instance=call)
    context = {"call": call, "form": form, "people": suggestions()}
    if not form.is_bound:
        return render(request, "reception/call_correct.html", context)
    try:
        if form.is_valid():
            form.save(by=request.user)
            return done(request, call, _("%(caller)s: corrected.") % {"caller": call})
    except Refused as refusal:
        form.after_conflict(refusal)
        return render(request, "reception/call_correct.html", {**context, "conflict": True}, status=409)
    return render(request, "reception/call_correct.html", context, status=422)


@require_http_methods(["GET", "POST"])
@login_required
@may_change
def call_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /calls/<pk>/withdraw/."""
    call, form = get_call(request, pk), WithdrawalForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "reception/call_withdraw.html", {"call": call, "form": form}, status=status)
    call.withdraw(form.cleaned_data["reason"], by=request.user, at=now())
    return done(request, call, _("%(caller)s: withdrawn.") % {"caller": call})


@require_POST
@login_required
@may_check
def call_check(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /calls/<pk>/check/: the spot-check sheet."""
    call = get_call(request, pk)
    form = CheckForm(request.POST, instance=call.checks.filter(checker=request.user).first())
    if not form.is_valid():
        return mistaken(request, call, check_form=form)
    form.save(call=call, by=request.user)
    return done(request, call, _("Spot check entered."))


def done(request: HttpRequest, call: Call, message: str) -> HttpResponse:
    """Back to where the verb was given: the desk's countdowns, or the page of the call."""
    to = "front-desk" if "from_desk" in request.POST else call
    return settled(request, to=to, message=message, trigger=CHANGED)


def mistaken(request: HttpRequest, call: Call, **form: forms.BaseForm) -> HttpResponse:
    """The form with its mistakes: at the desk in words, else on the page of the call."""
    if request.htmx:
        message = " ".join(
            str(error) for errors in next(iter(form.values())).errors.values() for error in errors
        )
        return answer(
            request, "reception/_owed.html", {"owed": owed(request.user)}, message=message, status=422
        )
    return render(request, "reception/call_detail.html", detail_context(request, call, **form), status=422)
