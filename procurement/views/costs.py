"""What was spent: found, looked at, typed, brought as a list, and taken back."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.models import User
from pages.answers import answer
from pages.clock import now
from pages.exports import export
from pages.lists import List

from .. import cost_sheets
from ..budget_access import departments_seen, sees_everything
from ..cost_listings import COLUMNS, MORE, CostFilter
from ..forms.budgets import ReasonForm
from ..forms.costs import CostForm, CostListForm, TakeOverForm
from ..models import Cost, ReceiptLine

ENTER = "procurement.enter_cost"
may_enter = permission_required(ENTER, raise_exception=True)


def get_cost(user: User, pk: int) -> Cost:
    """The entry, if this person may see it; else there is none."""
    related = ("category", "department", "entered_by", "reverses", "reversed_by", "source_type")
    return get_object_or_404(Cost.objects.visible_to(user).select_related(*related), pk=pk)


def refuse_strangers(user: User) -> None:
    """Raises PermissionDenied where no department's money is this person's business."""
    if not (sees_everything(user) or user.has_perm(ENTER) or departments_seen(user)):
        raise PermissionDenied


@require_safe
@login_required
def costs(request: HttpRequest) -> HttpResponseBase:
    """GET /costs/: all entries one may see, to search, filter and take along."""
    refuse_strangers(request.user)
    related = ("category", "department", "entered_by", "reversed_by")
    rows = Cost.objects.visible_to(request.user).select_related(*related)
    search = {"search": Cost.objects.matching, "filters": CostFilter, "sort": "-day"}
    columns = COLUMNS + MORE if "export" in request.GET else COLUMNS
    listing = List(request, rows, columns, name=_("Costs"), **search)
    total = listing.found.total() if listing.is_filtered else None
    return listing.answer("procurement/cost_list.html", {"total": total})


@require_safe
@login_required
def cost(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /costs/<pk>/."""
    found = get_cost(request.user, pk)
    line = found.source if isinstance(found.source, ReceiptLine) else None
    context = {"cost": found, "order": line.order_line.order if line else None}
    return render(request, "procurement/cost.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@may_enter
def cost_new(request: HttpRequest) -> HttpResponse:
    """GET and POST /costs/new/."""
    begin = {"day": timezone.localdate(now()), **request.GET.dict()}
    form = CostForm(request.POST or None, initial=begin)
    if form.is_bound and form.is_valid():
        entered = form.save(by=request.user)
        return answer(request, "", to=entered, message=_("The cost is entered."))
    return render(request, "procurement/cost_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
@may_enter
def cost_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /costs/<pk>/reverse/."""
    found, form = get_cost(request.user, pk), ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        found.reverse(reason=form.cleaned_data["reason"], by=request.user)
        return answer(request, "", to=found, message=_("The cost is reversed."))
    context = {"form": form, "cost": found}
    return render(request, "procurement/cost_reverse.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
@may_enter
def cost_import(request: HttpRequest) -> HttpResponse:
    """GET and POST /costs/import/ with `file`: what is in the list, row by row."""
    form = CostListForm(request.POST or None, request.FILES or None)
    context = {"form": form}
    if form.is_bound and form.is_valid():
        context |= {"reading": form.reading, "apply": TakeOverForm(initial={"ticket": form.ticket})}
        return render(request, "procurement/cost_import.html", context)
    return render(request, "procurement/cost_import.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
@may_enter
def cost_import_apply(request: HttpRequest) -> HttpResponse:
    """POST /costs/import/apply/ with the sealed rows."""
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        context = {"form": CostListForm(), "errors": form.errors}
        return render(request, "procurement/cost_import.html", context, status=422)
    rows = form.cleaned_data["ticket"]
    count = cost_sheets.take_over(rows, by=request.user)
    message = _("%(count)d costs were entered; %(known)d were there already.") % {
        "count": count,
        "known": len(rows) - count,
    }
    return answer(request, "", to="costs", message=message)


@require_safe
@login_required
@may_enter
def cost_import_template(request: HttpRequest) -> HttpResponseBase:
    """GET /costs/import/template/: a sheet with the headers and one example."""
    return export(cost_sheets.EXAMPLE, cost_sheets.TEMPLATE, _("Costs"), "xlsx")
