"""The scorecard as a spreadsheet: every clause, every clause day by day, and each miss."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from pages.exports import plain, safe

from ..board.words import percentage, unit_word
from ..figures import Figure
from ..work_items import AREAS, area_of
from . import words
from .contents import Contents, Row, by_day

SHADE = PatternFill("solid", fgColor="E3F0F0")
LINK = Font(color="14606A", underline="single")


def write(contents: Contents) -> bytes:
    """The whole book, in the language now active."""
    book = Workbook()
    book.properties.title = f"{_('Monthly scorecard')} {words.month(contents.month)}"
    summary = book.active
    summary.title = _("Summary")
    for line in _head(contents):
        summary.append([plain(line)])
    summary["A1"].font = Font(bold=True, size=14)
    _fill(summary, _summary_titles(), ((_summary(row), {3: row.link}) for row in contents.rows))
    _fill(book.create_sheet(_("By day")), _day_titles(), _days(contents))
    _fill(book.create_sheet(_("Misses")), _miss_titles(), _misses(contents))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _head(contents: Contents) -> list[str]:
    title = f"{_('Monthly scorecard')} · {words.month(contents.month)}"
    return [title, contents.department, words.stretch(contents), words.data_state(contents), ""]


def _fill(sheet, titles: Sequence[tuple[Any, int]], rows: Iterable[tuple[list, dict[int, str]]]) -> None:
    """Titles with their widths, then rows, each with the links of some of its cells by column from 1."""
    sheet.append([safe(str(title)) for title, _width in titles])
    top = sheet.max_row
    for number, (_title, width) in enumerate(titles, start=1):
        head = sheet.cell(top, number)
        head.font, head.fill, head.alignment = Font(bold=True), SHADE, Alignment(wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{top + 1}"
    for values, links in rows:
        sheet.append([plain(value) if value is not None else None for value in values])
        for number, link in links.items():
            if link:
                cell = sheet.cell(sheet.max_row, number)
                cell.hyperlink, cell.font = link, LINK


def _summary_titles() -> list[tuple[Any, int]]:
    return [
        (_("Field of work"), 22),
        (_("No."), 8),
        (_("Clause"), 44),
        (_("Measured by"), 12),
        (_("State"), 14),
        *_figure_titles(),
        (_("Target in percent"), 12),
        (_("Change in points"), 12),
    ]


def _figure_titles() -> list[tuple[Any, int]]:
    return [
        (_("Counted"), 10),
        (_("Kept"), 10),
        (_("Excused"), 10),
        (_("Figure in percent"), 12),
        (_("Adjusted in percent"), 12),
        (_("Counted in"), 10),
    ]


def _summary(row: Row) -> list[Any]:
    line = row.line
    change = None if row.change is None else round(row.change * 100, 1)
    figures = _figures(row, row.figure) if line.is_measured else [None] * 6
    target = line.target if line.is_measured else None
    area = AREAS[area_of(row.number)]
    return [area, row.number, line.title, line.shape.label, line.state.label, *figures, target, change]


def _figures(row: Row, figure: Figure) -> list[Any]:
    shares = percentage(figure.share), percentage(figure.adjusted)
    return [figure.counted, figure.kept, figure.excused, *shares, unit_word(row.line.shape)]


def _day_titles() -> list[tuple[Any, int]]:
    return [(_("No."), 8), (_("Clause"), 44), (_("Day"), 12), *_figure_titles()]


def _days(contents: Contents) -> Iterable[tuple[list, dict[int, str]]]:
    for row, day, figure in by_day(contents):
        yield [row.number, row.line.title, day, *_figures(row, figure)], {2: row.link}


def _miss_titles() -> list[tuple[Any, int]]:
    return [
        (_("Due"), 18),
        (_("No."), 8),
        (_("Clause"), 36),
        (_("About"), 36),
        (_("Responsible"), 12),
        (_("Excuse"), 44),
    ]


def _misses(contents: Contents) -> Iterable[tuple[list, dict[int, str]]]:
    for miss in contents.misses:
        values = [miss.due_at, miss.number, miss.title, miss.about, miss.owner, miss.excuse]
        yield values, {1: miss.link}
    more = contents.count_of_misses - len(contents.misses)
    if more:
        yield [words.more_misses(more)], {}
