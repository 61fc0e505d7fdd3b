"""Stocktakes: which there are, opening one, how one stands, handing it in, and calling it off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.models import User
from pages.answers import answer
from pages.clock import now
from pages.exports import Column
from pages.lists import List

from .. import counting, stocktake_results
from ..filters_stocktakes import StocktakeFilter
from ..forms.stocktakes import OpenForm, ReasonForm
from ..models import Stocktake

COUNT, OPEN, APPROVE = "supplies.change_stocktake", "supplies.add_stocktake", "supplies.approve_stocktake"

COLUMNS = [
    Column("title", gettext_lazy("Title"), sort=True),
    Column("number", pgettext_lazy("stocktake", "Number")),
    Column("scope", gettext_lazy("What is counted"), "scope_words"),
    Column("frozen_at", gettext_lazy("Opened"), sort=True),
    Column("progress", gettext_lazy("Counted lines"), "progress_words"),
    Column("status", gettext_lazy("Status"), sort=True, template="supplies/_stocktake_status.html"),
    Column("decided_by", gettext_lazy("Decided by"), "decided_by.name"),
]

may_see = permission_required("supplies.view_stocktake", raise_exception=True)


def stocktake_for(user: User, pk: int, *, may: str = "") -> Stocktake:
    """The stocktake, for who may see stocktakes (else 404) and, where it is asked, may do that (else 403)."""
    related = ("category", "place", "opened_by", "decided_by", "posting", "occurrence__duty")
    known = Stocktake.objects.all() if user.has_perm("supplies.view_stocktake") else Stocktake.objects.none()
    stocktake = get_object_or_404(known.select_related(*related), pk=pk)
    if may and not user.has_perm(may):
        raise PermissionDenied
    return stocktake


@require_safe
@login_required
@may_see
def stocktakes(request: HttpRequest) -> HttpResponseBase:
    """GET /stocktakes/"""
    found = Stocktake.objects.with_progress().select_related("category", "place", "decided_by")
    listing = List(
        request, found, COLUMNS, name=_("stocktakes"), search=["title__icontains"],
        filters=StocktakeFilter, sort="-frozen_at",
    )  # fmt: skip
    return listing.answer("supplies/stocktake_list.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(OPEN, raise_exception=True)
def stocktake_open(request: HttpRequest) -> HttpResponse:
    """GET, POST /stocktakes/open/ (title, kind, category, place)."""
    form = OpenForm(request.POST or None)
    if form.is_bound and form.is_valid():
        stocktake = Stocktake.open(by=request.user, at=now(), **form.cleaned_data)
        return answer(request, "", to=stocktake, message=_("The stock is frozen; counting can begin."))
    status = 422 if form.errors else 200
    return render(request, "supplies/stocktake_open.html", {"form": form}, status=status)


@require_safe
@login_required
def stocktake(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /stocktakes/<pk>/: how far it is; when counting is over, what was found."""
    shown = stocktake_for(request.user, pk)
    context = {"stocktake": shown, "counters": shown.counters.order_by("name"), "strays": shown.strays.all()}
    if shown.shows_figures:
        context |= stocktake_results.page(shown, request.GET.get("only", ""), request.user)
    elif shown.is_counting:
        places = counting.progress(shown)
        context |= {"places": places, "progress": counting.together(places)}
    return render(request, "supplies/stocktake_detail.html", context)


@require_POST
@login_required
def stocktake_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /stocktakes/<pk>/submit/ (was: the round that is handed in)."""
    shown = stocktake_for(request.user, pk, may=COUNT)
    shown.submit(by=request.user, at=now(), was=request.POST.get("was", ""))
    if shown.is_counting:
        messages.warning(request, _("Some lines differ too much: please count them once more."))
        return redirect(shown)
    return answer(request, "", to=shown, message=_("Handed in. Somebody who did not count approves it."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def stocktake_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """GET, POST /stocktakes/<pk>/cancel/ (reason)."""
    shown = stocktake_for(request.user, pk, may=OPEN)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        shown.cancel(reason=form.cleaned_data["reason"], by=request.user, at=now())
        return answer(request, "", to=shown, message=_("The stocktake is cancelled."))
    context = {"stocktake": shown, "form": form}
    return render(request, "supplies/stocktake_cancel.html", context, status=422 if form.errors else 200)
