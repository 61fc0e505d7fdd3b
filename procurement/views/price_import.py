"""Taking over a list of past purchases: chosen, looked through, confirmed."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pages.answers import answer

from .. import past_prices
from ..forms.prices import PriceImportForm
from ..past_price_columns import COLUMNS
from .prices import may_enter

MOST_SHOWN = 200


@require_http_methods(["GET", "POST"])
@login_required
@may_enter
def price_import(request: HttpRequest) -> HttpResponse:
    """GET and POST /purchasing/prices/import/: a file to look through, or the preview confirmed."""
    if "kept" in request.POST:
        return _taken_over(request)
    form = PriceImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _preview(request, form.table)
    context = {"form": form, "columns": COLUMNS, "most": past_prices.MOST_ROWS}
    status = 422 if form.is_bound else 200
    return render(request, "procurement/price_import.html", context, status=status)


def _preview(request: HttpRequest, table: list[list[str]]) -> HttpResponse:
    plan = past_prices.plan(table)
    rows = sorted(plan.rows, key=lambda row: row.state != "error")
    context = {
        "plan": plan,
        "rows": rows[:MOST_SHOWN],
        "more": len(rows) - MOST_SHOWN,
        "columns": COLUMNS,
        "kept": past_prices.keep(table),
        "counts": {state: plan.counts[state] for state in ("new", "known", "error")},
    }
    return render(request, "procurement/price_import_preview.html", context)


def _taken_over(request: HttpRequest) -> HttpResponse:
    try:
        plan = past_prices.plan(past_prices.kept(request.POST["kept"]))
    except ValidationError as mistake:
        form = PriceImportForm()
        context = {"form": form, "columns": COLUMNS, "mistake": mistake.messages[0]}
        return render(request, "procurement/price_import.html", context, status=422)
    count = past_prices.take_over(plan, by=request.user)
    words = ngettext("%(count)d purchase taken over.", "%(count)d purchases taken over.", count)
    return answer(request, "", to="prices", message=words % {"count": count} if count else _("Nothing new."))
