"""The screen at the front desk: the call form, what is owed, and today's calls."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organization.models import User
from organization.person_field import suggestions
from pages import phones
from pages.answers import answer
from pages.clock import now

from ..desk import owed
from ..forms.call import CallerForm, CallForm
from ..models import Call, Customer

CHANGED = "pulse:calls, pulse:timers"
WHOLE_NUMBER = 7
"""So many digits are no end of a number by which somebody is looked up."""

at_the_desk = permission_required("reception.add_call", raise_exception=True)


def form_context(form: CallForm) -> dict[str, Any]:
    """The call form with its script and proposal; `people` are the suggestions for "somebody else"."""
    return {"form": form, "people": suggestions(), **advice(form)}


def advice(form: CallerForm) -> dict[str, Any]:
    """Script and proposal, as far as the form is filled in."""
    known = form.known
    caller_type, customer = known["caller_type"], known["customer"]
    return {
        "caller_type": caller_type,
        "script": caller_type.script_for(customer) if caller_type else [],
        "customer": customer,
        "proposal": form.proposal_at(now()) if any(known.values()) else None,
    }


def calls_context(user: User) -> dict[str, Any]:
    """Today's calls: whom to call back first, who is still on the line, then the rest, newest first."""
    calls = Call.objects.visible_to(user).for_rows()
    return {
        "missed": calls.to_call_back().order_by("rang_at")[:10],
        "active": calls.in_progress().order_by("answered_at")[:10],
        "today": calls.on_day(now()).exclude(status=Call.Status.ACTIVE)[:30],
    }


def taken_over(customer: Customer, given: QueryDict) -> dict[str, Any]:
    """What the form takes over from a known customer; the number, masked, unless a whole one was typed."""
    found = {
        "customer": customer.pk,
        "caller_name": customer.name,
        "company": customer.company,
        "product": customer.product_id or given.get("product", ""),
        "region": customer.region_id or given.get("region", ""),
    }
    if len(phones.tail(given.get("number", ""), WHOLE_NUMBER)) == WHOLE_NUMBER:
        return found
    known = {str(phone.pk): phone for phone in customer.phones.all()}
    phone = known.get(given.get("known_phone", "")) or next(iter(known.values()), None)
    return {**found, "known_phone": phone.pk, "number": phone.masked} if phone else found


def typed(query: QueryDict, **changes: Any) -> CallerForm:
    """What is in the call form so far, which nobody has sent yet."""
    return CallerForm({**query.dict(), **changes})


def opened(user: User, pk: str) -> dict[str, Any]:
    """What the form takes over from a call that the telephone system opened and nobody has completed."""
    calls = Call.objects.visible_to(user).in_progress()
    call = calls.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
    if call is None:
        return {}
    kept = ("caller_name", "company", "rings", "purpose")
    chosen = {
        name: getattr(call, f"{name}_id") or "" for name in ("customer", "caller_type", "product", "region")
    }
    return (
        {"call": call.pk, "number": phones.mask(call.number)} | chosen | {n: getattr(call, n) for n in kept}
    )


@require_safe
@login_required
@at_the_desk
def front_desk(request: HttpRequest) -> HttpResponse:
    """GET /front-desk/; ?call= completes a call opened by the telephone system, ?number= etc. fill in."""
    given = {**request.GET.dict(), "call": "", **opened(request.user, request.GET.get("call", ""))}
    context = {
        **form_context(CallForm(initial=given)),
        **calls_context(request.user),
        "owed": owed(request.user),
    }
    return render(request, "reception/front_desk.html", {**context, **advice(CallerForm(given))})


@require_POST
@login_required
@at_the_desk
def call_log(request: HttpRequest) -> HttpResponse:
    """POST /calls/log/: log the call as hung up, still on the line, or missed."""
    form = CallForm(request.POST)
    if not form.is_valid():
        context = form_context(form)
        if not request.htmx:
            context |= {**calls_context(request.user), "owed": owed(request.user)}
        template = "reception/_call_form.html" if request.htmx else "reception/front_desk.html"
        return render(request, template, context, status=422)
    call = form.save(by=request.user)
    message = _("%(caller)s: logged.") % {"caller": call}
    context = form_context(CallForm())
    return answer(
        request, "reception/_call_form.html", context, to="front-desk", message=message, trigger=CHANGED
    )


@require_POST
@login_required
@at_the_desk
def caller_lookup(request: HttpRequest) -> HttpResponse:
    """POST /front-desk/lookup/ with number, caller_name or company: customers whom that may mean.

    A POST, like the next, so that nobody's name or number gets into an access log.
    """
    given = (request.POST.get(name) for name in ("number", "caller_name", "company"))
    text = next(filter(None, given), "")
    return render(request, "reception/_lookup.html", {"text": text, "found": Customer.objects.known_by(text)})


@require_POST
@login_required
@at_the_desk
def caller_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /front-desk/caller/<pk>/: the form takes over a known customer."""
    customer = get_object_or_404(Customer.objects.live().select_related("owner"), pk=pk)
    form = typed(request.POST, **taken_over(customer, request.POST))
    return render(request, "reception/_caller_chosen.html", {"form": form, **advice(form)})


@require_safe
@login_required
@at_the_desk
def caller_proposal(request: HttpRequest) -> HttpResponse:
    """GET /front-desk/proposal/: script and proposal for what is in the form."""
    return render(request, "reception/_advice.html", advice(typed(request.GET)))


@require_safe
@login_required
@at_the_desk
def desk_owed(request: HttpRequest) -> HttpResponse:
    """GET /front-desk/owed/: the running countdowns."""
    return render(request, "reception/_owed.html", {"owed": owed(request.user)})


@require_safe
@login_required
@at_the_desk
def desk_calls(request: HttpRequest) -> HttpResponse:
    """GET /front-desk/calls/: today's calls."""
    return render(request, "reception/_desk_calls.html", calls_context(request.user))
