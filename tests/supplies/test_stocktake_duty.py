"""The monthly count of consumables lays itself out, and its approval is the proof that the duty was done."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from sla.models import Calendar, Duty, Occurrence, Timer
from sla.recurrence import Recurring
from sla.standards import get
from supplies import measures_stocktakes as measures
from supplies.models import Item, Stocktake

from .builders import make_item, stock_up

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def soap(clerk, noon) -> Item:
    item = make_item("洗手液", kind=Item.Kind.CONSUMABLE, unit="瓶")
    stock_up(item, 10, by=clerk, at=noon - timedelta(days=200))
    return item


@pytest.fixture
def occurrence(clerk, admin_manager, noon) -> Occurrence:
    """The next time of the monthly count, still to come."""
    duty = Duty.set_up(
        by=admin_manager,
        at=noon,
        title="低值易耗品盘点",
        standard="consumables-stocktake",
        rule=Recurring("FREQ=MONTHLY;BYMONTHDAY=25", noon.date()),
        calendar=Calendar.objects.get(key="office"),
        assignment=Duty.Assignment.PERSON,
        person=clerk,
        since=noon.date(),
    )
    return duty.occurrences.order_by("opens_at").first()


def posted(item: Item, quantity: int, *, by, approver, at) -> Stocktake:
    """A stocktake of its kind in which so many of the item were found, twice."""
    stocktake = Stocktake.open(by=by, at=at, kind=item.kind)
    line = stocktake.lines.get(item=item)
    stocktake.count(line, quantity, by=by, at=at)
    stocktake.submit(by=by, at=at)
    if stocktake.is_counting:
        stocktake.count(line, quantity, by=by, at=at)
        stocktake.submit(by=by, at=at)
    stocktake.explain({line.pk: "领用未登记"}, by=by)
    stocktake.approve(by=approver, at=at)
    return stocktake


def test_the_duty_lays_out_its_count_when_it_opens(soap, occurrence):
    make_item("中性笔")

    occurrence.open(at=occurrence.opens_at)

    stocktake = Stocktake.objects.get()
    assert (stocktake.title, stocktake.opened_by) == ("低值易耗品盘点 2026-11", None)
    assert (stocktake.occurrence, [line.item for line in stocktake.lines.all()]) == (occurrence, [soap])
    assert Timer.objects.about(occurrence).get().link == stocktake.get_absolute_url()


def test_approval_completes_the_duty_with_the_stocktake_as_proof(soap, occurrence, clerk, admin_manager):
    occurrence.open(at=occurrence.opens_at)
    stocktake = Stocktake.objects.get()
    stocktake.count(stocktake.lines.get(), 10, by=clerk, at=occurrence.opens_at)
    stocktake.submit(by=clerk, at=occurrence.opens_at)

    stocktake.approve(by=admin_manager, at=occurrence.opens_at + HOUR)

    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.proof) == ("done", stocktake)
    assert Timer.objects.about(occurrence).get().outcome == Timer.Outcome.MET


def test_a_duty_shown_by_hand_already_stays_as_it_was(soap, occurrence, clerk, admin_manager):
    occurrence.open(at=occurrence.opens_at)
    stocktake = Stocktake.objects.get()
    occurrence.complete(by=clerk, at=occurrence.opens_at, remark="纸质盘点")
    stocktake.count(stocktake.lines.get(), 10, by=clerk, at=occurrence.opens_at)
    stocktake.submit(by=clerk, at=occurrence.opens_at)

    stocktake.approve(by=admin_manager, at=occurrence.opens_at + HOUR)

    occurrence.refresh_from_db()
    assert (stocktake.status, occurrence.proof, occurrence.remark) == ("posted", None, "纸质盘点")


def test_a_count_of_all_consumables_that_is_open_already_is_the_dutys(soap, occurrence, clerk):
    stocktake = Stocktake.open(by=clerk, at=occurrence.opens_at, kind=Item.Kind.CONSUMABLE)

    occurrence.open(at=occurrence.opens_at)

    assert Stocktake.objects.get(occurrence=occurrence) == stocktake


def test_where_there_is_nothing_to_count_the_duty_opens_all_the_same(occurrence):
    occurrence.open(at=occurrence.opens_at)

    assert (occurrence.state, Stocktake.objects.count()) == ("open", 0)


def test_after_a_cancelled_count_another_takes_its_place(soap, occurrence, clerk):
    occurrence.open(at=occurrence.opens_at)
    Stocktake.objects.get().cancel(reason="漏了库房", by=clerk, at=occurrence.opens_at)

    again = Stocktake.open(by=clerk, at=occurrence.opens_at, kind=Item.Kind.CONSUMABLE)

    assert again.occurrence == occurrence


def test_the_clauses_stand_on_the_board():
    assert [(key, get(key).clause, get(key).shape) for key in (
        "office-supplies-match", "consumables-match", "consumables-stocktake"
    )] == [
        ("office-supplies-match", "4.1.1", "state"),
        ("consumables-match", "4.3.1", "state"),
        ("consumables-stocktake", "4.3.2", "duty"),
    ]  # fmt: skip


def labels(offenders) -> list[str]:
    return [offender.label for offender in offenders]


@pytest.fixture
def today(monkeypatch, noon):
    """The measures ask the clock of the office."""
    monkeypatch.setattr(measures, "clock", SimpleNamespace(now=lambda: noon))


def test_a_difference_stands_as_found_until_a_later_count_is_right(soap, clerk, admin_manager, noon, today):
    wrong = posted(soap, 6, by=clerk, approver=admin_manager, at=noon - 3 * HOUR)
    assert labels(measures.consumables_that_differ()) == [f"{soap} · {soap.place} · -4 ({wrong.number})"]

    posted(soap, 6, by=clerk, approver=admin_manager, at=noon - HOUR)
    assert labels(measures.consumables_that_differ()) == []


def test_a_difference_of_one_is_tolerated(soap, clerk, admin_manager, noon, today):
    posted(soap, 9, by=clerk, approver=admin_manager, at=noon)

    assert labels(measures.consumables_that_differ()) == []


def test_consumables_that_nobody_counted_since_last_month_are_named(soap, clerk, admin_manager, noon, today):
    posted(soap, 10, by=clerk, approver=admin_manager, at=noon - timedelta(days=60))
    make_item("新到的", kind=Item.Kind.CONSUMABLE)

    assert labels(measures.consumables_that_differ()) == ["洗手液: not counted since 2026-10-01"]


def test_office_supplies_are_to_be_counted_every_quarter(clerk, admin_manager, noon, today):
    pen, stapler = make_item(), make_item("订书机")
    for item in (pen, stapler):
        stock_up(item, 10, by=clerk, at=noon - timedelta(days=200))
    stocktake = Stocktake.open(by=clerk, at=noon - timedelta(days=80), place=pen.place)
    stocktake.count(stocktake.lines.get(), 10, by=clerk, at=noon - timedelta(days=80))
    stocktake.submit(by=clerk, at=noon - timedelta(days=80))
    stocktake.approve(by=admin_manager, at=noon - timedelta(days=80))

    assert labels(measures.office_supplies_that_differ()) == ["订书机: not counted since 2026-08-23"]
