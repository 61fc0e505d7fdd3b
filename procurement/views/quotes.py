"""Quotes of a purchase request in the browser: entering them, choosing from them, handing them in."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages import uploads
from pages.answers import answer
from pages.clock import now
from pages.refusals import Refused
from sla.models.figure import local_day

from ..comparing import Comparison
from ..forms.quotes import AskForm, ChoiceForm, QuoteForm
from ..models import PurchaseRequest, Quote
from .requests import detail_context, get_deeds, get_request

may_buy = permission_required("procurement.buy", raise_exception=True)


def get_quote(request: HttpRequest, pk: int) -> Quote:
    """A quote of a request that the person may see."""
    quote = get_object_or_404(Quote.objects.select_related("supplier"), pk=pk)
    quote.request = get_request(request, quote.request_id)
    return quote


def request_being_quoted(request: HttpRequest, pk: int) -> PurchaseRequest:
    """A request whose prices are being asked for now; refused where that is over."""
    purchase = get_request(request, pk)
    if purchase.status != PurchaseRequest.Status.QUOTING:
        raise Refused(
            _("This request is “%(status)s”; that cannot be done to it.")
            % {"status": purchase.get_status_display()}
        )
    return purchase


@require_http_methods(["GET", "POST"])
@login_required
@may_buy
def quote_new(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/requests/<pk>/quotes/new/."""
    purchase, at = request_being_quoted(request, pk), now()
    form = QuoteForm(request.POST or None, request.FILES or None, request=purchase, today=local_day(at))
    if not (form.is_bound and form.is_valid()):
        return _form_page(request, form)
    supplier = form.cleaned_data["supplier"]
    purchase.quote(supplier=supplier, by=request.user, at=at, **form.particulars)
    to = request.path if "another" in request.POST else purchase
    return answer(request, "", to=to, message=_("%(supplier)s's quote is entered.") % {"supplier": supplier})


@require_http_methods(["GET", "POST"])
@login_required
@may_buy
def quote_change(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/quotes/<pk>/change/."""
    quote, at = get_quote(request, pk), now()
    purchase = request_being_quoted(request, quote.request_id)
    form = QuoteForm(
        request.POST or None, request.FILES or None, request=purchase, today=local_day(at), instance=quote
    )
    if not (form.is_bound and form.is_valid()):
        return _form_page(request, form)
    purchase.change_quote(quote, by=request.user, at=at, **form.particulars)
    return answer(request, "", to=purchase, message=_("The change is saved."))


@require_POST
@login_required
@may_buy
def quote_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/quotes/<pk>/remove/."""
    quote = get_quote(request, pk)
    quote.request.remove_quote(quote, by=request.user, at=now())
    return answer(request, "", to=quote.request, message=_("The quote is removed."))


@require_safe
@login_required
def quote_file(request: HttpRequest, pk: int) -> FileResponse:
    """GET /purchasing/quotes/<pk>/file/: the supplier's own paper."""
    quote = get_quote(request, pk)
    if not quote.file:
        raise Http404
    return uploads.send(quote.file, quote.filename, quote.content_type)


@require_http_methods(["GET", "POST"])
@login_required
@may_buy
def purchase_request_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/requests/<pk>/choose/: whose price is taken, line by line."""
    purchase, at = request_being_quoted(request, pk), now()
    comparison = Comparison(purchase, local_day(at))
    form = ChoiceForm(request.POST or None, comparison=comparison)
    if not (form.is_bound and form.is_valid()):
        context = {"purchase": purchase, "form": form, "comparison": comparison}
        status = 422 if form.is_bound else 200
        return render(request, "procurement/request_choose.html", context, status=status)
    purchase.choose(form.choices, by=request.user, at=at)
    return answer(request, "", to=purchase, message=_("The choice is saved."))


@require_POST
@login_required
@may_buy
def purchase_request_choose_cheapest(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/requests/<pk>/choose-cheapest/."""
    purchase, at = request_being_quoted(request, pk), now()
    purchase.choose_cheapest(by=request.user, at=at)
    dear = any(row.is_dear and not row.line.dear_reason for row in Comparison(purchase, local_day(at)).rows)
    to = "purchase-request-choose" if dear else "purchase-request"
    sentence = _("The cheapest of each is chosen.")
    if dear:
        sentence = _("The cheapest of each is chosen. Say why it may be dearer than last year.")
    return answer(request, "", to=reverse(to, args=[purchase.pk]), message=sentence)


@require_POST
@login_required
@may_buy
def purchase_request_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/requests/<pk>/ask/ with `few_quotes_reason`: hand it in for approval."""
    deeds, form = get_deeds(request, pk), AskForm(request.POST)
    if not form.is_valid():
        context = detail_context(deeds, ask_form=form)
        return render(request, "procurement/request_detail.html", context, status=422)
    reason = form.cleaned_data["few_quotes_reason"]
    try:
        deeds.request.ask_for_approval(by=request.user, at=now(), few_quotes_reason=reason)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        context = detail_context(get_deeds(request, pk), ask_form=form)
        return render(request, "procurement/request_detail.html", context, status=409)
    return answer(request, "", to=deeds.request, message=_("Handed in for approval."))


def _form_page(request: HttpRequest, form: QuoteForm) -> HttpResponse:
    context = {"form": form, "purchase": form.request, "quote": form.instance}
    status = 422 if form.is_bound else 200
    return render(request, "procurement/quote_form.html", context, status=status)
