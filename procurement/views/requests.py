"""Purchase requests in the browser: finding them, asking for something, and looking at one."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organization.person_field import suggestions
from pages import asked
from pages.answers import answer
from pages.clock import now
from pages.lists import List
from pages.refusals import Refused
from sla.models import Timer
from sla.models.figure import local_day

from .. import approving
from ..comparing import Comparison
from ..forms.deciding import ApproveForm, ReasonForm
from ..forms.quotes import AskForm
from ..forms.requests import RequestForm, line_initial, offered_items, spell_item
from ..models import PurchaseRequest
from ..request_deeds import Deeds
from ..request_filters import PurchaseRequestFilter
from ..request_listings import MORE, REQUESTS
from ..request_stages import stages

Status = PurchaseRequest.Status
RELATED = ("department__head", "requester", "buyer", "confirmer", "confirmed_by", "shortage__item")


def get_request(request: HttpRequest, pk: int) -> PurchaseRequest:
    """The purchase request, if it is any business of the person who asks; else it does not exist."""
    visible = PurchaseRequest.objects.visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(visible, pk=pk)


def get_deeds(request: HttpRequest, pk: int) -> Deeds:
    """The same with what the person may do to it."""
    return Deeds(get_request(request, pk), request.user, now())


@require_safe
@login_required
def purchase_requests(request: HttpRequest) -> HttpResponseBase:
    """GET /purchasing/requests/: to search, filter, sort and take along."""
    rows = PurchaseRequest.objects.visible_to(request.user).for_rows()
    columns = REQUESTS
    if "export" in request.GET:
        rows = rows.select_related("confirmed_by").prefetch_related("lines")
        columns = REQUESTS + MORE
    search = {"search": PurchaseRequest.objects.matching, "filters": PurchaseRequestFilter}
    listing = List(request, rows, columns, name=_("Purchase requests"), sort="-created_at", **search)
    return listing.answer("procurement/request_list.html")


@require_safe
@login_required
def purchase_request(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /purchasing/requests/<pk>/."""
    deeds = get_deeds(request, pk)
    return render(request, "procurement/request_detail.html", detail_context(deeds))


def detail_context(deeds: Deeds, **forms_in_use: forms.BaseForm) -> dict[str, Any]:
    """What the page of one request shows; a form that came back with mistakes replaces its fresh one."""
    request, day = deeds.request, local_day(deeds.at)
    comparison = Comparison(request, day)
    judged = request.status in (Status.QUOTING, Status.APPROVAL) and comparison.is_priced
    return {
        "purchase": request,
        "deeds": deeds,
        "stages": stages(request),
        "comparison": comparison,
        "gaps": comparison.gaps("-") if deeds.quote and comparison.quotes else [],
        "steps": request.approvals.select_related("person", "decided_by").exclude(status="dropped"),
        "crossings": approving.crossings(request, day) if judged else [],
        "timers": Timer.objects.about(request).running().select_related("owner"),
        "orders": request.orders.select_related("supplier"),
        "ask_form": AskForm(initial={"few_quotes_reason": request.few_quotes_reason}),
        "reason_form": ReasonForm(initial={"seen": request.version}),
        "approve_form": ApproveForm(initial={"seen": request.version}),
        **forms_in_use,
    }


@require_safe
@login_required
def purchase_request_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /purchasing/requests/<pk>/sheet/: the request form (采购申请单) for paper and signatures."""
    purchase = get_request(request, pk)
    context = {
        "purchase": purchase,
        "comparison": Comparison(purchase, local_day(now())),
        "steps": purchase.approvals.select_related("person", "decided_by").exclude(status="dropped"),
        "printed_at": now(),
    }
    return render(request, "procurement/request_sheet.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def purchase_request_new(request: HttpRequest) -> HttpResponse:
    """GET and POST /purchasing/requests/new/; ?like=<pk> begins with what another one asked for."""
    if request.method == "GET":
        return _form_page(request, RequestForm(by=request.user, **_like(request)))
    form = RequestForm(request.POST, by=request.user)
    if "more" in request.POST:
        return _form_page(request, form.with_more_rows())
    if not form.is_valid():
        return _form_page(request, form)
    purchase = PurchaseRequest.draft(
        by=request.user,
        lines=form.wanted,
        once=form.cleaned_data["once"],
        at=now(),
        **form.fields_given,
    )
    return _saved(request, purchase)


@require_http_methods(["GET", "POST"])
@login_required
def purchase_request_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/requests/<pk>/amend/."""
    deeds = get_deeds(request, pk)
    purchase = deeds.request
    if not deeds.amend:
        raise PermissionDenied
    form = RequestForm(request.POST or None, by=request.user, instance=purchase)
    if "more" in request.POST:
        return _form_page(request, form.with_more_rows(), purchase)
    if not form.is_bound or not form.is_valid():
        return _form_page(request, form, purchase)
    seen = form.cleaned_data["version"]
    try:
        purchase.amend(form.fields_given, form.wanted, by=request.user, expected_version=seen, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, form, purchase, status=409)
    return _saved(request, purchase)


def _like(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with: another request's wish, or an item that is to be bought."""
    if (like := asked.key(request.GET.get("like"))) is not None:
        other = get_request(request, like)
        lines = [{**line_initial(line), "pk": None} for line in other.lines.select_related("item")]
        return {"initial": {"title": other.title, "purpose": other.purpose}, "lines": lines}
    item = next((one for one in offered_items() if str(one.pk) == request.GET.get("item")), None)
    if item is None:
        return {}
    line = {"item": spell_item(item), "name": item.name, "specification": item.specification}
    more = {"unit": item.unit, "category": item.category_id, "quantity": item.lacking or None}
    return {"initial": {"title": item.name}, "lines": [line | more]}


def _form_page(
    request: HttpRequest, form: RequestForm, purchase: PurchaseRequest | None = None, status: int = 0
) -> HttpResponse:
    context = {"form": form, "purchase": purchase, "people": suggestions(), "items": offered_items()}
    status = status or (422 if form.is_bound else 200)
    return render(request, "procurement/request_form.html", context, status=status)


def _saved(request: HttpRequest, purchase: PurchaseRequest) -> HttpResponse:
    """To the page of the request; handed in where that was asked for and can be."""
    if "hand_in" not in request.POST or purchase.status != Status.DRAFT:
        return answer(request, "", to=purchase, message=_("The request is saved."))
    purchase.submit(by=request.user, at=now())
    sentence = _("Handed in: %(name)s confirms the requirement.") % {"name": purchase.confirmer}
    return answer(request, "", to=purchase, message=sentence)
