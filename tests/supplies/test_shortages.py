"""Falling below the minimum: noticed at once, else by the sweep; announced once, and over by itself."""

from datetime import timedelta

import pytest

from sla.models import Timer
from supplies import ledger, shortages
from supplies.ledger import Line
from supplies.models import Item, Shortage
from supplies.signals import stock_ran_low

from .builders import make_item, stock_up

pytestmark = pytest.mark.django_db
Kind = Item.Kind


@pytest.fixture
def heard():
    """The shortages announced, in their order."""
    told = []

    def listen(sender, shortage, at, **kwargs):
        told.append(shortage)
        shortages.asked(shortage, at=at)

    stock_ran_low.connect(listen)
    yield told
    stock_ran_low.disconnect(listen)


def running(item) -> list[str]:
    shortage = item.shortages.latest("pk")
    return list(Timer.objects.about(shortage).running().values_list("standard", flat=True))


@pytest.mark.parametrize(
    ("kind", "key"), [(Kind.CONSUMABLE, "replenish"), (Kind.SPARE_PART, "replenish-stock")]
)
def test_the_promise_runs_from_the_moment_of_falling_short_to_the_request(clerk, sales, noon, kind, key):
    item = make_item(kind=kind, minimum=5, reorders=False)
    stock_up(item, 6, by=clerk, at=noon)
    ledger.issue([Line(item, item.place, 4)], department=sales, by=clerk, at=noon + timedelta(minutes=5))
    assert running(item) == [key]

    shortages.asked(item.shortages.get(), at=noon + timedelta(minutes=20), by=clerk)

    assert running(item) == []
    assert item.shortages.get().asked_at == noon + timedelta(minutes=20)


def test_the_sweep_finds_a_raised_minimum_and_announces_it_once(clerk, noon, heard):
    item = make_item()
    stock_up(item, 3, by=clerk, at=noon)
    item.minimum = 10
    item.save(update_fields=["minimum"])

    found = [shortages.sweep(noon + timedelta(minutes=minute)) for minute in (1, 2)]

    assert (found, [one.item for one in heard]) == ([1, 0], [item])


def test_what_goes_wrong_in_purchasing_stops_no_issue_and_is_told_again(clerk, sales, noon, heard):
    def stumble(sender, **kwargs):
        raise RuntimeError("no budget table")

    item = make_item(minimum=5)
    stock_up(item, 6, by=clerk, at=noon)
    stock_ran_low.connect(stumble)
    ledger.issue([Line(item, item.place, 4)], department=sales, by=clerk, at=noon)
    stock_ran_low.disconnect(stumble)

    item.refresh_from_db()
    assert (item.on_hand, item.shortages.get().asked_at) == (2, None)
    shortages.sweep(noon + timedelta(minutes=1))
    assert item.shortages.get().asked_at == noon + timedelta(minutes=1)


def test_the_sweep_ends_what_is_over(clerk, noon):
    item = make_item(minimum=10, reorders=False)
    shortages.sweep(noon)
    item.active = False
    item.save(update_fields=["active"])

    shortages.sweep(noon + timedelta(hours=1))

    assert Shortage.objects.get().ended_at == noon + timedelta(hours=1)
    assert running(item) == []


def test_what_is_not_bought_again_by_itself_is_not_announced(noon, heard):
    make_item(minimum=10, reorders=False)

    assert (shortages.sweep(noon), heard, Shortage.objects.count()) == (1, [], 1)


def test_an_item_that_fails_does_not_keep_the_others_waiting(noon):
    failing, item = make_item(minimum=1), make_item(minimum=1)

    def refuse(sender, shortage, **kwargs):
        if shortage.item_id == failing.pk:
            raise RuntimeError

    stock_ran_low.connect(refuse)
    try:
        assert shortages.sweep(noon) == 2
    finally:
        stock_ran_low.disconnect(refuse)
    assert set(Shortage.objects.values_list("item", flat=True)) == {failing.pk, item.pk}


def test_a_kind_changed_meanwhile_leaves_no_promise_behind(clerk, noon):
    item = make_item(kind=Kind.CONSUMABLE, minimum=5, reorders=False)
    shortages.sweep(noon)
    item.kind = Kind.OFFICE_SUPPLY
    item.save(update_fields=["kind"])

    stock_up(item, 9, by=clerk, at=noon)

    assert running(item) == []


def test_asking_by_hand_keeps_the_promise_too(clerk, noon):
    item = make_item(minimum=5, reorders=False)
    shortages.sweep(noon)

    shortages.asked_for(item, at=noon, by=clerk)

    assert running(item) == []
