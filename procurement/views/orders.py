"""Orders: drawn up, brought into their final form, placed, called off, printed."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages.answers import answer
from pages.clock import now
from pages.lists import List
from pages.once import OnceField
from sla.models import Timer
from sla.models.figure import local_day

from .. import ordering
from ..delivery_filters import OrderFilter
from ..delivery_listings import ORDERS
from ..forms.deliveries import CancelLineForm, ReasonForm, ReviseForm
from ..models import Order, PurchaseRequest

may_list = permission_required("procurement.view_order", raise_exception=True)
may_buy = permission_required("procurement.buy", raise_exception=True)
may_release = permission_required("procurement.arrange_procurement", raise_exception=True)


def get_order(request: HttpRequest, pk: int) -> Order:
    """The order, if it is any business of the person who asks; else it does not exist."""
    return get_object_or_404(Order.objects.visible_to(request.user).for_rows(), pk=pk)


@require_safe
@login_required
@may_list
def orders(request: HttpRequest) -> HttpResponseBase:
    """GET /purchasing/orders/."""
    rows = Order.objects.visible_to(request.user).for_rows()
    search = {"search": Order.objects.matching, "filters": OrderFilter, "sort": "-created_at"}
    listing = List(request, rows, ORDERS, name=_("Purchase orders"), **search)
    return listing.answer("procurement/order_list.html", {"today": local_day(now())})


@require_safe
@login_required
@may_buy
def order_new(request: HttpRequest) -> HttpResponse:
    """GET /purchasing/orders/new/?request=<pk>: what is left to be ordered, supplier by supplier."""
    asked = request.GET.get("request", "")
    wanted = get_object_or_404(PurchaseRequest, pk=int(asked) if asked.isdecimal() and len(asked) < 12 else 0)
    by_supplier: dict[Any, list] = {}
    for one in wanted.lines_to_order():
        by_supplier.setdefault(one.supplier, []).append(one)
    return render(request, "procurement/order_new.html", {"wanted": wanted, "by_supplier": by_supplier})


@require_POST
@login_required
@may_buy
def order_draw_up(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/orders/new/<pk of the request>/: one draft per supplier."""
    wanted = get_object_or_404(PurchaseRequest, pk=pk)
    once = OnceField().clean(request.POST.get("once"))
    drawn = ordering.draw_up(wanted, by=request.user, at=now(), once=once)
    message = ngettext("%(count)d order drawn up.", "%(count)d orders drawn up.", len(drawn))
    to = drawn[0] if len(drawn) == 1 else wanted
    return answer(request, "", to=to, message=message % {"count": len(drawn)})


@require_safe
@login_required
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /purchasing/orders/<pk>/."""
    return render(request, "procurement/order_detail.html", _shown(get_order(request, pk)))


def _shown(order: Order) -> dict[str, Any]:
    """What the page of one order shows."""
    day = local_day(now() if order.is_draft else order.placed_at or order.created_at)
    lines = ordering.compared(order, day)
    dear = ordering.dear(lines)
    return {
        "order": order,
        "lines": lines,
        "unexplained": [line for line in dear if not line.dear_reason],
        "crossings": ordering.crossings(order) if order.is_draft else [],
        "receipts": order.receipts.select_related("received_by", "accepted_by", "place"),
        "invoices": order.invoices.select_related("entered_by"),
        "claims": order.reimbursements.select_related("claimant", "invoice"),
        "timers": Timer.objects.about(order).select_related("owner").order_by("started_at"),
        "today": local_day(now()),
    }


@require_http_methods(["GET", "POST"])
@login_required
@may_buy
def order_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/orders/<pk>/revise/."""
    order = get_order(request, pk)
    order.refuse_unless(order.Status.DRAFT)
    lines = ordering.compared(order, local_day(now()))
    form = ReviseForm(request.POST or None, order=order, lines=lines)
    if form.is_bound and form.carry_out(lambda: order.revise(**_revised(form), by=request.user)):
        return answer(request, "", to=order, message=_("%(order)s: saved.") % {"order": order.number})
    status = 422 if form.is_bound else 200
    return render(request, "procurement/order_revise.html", {"order": order, "form": form}, status=status)


