"""Whatever is done to the stock, in any order: it adds up, and there is never less than nothing of it."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.money import rounded
from pages.refusals import Refused
from supplies import ledger
from supplies.ledger import Line
from supplies.models import Item, Movement, Posting, Stock
from tests.builders import make_place

from .builders import make_item

pytestmark = pytest.mark.django_db

VERBS = ["receive", "issue", "take_back", "send_back", "transfer", "correct", "count", "reverse"]
STEP = st.tuples(
    st.sampled_from(VERBS),
    st.integers(0, 1),
    st.integers(0, 1),
    st.integers(1, 9),
    st.one_of(st.none(), st.decimals(0, 500, places=2)),
)


def do(step, items, places, clerk, department, at) -> None:
    verb, which, where, quantity, amount = step
    item, place, other = items[which], places[where], places[1 - where]
    line = Line(item, place, quantity, amount)
    if verb == "receive":
        ledger.receive([line, line._replace(place=other)], by=clerk, at=at)
    elif verb == "issue":
        ledger.issue([line], department=department, by=clerk, at=at)
    elif verb == "take_back":
        ledger.take_back([line._replace(amount=None)], department=department, by=clerk, at=at)
    elif verb == "send_back":
        ledger.send_back([line], by=clerk, at=at)
    elif verb == "transfer":
        ledger.transfer([line._replace(to=other)], by=clerk, at=at)
    elif verb == "correct":
        ledger.correct([line._replace(quantity=-quantity, amount=None)], reason="少了", by=clerk, at=at)
    elif verb == "count":
        found = [Line(item, place, -quantity), Line(item, other, quantity)]
        ledger.post(Posting.Kind.COUNT, found, by=clerk, at=at)
    else:
        chosen = Posting.objects.order_by("-pk")[quantity - 1 : quantity].first()
        if chosen:
            ledger.reverse(chosen, reason="录错", by=clerk, at=at)


def adds_up(item: Item) -> bool:
    """The item, its places and the last line of its ledger all say what the lines add up to."""
    item.refresh_from_db()
    lines = Movement.objects.filter(item=item)
    sums = lines.aggregate(pieces=Sum("quantity"), worth=Sum("amount"))
    pieces, worth = sums["pieces"] or 0, rounded(sums["worth"] or Decimal(0))
    last = lines.order_by("-at", "-pk").first()
    said = (last.item_balance, last.item_value) if last else (0, Decimal(0))
    lying = sum(Stock.objects.filter(item=item).values_list("quantity", flat=True))
    by_place = dict(lines.values_list("place").annotate(Sum("quantity")).order_by())
    places = {stock.place_id: stock.quantity for stock in Stock.objects.filter(item=item)}
    is_sane = item.on_hand >= 0 and item.value >= 0 and (item.on_hand or not item.value)
    return bool(
        is_sane
        and (item.on_hand, item.value) == (pieces, worth) == said
        and lying == pieces
        and by_place == places
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=14))
def test_stock_is_the_sum_of_its_ledger_whatever_was_done(clerk, sales, noon, steps):
    with transaction.atomic():
        places = [make_place(), make_place()]
        items = [make_item(minimum=5, place=places[0]), make_item("订书钉", place=places[0])]
        for step in steps:
            before = Movement.objects.count()
            try:
                do(step, items, places, clerk, sales, noon)
            except Refused:
                assert Movement.objects.count() == before
            assert all(adds_up(item) for item in items)
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    quantity=st.integers(1, 60),
    amount=st.decimals(0, 900, places=2),
    parts=st.lists(st.integers(1, 9), max_size=9),
)
def test_a_transfer_there_and_back_costs_nothing(clerk, noon, quantity, amount, parts):
    with transaction.atomic():
        item, other = make_item(), make_place()
        ledger.receive([Line(item, item.place, quantity, amount)], by=clerk, at=noon)
        moved = []
        for part in parts:
            if part <= Stock.objects.get(item=item, place=item.place).quantity:
                moved.append(ledger.transfer([Line(item, item.place, part, to=other)], by=clerk, at=noon))
        for posting in moved:
            ledger.reverse(posting, reason="搬错", by=clerk, at=noon)
        item.refresh_from_db()
        assert (item.on_hand, item.value) == (quantity, amount)
        assert Stock.objects.get(item=item, place=item.place).quantity == quantity
        transaction.set_rollback(True)
