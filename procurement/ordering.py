"""Ordering: one draft per supplier from what was approved, and what stands in the way of placing one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from organization.models import User
from pages import history
from pages.clock import now
from pages.money import NOTHING, rounded, spoken
from pages.refusals import Refused
from sla.models.figure import local_day

from . import budgets, prices
from .models import CostCategory, Order, OrderLine, PurchaseRequest, Supplier
from .models.request import ToOrder

USUAL_DAYS = 7
COPIED = ("item", "category", "name", "specification", "unit", "is_asset", "dear_reason")


@transaction.atomic
def draw_up(
    request: PurchaseRequest, *, by: User, at: datetime | None = None, once: UUID | None = None
) -> list[Order]:
    """Draft one order per supplier (下单) from what is approved and not ordered yet.

    The same `once` again gives the orders that were drawn up the first time.
    """
    at = at or now()
    request.hold()
    if once and (first := Order.objects.filter(once=once).first()):
        return list(Order.objects.filter(request=request, created_at=first.created_at).order_by("pk"))
    wanted = request.lines_to_order()
    if not wanted:
        raise Refused(_("Nothing of this request is left to be ordered."))
    orders = []
    for supplier in dict.fromkeys(one.supplier for one in wanted):
        refuse_unless_live(supplier)
        theirs = [one for one in wanted if one.supplier == supplier]
        orders.append(_draft(request, supplier, theirs, by=by, at=at, once=None if orders else once))
    request.note_ordered(by=by, at=at)
    return orders


def refuse_unless_live(supplier: Supplier) -> None:
    """Raises Refused where one does not order at present."""
    if supplier.status != Supplier.Status.LIVE:
        raise Refused(
            _("%(supplier)s is not ordered from at present. Choose another quote.") % {"supplier": supplier}
        )


def refuse_unready(order: Order, at: datetime) -> None:
    """Raises Refused with the first thing that stands in the way of placing it."""
    day = local_day(at)
    refuse_unless_live(order.supplier)
    if order.expected_on < day:
        raise Refused(_("The day of delivery has passed. Agree on another with the supplier."))
    for line in dear(compared(order, day)):
        if not line.dear_reason:
            raise Refused(
                _("%(line)s costs more than last year (%(price)s). Write down the reason first.")
                % {"line": line, "price": spoken(line.last_year)}
            )
    for crossing in crossings(order):
        if crossing.rule == "block":
            raise Refused(crossing.sentence)
        if crossing.rule == "ask" and order.released_at is None:
            raise Refused(
                _("%(crossing)s Ask the admin manager to release the order.")
                % {"crossing": crossing.sentence}
            )


def crossings(order: Order) -> list[budgets.Crossing]:
    """The budgets that the order would cross, the strictest first of each kind of cost.

    On the day for which delivery is agreed, since there it will bind them.
    """
    amounts: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    example: dict[int, OrderLine] = {}
    for line in order.lines.select_related("category"):
        kind = CostCategory.objects.of_goods(line.category, is_asset=line.is_asset).pk
        example.setdefault(kind, line)
        amounts[kind] += line.amount
    return [
        crossing for kind, amount in amounts.items() for crossing in _judged(order, example[kind], amount)
    ]


def _judged(order: Order, line: OrderLine, amount: Decimal) -> list[budgets.Crossing]:
    return budgets.judge(
        "order", line.category, order.department, order.expected_on, amount, is_asset=line.is_asset
    )


def compared(order: Order, day: date) -> list[OrderLine]:
    """The lines, each with `last_year` (or None) and `index`, in two queries."""
    lines = list(order.lines.select_related("item", "category"))
    alike = [prices.likeness(line.item, line.category, line.name, line.specification) for line in lines]
    before = prices.last_years((key, day) for key in alike)
    for line, key in zip(lines, alike, strict=True):
        line.last_year = before[key, day]
        line.index = prices.index(line.unit_price, line.last_year)
    return lines


def dear(lines: Iterable[OrderLine]) -> list[OrderLine]:
    """Those above last year's price."""
    return [line for line in lines if line.last_year is not None and line.unit_price > line.last_year]


def _draft(
    request: PurchaseRequest,
    supplier: Supplier,
    wanted: Sequence[ToOrder],
    *,
    by: User,
    at: datetime,
    once: UUID | None,
) -> Order:
    quote = wanted[0].line.chosen.quote
    lines = [_copied(one) for one in wanted]
    with history.reason(by=by):
        order = Order.objects.create(
            supplier=supplier,
            request=request,
            department=request.department,
            buyer=request.buyer or by,
            expected_on=local_day(at) + timedelta(days=quote.delivery_days or USUAL_DAYS),
            created_at=at,
            created_by=by,
            total=sum((line["amount"] for line in lines), NOTHING),
            once=once,
        )
        for line in lines:
            OrderLine.objects.create(order=order, **line)
    return order


def _copied(wanted: ToOrder) -> dict[str, Any]:
    return {name: getattr(wanted.line, name) for name in COPIED} | {
        "request_line": wanted.line,
        "quantity": wanted.quantity,
        "unit_price": wanted.unit_price,
        "amount": rounded(wanted.unit_price * wanted.quantity),
    }
