"""The year-end check: the worksheet, deciding line by line or many at once, submitting and deciding it."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.models import User
from pages.answers import answer
from pages.clock import now
from pages.exports import FORMATS, export

from ..forms.audits import ReasonForm
from ..forms.year_end import DecideLineForm, DecideLinesForm, DrawUpForm
from ..models import YearEndPlan
from ..year_end import proposals, worksheet

SEE, DRAW, CHANGE = "supplies.view_yearendplan", "supplies.add_yearendplan", "supplies.change_yearendplan"
DECIDE = "supplies.decide_yearendplan"


def plan_for(user: User, pk: int, *, may: str = "") -> YearEndPlan:
    """The plan, for who may see it (else 404) and, where it is asked, may do that (else 403)."""
    known = YearEndPlan.objects.all() if user.has_perm(SEE) else YearEndPlan.objects.none()
    related = ("drawn_by", "submitted_by", "decided_by", "occurrence__duty")
    plan = get_object_or_404(known.select_related(*related), pk=pk)
    if may and not user.has_perm(may):
        raise PermissionDenied
    return plan


@require_safe
@login_required
@permission_required(SEE, raise_exception=True)
def year_ends(request: HttpRequest) -> HttpResponse:
    """GET /year-end/: the plan of each year."""
    return _years(request, DrawUpForm(initial={"year": timezone.localdate(now()).year}))


@require_POST
@login_required
@permission_required(DRAW, raise_exception=True)
def year_end_draw_up(request: HttpRequest) -> HttpResponse:
    """POST /year-end/draw-up/ (year): anew, if it is a draft."""
    form = DrawUpForm(request.POST)
    if not form.is_valid():
        return _years(request, form)
    plan = YearEndPlan.draw_up(form.cleaned_data["year"], by=request.user, at=now())
    return answer(request, "", to=plan, message=_("Drawn up from the register as it is now."))


@require_safe
@login_required
def year_end(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /year-end/<pk>/?proposal=&verdict=&department=&category=&page="""
    plan = plan_for(request.user, pk)
    return _sheet(request, plan, DecideLinesForm(plan=plan))


@require_POST
@login_required
def year_end_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /year-end/<pk>/settle/ (line, several; verdict, reason): many at once."""
    plan = plan_for(request.user, pk, may=CHANGE)
    form = DecideLinesForm(request.POST, plan=plan)
    if not form.is_valid():
        return _sheet(request, plan, form)
    count = plan.settle(form.lines, by=request.user, at=now(), **form.cleaned_data)
    sentence = ngettext("%(count)d asset is decided.", "%(count)d assets are decided.", count)
    to = f"{plan.get_absolute_url()}?{request.GET.urlencode()}"
    return answer(request, "", to=to, message=sentence % {"count": count})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def year_end_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """GET, POST /year-end/<pk>/lines/<line>/ (verdict, cost, reason)."""
    plan = plan_for(request.user, pk)
    decided = get_object_or_404(plan.lines.for_rows(), pk=line)
    if request.method == "POST" and not request.user.has_perm(CHANGE):
        raise PermissionDenied
    form = DecideLineForm(request.POST or None, line=decided)
    if form.is_bound and form.is_valid():
        plan.settle([decided], by=request.user, at=now(), **form.cleaned_data)
        message = _("%(asset)s is decided.") % {"asset": decided.asset}
        return answer(request, "", to=plan, message=message)
    context = {"plan": plan, "line": decided, "form": form, "grounds": proposals.in_words(decided.grounds)}
    context["may_decide"] = plan.is_draft and request.user.has_perm(CHANGE)
    return render(request, "supplies/year_end_line.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def year_end_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /year-end/<pk>/submit/"""
    plan = plan_for(request.user, pk, may=CHANGE)
    plan.submit(by=request.user, at=now())
    return answer(request, "", to=plan, message=_("Submitted. Another person decides it."))


@require_POST
@login_required
def year_end_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /year-end/<pk>/send-back/ (reason)."""
    plan = plan_for(request.user, pk, may=DECIDE)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _sheet(request, plan, DecideLinesForm(plan=plan), back=form)
    plan.send_back(reason=form.cleaned_data["reason"], by=request.user, at=now())
    return answer(request, "", to=plan, message=_("Sent back."))


@require_POST
@login_required
def year_end_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /year-end/<pk>/decide/"""
    plan = plan_for(request.user, pk, may=DECIDE)
    plan.decide(by=request.user, at=now())
    return answer(request, "", to=plan, message=_("Decided; it stands in the budgets of next year."))


@require_safe
@login_required
def year_end_plan(request: HttpRequest, pk: int, format: str) -> HttpResponseBase:
    """GET /year-end/<pk>/plan.xlsx (or csv): the lines that are looked at."""
    plan = plan_for(request.user, pk)
    if format not in FORMATS:
        raise Http404
    lines = worksheet.rows(plan, request.GET).qs
    return export(lines, worksheet.COLUMNS, str(plan), format, days=plan.as_of.isoformat())


def _years(request: HttpRequest, form: DrawUpForm) -> HttpResponse:
    plans = list(YearEndPlan.objects.select_related("decided_by", "drawn_by"))
    rows = [(plan, *worksheet.totals(plan)) for plan in plans[:20]]
    context = {"rows": rows, "form": form, "this_year": timezone.localdate(now()).year}
    return render(request, "supplies/year_end_list.html", context, status=422 if form.errors else 200)


def _sheet(request: HttpRequest, plan: YearEndPlan, form: DecideLinesForm, *, back=None) -> HttpResponse:
    context = {
        "plan": plan,
        "form": form,
        "back": back,
        "may_settle": plan.is_draft and request.user.has_perm(CHANGE),
        "is_own": request.user.pk in (plan.drawn_by_id, plan.submitted_by_id),
        "budgets": plan.planned_spending.select_related("budget__category", "budget__department"),
    }
    context |= worksheet.page(plan, request.GET)
    has_mistakes = form.errors or (back and back.errors)
    return render(request, "supplies/year_end_detail.html", context, status=422 if has_mistakes else 200)
