"""Keeping assets in order: what is due when, what was done, and the plans themselves."""

from django import forms
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organization.person_field import suggestions
from pages.answers import answer
from pages.clock import now

from ..depreciation import months_later
from ..forms.assets import ReasonForm
from ..forms.maintenance import AmendPlanForm, DonePlanForm, PlanForm
from ..models import MaintenancePlan
from .assets import get_asset

may_plan = permission_required("supplies.change_maintenanceplan", raise_exception=True)


def get_plan(pk: int) -> MaintenancePlan:
    return get_object_or_404(MaintenancePlan.objects.for_rows(), pk=pk)


@require_safe
@login_required
@permission_required("supplies.view_asset", raise_exception=True)
def maintenance(request: HttpRequest) -> HttpResponse:
    """GET /assets/maintenance/: what is due, by day."""
    today = timezone.localdate(now())
    plans = list(MaintenancePlan.objects.in_force().for_rows().order_by("next_due_on", "pk"))
    soon = months_later(today, 1)
    groups = [
        ("late", _("Overdue"), [plan for plan in plans if plan.next_due_on < today]),
        ("soon", _("Within a month"), [plan for plan in plans if today <= plan.next_due_on <= soon]),
        ("later", _("Later"), [plan for plan in plans if plan.next_due_on > soon]),
    ]
    context = {"groups": [group for group in groups if group[2]], "today": today}
    return render(request, "supplies/maintenance.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@permission_required("supplies.add_maintenanceplan", raise_exception=True)
def plan_new(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /assets/<pk>/plan/: a new plan for an asset."""
    asset, form = get_asset(request, pk), PlanForm(request.POST or None)
    if not form.is_valid():
        return _show(request, form, asset, _("Set up maintenance"))
    MaintenancePlan.set_up(asset, **form.cleaned_data, by=request.user, at=now())
    return answer(request, "", to=asset, message=_("The maintenance is planned."))


@require_http_methods(["GET", "POST"])
@login_required
def plan_done(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /assets/plans/<pk>/done/: by whoever is responsible, or handles assets."""
    plan = get_plan(pk)
    if plan.responsible != request.user and not request.user.has_perm("supplies.handle_asset"):
        raise PermissionDenied
    initial = {"done": plan.title, "contractor": plan.contractor, "cost": plan.expected_cost}
    form = DonePlanForm(request.POST or None, initial=initial)
    if not form.is_valid():
        return _show(request, form, plan.asset, _("Maintenance done"), plan)
    plan.done(**form.cleaned_data, by=request.user, at=now())
    sentence = _("Entered. Next time on %(day)s.") % {"day": plan.next_due_on.isoformat()}
    sees = request.user.has_perm("supplies.view_asset")
    return answer(request, "", to=plan if sees else "my-assets", message=sentence)


@require_http_methods(["GET", "POST"])
@login_required
@may_plan
def plan_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /assets/plans/<pk>/amend/."""
    plan = get_plan(pk)
    form = AmendPlanForm(request.POST or None, instance=plan, initial={"responsible": plan.responsible})
    if not form.is_valid():
        return _show(request, form, plan.asset, _("Amend the maintenance plan"), plan)
    plan.amend(**form.cleaned_data, by=request.user, at=now())
    return answer(request, "", to=plan, message=_("The plan is amended."))


@require_http_methods(["GET", "POST"])
@login_required
@may_plan
def plan_end(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /assets/plans/<pk>/end/ with `reason`."""
    plan, form = get_plan(pk), ReasonForm(request.POST or None)
    if not form.is_valid():
        return _show(request, form, plan.asset, _("End the maintenance plan"), plan)
    plan.end(reason=form.cleaned_data["reason"], by=request.user, at=now())
    return answer(request, "", to=plan, message=_("The plan has ended."))


def _show(request: HttpRequest, form: forms.BaseForm, asset, title: str, plan=None) -> HttpResponse:
    context = {"form": form, "asset": asset, "title": title, "plan": plan, "people": suggestions()}
    return render(request, "supplies/plan_form.html", context, status=422 if form.is_bound else 200)
