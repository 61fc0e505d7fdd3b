"""The quotas as the manager keeps them: what each department may draw of an item a month."""

import django_filters
from django.contrib.auth.decorators import login_required, permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.models import Department
from pages import asked
from pages.answers import answer
from pages.clock import now
from pages.exports import Column
from pages.lists import List

from .. import quotas as counting
from ..forms.quotas import MonthlyForm, ProposalsForm, QuotaForm
from ..models import Item, Quota, SuppliesSettings

may_arrange = permission_required("supplies.arrange_supplies", raise_exception=True)


class QuotaFilter(django_filters.FilterSet):
    department = django_filters.ModelChoiceFilter(
        queryset=Department.objects.all(),
        label=gettext_lazy("Department"),
        empty_label=gettext_lazy("All departments"),
    )

    class Meta:
        model = Quota
        fields = ("department",)


@require_safe
@login_required
@may_arrange
def quotas(request: HttpRequest) -> HttpResponseBase:
    """GET /supplies/quotas/."""
    proposed = counting.proposals(now())
    columns = [
        Column("item", pgettext_lazy("goods", "Item"), sort="item__name"),
        Column("department", gettext_lazy("Department"), "department.name", sort="department__name"),
        Column("monthly", gettext_lazy("A month"), sort=True),
        Column("unit", pgettext_lazy("of measure", "Unit"), "item.unit"),
        Column(
            "proposed",
            gettext_lazy("By past use"),
            lambda row: proposed.get((row.department_id, row.item_id)),
        ),
        Column("deed", "", lambda row: "", template="supplies/_quota_deed.html", export=False),
    ]
    listing = List(
        request,
        Quota.objects.select_related("department", "item"),
        columns,
        name=_("Quotas"),
        search=lambda text: Quota.objects.filter(item__in=Item.objects.matching(text)),
        filters=QuotaFilter,
        sort="department__name",
    )
    context = {"rules": SuppliesSettings.current(), "departments": Department.objects.all()}
    return listing.answer("supplies/quota_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_arrange
def quota_set(request: HttpRequest) -> HttpResponse:
    """GET and POST /supplies/quotas/new/."""
    form = QuotaForm(request.POST or None, initial=request.GET.dict())
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "heading": _("Set a quota")}
        return render(request, "supplies/quota_form.html", context, status=422 if form.is_bound else 200)
    quota = Quota.write_down(**form.cleaned_data, by=request.user)
    return answer(request, "", to="quotas", message=_("The quota of %(quota)s is set.") % {"quota": quota})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_arrange
def quota_change(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /supplies/quotas/<pk>/."""
    quota = get_object_or_404(Quota.objects.select_related("department", "item"), pk=pk)
    form = MonthlyForm(request.POST or None, initial={"monthly": quota.monthly})
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "heading": str(quota), "quota": quota}
        return render(request, "supplies/quota_form.html", context, status=422 if form.is_bound else 200)
    Quota.write_down(quota.department, quota.item, **form.cleaned_data, by=request.user)
    return answer(request, "", to="quotas", message=_("The quota of %(quota)s is set.") % {"quota": quota})


@require_POST
@login_required
@may_arrange
def quota_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /supplies/quotas/<pk>/remove/: past use decides again."""
    quota = get_object_or_404(Quota.objects.select_related("department", "item"), pk=pk)
    quota.remove(by=request.user)
    message = _("%(quota)s: past use decides again.") % {"quota": quota}
    return answer(request, "", to="quotas", message=message)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_arrange
def quotas_propose(request: HttpRequest) -> HttpResponse:
    """GET and POST /supplies/quotas/propose/?department=: all of one department from past use."""
    number = request.GET.get("department", "")
    department = get_object_or_404(Department, pk=asked.key(number))
    form = _proposals(request, department)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "department": department, "rules": SuppliesSettings.current()}
        return render(request, "supplies/quotas_propose.html", context, status=422 if form.is_bound else 200)
    with transaction.atomic():
        for item, monthly in form.wanted:
            Quota.write_down(department, item, monthly, by=request.user)
    count = len(form.wanted)
    message = ngettext("%(count)d quota is set.", "%(count)d quotas are set.", count) % {"count": count}
    to = f"{reverse('quotas')}?department={department.pk}"
    return answer(request, "", to=to, message=message)


def _proposals(request: HttpRequest, department: Department) -> ProposalsForm:
    pairs = counting.proposals(now()).items()
    proposed = {item: monthly for (where, item), monthly in pairs if where == department.pk}
    return ProposalsForm(
        request.POST or None,
        items=list(Item.objects.requestable().filter(pk__in=proposed).order_by("name", "pk")),
        proposed=proposed,
        written=dict(Quota.objects.filter(department=department).values_list("item", "monthly")),
    )
