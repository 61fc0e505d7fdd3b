"""Audits of assets: which there are, opening one, how one stands, and calling it off."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organization.models import User
from pages.answers import answer
from pages.clock import now
from pages.lists import List

from ..audits import results, scanning
from ..audits.listings import AUDITS, AuditFilter
from ..forms.audits import OpenAuditForm, ReasonForm
from ..models import AssetAudit

COUNT, OPEN, APPROVE = "supplies.change_assetaudit", "supplies.add_assetaudit", "supplies.approve_audit"
SEE = "supplies.view_assetaudit"


def audit_for(user: User, pk: int, *, may: str = "") -> AssetAudit:
    """The audit, for who may see audits (else 404) and, where it is asked, may do that (else 403)."""
    related = ("department", "place", "category", "opened_by", "counted_by", "decided_by")
    known = AssetAudit.objects.all() if user.has_perm(SEE) else AssetAudit.objects.none()
    audit = get_object_or_404(known.select_related(*related), pk=pk)
    if may and not user.has_perm(may):
        raise PermissionDenied
    return audit


@require_safe
@login_required
@permission_required(SEE, raise_exception=True)
def audits(request: HttpRequest) -> HttpResponseBase:
    """GET /audits/"""
    found = AssetAudit.objects.with_progress()
    found = found.select_related("department", "place", "category", "decided_by")
    listing = List(
        request, found, AUDITS, name=_("Audits of assets"), search=["title__icontains"],
        filters=AuditFilter, sort="-opened_at",
    )  # fmt: skip
    return listing.answer("supplies/audit_list.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(OPEN, raise_exception=True)
def audit_open(request: HttpRequest) -> HttpResponse:
    """GET, POST /audits/open/ (title, department, place, category)."""
    form = OpenAuditForm(request.POST or None)
    if form.is_bound and form.is_valid():
        opened = AssetAudit.open(by=request.user, at=now(), **form.cleaned_data)
        return answer(request, "", to=opened, message=_("The register is frozen; scanning can begin."))
    return render(request, "supplies/audit_open.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@login_required
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /audits/<pk>/?only=: how far it is; when scanning is over, what differs."""
    shown = audit_for(request.user, pk)
    places = scanning.progress(shown)
    context = {
        "audit": shown,
        "counters": shown.counters.order_by("name"),
        "places": places,
        "progress": scanning.together(places),
        "today": timezone.localdate(now()),
    }
    context |= results.page(
        shown, request.GET.get("only", "" if shown.shows_results else "unseen"), request.user
    )
    return render(request, "supplies/audit_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def audit_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """GET, POST /audits/<pk>/cancel/ (reason)."""
    shown = audit_for(request.user, pk, may=OPEN)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        shown.cancel(reason=form.cleaned_data["reason"], by=request.user, at=now())
        return answer(request, "", to=shown, message=_("The audit is cancelled."))
    context = {"audit": shown, "form": form}
    return render(request, "supplies/audit_cancel.html", context, status=422 if form.errors else 200)
