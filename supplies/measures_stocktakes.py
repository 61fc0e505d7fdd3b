"""Whether what stands in the ledger lies on the shelves: what the last count of each stock found.

As found, before it was put right: a difference stands until a later count finds the stock as the ledger says.
A stock that nobody has counted for long is not known to match, so it is named as well.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from pages import clock
from sla.models.figure import bounds, local_day
from sla.standards import Offender

from .models import Item, Movement, StocktakeLine

COUNTED_WITHIN = timedelta(days=92)
"""A quarter: office supplies that nobody has counted for so long are not known to match."""


def office_supplies_that_differ() -> Iterator[Offender]:
    """Office supplies found to differ at their last count, or not counted for a quarter."""
    since = local_day(clock.now()) - COUNTED_WITHIN
    yield from _found_to_differ(Item.Kind.OFFICE_SUPPLY)
    yield from _not_counted(Item.Kind.OFFICE_SUPPLY, since)


def consumables_that_differ() -> Iterator[Offender]:
    """Consumables found to differ at their last count, or not counted in this month or the last."""
    first_of_last_month = (local_day(clock.now()).replace(day=1) - timedelta(days=1)).replace(day=1)
    yield from _found_to_differ(Item.Kind.CONSUMABLE)
    yield from _not_counted(Item.Kind.CONSUMABLE, first_of_last_month)


def _found_to_differ(kind: str) -> Iterator[Offender]:
    lines = StocktakeLine.objects.last().beyond().filter(item__kind=kind)
    for line in lines.select_related("item", "place", "stocktake").order_by("item__code", "pk"):
        label = f"{line.item} · {line.place} · {line.variance:+d} ({line.stocktake.number})"
        yield Offender(label, line.stocktake.get_absolute_url())


def _not_counted(kind: str, since: date) -> Iterator[Offender]:
    """Items in use that were in stock before that day, and of which no count since was posted."""
    start = bounds(since)[0]
    known = Movement.objects.filter(item=OuterRef("pk"), at__lt=start)
    counted = StocktakeLine.objects.posted().filter(item=OuterRef("pk"), stocktake__frozen_at__gte=start)
    items = Item.objects.in_use().filter(Exists(known), ~Exists(counted), kind=kind)
    for item in items.order_by("code"):
        yield Offender(
            _("%(item)s: not counted since %(day)s") % {"item": item, "day": since}, item.get_absolute_url()
        )
