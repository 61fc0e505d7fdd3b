"""The order on A4, as it is sent to the supplier: in Chinese, with the total in capitals, to be signed."""

import io
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from organization.models import Department
from pages import paper, phones
from pages.money import spoken

from .capitals import capitals
from .models import Contact, Order

INK, INK_2, LINE, GROUND = HexColor("#1b2629"), HexColor("#556468"), HexColor("#9aa8a8"), HexColor("#eef3f2")
MARGIN = 18 * mm
ROOM = A4[0] - 2 * MARGIN
COLUMNS = (34, 124, 126, 32, 40, 62, ROOM - 418)


def pdf(order: Order) -> bytes:
    """The document; a draft says that it is one."""
    file = io.BytesIO()
    with translation.override("zh-hans"):
        document = SimpleDocTemplate(
            file, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=16 * mm,
            bottomMargin=18 * mm, title=f"{_('Purchase order')} {order.number}", author=company(order),
            lang="zh-CN",
        )  # fmt: skip
        foot = paper.numbered_canvas(lambda canvas, page, pages: _foot(canvas, order, page, pages))
        document.build(_story(order), canvasmaker=foot)
    return file.getvalue()


def company(order: Order) -> str:
    """The whole company: the department at the top of the tree."""
    above = {one.pk: one for one in Department.objects.all()}
    current, seen = above[order.department_id], set()
    while current.parent_id in above and current.pk not in seen:
        seen.add(current.pk)
        current = above[current.parent_id]
    return current.name


def _story(order: Order) -> list[Any]:
    return [
        Paragraph(paper.linked(company(order)), _style(16, alignment=TA_CENTER, leading=24)),
        Paragraph(_title(order), _style(12, alignment=TA_CENTER, textColor=INK_2, leading=20)),
        Spacer(0, 8),
        _facts(order),
        Spacer(0, 8),
        _lines(order),
        Spacer(0, 10),
        *_terms(order),
        KeepTogether([Spacer(0, 18), _signatures(order)]),
    ]


def _title(order: Order) -> str:
    title = _("Purchase order")
    return f"{title} （{pgettext('order', 'Draft')}）" if order.is_draft else title


def _facts(order: Order) -> Table:
    contact = Contact.objects.filter(supplier=order.supplier).order_by("-first", "pk").first()
    who = " ".join(filter(None, (contact.name, phones.display(contact.phone or "")))) if contact else "—"
    placed = timezone.localdate(order.placed_at or order.created_at)
    cells = [
        (_("Order number"), order.number, _("Date"), f"{placed:%Y-%m-%d}"),
        (_("Supplier"), order.supplier, _("Contact person"), who),
        (_("Using department"), order.department, _("Delivery by"), f"{order.expected_on:%Y-%m-%d}"),
        (_("Purchase request"), order.request.number, _("Buyer"), order.buyer),
    ]
    rows = [[_label(one), _text(first), _label(other), _text(second)] for one, first, other, second in cells]
    table = Table(rows, colWidths=(62, ROOM / 2 - 62, 62, ROOM / 2 - 62))
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    return table


def _lines(order: Order) -> Table:
    names = [pgettext("line", "No."), pgettext("goods", "Name"), _("Specification")]
    heads = [*names, pgettext("of measure", "Unit"), _("Quantity"), _("Unit price"), _("Amount")]
    rows: list[list] = [[_text(head, 9, textColor=INK_2) for head in heads]]
    for number, line in enumerate(order.lines.all(), start=1):
        numbers = (line.quantity, spoken(line.unit_price), spoken(line.amount))
        words = (number, line.name, line.specification or "—", line.unit)
        rows.append([*map(_text, words), *(_text(one, alignment=TA_RIGHT) for one in numbers)])
    total = _("Total: %(capitals)s") % {"capitals": capitals(order.total)}
    rows.append([_text(total, 9.5), *[""] * 4, _text(spoken(order.total), 10, alignment=TA_RIGHT), ""])
    table = Table(rows, colWidths=COLUMNS, repeatRows=1)
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, LINE),
            ("BACKGROUND", (0, 0), (-1, 0), GROUND),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("SPAN", (0, -1), (4, -1)),
            ("SPAN", (5, -1), (6, -1)),
        ]
    )
    return table


def _terms(order: Order) -> list[Paragraph]:
    usual = (
        _("Prices include tax. Goods are accepted by the using department; what does not fit is sent back."),
        _("An invoice comes with the goods; payment within %(days)d days of acceptance.")
        % {"days": order.supplier.payment_days},
    )
    terms = [text for text in (*usual, order.terms) if text]
    words = [_("Terms"), *(f"{number}. {text}" for number, text in enumerate(terms, 1))]
    return [Paragraph(paper.linked(one), _style(9.5, leading=15, leftIndent=-6)) for one in words]


def _signatures(order: Order) -> Table:
    lines = (_("Signature:"), _("Seal:"), _("Date:"))
    ours = [_label(_("Ordered by")), _text(company(order)), *map(_text, lines)]
    theirs = [_label(_("Confirmed by the supplier")), _text(order.supplier), *map(_text, lines)]
    table = Table(
        [[one, other] for one, other in zip(ours, theirs, strict=True)],
        colWidths=(ROOM / 2, ROOM / 2),
        rowHeights=(18, 22, 26, 26, 22),
    )
    table.setStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return table


def _foot(canvas: Any, order: Order, page: int, pages: int) -> None:
    canvas.saveState()
    canvas.setFont(paper.font(), 8)
    canvas.setFillColor(INK_2)
    canvas.drawString(MARGIN, 11 * mm, order.number)
    canvas.drawRightString(A4[0] - MARGIN, 11 * mm, f"{page} / {pages}")
    canvas.restoreState()


def _label(text: Any) -> Paragraph:
    return _text(text, 9, textColor=INK_2)


def _text(text: Any, size: float = 9.5, **more: Any) -> Paragraph:
    return Paragraph(paper.linked(text), _style(size, **more))


def _style(size: float, **more: Any) -> Any:
    return paper.style(f"order-{size}", size, **{"textColor": INK, **more})
