"""What is done about money: noted for a budget or for a month of a kind of cost, and taken back."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organization.models import User
from pages.answers import answer

from .. import spans
from ..forms.budgets import ControlForm, ReasonForm
from ..models import Budget, Control, CostCategory
from .budget_lines import get_budget, may_control


def get_subject(request: HttpRequest) -> tuple[Budget | None, CostCategory, spans.Span | None]:
    """?budget=, or ?category= and ?month=: what the control is about, if this person may decide about it."""
    asked = request.GET
    if (pk := asked.get("budget", "")).isdecimal():
        budget = get_budget(request.user, int(pk))
        if not may_control(request.user, budget):
            raise PermissionDenied
        return budget, budget.category, None
    month = spans.month_of(asked.get("month", ""))
    if month is None or not asked.get("category", "").isdecimal():
        raise Http404
    if not request.user.has_perm("procurement.add_control"):
        raise PermissionDenied
    return None, get_object_or_404(CostCategory, pk=int(asked["category"])), month


def get_control(user: User, pk: int) -> Control:
    """The control, if this person may decide about it."""
    control = get_object_or_404(Control.objects.select_related("budget", "category"), pk=pk)
    if control.budget_id:
        budget = get_budget(user, control.budget_id)
        if not may_control(user, budget):
            raise PermissionDenied
    elif not user.has_perm("procurement.add_control"):
        raise PermissionDenied
    return control


@require_http_methods(["GET", "POST"])
@login_required
def control_new(request: HttpRequest) -> HttpResponse:
    """GET and POST /controls/new/?budget= or ?category=&month=."""
    budget, category, month = get_subject(request)
    form = ControlForm(request.POST or None)
    if form.is_bound and form.is_valid():
        subject = {"category": category, "budget": budget, "month": month.first if month else None}
        control = Control.note(**form.cleaned_data, **subject, by=request.user)
        return answer(request, "", to=control, message=_("The control is noted."))
    context = {"form": form, "budget": budget, "category": category, "month": month}
    return render(request, "procurement/control_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
def control_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /controls/<pk>/withdraw/."""
    control, form = get_control(request.user, pk), ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        control.withdraw(reason=form.cleaned_data["reason"], by=request.user)
        return answer(request, "", to=control, message=_("The control is withdrawn."))
    context = {"form": form, "control": control}
    return render(request, "procurement/control_withdraw.html", context, status=422 if form.is_bound else 200)
