"""Taking over a list of suppliers: upload, look, confirm."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages.answers import settled
from pages.clock import now
from pages.exports import Column, export

from .. import supplier_import
from ..forms.supplier_lists import SupplierListForm
from ..models import SupplierList
from ..supplier_sheet import COLUMNS

TEMPLATE = [Column(column.field, column.headers[0], width=16) for column in COLUMNS]
may_import = permission_required("procurement.add_supplier", raise_exception=True)


def get_list(user, pk: int) -> SupplierList:
    """One's own upload only: it holds what was in somebody's file."""
    return get_object_or_404(SupplierList, pk=pk, uploaded_by=user)


@require_http_methods(["GET", "POST"])
@login_required
@may_import
def suppliers_import(request: HttpRequest) -> HttpResponse:
    form = SupplierListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect(form.keep(by=request.user))
    earlier = SupplierList.objects.exclude(applied_at=None).select_related("uploaded_by")[:10]
    context = {"form": form, "columns": COLUMNS, "earlier": earlier}
    return render(request, "procurement/supplier_import.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@may_import
def suppliers_import_template(request: HttpRequest) -> HttpResponseBase:
    """An empty workbook with the headers."""
    return export([], TEMPLATE, _("list of suppliers"), "xlsx")


@require_safe
@login_required
@may_import
def suppliers_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_list(request.user, pk)
    plan = None if found.applied_at else supplier_import.plan(found.lines, at=now())
    context = {"supplier_list": found, "plan": plan}
    return render(request, "procurement/supplier_import_preview.html", context)


@require_POST
@login_required
@may_import
def suppliers_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_list(request.user, pk)
    plan = supplier_import.take_over(found, request.POST.get("fingerprint", ""), by=request.user, at=now())
    count = plan.counts["new"] + plan.counts["changed"]
    done = ngettext("%(count)d supplier is taken over.", "%(count)d suppliers are taken over.", count)
    return settled(request, to="suppliers", message=done % {"count": count})
