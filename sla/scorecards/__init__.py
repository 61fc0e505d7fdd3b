"""Month-end: the last month's scorecard is made and mailed on the first working day of the next; any month's
is made whenever somebody asks for it."""

import datetime as dt
import logging
import subprocess
import sys

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from .. import calendars, figures
from ..hours import NoWorkingTime
from ..models import DailyFigure, Scorecard
from ..models.figure import local_day
from ..models.scorecard import Overtaken, month_of
from ..periods import Period, PeriodName

log = logging.getLogger(__name__)

MAILED_FROM = dt.time(8)
TRY_AGAIN = dt.timedelta(hours=1)
LONGEST = dt.timedelta(minutes=15)

__all__ = ["make", "month_end", "tend", "tend_apart"]


def tend_apart(at: dt.datetime) -> None:
    """What `tend` does, but whatever is to be made is made by a process of its own.

    ReportLab, openpyxl and a month of figures are 95 MB, which a worker would keep for ever.
    """
    month_end(at)
    if Scorecard.to_be_made(at).exists():
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "scorecards"]
        subprocess.run(command, check=True, timeout=LONGEST.total_seconds())  # noqa: S603 - our own words


def tend(at: dt.datetime) -> None:
    """One tick: ask for what is due, make what is asked, mail what is to be mailed, each once."""
    month_end(at)
    while card := Scorecard.take_up(at):
        make(card)
    month_end(at)


def month_end(at: dt.datetime) -> None:
    """From the first working day, 08:00, on: last month's scorecard is asked for and mailed, each once."""
    month = Period.named(PeriodName.LAST_MONTH, local_day(at)).first
    card = Scorecard.objects.filter(month=month).first()
    if (card and card.mailed_at) or at < _mailed_from(at):
        return
    if card and card.is_ready and card.is_whole:
        card.mail(at=at)
    elif _is_to_be_made(month, card, at):
        Scorecard.ask(month, by=None, at=at)


def make(card: Scorecard) -> None:
    """Make both files of a scorecard that was taken up; what goes wrong is written on it."""
    try:
        with override(settings.LANGUAGE_CODE):
            _make(card)
    except Overtaken:
        log.warning("Scorecard %s was taken up by somebody else", card)
    except Exception as error:
        log.exception("Scorecard %s", card)
        _give_up(card, f"{type(error).__name__}: {error}")


def _make(card: Scorecard) -> None:
    from . import contents, pdf, sheet  # ReportLab and openpyxl: only where a scorecard is made

    card.advance(5)
    figures.roll_up(card.begun_at)
    card.advance(25)
    month = contents.gather(card.month, card.begun_at)
    card.advance(50)
    document = pdf.draw(month)
    card.advance(80)
    book = sheet.write(month)
    card.advance(95)
    card.finish(document, book)


def _give_up(card: Scorecard, error: str) -> None:
    try:
        card.fail(error)
    except Overtaken:
        log.warning("Scorecard %s was taken up by somebody else", card)


def _mailed_from(at: dt.datetime) -> dt.datetime:
    """The first working day of this month in the office calendar, at eight; of no working day, the first."""
    first = month_of(local_day(at))
    try:
        first = calendars.hours("office").first_working_day(first)
    except NoWorkingTime:
        log.warning("The office calendar has no working day from %s on", first)
    return dt.datetime.combine(first, MAILED_FROM, timezone.get_default_timezone())


def _is_to_be_made(month: dt.date, card: Scorecard | None, at: dt.datetime) -> bool:
    """A month in which anything was counted, not under way; one that failed is tried again after an hour."""
    if card is None:
        return DailyFigure.objects.filter(day__range=Period.month(month)[:2], counted__gt=0).exists()
    if card.is_under_way:
        return False
    return not card.has_failed or card.asked_at <= at - TRY_AGAIN
