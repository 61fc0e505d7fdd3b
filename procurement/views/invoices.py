"""Suppliers' invoices, entered at the order they belong to."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pages.answers import answer
from pages.clock import now
from pages.uploads import send

from ..forms.deliveries import InvoiceForm, ReasonForm
from ..models import Invoice, Order
from .orders import get_order, may_buy, verb_page

may_read = permission_required("procurement.view_invoice", raise_exception=True)


def get_invoice(request: HttpRequest, pk: int) -> Invoice:
    """The invoice of an order that is the person's business; else it does not exist."""
    visible = Order.objects.visible_to(request.user).values("pk")
    return get_object_or_404(Invoice.objects.select_related("order__supplier"), pk=pk, order__in=visible)


@require_http_methods(["GET", "POST"])
@login_required
@may_buy
def invoice_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/orders/<pk>/invoices/enter/."""
    order = get_order(request, pk)
    if request.method == "GET":
        order.refuse_unless(order.Status.PLACED, order.Status.RECEIVED)
    left = order.received_value - order.invoiced
    form = InvoiceForm(
        request.POST or None, request.FILES or None, initial={"amount": left if left > 0 else None}
    )
    if form.is_bound and form.carry_out(
        lambda: Invoice.enter(order, **form.cleaned_data, by=request.user, at=now())
    ):
        return answer(request, "", to=order, message=_("Invoice entered."))
    context = {"order": order, "form": form}
    return render(request, "procurement/invoice_enter.html", context, status=422 if form.is_bound else 200)


@require_safe
@login_required
@may_read
def invoice_file(request: HttpRequest, pk: int) -> FileResponse:
    """GET /purchasing/invoices/<pk>/file/."""
    invoice = get_invoice(request, pk)
    if not invoice.file:
        raise Http404
    return send(invoice.file, invoice.filename, invoice.content_type)


@require_http_methods(["GET", "POST"])
@login_required
@may_buy
def invoice_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/invoices/<pk>/withdraw/."""
    invoice, form = get_invoice(request, pk), ReasonForm(request.POST or None)
    if form.is_bound and form.carry_out(
        lambda: invoice.withdraw(form.cleaned_data["reason"], by=request.user, at=now())
    ):
        return answer(request, "", to=invoice.order, message=_("Invoice withdrawn."))
    words = {"record": invoice.order, "title": _("Withdraw invoice"), "words": invoice.number}
    return verb_page(request, form, words | {"deed": _("Withdraw"), "danger": True})
