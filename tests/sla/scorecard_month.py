"""A month as the scorecard tests know it, and what can be read back from the files."""

import datetime as dt
import io
import subprocess

from openpyxl import load_workbook

from sla.models import Excuse, Scorecard, Timer
from sla.scorecards import make
from sla.timers import start_timer

FEEDBACK = "call-feedback"  # clause 1.1.6: within one minute
MINUTE = dt.timedelta(minutes=1)
SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 1)


def feedback(subject, owner, at: dt.datetime, *, minutes: float, label: str = "深圳启航贸易") -> Timer:
    """One call fed back so many minutes after it ended."""
    timer = start_timer(subject, FEEDBACK, owner=owner, at=at, label=label)
    timer.stop(at=at + minutes * MINUTE, by=owner)
    return timer


def excuse(timer: Timer, *, reason: str, by, manager) -> None:
    asked = Excuse.ask(timer, reason=reason, by=by, at=timer.stopped_at)
    asked.decide(granted=True, by=manager, at=timer.stopped_at)


def made(month: dt.date, *, by, at: dt.datetime) -> Scorecard:
    """The month's scorecard, asked for and made."""
    Scorecard.ask(month, by=by, at=at)
    card = Scorecard.take_up(at)
    make(card)
    card.refresh_from_db()
    return card


def pdf_text(card: Scorecard) -> str:
    """The words of the PDF, as anybody would copy them out of it."""
    with card.pdf.open() as file:
        found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=file.read(), capture_output=True)
    return found.stdout.decode()


def sheet_rows(card: Scorecard, title: str) -> list[tuple]:
    with card.sheet.open() as file:
        book = load_workbook(io.BytesIO(file.read()))
    return list(book[title].iter_rows(values_only=True))
