"""Whatever moves while one counts: afterwards the ledger says what was counted, and what moved since."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.refusals import Refused
from supplies import ledger
from supplies.ledger import Line
from supplies.models import Movement, Posting, Stock, Stocktake
from tests.builders import make_place

from .builders import make_item, stock_up

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
#: What happens: to which of two items, at which of two places, how much; nothing of "count" is a count.
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "issue", "transfer", "count", "count"]),
        st.integers(0, 1),
        st.integers(0, 1),
        st.integers(0, 15),
    ),
    max_size=14,
)


def happen(stocktake, event, items, places, sales, *, by, at) -> None:
    """Let it happen, as far as it is possible."""
    kind, item, place, quantity = event
    there, other = places[place], places[1 - place]
    try:
        if kind == "count":
            line = stocktake.add(items[item], there, by=by)
            stocktake.count(line, quantity, by=by, at=at, seen=stocktake.lines.get(pk=line.pk).entered)
        elif kind == "transfer":
            ledger.transfer([Line(items[item], there, quantity, to=other)], by=by, at=at)
        elif kind == "issue":
            ledger.issue([Line(items[item], there, quantity)], department=sales, by=by, at=at)
        else:
            ledger.receive([Line(items[item], there, quantity)], by=by, at=at)
    except Refused:
        pass


def finish(stocktake, *, by, approver, at) -> bool:
    """Count what is left, hand in, count again alike, explain, approve; False where that is refused."""
    for line in stocktake.lines.filter(counted=None):
        stocktake.count(line, 3, by=by, at=at)
    stocktake.submit(by=by, at=at)
    if stocktake.status == Stocktake.Status.RECOUNTING:
        for line in stocktake.lines.filter(recount=True):
            stocktake.count(line, line.counted, by=by, at=at)
        stocktake.submit(by=by, at=at)
    stocktake.explain(dict.fromkeys(stocktake.lines.values_list("pk", flat=True), "查过"), by=by)
    return is_approved(stocktake, by=approver, at=at + MINUTE)


def is_approved(stocktake, *, by, at) -> bool:
    """Nothing but too much taken since the count may stand in the way."""
    try:
        stocktake.approve(by=by, at=at)
    except Refused as refusal:
        if "More was taken since the count" in str(refusal):
            return False
        raise
    return True


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_stock_is_what_was_counted_and_what_moved_since(clerk, admin_manager, sales, noon, events):
    with transaction.atomic():
        items, places = [make_item(), make_item()], [make_place(), make_place()]
        for item in items:
            stock_up(item, 9, by=clerk, at=noon, place=places[0])
        stocktake = Stocktake.open(by=clerk, at=noon)
        for number, event in enumerate(events, start=1):
            happen(stocktake, event, items, places, sales, by=clerk, at=noon + number * MINUTE)
        posted = finish(stocktake, by=clerk, approver=admin_manager, at=noon + 20 * MINUTE)

        for line in stocktake.lines.all() if posted else ():
            since = Movement.objects.filter(item=line.item, place=line.place, at__gt=line.found_at)
            moved = since.exclude(posting__kind=Posting.Kind.COUNT).aggregate(all=Sum("quantity"))["all"] or 0
            stock = Stock.objects.filter(item=line.item, place=line.place).first()
            assert (stock.quantity if stock else 0) == line.found + moved
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_what_moves_between_count_and_approval_is_kept(clerk, admin_manager, sales, noon, events):
    with transaction.atomic():
        items, places = [make_item(), make_item()], [make_place(), make_place()]
        for item in items:
            stock_up(item, 50, by=clerk, at=noon, place=places[0])
        stocktake = Stocktake.open(by=clerk, at=noon)
        for line in stocktake.lines.all():
            stocktake.count(line, line.frozen - 1 if line.frozen else 0, by=clerk, at=noon)
        stocktake.submit(by=clerk, at=noon)
        for number, event in enumerate(events, start=1):
            happen(stocktake, event, items, places, sales, by=clerk, at=noon + number * MINUTE)
        before = dict(Stock.objects.values_list("item").annotate(Sum("quantity")).order_by())
        if is_approved(stocktake, by=admin_manager, at=noon + 20 * MINUTE):
            after = dict(Stock.objects.values_list("item").annotate(Sum("quantity")).order_by())
            assert after == {item: quantity - 1 for item, quantity in before.items()}
        transaction.set_rollback(True)
