"""How the money stands: by period and department, and month against month."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organization.models import Department
from pages.clock import now
from pages.exports import export

from .. import cost_comparison as comparing
from .. import spans
from ..budget_access import offered, sees_everything
from ..budget_overview import Overview
from ..comparison_columns import COLUMNS as COMPARISON
from ..models import Budget

YEARS = range(2000, 2101)


def get_department(request: HttpRequest) -> tuple[Department | None, list[Department]]:
    """The department asked for, out of those this person may look at; None is the whole company."""
    choices = offered(request.user)
    asked = request.GET.get("department", "")
    found = next((one for one in choices if str(one.pk) == asked), None)
    if asked and found is None:
        raise Http404
    if found is None and not sees_everything(request.user):
        found = choices[0]
    return found, choices


def get_span(request: HttpRequest, today: date) -> spans.Span:
    """The month, quarter or year in which the day asked for lies; this month where none was."""
    period = request.GET.get("period", "month")
    if period not in Budget.Period.values:
        raise Http404
    try:
        day = date.fromisoformat(request.GET.get("on") or today.isoformat())
    except ValueError as error:
        raise Http404 from error
    if day.year not in YEARS:
        raise Http404
    return spans.containing(period, day)


@require_safe
@login_required
def budgets(request: HttpRequest) -> HttpResponse:
    """GET /budgets/?period=&on=&department=: every kind of cost against its budget."""
    department, choices = get_department(request)
    today = timezone.localdate(now())
    span = get_span(request, today)
    context = {
        "overview": Overview(span, department, today),
        "span": span,
        "periods": Budget.Period.choices,
        "on": today if today in span else span.first,
        "department": department,
        "departments": choices,
        "may_see_all": sees_everything(request.user),
    }
    return render(request, "procurement/budgets.html", context)


@require_safe
@login_required
def cost_comparison(request: HttpRequest) -> HttpResponse:
    """GET /budgets/comparison/?month=&department=: a month against the month before, last year and budget."""
    department, choices = get_department(request)
    today = timezone.localdate(now())
    asked = request.GET.get("month")
    span = spans.month_of(asked) if asked else spans.containing("month", today)
    if span is None:
        raise Http404
    rows = comparing.compare(span, department.pk if department else None)
    if request.GET.get("export") == "xlsx":
        return export(rows, COMPARISON, f"{span}", "xlsx", days=span.key)
    context = {
        "span": span,
        "rows": rows,
        "total": comparing.added_up(rows, span),
        "department": department,
        "departments": choices,
        "may_see_all": sees_everything(request.user),
        "today": today,
    }
    return render(request, "procurement/cost_comparison.html", context)
