"""When counting is over: explaining, approving, sending back, and the papers and files of it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pages.answers import answer
from pages.clock import now
from pages.exports import FORMATS, export

from .. import stocktake_results
from ..forms.stocktakes import ReviewForm
from ..models import Stocktake
from .stocktakes import APPROVE, COUNT, stocktake_for


def review_form(request: HttpRequest, shown: Stocktake) -> ReviewForm:
    """What was written into the review, also by a button beside it: explanations are kept first."""
    form = ReviewForm(request.POST, stocktake=shown)
    if form.is_valid() and form.explanations:
        shown.explain(form.explanations, by=request.user)
    return form


@require_POST
@login_required
def stocktake_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /stocktakes/<pk>/explain/ (explanation-<line> for each)."""
    shown = stocktake_for(request.user, pk)
    if not (request.user.has_perm(COUNT) or request.user.has_perm(APPROVE)):
        raise PermissionDenied
    form = review_form(request, shown)
    if form.errors:
        return _mistaken(request, shown, form)
    return answer(request, "", to=shown, message=_("The explanations are kept."))


@require_POST
@login_required
def stocktake_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /stocktakes/<pk>/approve/: the variances go into the ledger."""
    shown = stocktake_for(request.user, pk, may=APPROVE)
    form = review_form(request, shown)
    if form.errors:
        return _mistaken(request, shown, form)
    shown.approve(by=request.user, at=now())
    return answer(request, "", to=shown, message=_("Approved; the ledger says what lies on the shelves."))


@require_POST
@login_required
def stocktake_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /stocktakes/<pk>/send-back/ (line, several; reason)."""
    shown = stocktake_for(request.user, pk, may=APPROVE)
    form = review_form(request, shown)
    if form.errors:
        return _mistaken(request, shown, form)
    shown.send_back(form.lines, reason=form.cleaned_data["reason"], by=request.user, at=now())
    return answer(request, "", to=shown, message=_("It is to be counted again."))


@require_safe
@login_required
def stocktake_count_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /stocktakes/<pk>/count-sheet.pdf: blank columns to count with a pencil; no figure of the ledger."""
    from .. import stocktake_papers  # ReportLab, only when something is printed

    shown = stocktake_for(request.user, pk)
    if not shown.is_counting:
        raise Http404
    address = request.build_absolute_uri(shown.get_absolute_url())
    name = _("Count sheet %(number)s") % {"number": shown.number}
    return _pdf(stocktake_papers.count_sheet(shown, address), name)


@require_safe
@login_required
def stocktake_result_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /stocktakes/<pk>/result.pdf: figures, variances, and where everybody signs (盘点表)."""
    from .. import stocktake_papers  # ReportLab, only when something is printed

    shown = stocktake_for(request.user, pk)
    if not shown.shows_figures:
        raise Http404
    address = request.build_absolute_uri(shown.get_absolute_url())
    name = _("Stocktake sheet %(number)s") % {"number": shown.number}
    return _pdf(stocktake_papers.result_sheet(shown, address), name)


@require_safe
@login_required
def stocktake_result(request: HttpRequest, pk: int, format: str) -> HttpResponseBase:
    """GET /stocktakes/<pk>/result.xlsx (or csv): every line as it was found."""
    shown = stocktake_for(request.user, pk)
    if not shown.shows_figures or format not in FORMATS:
        raise Http404
    return export(stocktake_results.rows(shown), stocktake_results.COLUMNS, shown.number, format)


def _mistaken(request: HttpRequest, shown: Stocktake, form: ReviewForm) -> HttpResponse:
    context = {"stocktake": shown, "form": form, "counters": shown.counters.order_by("name")}
    context |= stocktake_results.page(shown, "all", request.user)
    return answer(request, "supplies/stocktake_detail.html", context, status=422)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    shown_in_the_browser = content_disposition_header(as_attachment=False, filename=f"{name}.pdf")
    response.headers["Content-Disposition"] = shown_in_the_browser
    return response
