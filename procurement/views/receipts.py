"""Deliveries: noted, accepted on the phone by those who use the goods, withdrawn where that was wrong."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages.answers import answer
from pages.clock import now
from pages.lists import List
from sla.models import Timer

from .. import receiving
from ..delivery_filters import ReceiptFilter, ReceiptLineFilter
from ..delivery_listings import RECEIPT_LINES, RECEIPTS
from ..forms.deliveries import AcceptForm, ArrivalForm, ReasonForm, lines_to_accept, lines_to_receive
from ..models import Receipt, ReceiptLine
from .orders import get_order, verb_page

may_receive = permission_required("procurement.receive_goods", raise_exception=True)
may_list_lines = permission_required("procurement.view_receiptline", raise_exception=True)
SEARCH = ("order__supplier__name__icontains", "order__request__title__icontains", "note_number__icontains")


def get_receipt(request: HttpRequest, pk: int) -> Receipt:
    """The delivery, if it is any business of the person who asks; else it does not exist."""
    return get_object_or_404(Receipt.objects.visible_to(request.user).for_rows(), pk=pk)


@require_safe
@login_required
def receipts(request: HttpRequest) -> HttpResponseBase:
    """GET /purchasing/receipts/: everybody's for those who see them, else one's department's."""
    rows = Receipt.objects.visible_to(request.user).for_rows()
    search = {"search": SEARCH, "filters": ReceiptFilter, "sort": "-arrived_at"}
    listing = List(request, rows, RECEIPTS, name=_("Receiving and acceptance"), **search)
    waiting = Receipt.objects.to_accept(request.user).for_rows()
    return listing.answer("procurement/receipt_list.html", {"waiting": waiting})


@require_safe
@login_required
@may_list_lines
def receipt_lines(request: HttpRequest) -> HttpResponseBase:
    """GET /purchasing/receipts/lines/: what was accepted, line by line; behind the figure of 3.3.1."""
    rows = ReceiptLine.objects.filter(receipt__status="accepted").select_related(
        "order_line", "receipt__order__supplier", "receipt__order__department", "receipt__order__buyer"
    )
    search = {"search": ["order_line__name__icontains"], "filters": ReceiptLineFilter}
    listing = List(request, rows, RECEIPT_LINES, name=_("Accepted goods"), **search)
    return listing.answer("procurement/receipt_lines.html")


@require_http_methods(["GET", "POST"])
@login_required
@may_receive
def receipt_arrive(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/orders/<pk>/receive/."""
    order = get_order(request, pk)
    if request.method == "GET":
        order.refuse_unless(order.Status.PLACED)
    form = ArrivalForm(request.POST or None, order=order, lines=lines_to_receive(order))
    if form.is_bound and (noted := form.carry_out(lambda: _noted(request, order, form))):
        return answer(request, "", to=noted, message=_("%(number)s: noted.") % {"number": noted.number})
    context = {"order": order, "form": form}
    return render(request, "procurement/receipt_arrive.html", context, status=422 if form.is_bound else 200)


def _noted(request: HttpRequest, order, form: ArrivalForm) -> Receipt:
    typed = {
        name: form.cleaned_data[name] for name in ("place", "note_number", "over_reason", "remark", "once")
    }
    return Receipt.arrive(order, form.quantities(), **typed, by=request.user, at=now())


@require_safe
@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /purchasing/receipts/<pk>/."""
    receipt = get_receipt(request, pk)
    return render(request, "procurement/receipt_detail.html", _shown(request, receipt))


def _shown(request: HttpRequest, receipt: Receipt, form: AcceptForm | None = None) -> dict[str, Any]:
    """What the page of one delivery shows, with the form for those who may accept it."""
    may_accept = receipt.is_waiting and receipt.may_be_accepted_by(request.user, now())
    lines = lines_to_accept(receipt)
    return {
        "receipt": receipt,
        "lines": lines,
        "form": form or (AcceptForm(lines=lines) if may_accept else None),
        "may_withdraw": _may_withdraw(request, receipt),
        "accepters": receipt.accepters(now())[:3] if receipt.is_waiting and not may_accept else [],
        "assets": [one for line in lines if line.order_line.is_asset for one in receiving.assets_of(line)],
        "timers": Timer.objects.about(receipt).select_related("owner").order_by("started_at"),
    }


@require_POST
@login_required
def receipt_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/receipts/<pk>/accept/."""
    receipt = get_receipt(request, pk)
    if not receipt.may_be_accepted_by(request.user, now()):
        raise PermissionDenied
    form = AcceptForm(request.POST, lines=lines_to_accept(receipt))
    if form.carry_out(lambda: receipt.accept(form.findings(), by=request.user, at=now())):
        return answer(
            request, "", to=receipt, message=_("%(number)s: accepted.") % {"number": receipt.number}
        )
    receipt = get_receipt(request, pk)  # as it is: a refused verb has tried its changes on the other
    return render(request, "procurement/receipt_detail.html", _shown(request, receipt, form), status=422)


def _may_withdraw(request: HttpRequest, receipt: Receipt) -> bool:
    """Before acceptance those who receive goods; afterwards buyers and managers."""
    if receipt.status == receipt.Status.WITHDRAWN:
        return False
    right = "receive_goods" if receipt.is_waiting else "buy"
    return request.user.has_perm(f"procurement.{right}")


@require_http_methods(["GET", "POST"])
@login_required
@may_receive
def receipt_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/receipts/<pk>/withdraw/."""
    receipt, form = get_receipt(request, pk), ReasonForm(request.POST or None)
    if not _may_withdraw(request, receipt):
        raise PermissionDenied
    words = {
        "record": receipt,
        "title": _("Withdraw delivery"),
        "words": _("As a whole: out of the stock, the register of assets, the costs and the prices."),
        "deed": _("Withdraw"),
        "danger": True,
    }
    if form.is_bound and form.carry_out(
        lambda: receipt.withdraw(form.cleaned_data["reason"], by=request.user, at=now())
    ):
        return answer(
            request, "", to=receipt, message=_("%(number)s: withdrawn.") % {"number": receipt.number}
        )
    return verb_page(request, form, words)
