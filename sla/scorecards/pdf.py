"""The scorecard on A4: what is broken first, then every clause area by area, then each miss by name.

Each clause's title and figures lead to its page on the board, each miss to its own: who doubts a number
clicks it.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from pages import paper

from ..board import State
from . import words
from .contents import Area, Contents, Miss, Row
from .marks import ACCENT, BAD, GROUND, INK, INK_2, LINE, Bars, Heading, Mark, Shares, Tiles

WIDTH, HEIGHT = A4
MARGIN, BAND = 16 * mm, 33 * mm
ROOM = WIDTH - 2 * MARGIN
COLUMNS = (34, 148, 38, 42, 42, 62, 44, 54, 40.6)
MOST_MISSES = 300
LONGEST_EXCUSE = 300  # a row is never higher than a page; the spreadsheet has every word
MISS_COLUMNS = (66, 108, 152, 52, 126.6)


def draw(contents: Contents) -> bytes:
    """The whole document, in the language now active."""
    file = io.BytesIO()
    frame = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    first = Frame(MARGIN, 17 * mm, ROOM, HEIGHT - BAND - 24 * mm, id="first", **frame)
    later = Frame(MARGIN, 17 * mm, ROOM, HEIGHT - 40 * mm, id="later", **frame)
    document = BaseDocTemplate(
        file,
        pagesize=A4,
        title=f"{_('Monthly scorecard')} {words.month(contents.month)}",
        author=contents.department or str(_("Admin Office")),
        subject=words.data_state(contents),
        lang=get_language(),
        pageTemplates=[
            PageTemplate("first", [first], onPage=lambda canvas, page: _band(canvas, contents)),
            PageTemplate("later", [later], onPage=lambda canvas, page: _head(canvas, contents)),
        ],
    )
    foot = paper.numbered_canvas(lambda canvas, page, pages: _foot(canvas, contents, page, pages))
    document.build(_story(contents), canvasmaker=foot)
    return file.getvalue()


def _story(contents: Contents) -> list[Any]:
    states = list(contents.board.counts.items())
    return [
        NextPageTemplate("later"),
        Tiles(states, ROOM),
        Spacer(0, 7),
        Shares(states, ROOM),
        Spacer(0, 6),
        Paragraph(words.summary(contents), _style("lead", 10, color=INK)),
        *_listed(contents, State.BROKEN, _("Broken"), _("No clause was broken.")),
        *_listed(contents, State.AT_RISK, _("At risk"), ""),
        *(part for area in contents.areas for part in _area(area)),
        *_misses(contents),
        *_reading(),
    ]


# -- the parts -------------------------------------------------------------------------------------


def _listed(contents: Contents, state: State, title: str, nothing: str) -> list[Any]:
    rows = contents.rows_in(state)
    if rows:
        return [CondPageBreak(90), Heading(title), _table([_line(row) for row in rows])]
    return [Heading(title), Paragraph(nothing, _style("nothing", 9, color=INK_2))] if nothing else []


def _area(area: Area) -> list[Any]:
    cells: list[list] = []
    looks: list[tuple] = []
    top = 1 if area.measured else 0
    for item in area.items:
        title = Paragraph(f"{item.number}&nbsp; {paper.linked(item.title)}", _style("item", 8.5))
        looks += _across(top + len(cells), [("BACKGROUND", GROUND), ("NOSPLIT", None)])
        cells += [_alone(title), *(_line(row) for row in item.measured)]
        if item.unmeasured:
            looks += _across(top + len(cells), [])
            cells.append(_alone(_unmeasured(item.unmeasured)))
    heading = Heading(f"{area.number}  {area.title}")
    return [CondPageBreak(70), heading, _table(cells, looks, has_head=bool(area.measured))]


def _alone(cell: Paragraph) -> list[Any]:
    return [cell, *[""] * (len(COLUMNS) - 1)]


def _across(line: int, looks: list[tuple]) -> list[tuple]:
    """Table commands by which one cell takes a whole line and, headed by it, keeps the next."""
    first, last = (0, line), (-1, line)
    spans = [("SPAN", first, last)]
    for name, value in looks:
        spans.append((name, first, (0, line + 1)) if value is None else (name, first, last, value))
    return spans


def _unmeasured(rows: list[Row]) -> Paragraph:
    """The clauses of an item that have no figure, together."""
    names = " · ".join(f"{row.number} {paper.linked(row.line.title, row.link)}" for row in rows)
    said = paper.linked(_("Not yet measured: %(clauses)s")) % {"clauses": names}
    return Paragraph(said, _style("unmeasured", 7.5, INK_2))


def _line(row: Row) -> list[Any]:
    line = row.line
    text, number = _style("cell", 8.5), _style("number", 8.5, right=True)
    raw = _style("raw", 8.5, BAD if line.state == State.BROKEN else INK, right=True)
    return [
        Paragraph(row.number, text),
        Paragraph(paper.linked(line.title, row.link), text),
        Paragraph(f"{line.target}%", number),
        Paragraph(paper.linked(row.raw, row.link), raw),
        Paragraph(paper.linked(row.adjusted, row.link), number),
        _counts(row, number),
        Paragraph(row.change_words, number),
        Bars([share for _label, share in line.trend], line.target / 100),
        Mark(line.state),
    ]


def _counts(row: Row, number) -> list[Any]:
    """How much of how much, and below it what of that was excused."""
    shown = [Paragraph(paper.linked(row.counts, row.link), number)]
    if row.figure.excused:
        quiet = _style("excused", 7, INK_2, right=True)
        shown.append(Paragraph(words.excused(row.figure.excused), quiet))
    return shown


def _table(cells: Sequence[list], extra: Iterable = (), has_head: bool = True) -> Table:
    if not has_head:
        return Table(cells, colWidths=COLUMNS, style=[*_LINES, *extra])
    head = _column_titles()
    return Table([head, *cells], colWidths=COLUMNS, repeatRows=1, style=[*_LINES, _UNDER_HEAD, *extra])


def _column_titles() -> list[Paragraph]:
    small, right = _style("head", 7.5, INK_2), _style("head-right", 7.5, INK_2, right=True)
    return [
        Paragraph(_("No."), small),
        Paragraph(_("Clause"), small),
        Paragraph(_("Target"), right),
        Paragraph(pgettext("figure", "Raw"), right),
        Paragraph(pgettext("figure", "Adjusted"), right),
        Paragraph(_("Kept of counted"), right),
        Paragraph(pgettext("figure", "Change"), right),
        Paragraph(_("Trend"), small),
        Paragraph(_("State"), small),
    ]


_LINES = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("FONTNAME", (0, 0), (-1, -1), paper.FONT),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 3),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
]
_UNDER_HEAD = ("LINEBELOW", (0, 0), (-1, 0), 0.8, ACCENT)


def _misses(contents: Contents) -> list[Any]:
    if not contents.misses:
        return []
    small = _style("head", 7.5, INK_2)
    titles = (_("Due"), _("Clause"), _("About"), _("Responsible"), _("Excuse"))
    shown = contents.misses[:MOST_MISSES]
    cells = [[Paragraph(title, small) for title in titles], *(_miss(miss) for miss in shown)]
    parts = [
        CondPageBreak(90),
        Heading(_("Misses")),
        Table(cells, colWidths=MISS_COLUMNS, repeatRows=1, style=[*_LINES, _UNDER_HEAD]),
    ]
    more = contents.count_of_misses - len(shown)
    return [*parts, Paragraph(words.more_misses(more), _style("more", 8.5, INK_2))] if more else parts


def _miss(miss: Miss) -> list[Any]:
    text = _style("miss", 8)
    return [
        Paragraph(paper.linked(words.moment(miss.due_at), miss.link), text),
        Paragraph(paper.linked(f"{miss.number} {miss.title}".strip()), text),
        Paragraph(paper.linked(miss.about), text),
        Paragraph(paper.linked(miss.owner), text),
        Paragraph(paper.linked(Truncator(miss.excuse).chars(LONGEST_EXCUSE)), _style("excuse", 8, INK_2)),
    ]


def _reading() -> list[Any]:
    notes = "<br/>".join(paper.linked(note) for note in words.reading())
    return [KeepTogether([Heading(_("How to read this")), Paragraph(notes, _style("note", 8.5, INK_2))])]


# -- round about -----------------------------------------------------------------------------------


def _band(canvas, contents: Contents) -> None:
    canvas.setFillColor(ACCENT)
    canvas.rect(0, HEIGHT - BAND, WIDTH, BAND, stroke=0, fill=1)
    paper.draw_bold(canvas, MARGIN, HEIGHT - 17 * mm, _("Monthly scorecard"), 22, white)
    canvas.setFillColor(white)
    canvas.setFont(paper.font(), 11.5)
    title = " · ".join(filter(None, (contents.department, words.month(contents.month))))
    canvas.drawString(MARGIN, HEIGHT - 26 * mm, title)
    canvas.setFont(paper.font(), 9)
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 26 * mm, words.stretch(contents))


def _head(canvas, contents: Contents) -> None:
    canvas.setFillColor(INK_2)
    canvas.setFont(paper.font(), 8.5)
    title = f"{_('Monthly scorecard')} · {words.month(contents.month)}"
    canvas.drawString(MARGIN, HEIGHT - 14 * mm, title)
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 14 * mm, contents.department)
    canvas.setStrokeColor(LINE)
    canvas.line(MARGIN, HEIGHT - 16.5 * mm, WIDTH - MARGIN, HEIGHT - 16.5 * mm)


def _foot(canvas, contents: Contents, page: int, pages: int) -> None:
    canvas.setFillColor(INK_2)
    canvas.setFont(paper.font(), 7.5)
    canvas.drawString(MARGIN, 9 * mm, words.data_state(contents))
    number = _("Page %(page)d of %(pages)d") % {"page": page, "pages": pages}
    canvas.drawRightString(WIDTH - MARGIN, 9 * mm, number)


def _style(name: str, size: float, color: HexColor = INK, *, right: bool = False):
    more = {"alignment": TA_RIGHT} if right else {}
    return paper.style(name, size, textColor=color, linkUnderline=0, **more)
