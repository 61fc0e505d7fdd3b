"""The depreciation of a month, to look at and to take along."""

from datetime import date

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pages import asked
from pages.clock import now
from pages.exports import FORMATS, Column, export

from ..depreciation import months_later
from ..depreciation_table import GROUPS, lines, total

MOST_SHOWN = 500
WAYS = {
    "department": gettext_lazy("By department"),
    "category": gettext_lazy("By category"),
    "asset": gettext_lazy("Piece by piece"),
}
COLUMNS = [
    Column("pieces", gettext_lazy("Pieces")),
    Column("price", gettext_lazy("Price at the end")),
    Column("added", gettext_lazy("Added in the month")),
    Column("removed", gettext_lazy("Scrapped in the month")),
    Column("amount", gettext_lazy("Depreciation of the month")),
    Column("accumulated", gettext_lazy("Depreciation so far")),
    Column("book_value", gettext_lazy("Book value")),
]


@require_safe
@login_required
@permission_required("supplies.view_asset_value", raise_exception=True)
def depreciation(request: HttpRequest) -> HttpResponseBase:
    """GET /assets/depreciation/?month=2026-11&by=department, or the same as a file with &export=xlsx."""
    month = _month(request.GET.get("month", ""))
    by = request.GET.get("by") if request.GET.get("by") in GROUPS else "department"
    rows = lines(month, by)
    whole = total(rows, _("Together"))
    if (format := request.GET.get("export")) in FORMATS:
        columns = [Column("label", WAYS[by], width=30), *COLUMNS]
        return export([*rows, whole], columns, _("Depreciation"), format, days=f"{month:%Y-%m}")
    context = {
        "month": month, "before": months_later(month, -1), "after": months_later(month, 1), "by": by,
        "ways": WAYS, "columns": COLUMNS, "rows": rows[:MOST_SHOWN], "whole": whole,
        "left_out": max(0, len(rows) - MOST_SHOWN), "this_month": timezone.localdate(now()).replace(day=1),
    }  # fmt: skip
    return render(request, "supplies/depreciation.html", context)


def _month(text: str) -> date:
    """The first day of the month that was asked for; of this month where that is none."""
    return asked.month(text) or timezone.localdate(now()).replace(day=1)
