"""Reimbursement: what is to be claimed today, what finance paid and sent back."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages.answers import answer
from pages.clock import now
from pages.lists import List
from pages.money import NOTHING, rounded
from sla.models import Timer

from ..delivery_filters import ReimbursementFilter
from ..delivery_listings import CLAIMS
from ..forms.deliveries import ClaimForm, ReasonForm
from ..models import Reimbursement
from .orders import verb_page

may_list = permission_required("procurement.view_reimbursement", raise_exception=True)
may_settle = permission_required("procurement.settle_reimbursement", raise_exception=True)
SEARCH = ("order__supplier__name__icontains", "claim_number__icontains", "invoice__number__icontains")


def get_claim(request: HttpRequest, pk: int) -> Reimbursement:
    """The claim, if it is any business of the person who asks; else it does not exist."""
    rows = Reimbursement.objects.visible_to(request.user).for_rows()
    return get_object_or_404(rows, pk=pk)


def claim_of_mine(request: HttpRequest, pk: int) -> Reimbursement:
    """The same for its verbs: whose claim it is, or who may buy for the house."""
    claim = get_claim(request, pk)
    if request.user.pk != claim.claimant_id and not request.user.has_perm("procurement.buy"):
        raise PermissionDenied
    return claim


@require_safe
@login_required
@may_list
def reimbursements(request: HttpRequest) -> HttpResponseBase:
    """GET /purchasing/reimbursements/."""
    rows = Reimbursement.objects.visible_to(request.user).for_rows()
    search = {"search": SEARCH, "filters": ReimbursementFilter, "sort": "-arose_at"}
    listing = List(request, rows, CLAIMS, name=_("Reimbursement"), **search)
    today = Reimbursement.objects.unclaimed_by(now())
    return listing.answer("procurement/claim_list.html", {"unclaimed": today.count()})


@require_safe
@login_required
@may_list
def reimbursements_today(request: HttpRequest) -> HttpResponse:
    """GET /purchasing/reimbursements/today/: what is not claimed yet as the day ends (日清日结)."""
    rows = Reimbursement.objects.unclaimed_by(now()).for_rows().order_by("arose_at", "pk")
    claims = list(rows[:200])
    kind = Timer.objects.running().filter(standard=Reimbursement.CLAIM)
    clocks = {timer.subject_id: timer for timer in kind.filter(subject_id__in=[one.pk for one in claims])}
    for one in claims:
        one.timer = clocks.get(one.pk)
    total = rounded(rows.aggregate(sum=Sum("amount"))["sum"] or NOTHING)
    return render(request, "procurement/claims_today.html", {"claims": claims, "total": total})


@require_safe
@login_required
def reimbursement(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /purchasing/reimbursements/<pk>/."""
    claim = get_claim(request, pk)
    return render(request, "procurement/claim_detail.html", _shown(request, claim))


def _shown(request: HttpRequest, claim: Reimbursement, form: ClaimForm | None = None) -> dict[str, Any]:
    """What the page of one claim shows, with the form for whose claim it is."""
    is_theirs = request.user.pk == claim.claimant_id or request.user.has_perm("procurement.buy")
    form = form or ClaimForm(order=claim.order)
    return {
        "claim": claim,
        "form": form if claim.is_unclaimed and is_theirs else None,
        "has_invoice": form.fields["invoice"].queryset.exists(),
        "may_settle": request.user.has_perm("procurement.settle_reimbursement"),
        "is_theirs": is_theirs,
        "timers": Timer.objects.about(claim).select_related("owner").order_by("started_at"),
    }


@require_POST
@login_required
def reimbursement_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/reimbursements/<pk>/claim/."""
    claim = claim_of_mine(request, pk)
    form = ClaimForm(request.POST, order=claim.order)
    if form.carry_out(lambda: claim.claim(**form.cleaned_data, by=request.user, at=now())):
        return answer(request, "", to=claim, message=_("%(number)s: claimed.") % {"number": claim.number})
    context = _shown(request, get_claim(request, pk), form)
    return render(request, "procurement/claim_detail.html", context, status=422)


@require_POST
@login_required
@may_settle
def reimbursement_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/reimbursements/<pk>/pay/."""
    claim = get_claim(request, pk).pay(by=request.user, at=now())
    return answer(request, "", to=claim, message=_("%(number)s: paid.") % {"number": claim.number})


@require_http_methods(["GET", "POST"])
@login_required
@may_settle
def reimbursement_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/reimbursements/<pk>/send-back/."""
    claim, form = get_claim(request, pk), ReasonForm(request.POST or None)
    if form.is_bound and form.carry_out(
        lambda: claim.send_back(form.cleaned_data["reason"], by=request.user, at=now())
    ):
        return answer(request, "", to=claim, message=_("%(number)s: sent back.") % {"number": claim.number})
    words = {"record": claim, "title": _("Sent back by finance"), "deed": _("Send back")}
    return verb_page(request, form, words | {"words": _("It is to be claimed again by the end of the day.")})


@require_http_methods(["GET", "POST"])
@login_required
def reimbursement_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/reimbursements/<pk>/drop/."""
    claim, form = claim_of_mine(request, pk), ReasonForm(request.POST or None)
    if form.is_bound and form.carry_out(
        lambda: claim.drop(form.cleaned_data["reason"], by=request.user, at=now())
    ):
        return answer(request, "", to=claim, message=_("%(number)s: not claimed.") % {"number": claim.number})
    words = {"record": claim, "title": _("Not to be claimed"), "deed": _("Do not claim"), "danger": True}
    return verb_page(request, form, words | {"words": _("Such as a rebate. It never arises again.")})
