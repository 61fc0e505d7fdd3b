"""What came of an audit: figures, the lines that differ, the strange scans; on the page and in the file."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.exports import Column

from ..models import AssetAudit, AuditLine
from .querysets import UNSETTLED

MOST_SHOWN = 500
"""On a page; the file has every line."""
Result = AuditLine.Result

COLUMNS = [
    Column("tag", _("Asset tag"), "asset.tag"),
    Column("name", pgettext_lazy("goods", "Name"), "asset.name", width=22),
    Column("model", _("Model and specification"), "asset.model", width=22),
    Column("department", _("Department"), "asset.department.name"),
    Column("custodian", _("Custodian"), "custodian.name"),
    Column("place", _("Place by the register"), "place.name", width=18),
    Column("result", _("Result")),
    Column("found_place", _("Found at"), "found_place.name", width=18),
    Column("seen_at", _("Scanned at"), width=20),
    Column("seen_by", _("Scanned by"), "seen_by.name"),
    Column(
        "settlement",
        _("Settled how"),
        lambda line: line.get_settlement_display() if line.is_difference else "",
    ),
    Column("remark", _("Remark"), width=30),
]


class Figures(NamedTuple):
    """Of all lines: how many, how many of each result, how many differences are still to be settled."""

    lines: int
    found: int
    misplaced: int
    missing: int
    unseen: int
    unsettled: int
    strays: int
    unexplained: int

    @property
    def differing(self) -> int:
        return self.misplaced + self.missing

    @property
    def is_clean(self) -> bool:
        """Register and office agree on everything: zero difference."""
        return not (self.differing or self.strays or self.unseen)


def figures(audit: AssetAudit) -> Figures:
    """In three queries."""
    open_ones = Q(result__in=AuditLine.DIFFERENCES, settlement__in=UNSETTLED) & ~Q(asset__status="scrapped")
    sums = audit.lines.aggregate(
        lines=Count("pk"),
        found=Count("pk", filter=Q(result=Result.FOUND)),
        misplaced=Count("pk", filter=Q(result=Result.MISPLACED)),
        missing=Count("pk", filter=Q(result=Result.MISSING)),
        unseen=Count("pk", filter=Q(result=Result.EXPECTED)),
        unsettled=Count("pk", filter=open_ones),
    )
    strays = audit.sightings.strays()
    unexplained = audit.sightings.unexplained()
    return Figures(**sums, strays=strays.count(), unexplained=unexplained.count())


def page(audit: AssetAudit, only: str, user) -> dict[str, Any]:
    """What the page shows: those that differ, unless others are asked for."""
    found = figures(audit)
    lines = {
        "unsettled": audit.lines.unsettled(),
        "unseen": audit.lines.unseen(),
        "found": audit.lines.filter(result=Result.FOUND),
        "all": audit.lines.all(),
    }.get(only, audit.lines.differing())
    shown = list(lines.for_rows()[: MOST_SHOWN + 1])
    return {
        "lines": shown[:MOST_SHOWN],
        "has_more": len(shown) > MOST_SHOWN,
        "only": only,
        "choices": _choices(found),
        "figures": found,
        "has_counted": audit.counters.filter(pk=user.pk).exists(),
        "strays": audit.sightings.strays().for_rows(),
    }


def rows(audit: AssetAudit) -> QuerySet[AuditLine]:
    """Every line, place by place."""
    return audit.lines.for_rows()


def _choices(found: Figures) -> Iterable[tuple[str, Any, int]]:
    return [
        ("", _("All that differ"), found.differing),
        ("unsettled", _("To be settled"), found.unsettled),
        ("found", pgettext_lazy("audit", "Found"), found.found),
        ("all", _("All assets"), found.lines),
    ]
