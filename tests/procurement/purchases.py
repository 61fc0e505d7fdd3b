"""Builders of purchase requests in every stage, as the verbs leave them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.urls import reverse

from organization.models import User
from pages import clock
from procurement.models import PurchaseRequest, Supplier
from procurement.models.request_wish import Wanted
from sla.models.figure import local_day
from tests.supplies.builders import make_category

_numbers = count(1)


def make_live_supplier(name: str = "", **fields) -> Supplier:
    fields.setdefault("since", date(2024, 1, 1))
    return Supplier.objects.create(name=name or f"第{next(_numbers)}供应商有限公司", **fields)


def want(name: str = "投影仪", quantity: int = 2, **fields) -> Wanted:
    """Something that is not kept in stock."""
    fields["category"] = fields.get("category") or make_category()
    return Wanted(**{"name": name, "unit": "台", "quantity": quantity, **fields})


def make_draft(by: User, at: datetime, *lines: Wanted, **fields) -> PurchaseRequest:
    fields.setdefault("department", by.department)
    fields.setdefault("title", "会议室投影仪")
    return PurchaseRequest.draft(by=by, at=at, lines=lines or [want()], **fields)


def make_submitted(by: User, at: datetime, *lines: Wanted, **fields) -> PurchaseRequest:
    return make_draft(by, at, *lines, **fields).submit(by=by, at=at)


def make_confirmed(by: User, at: datetime, *lines: Wanted, **fields) -> PurchaseRequest:
    """Handed in and confirmed by the head: now it is quoted."""
    request = make_submitted(by, at, *lines, **fields)
    return request.confirm_requirement(by=request.department.head, at=at)


def quote(request: PurchaseRequest, buyer: User, at: datetime, *prices: str, **fields):
    """A supplier's quote: the prices of the lines in their order."""
    fields["supplier"] = fields.get("supplier") or make_live_supplier()
    fields.setdefault("quoted_on", local_day(at))
    keys = request.lines.values_list("pk", flat=True)
    return request.quote(
        prices={pk: Decimal(price) for pk, price in zip(keys, prices, strict=False)},
        by=buyer,
        at=at,
        **fields,
    )


def make_chosen(by: User, buyer: User, at: datetime, *lines: Wanted, price: str = "300.00", **fields):
    """Three suppliers have quoted, and the cheapest is taken at this price for each line."""
    request = make_confirmed(by, at, *lines, **fields)
    many = request.lines.count()
    for more in ("0", "10", "20"):
        quote(request, buyer, at, *[str(Decimal(price) + Decimal(more))] * many)
    request.choose_cheapest(by=buyer, at=at)
    return request


def make_waiting(by: User, buyer: User, at: datetime, *lines: Wanted, **fields) -> PurchaseRequest:
    """It waits for the first step of its approval."""
    return make_chosen(by, buyer, at, *lines, **fields).ask_for_approval(by=buyer, at=at)


def make_approved(by: User, buyer: User, at: datetime, *lines: Wanted, **fields) -> PurchaseRequest:
    """Approved by the head alone."""
    request = make_waiting(by, buyer, at, *lines, **fields)
    step_of(request).approve(by=request.department.head, at=at)
    request.refresh_from_db()
    return request


def step_of(request: PurchaseRequest):
    """The step of its approval that waits."""
    return request.approvals.get(status="waiting")


def url(name: str, record) -> str:
    """The address of a page about a record."""
    return reverse(name, args=[record.pk])


def day(days: int = 0) -> str:
    """Today as a date field sends it, or so many days later."""
    return (local_day(clock.now()) + timedelta(days=days)).isoformat()
