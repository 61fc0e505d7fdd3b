"""Writing the stock ledger: the only way by which stock on hand changes.

Every document locks the items it moves, in the order of their keys, so that two clerks at once wait for each
other and never for ever; what is refused leaves nothing behind.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from organization.models import Department, Place, User
from pages import records
from pages.clock import now
from pages.money import NOTHING, rounded
from pages.refusals import Gone, Refused

from . import shortages, signals
from .models import Item, ItemImport, Movement, Posting, Requisition, Stock
from .models.item import MOST

Kind = Posting.Kind

MOST_ON_HAND = 99_999_999
MOST_WORTH = Decimal("9999999999.99")

INCOMING = (Kind.RECEIVE, Kind.RETURN, Kind.OPENING)
OUTGOING = (Kind.ISSUE, Kind.SEND_BACK)


class Line(NamedTuple):
    """So many of an item at a place. `amount` is what a receipt cost in all; None takes the item's average.

    In a correction or a count `quantity` is signed; `to` is where a transfer goes.
    """

    item: Item
    place: Place
    quantity: int
    amount: Decimal | None = None
    to: Place | None = None


def receive(lines: Sequence[Line], **particulars) -> Posting:
    """Goods came in (入库)."""
    return post(Kind.RECEIVE, lines, **particulars)


def issue(lines: Sequence[Line], *, department: Department, **particulars) -> Posting:
    """Handed out for use (领用) to a department; never more than there is."""
    return post(Kind.ISSUE, lines, department=department, **particulars)


def take_back(lines: Sequence[Line], *, department: Department, **particulars) -> Posting:
    """A department brought back what it did not use (退库)."""
    return post(Kind.RETURN, lines, department=department, **particulars)


def send_back(lines: Sequence[Line], **particulars) -> Posting:
    """Goods went back to the supplier (退货)."""
    return post(Kind.SEND_BACK, lines, **particulars)


def transfer(lines: Sequence[Line], **particulars) -> Posting:
    """Moved from one place to another (调拨); nothing is gained or lost."""
    return post(Kind.TRANSFER, lines, **particulars)


def correct(lines: Sequence[Line], *, reason: str, **particulars) -> Posting:
    """The ledger was wrong (更正), up or down, and why."""
    return post(Kind.CORRECT, lines, reason=reason, **particulars)


@transaction.atomic
def post(
    kind: str,
    lines: Sequence[Line],
    *,
    by: User,
    at: datetime | None = None,
    department: Department | None = None,
    person: User | None = None,
    reason: str = "",
    source: models.Model | None = None,
    once: UUID | None = None,
) -> Posting:
    """Write one stock document. Raises Refused, with a sentence, where it cannot be; then nothing is written.

    The second post of one form (`once`) answers the document of the first.
    """
    if once and (posted := Posting.objects.filter(once=once).first()):
        return posted
    at = at or now()
    _refuse_senseless(kind, lines, reason)
    items = _locked({line.item.pk for line in lines})
    if once and (posted := Posting.objects.filter(once=once).first()):
        return posted  # the other click was faster, and we waited for its items
    if kind == Kind.OPENING:
        _refuse_moved(items.values())
    posting = Posting.objects.create(
        kind=kind, posted_at=max(at, *(item.moved_at or at for item in items.values())), posted_by=by,
        department=department, person=person, reason=reason.strip(), source=source, once=once,
    )  # fmt: skip
    for line in sorted(lines, key=lambda line: line.quantity < 0):  # what was found before what is missing
        _move(posting, items[line.item.pk], line)
    _settle(items.values(), by=by, at=posting.posted_at)
    signals.posted.send(Posting, posting=posting, by=by, at=at)
    return posting


@transaction.atomic
def reverse(posting: Posting, *, reason: str, by: User, at: datetime | None = None) -> Posting:
    """Take a whole document back (冲销): the opposite of each of its lines, at the same amounts."""
    at = at or now()
    if not reason.strip():
        raise Refused(_("Please say why the document is reversed."))
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    if posting.kind == Kind.REVERSE:
        raise Refused(_("A reversal cannot be reversed. Post the document anew."))
    if Posting.objects.filter(reverses=posting).exists():
        raise Refused(_("%(number)s has been reversed already.") % {"number": posting.number})
    movements = list(posting.movements.select_related("place").order_by("-pk"))
    items = _locked({movement.item_id for movement in movements})
    opposite = Posting.objects.create(
        kind=Kind.REVERSE, posted_at=max(at, *(item.moved_at or at for item in items.values())), posted_by=by,
        department=posting.department, person=posting.person, reason=reason.strip(), reverses=posting,
        source=posting.source,
    )  # fmt: skip
    _undo(opposite, posting.kind, movements, items)
    _settle(items.values(), by=by, at=opposite.posted_at)
    signals.posted.send(Posting, posting=opposite, by=by, at=at)
    return opposite


def refuse_unless_by_hand(posting: Posting) -> None:
    """What was written for a receipt or a stocktake is taken back there, with all that hangs on it."""
    if posting.source_id and not isinstance(posting.source, Requisition | ItemImport):
        words = {"number": posting.number, "source": posting.source}
        raise Refused(_("%(number)s was written for %(source)s. Take it back there, or count again.") % words)


def _undo(opposite: Posting, kind: str, movements: list[Movement], items: dict[int, Item]) -> None:
    """Each line backwards, last line first; a transfer goes back at today's worth, as it gained nothing."""
    if kind == Kind.TRANSFER:
        for came, went in zip(movements[::2], movements[1::2], strict=True):
            _carry(opposite, items[came.item_id], came.place, went.place, came.quantity)
        return
    for movement in movements:
        item, quantity = items[movement.item_id], -movement.quantity
        _write(opposite, item, movement.place, quantity, _kept_sane(item, quantity, -movement.amount))


