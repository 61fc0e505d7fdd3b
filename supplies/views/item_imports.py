"""Taking over a list of items: upload, look, confirm, watch it being written."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.models import User
from pages.clock import now
from pages.exports import Column, export
from pages.refusals import Refused

from .. import importing
from ..forms.stock import ItemImportForm
from ..models import ItemImport

TEMPLATE = [Column(column.field, column.headers[0]) for column in importing.COLUMNS]
MOST_SHOWN = 200
may_import = permission_required("supplies.import_item", raise_exception=True)


def get_import(user: User, pk: int) -> ItemImport:
    """One's own upload while it is looked through; once written, whoever may import sees what came of it."""
    found = get_object_or_404(ItemImport.objects.select_related("posting", "uploaded_by"), pk=pk)
    if found.uploaded_by_id != user.pk and not found.applied_at:
        return get_object_or_404(ItemImport, pk=pk, uploaded_by=user)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_import
def items_import(request: HttpRequest) -> HttpResponse:
    form = ItemImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect(form.keep(by=request.user, at=now()))
    earlier = ItemImport.objects.exclude(applied_at=None).select_related("uploaded_by").defer("rows")[:10]
    context = {"form": form, "columns": importing.COLUMNS, "earlier": earlier, "most": importing.MOST_ROWS}
    return render(request, "supplies/items_import.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@may_import
def items_import_template(request: HttpRequest) -> HttpResponseBase:
    """An empty workbook with the headers."""
    return export([], TEMPLATE, _("items"), "xlsx")


@require_safe
@never_cache
@login_required
@may_import
def items_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list would do; once confirmed, how far it is; at last, what came of it."""
    found = get_import(request.user, pk)
    if found.applied_at or (found.confirmed_at and not found.failed):
        done, total = importing.progress(found)
        template = "_items_import_progress.html" if request.htmx else "items_import_progress.html"
        return render(request, f"supplies/{template}", {"batch": found, "done": done, "total": total})
    plan = importing.plan(found.lines)
    entries = sorted(
        (entry for entry in plan.entries if entry.state != "unchanged"), key=lambda entry: not entry.errors
    )
    context = {
        "batch": found,
        "plan": plan,
        "entries": entries[:MOST_SHOWN],
        "more": len(entries) - MOST_SHOWN,
    }
    return render(request, "supplies/items_import_preview.html", context)


@require_POST
@login_required
@may_import
def items_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_import(request.user, pk)
    if found.applied_at is None:
        plan = importing.plan(found.lines)
        if plan.has_errors or plan.fingerprint != request.POST.get("fingerprint", ""):
            raise Refused(_("Nothing was taken over: records changed meanwhile. Look at the preview again."))
        found.confirm(at=now())
    return redirect(found)
