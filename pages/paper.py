"""What goes on paper as PDF: in one Chinese font that travels inside the file, so that it reads and prints
the same on any machine, rare characters of names included.

ReportLab is fetched when something is printed, and not before: most processes never need it.
"""

import io
import lzma
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

FONT = "office"
FONT_FILE = Path(__file__).parent / "fonts" / "NotoSansSC-Regular.ttf.xz"
BEYOND_TWO_BYTES = re.compile(r"<([0-9A-F]{5,6})>")
#: Chinese signs that ReportLab would begin a line with.
CANNOT_START = "，：；！？）》”’％"
STROKE = 0.028  # of the letter's size: a second outline that makes the one weight we have look bold


@cache
def font() -> str:
    """The name of the font, known to ReportLab from the first call on (10 MB, a third of a second)."""
    from reportlab.lib import textsplit
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.platypus import paragraph

    textsplit.ALL_CANNOT_START += CANNOT_START
    paragraph.ALL_CANNOT_START = textsplit.ALL_CANNOT_START
    plain = ttfonts.makeToUnicodeCMap
    ttfonts.makeToUnicodeCMap = lambda *subset: BEYOND_TWO_BYTES.sub(_as_utf16, plain(*subset))
    file = ttfonts.TTFont(FONT, io.BytesIO(lzma.decompress(FONT_FILE.read_bytes())))
    pdfmetrics.registerFont(file)
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=FONT, italic=FONT, boldItalic=FONT)
    return FONT


def style(name: str = "text", size: float = 9, **more: Any) -> Any:
    """A paragraph style in our font that breaks lines between Chinese characters."""
    from reportlab.lib.styles import ParagraphStyle

    more.setdefault("leading", size * 1.4)
    return ParagraphStyle(name, fontName=font(), fontSize=size, wordWrap="CJK", **more)


def linked(text: Any, address: str = "") -> str:
    """Text for a paragraph, harmless whatever it holds, and a link where there is an address."""
    words = escape(str(text))
    return f'<a href="{escape(address, {chr(34): "&quot;"})}">{words}</a>' if address else words


def draw_bold(canvas: Any, x: float, y: float, text: str, size: float, color: Any) -> None:
    """Write a line with a bold look at (x, y)."""
    canvas.saveState()
    canvas.setFillColor(color)
    canvas.setStrokeColor(color)
    canvas.setLineWidth(size * STROKE)
    line = canvas.beginText(x, y)
    line.setFont(font(), size)
    line.setTextRenderMode(2)
    line.textOut(text)
    canvas.drawText(line)
    canvas.restoreState()


def numbered_canvas(foot: Callable[[Any, int, int], None]) -> type:
    """A canvas class that calls `foot(canvas, page, pages)` for every page once all are there."""
    from reportlab.pdfgen.canvas import Canvas

    class Numbered(Canvas):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more | {"initialFontName": font()})
            self.finished: list[dict] = []

        def showPage(self) -> None:
            self.finished.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self.finished, start=1):
                self.__dict__.update(page)
                foot(self, number, len(self.finished))
                super().showPage()
            super().save()

    return Numbered


def _as_utf16(code: re.Match) -> str:
    """ReportLab writes such a character's number as it is; PDF wants UTF-16, else its text is not found."""
    return f"<{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>"
