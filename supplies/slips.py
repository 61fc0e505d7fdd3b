"""A stock document on paper (出入库单): what moved, what it is worth, and room for those who sign."""

import io
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pages import paper
from pages.money import spoken

from .models import Posting

MOST_LINES = 2_000
WIDTHS = (12, 25, 59, 30, 17, 14, 25)  # of the columns, in millimetres: together what A4 has room for
MARGIN = 14
OUT = (Posting.Kind.ISSUE, Posting.Kind.SEND_BACK)
SIGNED = (Posting.Kind.TRANSFER, Posting.Kind.CORRECT, Posting.Kind.COUNT, Posting.Kind.REVERSE)


def title(posting: Posting) -> str:
    """What such a document is called on paper."""
    return {
        Posting.Kind.RECEIVE: _("Goods received note"),
        Posting.Kind.ISSUE: _("Issue note"),
        Posting.Kind.RETURN: _("Return note"),
        Posting.Kind.SEND_BACK: _("Note of goods sent back"),
        Posting.Kind.TRANSFER: _("Transfer note"),
        Posting.Kind.CORRECT: _("Correction note"),
        Posting.Kind.COUNT: _("Stocktake note"),
        Posting.Kind.OPENING: _("Opening stock note"),
        Posting.Kind.REVERSE: _("Reversal note"),
    }[posting.kind]


def draw(posting: Posting) -> bytes:
    """The document on A4, in the language now active."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    file = io.BytesIO()
    document = SimpleDocTemplate(
        file, pagesize=A4, title=f"{title(posting)} {posting.number}", leftMargin=MARGIN * mm,
        rightMargin=MARGIN * mm, topMargin=16 * mm, bottomMargin=16 * mm,
    )  # fmt: skip
    lines = posting.movements.select_related("item", "place").order_by("pk")[:MOST_LINES]
    story = [
        Paragraph(paper.linked(title(posting)), paper.style("title", 18, alignment=1, spaceAfter=8)),
        _facts(posting),
        Spacer(0, 8),
        _table(posting, lines),
        Spacer(0, 18),
        _signatures(posting),
    ]
    document.build(story, canvasmaker=paper.numbered_canvas(_foot))
    return file.getvalue()


def _facts(posting: Posting) -> Any:
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Table

    told = [
        (_("Document number"), posting.number),
        (_("Date"), f"{timezone.localtime(posting.posted_at):%Y-%m-%d %H:%M}"),
        (_("Department"), posting.department),
        (pgettext("stock", "Handed to"), posting.person),
        (_("Reverses"), posting.reverses),
        (_("Reason"), posting.reason),
    ]
    known = [(label, value) for label, value in told if value]
    cells = [Paragraph(paper.linked(f"{label}：{value}"), paper.style("fact", 9.5)) for label, value in known]
    rows = [[*cells[start : start + 2], ""][:2] for start in range(0, len(cells), 2)]
    return Table(rows, colWidths=[91 * mm, 91 * mm], style=[("LEFTPADDING", (0, 0), (-1, -1), 0)])


def _table(posting: Posting, lines: QuerySet) -> Any:
    """One row for each line; what goes out is written without a minus, as its title says so."""
    from reportlab.lib import colors
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Table

    sign = -1 if posting.kind in OUT else 1
    text, number = paper.style("cell", 9), paper.style("number", 9, alignment=2)
    rows = [[Paragraph(paper.linked(word), paper.style("head", 9)) for word in _head()]]
    for count, line in enumerate(lines, start=1):
        words = (count, line.item.code, line.item, line.place)
        quantity = f"{line.quantity:+d}" if posting.kind in SIGNED else f"{line.quantity * sign}"
        figures = (quantity, line.item.unit, spoken(line.amount * sign))
        looks = (number, text, number)
        rows.append(
            [Paragraph(paper.linked(word), text) for word in words]
            + [Paragraph(paper.linked(word), look) for word, look in zip(figures, looks, strict=True)]
        )
    total = spoken(sum(line.amount for line in lines) * sign)
    rows.append(["", "", Paragraph(paper.linked(_("Total")), text), "", "", "", Paragraph(total, number)])
    grid = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#8b9c9d")),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#eef3f2")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    return Table(rows, colWidths=[width * mm for width in WIDTHS], repeatRows=1, style=grid)


def _head() -> list[str]:
    return [
        pgettext("of a row", "No."),
        _("Item number"),
        _("Name and specification"),
        _("Place"),
        _("Quantity"),
        pgettext("of measure", "Unit"),
        _("Amount"),
    ]


def _signatures(posting: Posting) -> Any:
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Table

    line = "____________"
    who = [(_("Posted by"), posting.posted_by), (_("Received by"), line), (_("Checked by"), line)]
    cells = [Paragraph(paper.linked(f"{label}：{name}"), paper.style("sign", 9.5)) for label, name in who]
    return Table([cells], colWidths=[61 * mm] * 3)


def _foot(canvas: Any, page: int, pages: int) -> None:
    from reportlab.lib.units import mm

    canvas.setFont(paper.font(), 8)
    canvas.drawRightString((210 - MARGIN) * mm, 9 * mm, f"{page} / {pages}")
