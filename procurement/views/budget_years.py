"""A year of budgets on one sheet: filled in, copied from last year, taken along and brought back."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.models import Department
from pages.answers import answer
from pages.exports import export

from .. import budget_sheets, budget_year
from ..budget_access import sees_everything
from ..forms.budget_year import BudgetListForm, BudgetTakeOverForm, YearForm
from ..forms.budgets import CopyForm
from ..models import Budget
from .budget_overview import YEARS, get_department

may_change = permission_required("procurement.change_budget", raise_exception=True)


def get_year(year: int) -> int:
    if year not in YEARS:
        raise Http404
    return year


def page_of(year: int, department: Department | None) -> str:
    asked = f"?department={department.pk}" if department else ""
    return f"{reverse('budget-year', args=[year])}{asked}"


@require_http_methods(["GET", "POST"])
@login_required
def budget_year_page(request: HttpRequest, year: int) -> HttpResponse:
    """GET and POST /budgets/years/<year>/?department=: the sheet, to be filled in by those who may."""
    department, choices = get_department(request)
    sheet = budget_year.YearSheet(get_year(year), department)
    form = YearForm(request.POST or None, sheet=sheet)
    if request.method == "POST":
        changed = _save(request, form)
        if changed is not None:
            message = _("%(count)d amounts were changed.") % {"count": changed}
            return answer(request, "", to=page_of(year, department), message=message)
    context = {
        "sheet": sheet, "form": form, "year": year, "department": department, "departments": choices,
        "may_see_all": sees_everything(request.user), "copy_form": CopyForm(),
    }  # fmt: skip
    return render(request, "procurement/budget_year.html", context, status=422 if form.is_bound else 200)


@may_change
def _save(request: HttpRequest, form: YearForm) -> int | None:
    """How many cells were changed; None where something has to be mended first."""
    return form.save(by=request.user) if form.is_valid() else None


@require_POST
@login_required
@may_change
def budget_year_copy(request: HttpRequest, year: int) -> HttpResponse:
    """POST /budgets/years/<year>/copy/ with `percent`: last year's lines where there are none yet."""
    department, choices = get_department(request)
    form = CopyForm(request.POST)
    sheet = budget_year.YearSheet(get_year(year), department)
    if not form.is_valid():
        context = {"sheet": sheet, "form": YearForm(sheet=sheet), "year": year, "department": department,
                   "departments": choices, "copy_form": form}  # fmt: skip
        return render(request, "procurement/budget_year.html", context, status=422)
    made, there = budget_year.copy(
        year, form.cleaned_data["percent"], departments=[department], by=request.user
    )
    message = _("%(made)d lines copied; %(there)d were there already.") % {"made": made, "there": there}
    return answer(request, "", to=page_of(year, department), message=message)


@require_safe
@login_required
def budget_year_export(request: HttpRequest, year: int) -> HttpResponseBase:
    """GET /budgets/years/<year>/export/: all lines one may see, as a file that can be brought back."""
    lines = Budget.objects.visible_to(request.user).filter(year=get_year(year))
    rows = lines.select_related("category", "department").order_by(
        "category__position", "department__name", "period", "number"
    )
    return export(rows, budget_sheets.COLUMNS, _("Budgets"), "xlsx", days=str(year))


@require_http_methods(["GET", "POST"])
@login_required
@may_change
def budget_import(request: HttpRequest) -> HttpResponse:
    """GET and POST /budgets/import/ with `file`: what the list would change."""
    form = BudgetListForm(request.POST or None, request.FILES or None)
    context = {"form": form}
    if form.is_bound and form.is_valid():
        apply = BudgetTakeOverForm(initial={"ticket": form.ticket})
        context |= {"reading": form.reading, "apply": apply}
        return render(request, "procurement/budget_import.html", context)
    return render(request, "procurement/budget_import.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
@may_change
def budget_import_apply(request: HttpRequest) -> HttpResponse:
    """POST /budgets/import/apply/ with the sealed rows and `reason`."""
    apply = BudgetTakeOverForm(request.POST)
    if not apply.is_valid():
        sealed = "ticket" in apply.errors
        context = {"form": BudgetListForm(), "apply": None if sealed else apply, "errors": apply.errors}
        return render(request, "procurement/budget_import.html", context, status=422)
    rows = apply.cleaned_data["ticket"]
    count = budget_sheets.take_over(rows, reason=apply.cleaned_data["reason"], by=request.user)
    to = page_of(rows[0].span.year, None) if rows else "budgets"
    return answer(request, "", to=to, message=_("%(count)d budgets were written.") % {"count": count})
