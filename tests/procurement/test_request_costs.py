"""What a request costs against last year, and what its orders do to it."""

from datetime import date
from decimal import Decimal

import pytest

from pages.refusals import Refused
from procurement import prices
from procurement.comparing import Comparison
from procurement.models import Order, OrderLine, Price, PurchaseRequest
from procurement.models.request_quotes import Choice
from tests.supplies.builders import make_category

from .purchases import make_approved, make_chosen, want

pytestmark = pytest.mark.django_db
Status = PurchaseRequest.Status


# -- last year's price -------------------------------------------------------------------------------


@pytest.fixture
def projector(db) -> dict:
    """Something of which one cost 290 in the same quarter of last year."""
    category = make_category()
    Price.objects.create(
        likeness=prices.likeness(None, category, "投影仪", ""),
        group="other",
        category=category,
        name="投影仪",
        day=date(2025, 11, 5),
        quantity=1,
        unit_price=Decimal("290"),
        amount=Decimal("290"),
    )
    return {"name": "投影仪", "category": category}


def test_dearer_than_last_year_needs_a_reason(salesperson, buyer, noon, projector):
    request = make_chosen(salesperson, buyer, noon, want(**projector), price="290.01")
    line = request.lines.get()

    with pytest.raises(Refused, match="dearer than last year"):
        request.ask_for_approval(by=buyer, at=noon)
    request.choose({line.pk: Choice(line.chosen, dear_reason="原材料涨价")}, by=buyer, at=noon)
    assert request.ask_for_approval(by=buyer, at=noon).status == Status.APPROVAL


def test_as_dear_as_last_year_needs_none(salesperson, buyer, noon, projector):
    request = make_chosen(salesperson, buyer, noon, want(**projector), price="290.00")

    assert request.ask_for_approval(by=buyer, at=noon).status == Status.APPROVAL


def test_the_comparison_says_by_how_much(salesperson, buyer, noon, projector):
    request = make_chosen(salesperson, buyer, noon, want(**projector), price="319.00")
    (row,) = Comparison(request, noon.date()).rows

    assert row.hint.last_year == Decimal("290.00")
    assert [offer.rise for offer in row.offers] == [Decimal("10.0"), Decimal("13.4"), Decimal("16.9")]


# -- what the orders do to it ------------------------------------------------------------------------


def order(request, quantity: int, buyer, at, status: str = "placed", cancelled: int = 0) -> OrderLine:
    """An order for so many of its only line, as package deliveries writes it."""
    line = request.lines.get()
    made = Order.objects.create(
        supplier=line.chosen.quote.supplier,
        request=request,
        department=request.department,
        buyer=buyer,
        created_by=buyer,
        created_at=at,
        expected_on=at.date(),
        status=status,
        placed_at=at,
        **({"cancelled_at": at, "cancel_reason": "改型号"} if status == "cancelled" else {}),
    )
    return OrderLine.objects.create(
        order=made,
        request_line=line,
        category=line.category,
        name=line.name,
        unit=line.unit,
        quantity=quantity,
        cancelled=cancelled,
        unit_price=line.unit_price,
        amount=line.unit_price * quantity,
    )


@pytest.mark.parametrize(
    ("orders", "left"),
    [
        ([], [5]),
        ([{"quantity": 2}], [3]),
        ([{"quantity": 5}], []),
        ([{"quantity": 5, "cancelled": 4}], [4]),
        ([{"quantity": 5, "status": "cancelled"}], [5]),
        ([{"quantity": 2}, {"quantity": 3}], []),
    ],
)
def test_what_is_not_ordered_is_still_to_order(salesperson, buyer, noon, orders, left):
    request = make_approved(salesperson, buyer, noon, want(quantity=5), price="20")
    for one in orders:
        order(request, buyer=buyer, at=noon, **one)

    assert [one.quantity for one in request.lines_to_order()] == left


def test_the_status_follows_the_orders(salesperson, buyer, noon):
    request = make_approved(salesperson, buyer, noon)
    assert request.note_ordered(by=buyer, at=noon).status == Status.APPROVED

    line = order(request, 2, buyer, noon)
    assert request.note_ordered(by=buyer, at=noon).status == Status.ORDERED
    with pytest.raises(Refused):
        request.withdraw("不要了", by=salesperson, at=noon)

    line.cancelled = 2
    line.save()
    assert request.note_ordered(by=buyer, at=noon).status == Status.APPROVED
    assert request.close(by=buyer, at=noon).status == Status.CLOSED


def test_what_is_ordered_is_neither_withdrawn_nor_quoted_again(salesperson, buyer, noon):
    request = make_approved(salesperson, buyer, noon)
    order(request, 1, buyer, noon)

    for deed in (request.withdraw, request.quote_again):
        with pytest.raises(Refused, match="ordered already"):
            deed("不要了", by=buyer, at=noon)