def _refuse_senseless(kind: str, lines: Sequence[Line], reason: str) -> None:
    if not lines:
        raise Refused(_("Nothing was entered."))
    signed = kind in (Kind.CORRECT, Kind.COUNT)
    for line in lines:
        if not isinstance(line.quantity, int) or isinstance(line.quantity, bool):
            raise Refused(_("%(item)s: only whole numbers are counted.") % {"item": line.item})
        if line.quantity == 0 or (line.quantity < 0 and not signed):
            raise Refused(_("%(item)s: the quantity has to be at least 1.") % {"item": line.item})
        if abs(line.quantity) > MOST:
            raise Refused(_("%(item)s: at most %(most)d at once.") % {"item": line.item, "most": MOST})
        if line.amount is not None and line.amount < 0:
            raise Refused(_("%(item)s: an amount is not negative.") % {"item": line.item})
        if line.amount is not None and line.amount > MOST_WORTH:
            raise Refused(_("%(item)s: this amount is too large.") % {"item": line.item})
        if kind == Kind.TRANSFER and (line.to is None or line.to == line.place):
            raise Refused(_("%(item)s: say to which other place it goes.") % {"item": line.item})
    if kind == Kind.CORRECT and not reason.strip():
        raise Refused(_("Please say what was wrong."))


def _locked(keys: Collection[int]) -> dict[int, Item]:
    """The items as they are now, held until the transaction ends; in the order of their keys."""
    rows = {item.pk: item for item in Item.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(rows) < len(set(keys)):
        raise Gone(_("One of these items is not there any more."))
    for item in rows.values():
        item.was_short = item.is_short
    return rows


def _refuse_moved(items: Iterable[Item]) -> None:
    for item in items:
        if item.moved_at:
            raise Refused(_("%(item)s has moved before; correct its stock instead.") % {"item": item})


def _move(posting: Posting, item: Item, line: Line) -> None:
    if posting.kind == Kind.TRANSFER:
        _carry(posting, item, line.place, line.to, line.quantity)
        return
    quantity = -line.quantity if posting.kind in OUTGOING else line.quantity
    _write(posting, item, line.place, quantity, _amount(item, quantity, line.amount))


def _carry(posting: Posting, item: Item, place: Place, to: Place, quantity: int) -> None:
    """From one place to another, at what it is worth now."""
    amount = _share(item, quantity)
    _write(posting, item, place, -quantity, -amount)
    _write(posting, item, to, quantity, amount)


def _amount(item: Item, quantity: int, given: Decimal | None) -> Decimal:
    """What a movement is worth: as given for what comes in, else its share of the stock at the average."""
    if quantity > 0:
        average = item.value / item.on_hand if item.on_hand else _last_price(item)
        return rounded(given if given is not None else average * quantity)
    return -_share(item, -quantity)


def _share(item: Item, quantity: int) -> Decimal:
    """What so many of the stock cost; the last ones take whatever is left of it."""
    if quantity >= item.on_hand:
        return item.value
    return rounded(item.value * quantity / item.on_hand)


def _kept_sane(item: Item, quantity: int, amount: Decimal) -> Decimal:
    """The amount of a reversal, but never so that stock without worth or worth without stock is left."""
    left, worth = item.on_hand + quantity, item.value + amount
    if left == 0 or worth < 0:
        return -item.value
    return amount


def _last_price(item: Item) -> Decimal:
    """The price of one at which it last came in; nothing where it never did."""
    came = item.movements.filter(quantity__gt=0, posting__kind__in=INCOMING).order_by("-at", "-pk").first()
    return came.amount / came.quantity if came else NOTHING


def _write(posting: Posting, item: Item, place: Place, quantity: int, amount: Decimal) -> None:
    stock, _new = Stock.objects.get_or_create(item=item, place=place)
    left = stock.quantity + quantity
    if left < 0:
        raise Refused(
            _("%(item)s: there are only %(count)d %(unit)s at %(place)s.")
            % {"item": item, "count": stock.quantity, "unit": item.unit, "place": place}
        )
    if item.on_hand + quantity > MOST_ON_HAND or item.value + amount > MOST_WORTH:
        raise Refused(_("%(item)s: nobody can have so much of it.") % {"item": item})
    Stock.objects.filter(pk=stock.pk).update(quantity=F("quantity") + quantity)
    item.on_hand, item.value, item.moved_at = item.on_hand + quantity, item.value + amount, posting.posted_at
    Movement.objects.create(
        posting=posting, item=item, place=place, at=posting.posted_at, quantity=quantity, amount=amount,
        balance=left, item_balance=item.on_hand, item_value=item.value, department=posting.department,
    )  # fmt: skip


def _settle(items: Iterable[Item], *, by: User, at: datetime) -> None:
    """Write what the items now have, and see who fell short or has enough again."""
    for item in items:
        records.write(item, ["on_hand", "value", "moved_at"])  # the ledger is their history
        if item.was_short or item.is_short:  # what is otherwise amiss, the sweep finds
            shortages.look(item, at=at)
