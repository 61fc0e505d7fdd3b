"""Builders of orders, deliveries, invoices and prices, as the verbs leave them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from organization.models import Place, User
from procurement import ordering
from procurement.models import Invoice, Order, Price, Receipt, Reimbursement
from procurement.models.receipt_line import Finding
from procurement.prices import likeness
from supplies.models import Item
from tests.builders import make_place

from .purchases import make_approved, want


def make_order(by: User, buyer: User, at: datetime, *lines: Any, **fields: Any) -> Order:
    """A draft from an approved request of `by`."""
    request = make_approved(by, buyer, at, *lines, **fields)
    return ordering.draw_up(request, by=buyer, at=at)[0]


def make_placed(by: User, buyer: User, at: datetime, *lines: Any, **fields: Any) -> Order:
    return make_order(by, buyer, at, *lines, **fields).place(by=buyer, at=at)


def arrive(
    order: Order,
    quantity: int | None = None,
    *,
    by: User,
    at: datetime,
    place: Place | None = None,
    **more: Any,
) -> Receipt:
    """So many of each line arrived; all that is outstanding unless told."""
    came = {line.pk: line.outstanding if quantity is None else quantity for line in order.lines.all()}
    return Receipt.arrive(order, came, by=by, at=at, place=place or make_place(), **more)


def accept(
    receipt: Receipt, *, by: User, at: datetime, rejected: int = 0, fits: bool = True, defect: str = ""
) -> Receipt:
    """The same found of each line."""
    defect = defect or ("外壳破损" if rejected or not fits else "")
    found = {line.pk: Finding(rejected, fits, defect) for line in receipt.lines.all()}
    return receipt.accept(found, by=by, at=at)


def deliver(order: Order, quantity: int | None = None, *, by: User, to: User, at: datetime, **found: Any):
    """Arrived and accepted at once."""
    return accept(arrive(order, quantity, by=by, at=at), by=to, at=at, **found)


def enter_invoice(
    order: Order, amount: str, *, by: User, at: datetime, number: str = "25312000000123456789", **more
):
    return Invoice.enter(
        order, number=number, dated_on=at.date(), amount=Decimal(amount), by=by, at=at, **more
    )


def the_claim(order: Order) -> Reimbursement:
    return order.reimbursements.get()


def want_item(item: Item, quantity: int = 10):
    """Something kept in stock."""
    return want(
        item.name,
        quantity,
        item=item,
        category=item.category,
        specification=item.specification,
        unit=item.unit,
    )


def pay(item: Item, price: str, day: date, quantity: int = 10, **fields: Any) -> Price:
    """A price paid for an item; what was paid last year unless told."""
    fields.setdefault("group", item.kind)
    return Price.objects.create(
        likeness=likeness(item),
        item=item,
        category=item.category,
        name=str(item),
        day=day,
        quantity=quantity,
        unit_price=Decimal(price),
        amount=Decimal(price) * quantity,
        **fields,
    )


def working_day_after(at: datetime) -> datetime:
    return at + timedelta(days=1)
