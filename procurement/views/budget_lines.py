"""One line of the budget: looking at it, drawing it up, changing it with a reason."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organization.models import User
from organization.person_field import suggestions
from pages.answers import answer
from pages.clock import now

from ..budget_access import departments_seen
from ..budget_page import BudgetPage
from ..forms.budgets import BudgetForm, ReasonForm, RevisionForm
from ..models import Budget

may_add = permission_required("procurement.add_budget", raise_exception=True)
may_change = permission_required("procurement.change_budget", raise_exception=True)
may_remove = permission_required("procurement.delete_budget", raise_exception=True)


def get_budget(user: User, pk: int) -> Budget:
    """The line, if this person may see it; else there is none."""
    related = ("category", "department", "owner")
    return get_object_or_404(Budget.objects.visible_to(user).select_related(*related), pk=pk)


def may_control(user: User, budget: Budget) -> bool:
    """Those who answer for the line, and the admin managers."""
    if user.has_perm("procurement.add_control") or user.pk == budget.owner_id:
        return True
    return budget.department_id in departments_seen(user)


@require_safe
@login_required
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /budgets/<pk>/: how it stands, and the entries behind it."""
    found = get_budget(request.user, pk)
    today = timezone.localdate(now())
    context = {
        "budget": found,
        "page": BudgetPage(found, today),
        "planned": found.planned.select_related("plan"),
        "today": today,
        "may_control": may_control(request.user, found),
    }
    return render(request, "procurement/budget.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@may_add
def budget_new(request: HttpRequest) -> HttpResponse:
    """GET and POST /budgets/new/."""
    today = timezone.localdate(now())
    begin = {"year": today.year, "period": "month", "number": today.month, **request.GET.dict()}
    form = BudgetForm(request.POST or None, initial=begin)
    if form.is_bound and form.is_valid():
        made = form.save(by=request.user)
        return answer(request, "", to=made, message=_("The budget stands."))
    context = {"form": form, "people": suggestions()}
    return render(request, "procurement/budget_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
@may_change
def budget_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /budgets/<pk>/revise/."""
    found = get_budget(request.user, pk)
    form = RevisionForm(request.POST or None, instance=get_budget(request.user, pk))
    if form.is_bound and form.is_valid():
        form.save(by=request.user)
        return answer(request, "", to=found, message=_("The budget is changed."))
    context = {"form": form, "budget": found, "people": suggestions()}
    return render(request, "procurement/budget_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
@may_remove
def budget_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /budgets/<pk>/remove/."""
    found, form = get_budget(request.user, pk), ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        found.remove(reason=form.cleaned_data["reason"], by=request.user)
        return answer(request, "", to="budgets", message=_("The budget is removed."))
    context = {"form": form, "budget": found}
    return render(request, "procurement/budget_remove.html", context, status=422 if form.is_bound else 200)
