"""The hand-over on paper (固定资产移交单), to be signed by giver, taker and the keeper of the register."""

import io
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pages import paper

from .models import Handover

WIDTHS = (24, 92, 138, 112, 76, 80)  # points, together the width of the text
EDGE = 36
BETWEEN = "\u3000\u3000"  # as wide as two Chinese signs: other spaces would shrink to one


def pdf(handovers: Sequence[Handover]) -> bytes:
    """One A4 sheet, or several, of what was handed over on one form."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer

    first, file = handovers[0], io.BytesIO()
    sides = {"leftMargin": EDGE, "rightMargin": EDGE, "topMargin": EDGE, "bottomMargin": EDGE + 12}
    title = _("Loan of fixed assets") if first.is_loan else _("Hand-over of fixed assets")
    document = SimpleDocTemplate(file, pagesize=A4, title=title, **sides)
    story = [
        Paragraph(title, paper.style("title", 17, alignment=1)),
        Spacer(1, 14),
        *(Paragraph(paper.linked(line), paper.style(size=10)) for line in _heading(handovers)),
        Spacer(1, 8),
        _table(handovers),
        Spacer(1, 10),
        Paragraph(_("The taker has checked that the things listed are complete and in order, and answers for "
                    "them from the day of signing."), paper.style(size=9)),
        Spacer(1, 24),
        KeepTogether(_signatures()),
    ]  # fmt: skip
    document.build(story, canvasmaker=paper.numbered_canvas(_foot))
    return file.getvalue()


def _heading(handovers: Sequence[Handover]) -> list[str]:
    """From whom to whom, when and why; on one sheet things may come from several people."""
    first = handovers[0]
    givers = dict.fromkeys(str(one.giver) if one.giver else _("The store") for one in handovers)
    lines = [
        [
            _("From: %(name)s") % {"name": "、".join(givers)},
            _("To: %(name)s") % {"name": first.taker},
            _("Department: %(name)s") % {"name": first.department},
        ],
        [
            _("Day: %(day)s") % {"day": timezone.localdate(first.asked_at).isoformat()},
            _("Entered by: %(name)s") % {"name": first.asked_by},
        ],
    ]
    if first.due_back_on:
        lines[1].append(_("Due back on: %(day)s") % {"day": first.due_back_on.isoformat()})
    if first.reason:
        lines.append([_("Reason: %(reason)s") % {"reason": first.reason}])
    return [BETWEEN.join(line) for line in lines]


def _table(handovers: Sequence[Handover]):
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph, Table

    small = paper.style("cell", 9)
    heads = ["#", _("Asset tag"), pgettext("goods", "Name"), _("Model and specification"), _("Serial number"),
             _("Place")]  # fmt: skip
    rows = [
        [str(number), one.asset.tag, one.asset.name, one.asset.model, one.asset.serial, str(one.place)]
        for number, one in enumerate(handovers, start=1)
    ]
    cells = [[Paragraph(paper.linked(text), small) for text in row] for row in [heads, *rows]]
    table = Table(cells, colWidths=WIDTHS, repeatRows=1)
    table.setStyle([
        ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#8b9c9d")),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#eef3f2")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ])  # fmt: skip
    return table


def _signatures() -> list:
    from reportlab.platypus import Paragraph, Table

    line = "_" * 20
    who = (_("Giver (signature)"), _("Taker (signature)"), _("Keeper of the register (signature)"))
    style = paper.style("sign", 10, leading=26)
    signed = [Paragraph(f"{label}<br/>{line}<br/>{_('Date')} {'_' * 14}", style) for label in who]
    return [Table([signed], colWidths=[sum(WIDTHS) / 3] * 3)]


def _foot(canvas, page: int, pages: int) -> None:
    canvas.setFont(paper.font(), 8)
    canvas.drawCentredString(297, 24, _("Page %(page)d of %(pages)d") % {"page": page, "pages": pages})