def _revised(form: ReviseForm) -> dict[str, Any]:
    typed = form.cleaned_data
    return {
        "expected_on": typed["expected_on"],
        "terms": typed["terms"],
        "quantities": form.typed("quantity"),
        "reasons": form.typed("reason"),
    }


@require_POST
@login_required
@may_buy
def order_place(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/orders/<pk>/place/; what the budgets warn of is said along with it."""
    order = get_order(request, pk)
    crossings = ordering.crossings(order)
    order.place(by=request.user, at=now())
    words = [_("%(order)s: placed.") % {"order": order.number}, *(one.sentence for one in crossings)]
    return answer(request, "", to=order, message=" ".join(words))


@require_POST
@login_required
@may_release
def order_release(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/orders/<pk>/release/."""
    order = get_order(request, pk).release(by=request.user, at=now())
    return answer(request, "", to=order, message=_("%(order)s: released.") % {"order": order.number})


@require_http_methods(["GET", "POST"])
@login_required
@may_buy
def order_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/orders/<pk>/ask/: ask the manager to let it cross a budget."""
    order, form = get_order(request, pk), ReasonForm(request.POST or None)
    words = {"title": _("Ask for release"), "deed": _("Ask"), "order": order}
    if form.is_bound and form.carry_out(
        lambda: order.ask(form.cleaned_data["reason"], by=request.user, at=now())
    ):
        return answer(request, "", to=order, message=_("The admin managers have been told."))
    return verb_page(request, form, words | {"record": order})


@require_http_methods(["GET", "POST"])
@login_required
@may_buy
def order_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/orders/<pk>/cancel/."""
    order, form = get_order(request, pk), ReasonForm(request.POST or None)
    words = {
        "title": _("Cancel order"),
        "words": _("What has not come is called off, and the budget is free again."),
        "deed": _("Cancel the order"),
        "danger": True,
    }
    if form.is_bound and form.carry_out(
        lambda: order.cancel(form.cleaned_data["reason"], by=request.user, at=now())
    ):
        return answer(request, "", to=order, message=_("%(order)s: cancelled.") % {"order": order.number})
    return verb_page(request, form, words | {"record": order})


@require_http_methods(["GET", "POST"])
@login_required
@may_buy
def order_cancel_line(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """GET and POST /purchasing/orders/<pk>/lines/<line_pk>/cancel/."""
    order = get_order(request, pk)
    line = get_object_or_404(order.lines, pk=line_pk)
    form = CancelLineForm(request.POST or None, initial={"quantity": line.outstanding})
    if form.is_bound and form.carry_out(
        lambda: order.cancel_line(line, **form.cleaned_data, by=request.user, at=now())
    ):
        return answer(request, "", to=order, message=_("%(line)s: called off.") % {"line": line})
    words = {"title": _("Call off the rest"), "words": line, "deed": _("Call off"), "danger": True}
    return verb_page(request, form, words | {"record": order})


@require_safe
@login_required
def order_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /purchasing/orders/<pk>/paper/: the order as it is sent to the supplier."""
    from .. import order_paper as paper  # ReportLab, only when something is printed

    order = get_order(request, pk)
    order.refuse_unless(order.Status.PLACED, order.Status.RECEIVED, order.Status.DRAFT)
    response = HttpResponse(paper.pdf(order), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{order.number}.pdf"'
    return response


def verb_page(request: HttpRequest, form: forms.BaseForm, words: dict[str, Any]) -> HttpResponse:
    """A page on which one verb is given with a reason; `words`: record, title, words, deed, danger."""
    status = 422 if form.is_bound else 200
    return render(request, "procurement/verb.html", {**words, "form": form}, status=status)
