"""Prices paid: the list, one thing over time, a purchase typed in from before, and why it was dearer."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pages.answers import answer
from pages.clock import now
from pages.lists import List
from sla.models.figure import local_day

from .. import past_prices, price_course
from .. import prices as memory
from ..delivery_filters import PriceFilter
from ..delivery_listings import PRICES
from ..forms.deliveries import ReasonForm
from ..forms.prices import PriceForm
from ..models import Price
from .orders import may_buy, verb_page

may_see = permission_required("procurement.view_price", raise_exception=True)
may_enter = permission_required("procurement.add_price", raise_exception=True)
MOST_SHOWN = 500


@require_safe
@login_required
@may_see
def price_list(request: HttpRequest) -> HttpResponseBase:
    """GET /purchasing/prices/."""
    rows = Price.objects.for_rows()
    search = {"search": Price.objects.matching, "filters": PriceFilter, "sort": "-day"}
    listing = List(request, rows, PRICES, name=_("Prices paid"), **search)
    return listing.answer("procurement/price_list.html")


@require_safe
@login_required
@may_see
def price_history(request: HttpRequest) -> HttpResponse:
    """GET /purchasing/prices/of/?of=<likeness>: what one thing cost over time."""
    alike = request.GET.get("of", "").replace("\x00", "")[: memory.LONGEST]
    rows = list(Price.objects.filter(likeness=alike).for_rows()[:MOST_SHOWN])
    if not rows:
        raise Http404
    hint = memory.hints([(alike, local_day(now()))])[alike]
    context = {"rows": rows, "newest": rows[0], "hint": hint, "chart": price_course.chart(rows)}
    return render(request, "procurement/price_history.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@may_enter
def price_enter(request: HttpRequest) -> HttpResponse:
    """GET and POST /purchasing/prices/new/: a purchase from before, typed in."""
    form = PriceForm(request.POST or None)
    if form.is_bound and form.is_valid():
        price = past_prices.enter(form.purchase(), by=request.user, once=form.cleaned_data["once"])
        return answer(request, "", to=price, message=_("%(name)s: entered.") % {"name": price.name})
    status = 422 if form.is_bound else 200
    return render(request, "procurement/price_enter.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@login_required
@may_buy
def price_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/prices/<pk>/explain/: why it was dearer than last year."""
    price = get_object_or_404(Price.objects.for_rows(), pk=pk)
    form = ReasonForm(request.POST or None, initial={"reason": price.reason})
    if form.is_bound and form.carry_out(lambda: price.explain(form.cleaned_data["reason"], by=request.user)):
        return answer(request, "", to=price, message=_("%(name)s: reason noted.") % {"name": price.name})
    words = {"record": price, "title": _("Why dearer than last year"), "deed": _("Save")}
    return verb_page(request, form, words | {"words": price.name})
