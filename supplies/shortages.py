"""Falling below the minimum: seen at once by the ledger, else by a sweep; announced until it is heard."""

import logging
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
PROMISES = ("replenish", REPLENISH_OTHERS)
MOST_AT_ONCE = 500

log = logging.getLogger(__name__)


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
    if Shortage.objects.filter(pk=shortage.pk, asked_at=None).update(asked_at=at):
        shortage.asked_at = at
    for key in PROMISES:  # the item's kind may have been changed meanwhile
        stop_timer(shortage, key, at=at, by=by)


def asked_for(item: Item, *, at: datetime, by: User | None = None) -> None:
    """A purchase of this item has been requested by hand; ends the waiting where the item is short."""
    if standing := Shortage.objects.filter(item=item, ended_at=None).first():
        asked(standing, at=at, by=by)


def sweep(at: datetime) -> int:
    """Look at items that are short without a shortage, or have one without being short; gives how many.

    At most five hundred at once: the next sweep goes on. An item that fails does not keep the others waiting.
    """
    standing = Exists(Shortage.objects.filter(item=OuterRef("pk"), ended_at=None))
    unnoticed = Item.objects.short().filter(~standing).order_by("pk")
    over = Item.objects.filter(standing).exclude(active=True, on_hand__lt=F("minimum")).order_by("pk")
    found = [pk for rows in (over, unnoticed) for pk in rows.values_list("pk", flat=True)[:MOST_AT_ONCE]]
    for shortage in Shortage.objects.unheard()[:MOST_AT_ONCE]:
        _announce(shortage, at=at)
    return sum(_look_again(pk, at) for pk in found)


def look_again(item: Item, *, at: datetime) -> None:
    """After the minimum was changed, or the item was taken out of use."""
    _look_again(item.pk, at)


def _look_again(pk: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            item = Item.objects.select_for_update().filter(pk=pk).first()
            if item:
                look(item, at=at)
    except Exception:
        log.exception("Item %s could not be looked at", pk)
        return False
    return item is not None


def _open(item: Item, *, at: datetime) -> Shortage:
    shortage = Shortage.objects.create(item=item, fell_at=at, on_hand=item.on_hand, minimum=item.minimum)
    start_timer(shortage, promise(item), team="inventory_clerk", at=at, label=str(item))
    _announce(shortage, at=at)
    return shortage


def _announce(shortage: Shortage, *, at: datetime) -> None:
    """Tell whoever buys. What goes wrong there stops no issue: the sweep tells it again."""
    if not shortage.item.reorders:
        return
    try:
        with transaction.atomic():
            stock_ran_low.send(Shortage, shortage=shortage, at=at)
    except Exception:
        log.exception("That %s ran low could not be announced", shortage)


def _end(shortage: Shortage, *, at: datetime) -> None:
    shortage.ended_at = at
    shortage.save(update_fields=["ended_at"])
    for key in PROMISES:
        cancel_timer(shortage, key, at=at, reason=gettext_noop("there is enough again"))
