"""An audit on A4: the certificate of zero difference, or the list of differences, to be signed (盘点表)."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer

from pages import paper

from ..models import AssetAudit, AuditLine, Sighting
from ..stocktake_papers import (
    INK_2,
    MARGIN,
    ROOM,
    WIDTH,
    _cell,
    _facts,
    _Head,
    _moment,
    _signed,
    _style,
    _table,
)
from . import results

DIFFERENCES = (58, 104, 74, 74, 46, 52, 104)
EVERY = (62, 150, 84, 84, 50, 60)
STRAYS = (90, 120, 80, 80, 150)


def title(found: results.Figures) -> str:
    return _("Certificate of zero difference") if found.is_clean else _("List of differences")


def result(audit: AssetAudit, address: str) -> bytes:
    """What was expected, found and not found; every asset where all is right, else what differs."""
    found = results.figures(audit)
    story: list[Any] = [_Head(title(found), audit, address), *_facts(_told(audit, found))]
    if found.is_clean:
        story.append(_said(_certified(audit, found)))
        story += [_section(_("All assets")), _every(results.rows(audit))]
    else:
        story += _differences(audit)
    story.append(
        _signed([pgettext("signature", "Counter"), _("Approved by"), pgettext("signature", "Admin manager")])
    )
    return _document(title(found), audit, story)


# -- the parts -----------------------------------------------------------------------------------------


def _told(audit: AssetAudit, found: results.Figures) -> list[tuple[str, str]]:
    counters = "、".join(str(person) for person in audit.counters.order_by("name"))
    decided = f"{audit.decided_by} {_moment(audit.decided_at)}" if audit.decided_at else ""
    figures = _("%(lines)d expected, %(found)d found, %(misplaced)d at another place, %(missing)d missing")
    return [
        (_("Opened"), f"{_moment(audit.opened_at)} {audit.opened_by}"),
        (_("Handed in"), _moment(audit.counted_at)),
        (_("Scanned by"), counters),
        (_("Closed by"), decided or pgettext("audit", "not yet")),
        (pgettext("audit", "Assets"), figures % found._asdict()),
    ]


def _certified(audit: AssetAudit, found: results.Figures) -> str:
    words = {"count": found.lines, "day": f"{timezone.localtime(audit.counted_at):%Y-%m-%d}"}
    return (
        _("On %(day)s all %(count)d assets were found where the register has them; the difference is zero.")
        % words
    )


def _differences(audit: AssetAudit) -> list[Any]:
    story: list[Any] = []
    if lines := list(audit.lines.differing().for_rows()):
        story += [_section(_("Assets that differ")), _differing(lines)]
    if strays := list(audit.sightings.strays().for_rows().order_by("at", "pk")):
        story += [_section(_("Scans to be looked into")), _strange(strays)]
    return story


def _differing(lines: Sequence[AuditLine]) -> Any:
    titles = (_("Asset tag"), pgettext("goods", "Name"), _("Place by the register"), _("Found at"),
              _("Custodian"), _("Result"), _("Settled how"))  # fmt: skip
    rows = [
        [_cell(word) for word in (
            line.asset.tag, _named(line), line.place, line.found_place or "—", line.custodian or "—",
            line.get_result_display(), " ".join(filter(None, (line.get_settlement_display(), line.remark))),
        )]
        for line in lines
    ]  # fmt: skip
    return _table(titles, rows, DIFFERENCES)


def _every(lines: Iterable[AuditLine]) -> Any:
    titles = (_("Asset tag"), pgettext("goods", "Name"), _("Place"), _("Custodian"), _("Scanned by"),
              _("Scanned at"))  # fmt: skip
    rows = [
        [_cell(word) for word in (
            line.asset.tag, _named(line), line.place, line.custodian or "—", line.seen_by or "—",
            f"{timezone.localtime(line.seen_at):%m-%d %H:%M}" if line.seen_at else "—",
        )]
        for line in lines
    ]  # fmt: skip
    return _table(titles, rows, EVERY)


def _strange(strays: Sequence[Sighting]) -> Any:
    titles = (pgettext("audit", "Code"), _("Asset"), _("Scanned at"), pgettext("audit", "Meaning"),
              _("What it was"))  # fmt: skip
    rows = [
        [_cell(word) for word in (
            one.code, one.asset.name if one.asset else "—", one.place, one.get_meaning_display(),
            one.explanation or "—",
        )]
        for one in strays
    ]  # fmt: skip
    return _table(titles, rows, STRAYS)


def _named(line: AuditLine) -> str:
    return " ".join(filter(None, (line.asset.name, line.asset.model)))


def _section(words: str) -> Paragraph:
    return Paragraph(paper.linked(words), _style("place", 11, spaceBefore=8, spaceAfter=3, keepWithNext=1))


def _said(words: str) -> Any:
    return Paragraph(paper.linked(words), _style("said", 12, spaceBefore=6, spaceAfter=6))


def _document(name: str, audit: AssetAudit, story: list[Any]) -> bytes:
    file = io.BytesIO()
    bare = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    frame = Frame(MARGIN, MARGIN + 8, ROOM, A4[1] - 2 * MARGIN - 8, **bare)
    document = BaseDocTemplate(
        file, pagesize=A4, title=f"{name} {audit.number}", lang=get_language(),
        pageTemplates=[PageTemplate("page", [frame])],
    )  # fmt: skip
    document.build([*story, Spacer(0, 1)], canvasmaker=paper.numbered_canvas(_foot(audit)))
    return file.getvalue()


def _foot(audit: AssetAudit) -> Callable[[Any, int, int], None]:
    def draw(canvas: Any, page: int, pages: int) -> None:
        canvas.setFillColor(INK_2)
        canvas.setFont(paper.font(), 8)
        canvas.drawString(MARGIN, 26, str(audit))
        number = _("Page %(page)d of %(pages)d") % {"page": page, "pages": pages}
        canvas.drawRightString(WIDTH - MARGIN, 26, number)

    return draw
