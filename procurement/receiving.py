"""What an accepted delivery does: to the stock, the register of assets, the prices, budgets and claims.

All of it in the transaction of the acceptance, and all of it taken back when the acceptance is withdrawn.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from organization.models import User
from pages import history
from pages.money import rounded
from pages.refusals import Refused
from sla.figures import outdate
from sla.models import Timer
from sla.models.figure import local_day
from supplies import ledger
from supplies.models import Asset, AssetEvent, Posting

from . import budgets, prices
from .models import Commitment, Cost, OrderLine, Receipt, ReceiptLine, Reimbursement

FIT = "goods-fit"


def enter(receipt: Receipt, *, by: User, at: datetime) -> Posting | None:
    """Post what was accepted of a receipt whose lines have been judged; the order is held by the caller."""
    lines = _lines(receipt)
    good = [line for line in lines if line.accepted]
    posting = _to_stock(receipt, good, by=by, at=at)
    for line in good:
        if line.order_line.is_asset:
            _register(receipt, line, by=by, at=at)
        prices.note(line, by=by, at=at)
        budgets.spend(line, by=by, at=at)
        _count(line.order_line, line.accepted, by=by)
    receipt.order.settle(by=by, at=at, arrived_at=receipt.arrived_at)
    Reimbursement.arise(receipt.order, by=by, at=at)
    outdate(FIT, local_day(at))
    return posting


def take_back(receipt: Receipt, *, reason: str, by: User, at: datetime) -> None:
    """The acceptance was wrong: nothing of it is left but its traces. Refused where the goods are gone."""
    good = [line for line in _lines(receipt) if line.accepted]
    if receipt.posting:
        ledger.reverse(receipt.posting, reason=reason, by=by, at=at)
    for line in good:
        if line.order_line.is_asset:
            _strike_off(line, reason=reason, by=by, at=at)
        prices.forget(line, by=by, reason=reason)
        _uncost(line, reason=reason, by=by, at=at)
        _count(line.order_line, -line.accepted, by=by, reason=reason)
        _bind_again(line.order_line)
    receipt.order.settle(by=by, at=at)
    _await_again(receipt, by=by, at=at)
    Reimbursement.fit(receipt.order, reason=reason, by=by, at=at)
    outdate(FIT, local_day(receipt.accepted_at))


def assets_of(line: ReceiptLine) -> Iterable[Asset]:
    """The assets that were registered from a line."""
    return Asset.objects.filter(once__in=[_ticket(line, number) for number in range(line.accepted)])


# -- each of them -----------------------------------------------------------------------------------


def _lines(receipt: Receipt) -> list[ReceiptLine]:
    lines = list(receipt.lines.select_related("order_line__item", "order_line__category").order_by("pk"))
    for line in lines:
        line.receipt, line.order_line.order = receipt, receipt.order
    return lines


def _to_stock(receipt: Receipt, good: Sequence[ReceiptLine], *, by: User, at: datetime) -> Posting | None:
    entries = [
        ledger.Line(
            line.order_line.item,
            receipt.place,
            line.accepted,
            rounded(line.order_line.unit_price * line.accepted),
        )
        for line in good
        if line.order_line.item_id
    ]
    return ledger.receive(entries, by=by, at=at, source=receipt) if entries else None


def _register(receipt: Receipt, line: ReceiptLine, *, by: User, at: datetime) -> None:
    """Each piece is an asset of its own; it lies in store until it is handed over to somebody."""
    ordered = line.order_line
    for number in range(line.accepted):
        Asset.register(
            by=by,
            at=at,
            name=ordered.name,
            category=ordered.category,
            department=receipt.order.department,
            place=receipt.place,
            price=ordered.unit_price,
            bought_on=local_day(at),
            model=ordered.specification[:120],
            supplier=receipt.order.supplier.name,
            once=_ticket(line, number),
        )


def _ticket(line: ReceiptLine, number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"receipt-line:{line.pk}:{number}")


def _strike_off(line: ReceiptLine, *, reason: str, by: User, at: datetime) -> None:
    for asset in assets_of(line):
        touched = asset.events.exclude(kind=AssetEvent.Kind.REGISTERED).exists()
        if asset.status != Asset.Status.IDLE or touched:
            raise Refused(
                _("%(asset)s has been handed on already; it cannot be taken out of the register.")
                % {"asset": asset}
            )
        asset.scrap(reason=reason, by=by, at=at)


def _uncost(line: ReceiptLine, *, reason: str, by: User, at: datetime) -> None:
    cost = Cost.objects.filter(once=f"receipt-line-{line.pk}").first()
    if cost and not cost.is_reversed:
        cost.reverse(reason=reason, by=by, at=at)


def _bind_again(line: OrderLine) -> None:
    """What is outstanding again binds the budget again: free is the share of what came or was called off."""
    commitment = Commitment.objects.select_for_update(of=("self",)).filter(order_line=line).first()
    if commitment is None:
        return
    free = min(commitment.amount, rounded(line.unit_price * (line.received + line.cancelled)))
    if free < commitment.released:
        commitment.released, commitment.released_at = free, None
        commitment.save(update_fields=["released", "released_at"])


def _count(line: OrderLine, pieces: int, *, by: User, reason: str = "") -> None:
    """Counted from the row as it is now: the order is held, so nobody else is counting."""
    line.received = OrderLine.objects.get(pk=line.pk).received + pieces
    with history.reason(reason, by=by):
        line.save(update_fields=["received"])


def _await_again(receipt: Receipt, *, by: User, at: datetime) -> None:
    """The supplier owes again what was thought to have come: the clock goes on as if never stopped."""
    order = receipt.order
    if order.status != order.Status.PLACED:
        return
    stopped = Timer.objects.about(order).filter(standard=order.DELIVERY).order_by("-pk").first()
    if stopped and not stopped.is_running:
        stopped.reopen(at=at, by=by)
