"""When scanning is over: settling what differs, closing, taking up again, and the papers and files of it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages.answers import answer
from pages.clock import now
from pages.exports import FORMATS, export

from ..audits import results
from ..forms.audits import LookIntoForm, ReasonForm, SettleForm
from ..models import AssetAudit
from .audits import APPROVE, COUNT, audit_for

HANDLE = "supplies.handle_asset"


@require_POST
@login_required
def audit_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /audits/<pk>/take-up/ (reason): to be scanned once more."""
    shown = audit_for(request.user, pk)
    if not (request.user.has_perm(COUNT) or request.user.has_perm(APPROVE)):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _review(request, shown, form)
    shown.take_up(reason=form.cleaned_data["reason"], by=request.user, at=now())
    return answer(request, "", to=shown, message=_("Taken up again; scanning goes on."))


@require_POST
@login_required
def audit_close(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /audits/<pk>/close/"""
    shown = audit_for(request.user, pk, may=APPROVE)
    shown.close(by=request.user, at=now())
    return answer(request, "", to=shown, message=_("The audit is closed."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def audit_settle(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """GET, POST /audits/<pk>/lines/<line>/settle/ (how, place, reason)."""
    shown = audit_for(request.user, pk, may=COUNT)
    settled = get_object_or_404(shown.lines.for_rows(), pk=line)
    if not settled.is_difference or (settled.is_settled and request.method != "POST"):
        return redirect(shown)
    form = SettleForm(request.POST or None, line=settled, may_scrap=request.user.has_perm(HANDLE))
    if form.is_bound and form.is_valid():
        shown.settle(settled, by=request.user, at=now(), **form.cleaned_data)
        return answer(request, "", to=shown, message=_("%(asset)s is settled.") % {"asset": settled.asset})
    context = {"audit": shown, "line": settled, "form": form}
    return render(request, "supplies/audit_settle.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def audit_look_into(request: HttpRequest, pk: int, sighting: int) -> HttpResponse:
    """GET, POST /audits/<pk>/scans/<sighting>/look-into/ (explanation, follow)."""
    shown = audit_for(request.user, pk, may=COUNT)
    strange = get_object_or_404(shown.sightings.strays().for_rows(), pk=sighting)
    form = LookIntoForm(request.POST or None, sighting=strange, may_move=request.user.has_perm(HANDLE))
    if form.is_bound and form.is_valid():
        shown.look_into(strange, by=request.user, at=now(), **form.cleaned_data)
        return answer(request, "", to=shown, message=_("It is noted."))
    context = {"audit": shown, "sighting": strange, "form": form}
    return render(request, "supplies/audit_look_into.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def audit_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /audits/<pk>/result.pdf: the certificate of zero difference, or the list of differences."""
    from ..audits import papers  # ReportLab, only when something is printed

    shown = _shown_with_results(request, pk)
    address = request.build_absolute_uri(shown.get_absolute_url())
    response = HttpResponse(papers.result(shown, address), content_type="application/pdf")
    name = f"{papers.title(results.figures(shown))} {shown.number}.pdf"
    inline = content_disposition_header(as_attachment=False, filename=name)
    response.headers["Content-Disposition"] = inline
    return response


@require_safe
@login_required
def audit_result(request: HttpRequest, pk: int, format: str) -> HttpResponseBase:
    """GET /audits/<pk>/result.xlsx (or csv): every asset and how it was found."""
    if format not in FORMATS:
        raise Http404
    shown = _shown_with_results(request, pk)
    return export(results.rows(shown), results.COLUMNS, shown.number, format)


def _shown_with_results(request: HttpRequest, pk: int) -> AssetAudit:
    shown = audit_for(request.user, pk)
    if not shown.shows_results:
        raise Http404
    return shown


def _review(request: HttpRequest, shown: AssetAudit, form: ReasonForm) -> HttpResponse:
    context = {"audit": shown, "form": form, "counters": shown.counters.order_by("name")}
    context |= results.page(shown, "", request.user)
    return answer(request, "supplies/audit_detail.html", context, status=422)
