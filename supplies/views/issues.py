"""What was handed out of office supplies, line by line: the records behind clause 4.1.3."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from pages.exports import Column
from pages.lists import List

from ..filters_requisitions import IssueFilter
from ..measures_requisitions import counted, with_kept
from ..models import Item

COLUMNS = [
    Column("at", gettext_lazy("Handed out at"), sort=True),
    Column("item", pgettext_lazy("goods", "Item"), sort="item__name"),
    Column("quantity", gettext_lazy("Quantity"), lambda row: -row.quantity, sort=True),
    Column("unit", pgettext_lazy("of measure", "Unit"), "item.unit"),
    Column("department", gettext_lazy("Department"), "department.name"),
    Column("person", pgettext_lazy("stock", "handed to"), "posting.person.name"),
    Column("posted_by", gettext_lazy("Handed out by"), "posting.posted_by.name"),
    Column("source", gettext_lazy("Requisition"), "posting.source", template="supplies/_issue_source.html"),
    Column("is_kept", gettext_lazy("By real use"), template="supplies/_issue_kept.html"),
]


@require_safe
@login_required
@permission_required("supplies.view_movement", raise_exception=True)
def issues(request: HttpRequest) -> HttpResponseBase:
    """GET /supplies/issues/."""
    rows = with_kept(counted()).select_related("item", "department", "posting__person", "posting__posted_by")
    listing = List(
        request,
        rows.prefetch_related("posting__source"),
        COLUMNS,
        name=_("Office supplies handed out"),
        search=lambda text: counted().filter(item__in=Item.objects.matching(text)),
        filters=IssueFilter,
        sort="-at",
    )
    return listing.answer("supplies/issue_list.html")
