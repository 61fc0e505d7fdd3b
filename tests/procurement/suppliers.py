"""Builders of suppliers, their papers, and what they delivered, without the pages in between."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organization.models import User
from procurement import credit_code, reviewing
from procurement.models import Order, OrderLine, Paper, Price, Receipt, ReceiptLine, Review, Supplier
from tests.builders import make_place
from tests.supplies.builders import make_category

from .purchases import make_draft

_numbers = count(1)
QUARTER = (2026, 3)


def code(number: int) -> str:
    """A credit code that holds."""
    first = f"91110105MA{number:07}"
    return first + credit_code.check_sign(first)


def make_supplier(name: str = "", *, by: User, at: datetime, categories=None, **fields) -> Supplier:
    """A supplier since two years before, of one category."""
    fields = {"name": name or f"第{next(_numbers)}办公用品有限公司", "since": date(2024, 1, 1), **fields}
    return Supplier.register(fields=fields, categories=categories or [make_category()], by=by, at=at)


def make_paper(supplier: Supplier, ends_on: date, *, by: User, at: datetime, **fields) -> Paper:
    fields = {"kind": "contract", "title": "年度框架协议", "ends_on": ends_on, **fields}
    return Paper.add(supplier, fields=fields, by=by, at=at)


def make_order(supplier: Supplier, expected_on: date, *, by: User, at: datetime, quantity: int = 10) -> Order:
    """A placed order of one line at ¥20.00."""
    request = make_draft(by, at)
    line = request.lines.get()
    order = Order.objects.create(
        supplier=supplier,
        request=request,
        department=request.department,
        buyer=by,
        status="placed",
        expected_on=expected_on,
        created_at=at,
        created_by=by,
        placed_at=at,
        total=20 * quantity,
    )
    OrderLine.objects.create(
        order=order,
        request_line=line,
        category=line.category,
        name=line.name,
        unit="个",
        quantity=quantity,
        unit_price=20,
        amount=20 * quantity,
    )
    return order


def deliver(
    order: Order, arrived_at: datetime, *, by: User, quantity: int = 10, rejected: int = 0
) -> Receipt:
    """So many came and were accepted, but for those rejected."""
    receipt = Receipt.objects.create(
        order=order,
        status="accepted",
        place=make_place(),
        arrived_at=arrived_at,
        received_by=by,
        accepted_at=arrived_at,
        accepted_by=by,
    )
    defect = "破损" if rejected else ""
    line = order.lines.get()
    ReceiptLine.objects.create(
        receipt=receipt, order_line=line, quantity=quantity, rejected=rejected, defect=defect
    )
    return receipt


def pay(supplier: Supplier, price: str, last_year: str | None, day: date, quantity: int = 10) -> Price:
    """A price paid, and what the same cost a year before."""
    return Price.objects.create(
        likeness="x",
        group="other",
        category=supplier.categories.first(),
        name="打印纸",
        supplier=supplier,
        day=day,
        quantity=quantity,
        unit_price=Decimal(price),
        amount=Decimal(price) * quantity,
        last_year=last_year and Decimal(last_year),
    )


def make_delivered(supplier: Supplier, *, by: User, at: datetime) -> None:
    """In the third quarter of 2026: two deliveries, one of them late, one piece of twenty rejected."""
    august = at.replace(month=8, day=10)
    for late, rejected in ((0, 0), (3, 1)):
        order = make_order(supplier, august.date(), by=by, at=august)
        deliver(order, august + timedelta(days=late), by=by, rejected=rejected)


def make_review(supplier: Supplier, *, by: User, at: datetime) -> Review:
    """The review of a supplier in the third quarter, still to be scored."""
    opened = reviewing.open_round(*QUARTER, by=by, at=at)
    return opened.reviews.get(supplier=supplier)


def score_all(review: Review, points: str = "80", *, by: User, at: datetime) -> Review:
    """The same points for every criterion, with a remark."""
    given = {pk: (Decimal(points), "与实际相符") for pk in review.scores.values_list("pk", flat=True)}
    review.score(given, by=by, at=at)
    return review


def queries_of(browser: Client, address: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as caught:
        browser.get(address)
    return len(caught)
