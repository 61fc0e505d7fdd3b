"""Labels (标签) for shelves and assets: a few words and a code that a phone or a scanner reads."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote

from django.urls import reverse

from pages import paper

from .models import Item

MOST_LABELS = 2_000
ADDRESS = re.compile(r"https?://[^/]+/s/([^/?#]+)/?")


class Label(NamedTuple):
    """What stands on one label. `code` is read by scanners, `url` by the cameras of phones."""

    code: str
    title: str
    lines: Sequence[str]
    url: str


@dataclass(frozen=True)
class Layout:
    """A sheet of labels, or a roll where one label is a page; all lengths in millimetres."""

    key: str
    page: tuple[float, float]
    label: tuple[float, float]
    columns: int = 1
    rows: int = 1
    inset: float = 2.5

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    def corner(self, number: int) -> tuple[float, float]:
        """The lower left corner of the label with this number on its page, counted from the upper left."""
        row, column = divmod(number, self.columns)
        width, height = self.label
        left = (self.page[0] - self.columns * width) / 2
        top = (self.page[1] - self.rows * height) / 2
        return left + column * width, self.page[1] - top - (row + 1) * height


SHEET = Layout("sheet", page=(210, 297), label=(70, 36), columns=3, rows=8)
ROLL = Layout("roll", page=(50, 30), label=(50, 30), inset=1.5)
LAYOUTS = {layout.key: layout for layout in (SHEET, ROLL)}


def code_of(text: str) -> str:
    """What a scanner read, as a code: our own labels hold an address that ends with it."""
    text = text.strip()
    found = ADDRESS.fullmatch(text)
    return unquote(found[1]) if found else text


def of_item(item: Item) -> Label:
    """The label of an item's shelf: name, number, place."""
    place = " ".join(filter(None, (str(item.place), item.shelf)))
    lines = [line for line in (item.specification, item.code, place) if line]
    return Label(item.code, item.name, lines, reverse("scanned", args=[item.code]))


def pdf(labels: Sequence[Label], layout: Layout, *, base_url: str) -> bytes:
    """The labels as PDF, ready for the printer at 100 %; `base_url` is the address of this office."""
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    size = (layout.page[0] * mm, layout.page[1] * mm)
    canvas = Canvas(file, pagesize=size, initialFontName=paper.font())
    for number, label in enumerate(labels[:MOST_LABELS]):
        place = number % layout.per_page
        if number and place == 0:
            canvas.showPage()
        x, y = layout.corner(place)
        _draw(canvas, label, layout, x * mm, y * mm, base_url)
    canvas.save()
    return file.getvalue()


def _draw(canvas: Any, label: Label, layout: Layout, x: float, y: float, base_url: str) -> None:
    """The QR code at the left, beside it the title in bold, the lines, and the code in bars."""
    from reportlab.lib import colors
    from reportlab.lib.units import mm

    width, height, inset = (length * mm for length in (*layout.label, layout.inset))
    side = min(height - 2 * inset, 0.4 * width)
    _draw_qr(canvas, base_url.rstrip("/") + label.url, x + inset, y + (height - side) / 2, side)
    left, room = x + 2 * inset + side, width - 3 * inset - side
    size = 9.5 if layout.per_page > 1 else 8
    top = y + height - inset - size
    for line in _wrapped(label.title, size, room, 2):
        paper.draw_bold(canvas, left, top, line, size, colors.black)
        top -= size * 1.25
    canvas.setFillColor(colors.black)
    canvas.setFont(paper.font(), size - 2)
    for line in label.lines:
        if top < y + inset + _BARS * mm + 2:
            break
        canvas.drawString(left, top, _wrapped(line, size - 2, room, 1)[0])
        top -= (size - 2) * 1.3
    _draw_bars(canvas, label.code, left, y + inset, room)


_BARS = 5.5


def _draw_qr(canvas: Any, text: str, x: float, y: float, side: float) -> None:
    from reportlab.graphics import renderPDF
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing

    code = QrCodeWidget(text, barLevel="M", barBorder=1, barWidth=side, barHeight=side)
    drawing = Drawing(side, side)
    drawing.add(code)
    renderPDF.draw(drawing, canvas, x, y)


def _draw_bars(canvas: Any, code: str, x: float, y: float, room: float) -> None:
    """The code as Code 128, for scanners without a camera; left out where it cannot be drawn wide enough."""
    from reportlab.graphics.barcode.code128 import Code128
    from reportlab.lib.units import mm

    if not code.isascii():
        return
    narrow = Code128(code, barWidth=1, quiet=False).width
    if room / narrow < _THINNEST * mm:
        return
    Code128(code, barWidth=room / narrow, barHeight=_BARS * mm, quiet=False).drawOn(canvas, x, y)


_THINNEST = 0.19  # of a bar, in millimetres: thinner ones neither print nor scan


def _wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """At most so many lines; what does not fit is cut with "…"."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines, line = [], ""
    for sign in text:
        if line and stringWidth(line + sign, paper.font(), size) > room:
            lines.append(line)
            line = ""
        line += sign
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return lines
