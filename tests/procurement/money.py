"""Builders of budgets, costs and orders. A builder saves one record and returns it."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from procurement.models import (
    Budget,
    Cost,
    CostCategory,
    Order,
    OrderLine,
    PurchaseRequest,
    Receipt,
    ReceiptLine,
    RequestLine,
    Supplier,
)
from procurement.spans import Span
from supplies.models import Category
from tests.builders import make_place
from tests.supplies.builders import make_category

from .purchases import make_live_supplier

_numbers = count(1)
NOVEMBER = Span("month", 2026, 11)


def kind(name: str = "快递") -> CostCategory:
    """One of the kinds of cost every office begins with."""
    return CostCategory.objects.get(name=name)


def make_budget(amount: str | int = 1000, span: Span = NOVEMBER, **fields: Any) -> Budget:
    fields.setdefault("category", kind())
    return Budget.objects.create(**span._asdict(), amount=Decimal(amount), **fields)


def make_cost(amount: str | int, day: date = date(2026, 11, 5), *, by: Any, **fields: Any) -> Cost:
    fields.setdefault("category", kind())
    fields.setdefault("text", "顺丰月结")
    return Cost.enter(amount=Decimal(amount), day=day, by=by, **fields)


def make_order_line(
    quantity: int,
    price: str,
    *,
    department: Any,
    by: Any,
    at: Any,
    goods: Category | None = None,
    **fields: Any,
) -> OrderLine:
    """A line of a placed order that is to come on 25 November 2026."""
    number = next(_numbers)
    goods = goods or make_category(f"耗材{number}")
    fields.setdefault("expected_on", date(2026, 11, 25))
    request = PurchaseRequest.objects.create(
        title="硒鼓", department=department, status="ordered", created_at=at, submitted_at=at,
        confirmed_at=at, confirmed_by=by,
    )  # fmt: skip
    asked = RequestLine.objects.create(
        request=request, category=goods, name="硒鼓", unit="个", quantity=quantity
    )
    supplier = Supplier.objects.first() or make_live_supplier("华东办公用品有限公司")
    order = Order.objects.create(
        supplier=supplier, request=request, department=department, status="placed", created_at=at,
        created_by=by, buyer=by, placed_at=at, **fields,
    )  # fmt: skip
    return OrderLine.objects.create(
        order=order, request_line=asked, category=goods, name="硒鼓", unit="个", quantity=quantity,
        unit_price=Decimal(price), amount=Decimal(price) * quantity,
    )  # fmt: skip


def make_receipt_line(line: OrderLine, quantity: int, *, by: Any, at: Any, rejected: int = 0) -> ReceiptLine:
    """So many of it came, and were looked at."""
    receipt = Receipt.objects.create(
        order=line.order, place=make_place(), arrived_at=at, received_by=by, status="accepted",
        accepted_at=at, accepted_by=by,
    )  # fmt: skip
    return ReceiptLine.objects.create(
        receipt=receipt, order_line=line, quantity=quantity, rejected=rejected, fits=True,
        defect="破损" if rejected else "",
    )  # fmt: skip
