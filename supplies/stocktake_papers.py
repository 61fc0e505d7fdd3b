"""Stocktakes on A4: the sheet to count with, on which no figure stands, and the signed result (盘点表)."""

import io
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from pages import money, paper

from . import counting, stocktake_results
from .models import Stocktake, StocktakeLine

INK, INK_2, LINE, GROUND, BAD = (
    HexColor(code) for code in ("#1b2629", "#556468", "#b9c4c2", "#f1f5f4", "#b3261e")
)
WIDTH, HEIGHT = A4
MARGIN = 14 * mm
ROOM = WIDTH - 2 * MARGIN
QR = 24 * mm
BLANK = (22, 74, 202, 50, 36, 58, 74)
RESULT = (22, 152, 62, 36, 36, 36, 36, 56, 80)


def count_sheet(stocktake: Stocktake, address: str) -> bytes:
    """A page for each place, shelf by shelf, with empty columns; `address` is where it is typed in."""
    lines = list(counting.of_round(stocktake).for_rows())
    facts = [(_("Opened"), _moment(stocktake.frozen_at)), (_("Lines"), str(len(lines)))]
    hints = [
        _("Write down what lies there, 0 for none, and note the time: what moves later is accounted for.")
    ]
    if stocktake.status == Stocktake.Status.RECOUNTING:
        hints.append(_("Second count, by somebody else if possible."))
    story: list[Any] = [_Head(_("Count sheet"), stocktake, address), *_facts(facts), *map(_hint, hints)]
    for place, here in groupby(lines, key=lambda line: line.place):
        story += [_place(place), _blank(list(here))]
    story.append(_signed([_("Counted by"), _("Second person")]))
    return _document(_("Count sheet"), stocktake, story)


def result_sheet(stocktake: Stocktake, address: str) -> bytes:
    """Every line with ledger, count and variance, their sum, and where counter, approver and manager sign."""
    found = stocktake_results.figures(stocktake)
    story: list[Any] = [_Head(_("Stocktake sheet"), stocktake, address), *_facts(_told(stocktake, found))]
    for place, here in groupby(stocktake_results.rows(stocktake), key=lambda line: line.place):
        story += [_place(place), _found(list(here))]
    story.append(_sum(found))
    story.append(_signed([_("Counted by"), _("Approved by"), pgettext("signature", "Admin manager")]))
    return _document(_("Stocktake sheet"), stocktake, story)


# -- the parts -----------------------------------------------------------------------------------------


def _told(stocktake: Stocktake, found: stocktake_results.Figures) -> list[tuple[str, str]]:
    counters = "、".join(str(person) for person in stocktake.counters.order_by("name"))
    decided = f"{stocktake.decided_by} {_moment(stocktake.decided_at)}" if stocktake.decided_at else ""
    return [
        (_("Opened"), _moment(stocktake.frozen_at)),
        (_("Counted by"), counters),
        (_("Handed in"), _moment(stocktake.submitted_at)),
        (_("Approved by"), decided or _("not yet")),
        (_("Stock document"), str(stocktake.posting or "—")),
        (_("Lines"), _("%(count)d, of which %(differing)d differ, %(beyond)d beyond the tolerance")
         % {"count": found.lines, "differing": found.differing, "beyond": found.beyond}),
    ]  # fmt: skip


def _facts(facts: Iterable[tuple[str, str]]) -> list[Any]:
    text = _style("fact", 9)
    cells = [Paragraph(f'<font color="#556468">{paper.linked(name)}</font>&nbsp; {paper.linked(value)}', text)
             for name, value in facts]  # fmt: skip
    rows = [cells[start : start + 2] for start in range(0, len(cells), 2)]
    rows[-1] += [""] * (2 - len(rows[-1]))
    bare = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1), ("VALIGN", (0, 0), (-1, -1), "TOP")]  # fmt: skip
    return [Table(rows, colWidths=[ROOM / 2] * 2, style=bare), Spacer(0, 4)]


def _hint(words: str) -> Paragraph:
    return Paragraph(paper.linked(words), _style("hint", 8.5, INK_2))


def _place(place: Any) -> Paragraph:
    return Paragraph(paper.linked(place), _style("place", 11, spaceBefore=8, spaceAfter=3, keepWithNext=1))


def _blank(lines: Sequence[StocktakeLine]) -> Table:
    titles = ("#", _("Item number"), pgettext("goods", "Item"), _("Shelf"), pgettext("of measure", "Unit"),
              _("Found"), _("Remark"))  # fmt: skip
    rows = [
        [str(number), *map(_cell, (line.item.code, line.item, line.item.shelf, line.item.unit)), "", ""]
        for number, line in enumerate(lines, start=1)
    ]
    return _table(titles, rows, BLANK, tall=True)


def _cell(words: Any) -> Paragraph:
    return Paragraph(paper.linked(words), _style("cell", 9))


def _found(lines: Sequence[StocktakeLine]) -> Table:
    titles = (
        *("#", pgettext("goods", "Item"), _("Item number"), pgettext("of measure", "Unit")),
        *(pgettext("stocktake", "Ledger"), _("Found"), _("Variance"), _("Worth of the variance")),
        _("Explanation"),
    )
    rows = [_found_row(number, line) for number, line in enumerate(lines, start=1)]
    return _table(titles, rows, RESULT, right=range(4, 8))


