"""Opening stock (期初库存) of what never moved, thousands at once: as `ledger.post` would write it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from organization.models import User
from pages.money import NOTHING
from pages.refusals import Refused
from pages.rows import insert, table

from .models import Item, Movement, Posting, Stock

BATCH = 300
CARRY_OVER = """
    UPDATE supplies_item SET on_hand = part.column2, value = part.column3, moved_at = %s
    FROM ({rows}) AS part WHERE supplies_item.id = part.column1
"""


class Opening(NamedTuple):
    """What lay of an item at its usual place when the ledger began, and what it had cost."""

    item: int
    place: int
    quantity: int
    amount: Decimal = NOTHING


@transaction.atomic
def post(openings: Sequence[Opening], *, by: User, at: datetime, source=None) -> Posting:
    """One document for all of them. Raises Refused where an item has moved before, or stands there twice."""
    keys = [one.item for one in openings]
    held = Item.objects.select_for_update().filter(pk__in=keys, moved_at=None).order_by("pk")
    if len(set(keys)) < len(keys) or len(held.values_list("pk", flat=True)) < len(keys):
        raise Refused(_("Opening stock is for items that never moved."))
    posting = Posting.objects.create(kind=Posting.Kind.OPENING, posted_at=at, posted_by=by, source=source)
    insert(Stock, ["item", "place", "quantity"], [(one.item, one.place, one.quantity) for one in openings])
    insert(
        Movement,
        ["posting", "item", "place", "at", "quantity", "amount", "balance", "item_balance", "item_value",
         "department"],
        [
            (posting.pk, one.item, one.place, at, one.quantity, one.amount, one.quantity, one.quantity,
             one.amount, None)
            for one in openings
        ],
    )  # fmt: skip
    for start in range(0, len(openings), BATCH):
        _carry_over(openings[start : start + BATCH], at=at)
    return posting


def _carry_over(openings: Sequence[Opening], *, at: datetime) -> None:
    """The items' own figures, as their ledger says; no person changes them, so no history is told."""
    fields = [Item._meta.get_field(name) for name in ("id", "on_hand", "value")]
    rows, params = table(fields, [(one.item, one.quantity, one.amount) for one in openings], connection)
    with connection.cursor() as cursor:
        moved_at = Item._meta.get_field("moved_at").get_db_prep_value(at, connection)
        cursor.execute(CARRY_OVER.format(rows=rows), [moved_at, *params])
