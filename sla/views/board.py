"""The standards board, one standard of it, and the board's settings."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pages import clock
from pages.exports import Column, export

from .. import standards
from ..board.page import BoardPage
from ..board.query import Asked
from ..board.standard_page import StandardPage
from ..board.words import percentage, unit_word
from ..clauses import CLAUSES, EFFECTS
from ..forms.board import BoardFilter, BoardSettingsForm
from ..models import BoardSettings

may_look = permission_required("sla.follow_board", raise_exception=True)


def standard_for(key: str) -> standards.Standard:
    """The standard of that key, if it stands on the board."""
    on_board = {clause.number for clause in (*CLAUSES, *EFFECTS)}
    found = next((one for one in standards.every() if one.key == key and one.clause in on_board), None)
    if found is None:
        raise Http404
    return found


@require_safe
@login_required
@may_look
def board(request: HttpRequest) -> HttpResponseBase:
    """GET /board/?period=&first=&last=&area=&department=&person=&state=&export="""
    at = clock.now()
    form = BoardFilter(request.GET, user=request.user, at=at)
    page = BoardPage(form, at, request.path)
    if "export" in request.GET:
        return _spreadsheet(page.rows, BOARD_COLUMNS, _("Standards board"), page.asked)
    return render(request, "sla/board.html", {"page": page, "asked": page.asked, "form": form})


@require_safe
@login_required
@may_look
def board_standard(request: HttpRequest, key: str) -> HttpResponseBase:
    """GET /board/<key>/: one standard day by day, with the same filters as the board."""
    standard, at = standard_for(key), clock.now()
    form = BoardFilter(request.GET, user=request.user, at=at, offered=("department", "person"))
    page = StandardPage(standard, form, user=request.user, at=at, to=request.path)
    if "export" in request.GET:
        return _spreadsheet(page.parts, PART_COLUMNS, standard.full_title, page.asked)
    context = {"page": page, "asked": page.asked, "form": form, "standard": standard, "row": page.row}
    return render(request, "sla/board_standard.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@permission_required("sla.change_boardsettings", raise_exception=True)
def board_settings(request: HttpRequest) -> HttpResponse:
    """GET and POST /board/settings/."""
    form = BoardSettingsForm(request.POST or None, instance=BoardSettings.current())
    if not (form.is_bound and form.is_valid()):
        return render(
            request, "sla/board_settings.html", {"form": form}, status=422 if form.is_bound else 200
        )
    form.save()
    messages.success(request, _("Saved."))
    return redirect("board")


def _spreadsheet(rows: Iterable, columns: Sequence[Column], name: str, asked: Asked) -> HttpResponseBase:
    return export(rows, columns, name, "xlsx", days=f"{asked.first}_{asked.last}")


_NUMBERS = [
    Column("share", gettext_lazy("Figure in percent"), lambda row: percentage(row.figure.share)),
    Column("adjusted", gettext_lazy("Adjusted in percent"), lambda row: percentage(row.figure.adjusted)),
    Column("kept", gettext_lazy("Kept"), "figure.kept"),
    Column("counted", gettext_lazy("Counted"), "figure.counted"),
    Column("excused", gettext_lazy("Excused"), "figure.excused"),
]
BOARD_COLUMNS = [
    Column("number", gettext_lazy("Clause")),
    Column("area", gettext_lazy("Field of work"), "area.title"),
    Column("item", gettext_lazy("Work item"), "item.title", width=18),
    Column("title", gettext_lazy("Standard"), width=26),
    Column("wording", gettext_lazy("Wording"), width=60),
    Column("shape", pgettext_lazy("clause", "Kind")),
    Column("target", gettext_lazy("Target in percent"), "line.target"),
    *_NUMBERS,
    Column("unit", gettext_lazy("Counted in"), lambda row: unit_word(row.line.shape)),
    Column("state", gettext_lazy("State"), "state.label"),
    Column("first", gettext_lazy("From"), "asked.first"),
    Column("last", gettext_lazy("Until"), "asked.last"),
]
PART_COLUMNS = [Column("first", gettext_lazy("From")), *_NUMBERS]
