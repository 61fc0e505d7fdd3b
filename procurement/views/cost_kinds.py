"""The kinds of cost: by which nature each is forecast, and which goods count there."""

from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages.answers import answer
from pages.history import reason as recorded
from pages.refusals import Refused
from supplies.models import Category

from ..forms.cost_kinds import CostKindForm
from ..models import CostCategory

may_change = permission_required("procurement.change_costcategory", raise_exception=True)
may_remove = permission_required("procurement.delete_costcategory", raise_exception=True)


@require_safe
@login_required
@may_change
def cost_kinds(request: HttpRequest) -> HttpResponse:
    """GET /costs/kinds/."""
    kinds = CostCategory.objects.prefetch_related("goods")
    elsewhere = Category.objects.filter(active=True, cost_categories=None)
    context = {"kinds": kinds, "elsewhere": elsewhere, "fallback": CostCategory.objects.fallback()}
    return render(request, "procurement/cost_kinds.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@may_change
def cost_kind_new(request: HttpRequest) -> HttpResponse:
    """GET and POST /costs/kinds/new/."""
    return _edit(request, CostCategory())


@require_http_methods(["GET", "POST"])
@login_required
@may_change
def cost_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /costs/kinds/<pk>/."""
    return _edit(request, get_object_or_404(CostCategory, pk=pk))


@require_POST
@login_required
@may_remove
def cost_kind_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /costs/kinds/<pk>/remove/: one that was never used; others are taken out of use."""
    kind = get_object_or_404(CostCategory, pk=pk)
    if kind.use == CostCategory.Use.OTHER:
        raise Refused(_("Everything that belongs nowhere else goes here; it stays."))
    try:
        with recorded(by=request.user):
            kind.delete()
    except ProtectedError as error:
        raise Refused(
            _("“%(name)s” has budgets or costs; take it out of use instead.") % {"name": kind}
        ) from error
    return answer(request, "", to="cost-kinds", message=_("%(name)s is removed.") % {"name": kind})


def _edit(request: HttpRequest, kind: CostCategory) -> HttpResponse:
    form = CostKindForm(request.POST or None, instance=kind)
    if form.is_bound and form.is_valid():
        form.save(by=request.user)
        return answer(request, "", to="cost-kinds", message=_("%(name)s is saved.") % {"name": kind})
    status = 422 if form.is_bound else 200
    return render(request, "procurement/cost_kind_form.html", {"form": form, "kind": kind}, status=status)
