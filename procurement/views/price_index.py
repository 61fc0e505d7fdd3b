"""The year-on-year price index: a period, by kind, category or single goods, down to the purchases."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from pages.exports import FORMATS, Column, export

from .. import price_course, year_on_year
from ..forms.prices import IndexForm
from ..year_on_year import Line, Period
from .prices import may_see

COLUMNS = [
    Column("label", pgettext_lazy("prices", "What"), width=30),
    Column("lines", gettext_lazy("Purchases")),
    Column("compared", gettext_lazy("With a price of last year's"), width=22),
    Column("dearer", gettext_lazy("Dearer")),
    Column("money", gettext_lazy("Spent in all"), width=16),
    Column("spent", gettext_lazy("Spent on what is compared"), width=22),
    Column("would_be", gettext_lazy("At last year's prices"), width=22),
    Column("index", gettext_lazy("Index")),
]
DEEPER = {"group": "category", "category": "item"}
COURSE = 8


@require_safe
@login_required
@may_see
def price_index(request: HttpRequest) -> HttpResponseBase:
    """GET /purchasing/prices/index/?unit=quarter&day=&by=group&group=&category=."""
    form = IndexForm(request.GET)
    asked = form.asked()
    period = year_on_year.around(asked["unit"], asked["day"])
    lines = year_on_year.table(_narrowed(asked, period.first, period.last), asked["by"])
    if (format := request.GET.get("export")) in FORMATS:
        days = f"{period.first}-{period.last}"
        return export(lines, COLUMNS, _("Year-on-year price index"), format, days=days)
    return render(request, "procurement/price_index.html", _shown(form, asked, period, lines))


def _shown(form: IndexForm, asked: dict, period: Period, lines: list[Line]) -> dict[str, Any]:
    course = _course(asked, period)
    words = [period_name(year_on_year.around(asked["unit"], first)) for first, _line in course]
    return {
        "form": form.__class__(initial=asked),
        "asked": asked,
        "period": period,
        "name": period_name(period),
        "before": _link(asked, day=period.before.first),
        "after": _link(asked, day=period.after.first),
        "rows": [(line, _deeper(asked, period, line)) for line in lines],
        "total": year_on_year.total(_narrowed(asked, period.first, period.last)),
        "chart": price_course.index_chart(course, words),
        "exports": [(format.upper(), _link(asked, export=format)) for format in FORMATS],
        "purchases": _purchases(asked, period),
    }


def _narrowed(asked: dict, first, last):
    rows = year_on_year.between(first, last)
    rows = rows.filter(group=asked["group"]) if asked["group"] else rows
    return rows.filter(category=asked["category"]) if asked["category"] else rows


def _course(asked: dict, period: Period) -> list[tuple]:
    """The last periods up to this one."""
    earliest = period
    for _number in range(COURSE - 1):
        earliest = earliest.before
    return year_on_year.course(_narrowed(asked, earliest.first, period.last), asked["unit"])


def period_name(period: Period) -> str:
    """ "2026 Q4", "2026-11", "2026"."""
    names = {
        "month": _("%(year)d-%(month)02d"),
        "quarter": _("Q%(quarter)d %(year)d"),
        "year": _("Year %(year)d"),
    }
    first = period.first
    return names[period.unit] % {
        "year": first.year,
        "month": first.month,
        "quarter": (first.month + 2) // 3,
    }


def _link(asked: dict, **changes: Any) -> str:
    query = asked | {"category": asked["category"].pk if asked["category"] else ""} | changes
    return f"{reverse('price-index')}?{urlencode({name: value for name, value in query.items() if value})}"


def _deeper(asked: dict, period: Period, line: Line) -> str:
    """One step down: from kinds to categories, to single goods, to their purchases."""
    if asked["by"] == "item":
        return f"{reverse('price-history')}?{urlencode({'of': line.key})}"
    return _link(asked, by=DEEPER[asked["by"]], **{asked["by"]: line.key})


def _purchases(asked: dict, period: Period) -> str:
    query = {"since": period.first, "until": period.last, "group": asked["group"]}
    query["category"] = asked["category"].pk if asked["category"] else ""
    return f"{reverse('prices')}?{urlencode({name: value for name, value in query.items() if value})}"
