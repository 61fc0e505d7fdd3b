"""The board's numbers for scripts, and for whoever sits at a terminal."""

import datetime as dt
import json
import unicodedata
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from pages import clock
from sla.board import Board, Period, State
from sla.models.figure import local_day

from .figures import day

COLUMNS = ("clause", "key", "shape", "target", "figure", "adjusted", "numerator", "denominator", "excused")


class Command(BaseCommand):
    help = "Print every clause with shape, target, figure, numerator, denominator, excused and period."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument("--month", help="a month such as 2026-11; this month unless given")
        parser.add_argument("--first", help="the first day, such as 2026-11-01, together with --last")
        parser.add_argument("--last", help="the last day")

    def handle(self, *args, **options) -> None:
        at = clock.now()
        period = chosen(options["month"], options["first"], options["last"], local_day(at))
        board = Board(period, at=at)
        if options["format"] == "json":
            self.stdout.write(json.dumps(board.numbers(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(table(board))


def chosen(month: str | None, first: str | None, last: str | None, today: dt.date) -> Period:
    """The days asked for; a sentence where they make no sense."""
    if month and (first or last):
        raise CommandError(_("Give either --month, or --first and --last."))
    if month:
        return Period.month(first_of(month))
    try:
        return Period.asked(day(first), day(last), today=today)
    except ValueError as error:
        raise CommandError(str(error)) from error


def first_of(month: str) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise CommandError(_("“%(text)s” is no month; write 2026-11.") % {"text": month}) from error


def table(board: Board) -> str:
    """The same numbers, aligned for a terminal."""
    rows = [(*COLUMNS, "state", "title")]
    rows += [
        (*(cell(numbers[name]) for name in COLUMNS), State(numbers["state"]).label, numbers["title"])
        for numbers in board.numbers()
    ]
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ["  ".join(padded(text, size) for text, size in zip(row, widths, strict=True)) for row in rows]
    heading = f"{board.period.first} – {board.period.last}"
    return "\n".join([heading, *(line.rstrip() for line in lines)])


def cell(value: Any) -> str:
    return "–" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def width(text: Any) -> int:
    """Columns on the terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in str(text))


def padded(text: Any, size: int) -> str:
    return f"{text}{' ' * (size - width(text))}"
