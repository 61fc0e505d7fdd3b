"""Twenty people at the counter at once, and the last pieces go over it once."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, connections

from pages.refusals import Refused
from supplies import ledger
from supplies.ledger import Line
from supplies.models import Movement, Posting, Shortage, Stock

from .builders import make_item, stock_up

pytestmark = [pytest.mark.django_db(transaction=True)]
WORKERS = 20
LEFT = 7


@pytest.fixture(autouse=True)
def several_at_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time; the office with many desks has PostgreSQL")


def at_once(work, count: int = WORKERS) -> list:
    """What `work(number)` gave in so many threads that begin together, refusals and faults too."""
    given, gate = [], threading.Barrier(count)

    def run(number: int) -> None:
        try:
            gate.wait(timeout=30)
            given.append(work(number))
        except Exception as problem:
            given.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_the_last_pieces_are_issued_once(clerk, sales, noon):
    item = make_item(minimum=LEFT)
    stock_up(item, LEFT, by=clerk, at=noon, amount=Decimal("10.00"))

    given = at_once(
        lambda number: ledger.issue([Line(item, item.place, 1)], department=sales, by=clerk, at=noon)
    )

    item.refresh_from_db()
    assert sum(isinstance(one, Posting) for one in given) == LEFT
    assert sum(isinstance(one, Refused) for one in given) == WORKERS - LEFT
    assert (item.on_hand, item.value, Stock.objects.get().quantity) == (0, 0, 0)
    assert list(Movement.objects.order_by("pk").values_list("item_balance", flat=True)) == [
        7,
        6,
        5,
        4,
        3,
        2,
        1,
        0,
    ]
    assert Shortage.objects.count() == 1


def test_documents_of_the_same_items_in_another_order_do_not_wait_for_ever(clerk, sales, noon):
    items = [make_item(), make_item("订书钉"), make_item("胶带")]
    for item in items:
        stock_up(item, 100, by=clerk, at=noon)

    def work(number: int) -> Posting:
        lines = [Line(item, item.place, 1) for item in items]
        return ledger.issue(lines[number % 3 :] + lines[: number % 3], department=sales, by=clerk, at=noon)

    given = at_once(work)

    assert [one for one in given if not isinstance(one, Posting)] == []
    assert sorted(Stock.objects.values_list("quantity", flat=True)) == [80, 80, 80]


def test_twenty_clicks_on_one_reversal_reverse_once(clerk, noon):
    item = make_item()
    posting = stock_up(item, 5, by=clerk, at=noon)

    given = at_once(
        lambda number: ledger.reverse(posting, reason="录错", by=clerk, at=noon + timedelta(minutes=1))
    )

    item.refresh_from_db()
    assert (sum(isinstance(one, Posting) for one in given), item.on_hand) == (1, 0)
