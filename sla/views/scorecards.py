"""The months on paper: which are made, how far one is, and both files to take along."""

import datetime as dt
from typing import NamedTuple

from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Min
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST, require_safe

from pages import clock
from pages.answers import settled
from pages.looks import record_look
from pages.refusals import Gone

from ..board import Board
from ..models import DailyFigure, Scorecard
from ..models.figure import local_day
from ..models.scorecard import CONTENT_TYPES, month_of
from ..periods import Period, PeriodName
from ..scorecards.contents import areas_of

MOST_MONTHS = 36
LOOKED_AT = gettext_noop("scorecard as %(kind)s")

may_see = permission_required("sla.view_scorecard", raise_exception=True)
may_make = permission_required("sla.add_scorecard", raise_exception=True)


class Month(NamedTuple):
    """One month of the list, with its scorecard if it ever was asked for."""

    first: dt.date
    card: Scorecard | None
    is_over: bool

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"


def scorecard_for(month: dt.date) -> Scorecard:
    """The scorecard of that month; 404 where none was asked for."""
    return get_object_or_404(Scorecard, month=month)


@require_safe
@login_required
@may_see
def scorecards(request: HttpRequest) -> HttpResponse:
    """GET /scorecards/"""
    months = _months(local_day(clock.now()))
    is_working = any(month.card and month.card.is_under_way for month in months)
    return render(request, "sla/scorecard_list.html", {"months": months, "is_working": is_working})


@require_safe
@login_required
@may_see
def scorecard(request: HttpRequest, month: dt.date) -> HttpResponse:
    """GET /scorecards/<month>/: the month in the browser, and its files."""
    at = clock.now()
    if month > local_day(at):
        raise Http404
    card = Scorecard.objects.filter(month=month).select_related("asked_by").first()
    board = Board(Period.month(month), at=at)
    shown = _month(month, card, local_day(at))
    context = {"month": shown, "card": card, "areas": areas_of(board), "board": board}
    return render(request, "sla/scorecard_detail.html", context)


@require_POST
@login_required
@may_see
@may_make
def scorecard_make(request: HttpRequest, month: dt.date) -> HttpResponse:
    """POST /scorecards/<month>/make/: have it made, or made anew."""
    card = Scorecard.ask(month, by=request.user, at=clock.now())
    message = _("It is being made; you can go on working meanwhile.")
    return settled(request, to=card, message=message, trigger="scorecards-changed")


@require_GET
@login_required
@may_see
def scorecard_file(request: HttpRequest, month: dt.date, kind: str) -> HttpResponseBase:
    """GET /scorecards/<month>/<kind>/ (pdf, xlsx)"""
    card = scorecard_for(month)
    if kind not in CONTENT_TYPES or not (file := card.file(kind)):
        raise Http404
    if not file.storage.exists(file.name):
        raise Gone(_("The file is not there any more. Have the scorecard made anew."))
    record_look(card, request.user, LOOKED_AT, kind=kind.upper())
    return FileResponse(
        file.open(), as_attachment=True, filename=card.filename(kind), content_type=CONTENT_TYPES[kind]
    )


def _months(today: dt.date) -> list[Month]:
    """From this month back to the first in which anything was counted or asked for, newest first."""
    cards = {card.month: card for card in Scorecard.objects.select_related("asked_by")}
    counted = DailyFigure.objects.aggregate(first=Min("day"))["first"]
    oldest = month_of(min([today, *cards, *([counted] if counted else [])]))
    month, found = month_of(today), []
    while month >= oldest and len(found) < MOST_MONTHS:
        found.append(_month(month, cards.get(month), today))
        month = Period.named(PeriodName.LAST_MONTH, month).first
    return found


def _month(first: dt.date, card: Scorecard | None, today: dt.date) -> Month:
    return Month(first, card, first < month_of(today))
