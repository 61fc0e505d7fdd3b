"""Falling below the minimum: seen at once by the ledger, else by a sweep, and announced once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_noop

from organization.models import User
from sla.timers import cancel_timer, start_timer, stop_timer

from .models import Item, Shortage
from .signals import stock_ran_low

REPLENISH = {Item.Kind.CONSUMABLE: "replenish"}
"""The promise of clause 4.3.2 is about consumables; for all else the house promises the same."""
REPLENISH_OTHERS = "replenish-stock"


def promise(item: Item) -> str:
    return REPLENISH.get(item.kind, REPLENISH_OTHERS)


def look(item: Item, *, at: datetime) -> Shortage | None:
    """Open a shortage where `item`, which the caller holds, is short; end it where there is enough again."""
    standing = Shortage.objects.filter(item=item, ended_at=None).first()
    if item.is_short and standing is None:
        return _open(item, at=at)
    if standing and not item.is_short:
        _end(standing, at=at)
    return standing


def asked(shortage: Shortage, *, at: datetime, by: User | None = None) -> None:
    """A purchase has been requested: what was promised is kept."""
    Shortage.objects.filter(pk=shortage.pk, asked_at=None).update(asked_at=at)
    stop_timer(shortage, promise(shortage.item), at=at, by=by)


def sweep(at: datetime) -> int:
    """Look at every item that is short without a shortage, or has one without being short; gives how many."""
    standing = Exists(Shortage.objects.filter(item=OuterRef("pk"), ended_at=None))
    unnoticed = Item.objects.short().filter(~standing)
    over = Item.objects.filter(standing).exclude(active=True, on_hand__lt=F("minimum"))
    found = [*unnoticed.values_list("pk", flat=True), *over.values_list("pk", flat=True)]
    for pk in found:
        with transaction.atomic():
            look(Item.objects.select_for_update().get(pk=pk), at=at)
    return len(found)


def _open(item: Item, *, at: datetime) -> Shortage:
    shortage = Shortage.objects.create(item=item, fell_at=at, on_hand=item.on_hand, minimum=item.minimum)
    start_timer(shortage, promise(item), team="inventory_clerk", at=at, label=str(item))
    stock_ran_low.send(Shortage, shortage=shortage, at=at)
    return shortage


def _end(shortage: Shortage, *, at: datetime) -> None:
    shortage.ended_at = at
    shortage.save(update_fields=["ended_at"])
    cancel_timer(shortage, promise(shortage.item), at=at, reason=gettext_noop("there is enough again"))
