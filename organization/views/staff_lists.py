"""Taking over an employee list: upload, look, confirm."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization import staffing
from organization.columns import COLUMNS
from organization.forms import StaffListForm
from organization.models import StaffList, User
from pages.answers import answer
from pages.exports import Column, export

TEMPLATE = [Column(column.field, column.headers[0]) for column in COLUMNS]
may_import = permission_required("organization.import_people", raise_exception=True)


def get_staff_list(user: User, pk: int) -> StaffList:
    """One's own upload only: it holds what was in somebody's file."""
    return get_object_or_404(StaffList, pk=pk, uploaded_by=user)


@require_http_methods(["GET", "POST"])
@login_required
@may_import
def people_import(request: HttpRequest) -> HttpResponse:
    form = StaffListForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(form.keep())
    earlier = StaffList.objects.exclude(applied_at=None).select_related("uploaded_by")[:10]
    context = {"form": form, "columns": COLUMNS, "earlier": earlier}
    return render(request, "organization/people_import.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@may_import
def people_import_template(request: HttpRequest) -> HttpResponseBase:
    """An empty workbook with the headers."""
    return export([], TEMPLATE, _("employee list"), "xlsx")


@require_safe
@login_required
@may_import
def people_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_staff_list(request.user, pk)
    plan = None if found.applied_at else staffing.plan(found.lines, by=request.user)
    return render(request, "organization/people_import_preview.html", {"staff_list": found, "plan": plan})


@require_POST
@login_required
@may_import
def people_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_staff_list(request.user, pk)
    plan = staffing.take_over(found, request.POST.get("fingerprint", ""), by=request.user, at=timezone.now())
    count = plan.counts["new"] + plan.counts["changed"]
    done = ngettext("%(count)d person is taken over.", "%(count)d people are taken over.", count) % {
        "count": count
    }
    return answer(request, "organization/_nothing.html", to="people", message=done)
