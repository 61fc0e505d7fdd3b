"""The stock ledger: what comes and goes, what it is worth, and that nothing is ever changed."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum

from pages.refusals import Refused
from supplies import ledger
from supplies.ledger import Line
from supplies.models import Movement, Posting, Shortage, Stock
from tests.builders import make_place

from .builders import make_item, stock_up

pytestmark = pytest.mark.django_db


def test_what_comes_in_is_there_with_its_worth(clerk, noon):
    item = make_item()

    posting = ledger.receive([Line(item, item.place, 12, Decimal("18.00"))], by=clerk, at=noon)

    item.refresh_from_db()
    assert (item.on_hand, item.value) == (12, Decimal("18.00"))
    assert Stock.objects.get(item=item).quantity == 12
    assert posting.number == f"RK202611-{posting.pk:05}"


def test_an_issue_takes_its_share_and_the_last_one_the_rest(clerk, sales, noon):
    item = make_item()
    stock_up(item, 3, by=clerk, at=noon, amount=Decimal("10.00"))

    for _number in range(3):
        ledger.issue([Line(item, item.place, 1)], department=sales, by=clerk, at=noon)

    amounts = Movement.objects.filter(item=item, quantity=-1).order_by("pk").values_list("amount", flat=True)
    assert list(amounts) == [Decimal("-3.33"), Decimal("-3.34"), Decimal("-3.33")]
    item.refresh_from_db()
    assert (item.on_hand, item.value) == (0, 0)


def test_more_than_there_is_cannot_be_issued_and_nothing_is_written(clerk, sales, noon):
    item, other = make_item(), make_item("订书钉")
    stock_up(item, 2, by=clerk, at=noon)
    stock_up(other, 5, by=clerk, at=noon)

    with pytest.raises(Refused, match="there are only 2 支"):
        ledger.issue(
            [Line(other, other.place, 1), Line(item, item.place, 3)], department=sales, by=clerk, at=noon
        )

    other.refresh_from_db()
    assert (other.on_hand, Posting.objects.count()) == (5, 2)


@pytest.mark.parametrize("quantity", [0, -1, 1_000_000, 1.5])
def test_a_quantity_without_sense_is_refused(clerk, noon, quantity):
    item = make_item()

    with pytest.raises(Refused):
        ledger.receive([Line(item, item.place, quantity)], by=clerk, at=noon)


def test_a_transfer_moves_and_changes_nothing_in_all(clerk, noon):
    item, desk = make_item(), make_place("前台柜")
    stock_up(item, 10, by=clerk, at=noon, amount=Decimal("25.00"))

    ledger.transfer([Line(item, item.place, 4, to=desk)], by=clerk, at=noon)

    item.refresh_from_db()
    assert (item.on_hand, item.value) == (10, Decimal("25.00"))
    assert dict(Stock.objects.values_list("place", "quantity")) == {item.place_id: 6, desk.pk: 4}


def test_a_document_is_reversed_once_and_as_a_whole(clerk, noon):
    item = make_item()
    posting = stock_up(item, 10, by=clerk, at=noon, amount=Decimal("25.00"))

    opposite = ledger.reverse(posting, reason="重复入库", by=clerk, at=noon + timedelta(minutes=1))

    item.refresh_from_db()
    assert (item.on_hand, item.value, opposite.reverses) == (0, 0, posting)
    with pytest.raises(Refused, match="reversed already"):
        ledger.reverse(posting, reason="再来一次", by=clerk, at=noon)


def test_what_was_handed_out_already_cannot_be_reversed_away(clerk, sales, noon):
    item = make_item()
    posting = stock_up(item, 10, by=clerk, at=noon)
    ledger.issue([Line(item, item.place, 8)], department=sales, by=clerk, at=noon)

    with pytest.raises(Refused, match="there are only 2"):
        ledger.reverse(posting, reason="重复入库", by=clerk, at=noon)


def test_the_second_post_of_a_form_is_the_first_document(clerk, noon):
    item, once = make_item(), uuid4()

    first = ledger.receive([Line(item, item.place, 5)], by=clerk, at=noon, once=once)
    second = ledger.receive([Line(item, item.place, 5)], by=clerk, at=noon, once=once)

    item.refresh_from_db()
    assert (first, item.on_hand) == (second, 5)


def test_neither_python_nor_sql_changes_what_is_posted(clerk, noon):
    item = make_item()
    posting = stock_up(item, 5, by=clerk, at=noon)

    posting.reason = "别的"
    with pytest.raises(Refused):
        posting.save()
    with pytest.raises(DatabaseError, match="what is posted never changes"), transaction.atomic():
        Movement.objects.update(quantity=6)
    with pytest.raises(DatabaseError, match="what is posted never changes"), transaction.atomic():
        Posting.objects.update(reason="别的")


def test_a_clock_that_goes_back_does_not_turn_the_ledger_around(clerk, noon):
    item = make_item()
    stock_up(item, 5, by=clerk, at=noon)

    later = stock_up(item, 5, by=clerk, at=noon - timedelta(hours=1))

    assert later.posted_at == noon


def test_falling_below_the_minimum_opens_one_shortage_until_there_is_enough(clerk, sales, noon):
    item = make_item(minimum=5)
    stock_up(item, 6, by=clerk, at=noon)

    ledger.issue([Line(item, item.place, 2)], department=sales, by=clerk, at=noon)
    ledger.issue([Line(item, item.place, 1)], department=sales, by=clerk, at=noon)

    shortage = Shortage.objects.get()
    assert (shortage.on_hand, shortage.ended_at) == (4, None)
    stock_up(item, 6, by=clerk, at=noon)
    shortage.refresh_from_db()
    assert shortage.ended_at == noon


def test_stock_is_the_sum_of_its_ledger(clerk, sales, noon):
    item, desk = make_item(), make_place("前台柜")
    stock_up(item, 10, by=clerk, at=noon, amount=Decimal("33.35"))
    ledger.issue([Line(item, item.place, 3)], department=sales, by=clerk, at=noon)
    ledger.transfer([Line(item, item.place, 4, to=desk)], by=clerk, at=noon)
    ledger.correct([Line(item, desk, -1)], reason="破损", by=clerk, at=noon)

    item.refresh_from_db()
    sums = Movement.objects.filter(item=item).aggregate(Sum("quantity"), Sum("amount"))
    assert sums == {"quantity__sum": item.on_hand, "amount__sum": item.value}
    by_place = dict(Movement.objects.values_list("place").annotate(Sum("quantity")).order_by())
    assert by_place == dict(Stock.objects.values_list("place", "quantity"))
