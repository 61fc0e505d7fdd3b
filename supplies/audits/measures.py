"""Whether what stands in the register is where it says: what the last closed audit of each asset found.

A difference stands until it is settled; what is still looked for is not. An asset that nobody has audited for
a year is not known to match, so it is named as well.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from pages import clock
from sla.models.figure import bounds, local_day
from sla.standards import Offender

from ..models import Asset, AssetEvent, AuditLine, Sighting

AUDITED_WITHIN = timedelta(days=366)


def assets_that_differ() -> Iterator[Offender]:
    """Assets misplaced or missing and not settled, strange scans, and what was not audited for a year."""
    yield from _unsettled()
    yield from _strays()
    yield from _not_audited()


def _unsettled() -> Iterator[Offender]:
    lines = AuditLine.objects.last().unsettled().select_related("asset", "audit")
    for line in lines.order_by("asset__tag"):
        label = f"{line.asset} · {line.get_result_display()} ({line.audit.number})"
        yield Offender(label, line.audit.get_absolute_url())


def _strays() -> Iterator[Offender]:
    strays = Sighting.objects.unexplained().filter(audit__status="closed").select_related("audit", "asset")
    for one in strays.order_by("at", "pk"):
        label = f"{one.asset or one.code} · {one.get_meaning_display()} ({one.audit.number})"
        yield Offender(label, one.audit.get_absolute_url())


def _not_audited() -> Iterator[Offender]:
    """Entered in the register more than a year ago, and part of no audit closed since."""
    since = local_day(clock.now()) - AUDITED_WITHIN
    start = bounds(since)[0]
    known = AssetEvent.objects.filter(asset=OuterRef("pk"), kind="registered", at__lt=start)
    audited = AuditLine.objects.closed().filter(asset=OuterRef("pk"), audit__opened_at__gte=start)
    for asset in Asset.objects.standing().filter(Exists(known), ~Exists(audited)).order_by("tag"):
        label = _("%(asset)s: not audited since %(day)s") % {"asset": asset, "day": since}
        yield Offender(label, asset.get_absolute_url())