def _found_row(number: int, line: StocktakeLine) -> list[Any]:
    text, figure = _style("cell", 8), _style("figure", 8, right=True)
    loud = _style("loud", 8, BAD if line.is_beyond else INK, right=True)
    is_counted = line.variance is not None
    shown = (
        line.book,
        line.found,
        f"{line.variance:+d}" if line.variance else "0",
        money.spoken(line.amount),
    )
    styles = (figure, figure, loud, figure)
    return [
        str(number),
        Paragraph(paper.linked(line.item), text),
        Paragraph(paper.linked(line.item.code), text),
        Paragraph(paper.linked(line.item.unit), text),
        *(Paragraph(paper.linked(word if is_counted else "—"), look)
          for word, look in zip(shown, styles, strict=True)),
        Paragraph(paper.linked(line.explanation or line.left_out), text),
    ]  # fmt: skip


def _sum(found: stocktake_results.Figures) -> Any:
    words = _("Surplus %(surplus)s, missing %(missing)s, together %(balance)s") % {
        "surplus": money.spoken(found.surplus),
        "missing": money.spoken(found.missing),
        "balance": money.spoken(found.balance),
    }
    return KeepTogether([Spacer(0, 8), Paragraph(paper.linked(words), _style("sum", 10, right=True))])


def _signed(names: Sequence[str]) -> Any:
    """A line for each signature, never torn from its name."""
    text = _style("sign", 9, INK_2)
    cells, widths = [], []
    for name in names:
        said = _("%(name)s (signature, date)") % {"name": name}
        cells += [Paragraph(paper.linked(said), text), ""]
        widths += [ROOM / len(names) - 14, 14]
    style = [("LINEABOVE", (2 * place, 0), (2 * place, 0), 0.6, INK) for place in range(len(names))]
    return KeepTogether([Spacer(0, 40), Table([cells], colWidths=widths, style=style)])


def _table(
    titles: Sequence[str],
    rows: list[list],
    widths: Sequence[float],
    *,
    right: Iterable[int] = (),
    tall: bool = False,
) -> Table:
    right = set(right)
    head = [
        Paragraph(paper.linked(title), _style("head", 8, INK_2, right=place in right))
        for place, title in enumerate(titles)
    ]
    scale = ROOM / sum(widths)
    looks = (
        [*_LINES, ("TOPPADDING", (0, 1), (-1, -1), 6), ("BOTTOMPADDING", (0, 1), (-1, -1), 7)]
        if tall
        else _LINES
    )
    return Table([head, *rows], colWidths=[width * scale for width in widths], repeatRows=1, style=looks)


_LINES = [
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("FONTNAME", (0, 0), (-1, -1), paper.FONT),
    ("FONTSIZE", (0, 0), (-1, -1), 8),
    ("TEXTCOLOR", (0, 0), (0, -1), INK_2),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 3),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ("BACKGROUND", (0, 0), (-1, 0), GROUND),
    ("GRID", (0, 0), (-1, -1), 0.4, LINE),
]


class _Head(Flowable):
    """Title, number and scope at the left, at the right the code that leads to the stocktake."""

    def __init__(self, title: str, stocktake: Stocktake, address: str) -> None:
        super().__init__()
        self.title, self.stocktake, self.address = str(title), stocktake, address

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return ROOM, QR + 4

    def draw(self) -> None:
        paper.draw_bold(self.canv, 0, QR - 16, self.title, 20, INK)
        self.canv.setFillColor(INK)
        self.canv.setFont(paper.font(), 11)
        self.canv.drawString(0, QR - 38, self.stocktake.title)
        self.canv.setFillColor(INK_2)
        self.canv.setFont(paper.font(), 9)
        self.canv.drawString(0, QR - 54, f"{self.stocktake.number} · {self.stocktake.scope_words}")
        _qr(self.address).drawOn(self.canv, ROOM - QR, 2)


def _qr(address: str) -> Drawing:
    code = QrCodeWidget(address, barLevel="M", barBorder=1)
    left, bottom, right, top = code.getBounds()
    drawing = Drawing(QR, QR, transform=[QR / (right - left), 0, 0, QR / (top - bottom), 0, 0])
    drawing.add(code)
    return drawing


def _document(title: str, stocktake: Stocktake, story: list[Any]) -> bytes:
    file = io.BytesIO()
    bare = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    frame = Frame(MARGIN, 16 * mm, ROOM, HEIGHT - 28 * mm, **bare)
    document = BaseDocTemplate(
        file,
        pagesize=A4,
        title=f"{title} {stocktake.number}",
        lang=get_language(),
        pageTemplates=[PageTemplate("page", [frame])],
    )
    document.build(story, canvasmaker=paper.numbered_canvas(_foot(stocktake)))
    return file.getvalue()


def _foot(stocktake: Stocktake) -> Callable[[Any, int, int], None]:
    def draw(canvas: Any, page: int, pages: int) -> None:
        canvas.setFillColor(INK_2)
        canvas.setFont(paper.font(), 8)
        canvas.drawString(MARGIN, 9 * mm, str(stocktake))
        number = _("Page %(page)d of %(pages)d") % {"page": page, "pages": pages}
        canvas.drawRightString(WIDTH - MARGIN, 9 * mm, number)

    return draw


def _moment(value: Any) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else "—"


def _style(name: str, size: float, color: HexColor = INK, *, right: bool = False, **more: Any) -> Any:
    if right:
        more["alignment"] = TA_RIGHT
    return paper.style(name, size, textColor=color, **more)
