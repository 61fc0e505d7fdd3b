"""What a department draws of the store: per month and item, against its quotas."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from organization.models import Department
from pages.clock import now
from pages.exports import FORMATS, Column, export

from .. import approvers, use


@require_safe
@login_required
def department_use(request: HttpRequest) -> HttpResponseBase:
    """GET /supplies/use/?department=: one's own, those one heads; with the right to see the ledger, all."""
    departments = visible_to(request.user)
    department = _chosen(request, departments)
    found = use.of(department, now()) if department else None
    if department and (format := request.GET.get("export")) in FORMATS:
        name = _("Use of %(department)s") % {"department": department}
        return export(found.rows, columns(found), name, format)
    context = {"departments": departments, "department": department, "use": found}
    return render(request, "supplies/department_use.html", context)


def visible_to(user) -> QuerySet:
    """The departments whose use this person may see."""
    if user.has_perm("supplies.view_movement"):
        return Department.objects.all()
    acting = approvers.acted_for(user, now())
    own = Department.objects.filter(pk=user.department_id)
    return (own | Department.objects.filter(head__in=acting)).distinct()


def columns(found: use.Use) -> list[Column]:
    """Item, one column per month, quota, what is left, and what it all cost."""
    months = [
        Column(f"month{place}", date_format(month, "YEAR_MONTH_FORMAT"), _month(place))
        for place, month in enumerate(found.months)
    ]
    return [
        Column("name", pgettext("goods", "Item")),
        Column("unit", pgettext("of measure", "Unit"), "item.unit"),
        *months,
        Column("monthly", _("Quota a month"), "allowance.monthly"),
        Column("left", _("Left this month"), "allowance.left"),
        Column("amount", pgettext("of what was drawn", "Cost")),
    ]


def _month(place: int):
    return lambda row: row.months[place]


def _chosen(request: HttpRequest, departments: QuerySet) -> Department | None:
    """The one asked for, if this person may see it; else one's own or the first."""
    number = request.GET.get("department", "")
    if not number:
        own = departments.filter(pk=request.user.department_id).first()
        return own or departments.first()
    found = departments.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if found is None:
        raise Http404
    return found
