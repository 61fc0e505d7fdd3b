"""Stocktakes: frozen, counted blind, again where it differs, approved by another, posted as one document."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from organization.roles import Role
from pages.refusals import Refused
from supplies import ledger
from supplies.ledger import Line
from supplies.models import Item, Movement, Posting, Shortage, Stock, Stocktake
from supplies.models.stocktake_counting import CountedMeanwhile
from tests.builders import make_place, make_user

from .builders import make_category, make_item, stock_up

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def shelf(clerk, noon) -> Item:
    """Ten pens worth 25.00 at their place."""
    item = make_item()
    stock_up(item, 10, by=clerk, at=noon, amount=Decimal("25.00"))
    return item


@pytest.fixture
def stocktake(shelf, clerk, noon) -> Stocktake:
    return Stocktake.open(by=clerk, at=noon + HOUR)


def handed_in(stocktake: Stocktake, quantity: int, *, by, at, again: int | None = None) -> Stocktake:
    """Count the one line, again where it is asked for, and hand it in."""
    line = stocktake.lines.get()
    stocktake.count(line, quantity, by=by, at=at)
    stocktake.submit(by=by, at=at)
    if again is not None:
        stocktake.count(line, again, by=by, at=at)
        stocktake.submit(by=by, at=at)
    return stocktake


def test_every_stock_and_every_usual_place_is_frozen(clerk, shelf, noon):
    desk, empty = make_place("前台柜"), make_item("订书机")
    ledger.transfer([Line(shelf, shelf.place, 4, to=desk)], by=clerk, at=noon)
    make_item("停用的", active=False)

    stocktake = Stocktake.open(by=clerk, at=noon)

    frozen = set(stocktake.lines.values_list("item", "place", "frozen", "tolerance"))
    assert frozen == {
        (shelf.pk, shelf.place_id, 6, 1),
        (shelf.pk, desk.pk, 4, 1),
        (empty.pk, empty.place_id, 0, 1),
    }


def test_the_scope_is_kind_category_and_place_with_all_inside_it(clerk, noon):
    floor = make_place("18层")
    room = make_place("库房", parent=floor)
    paper = make_category("纸品")
    wanted = make_item("A4 纸", kind=Item.Kind.CONSUMABLE, category=paper, place=room)
    make_item("抽纸", kind=Item.Kind.CONSUMABLE, category=paper)
    make_item("滤网", kind=Item.Kind.SPARE_PART, category=paper, place=room)
    make_item("清洁剂", kind=Item.Kind.CONSUMABLE, place=room)

    stocktake = Stocktake.open(by=clerk, at=noon, kind=Item.Kind.CONSUMABLE, category=paper, place=floor)

    assert [line.item for line in stocktake.lines.all()] == [wanted]


def test_nothing_to_count_is_refused(clerk, noon):
    with pytest.raises(Refused, match="nothing in stock to count"):
        Stocktake.open(by=clerk, at=noon)


def test_what_is_being_counted_is_not_counted_in_a_second_stocktake(stocktake, clerk, noon):
    with pytest.raises(Refused, match="being counted already: PD202611-"):
        Stocktake.open(by=clerk, at=noon)

    stocktake.cancel(reason="开错了", by=clerk, at=noon)
    assert Stocktake.open(by=clerk, at=noon).status == Stocktake.Status.COUNTING


def test_the_second_post_of_a_form_opens_nothing_new(shelf, clerk, noon):
    once = uuid4()

    assert Stocktake.open(by=clerk, at=noon, once=once) == Stocktake.open(by=clerk, at=noon, once=once)


def test_within_the_tolerance_it_goes_on_to_approval(stocktake, clerk, noon):
    handed_in(stocktake, 9, by=clerk, at=noon + HOUR)

    line = stocktake.lines.get()
    assert (stocktake.status, line.variance, line.amount) == ("review", -1, Decimal("-2.50"))


def test_beyond_the_tolerance_it_is_counted_again_without_a_figure(stocktake, clerk, noon):
    handed_in(stocktake, 7, by=clerk, at=noon + HOUR)

    line = stocktake.lines.get()
    assert (stocktake.status, line.recount, line.book, line.variance, line.amount) == (
        "recounting",
        True,
        None,
        None,
        None,
    )


def test_a_recount_that_finds_the_ledger_right_holds(stocktake, clerk, noon):
    handed_in(stocktake, 7, again=10, by=clerk, at=noon + HOUR)

    line = stocktake.lines.get()
    assert (stocktake.status, line.counted, line.found, line.variance) == ("review", 7, 10, 0)


def test_what_moves_during_the_count_is_no_difference(stocktake, shelf, clerk, sales, noon):
    line = stocktake.lines.get()
    ledger.issue([Line(shelf, shelf.place, 2)], department=sales, by=clerk, at=noon + HOUR)
    stocktake.count(line, 8, by=clerk, at=noon + 2 * HOUR)
    ledger.issue([Line(shelf, shelf.place, 3)], department=sales, by=clerk, at=noon + 3 * HOUR)

    stocktake.submit(by=clerk, at=noon + 4 * HOUR)

    line.refresh_from_db()
    assert (stocktake.status, line.frozen, line.book, line.variance) == ("review", 10, 8, 0)


def test_approval_posts_one_document_with_the_variances(stocktake, shelf, clerk, admin_manager, noon):
    handed_in(stocktake, 9, by=clerk, at=noon + HOUR)

    stocktake.approve(by=admin_manager, at=noon + 2 * HOUR)

    shelf.refresh_from_db()
    movement = Movement.objects.get(posting=stocktake.posting)
    assert (stocktake.status, stocktake.decided_by) == ("posted", admin_manager)
    assert (stocktake.posting.kind, stocktake.posting.source) == (Posting.Kind.COUNT, stocktake)
    assert (movement.quantity, movement.amount) == (-1, Decimal("-2.50"))
    assert (shelf.on_hand, shelf.value) == (9, Decimal("22.50"))


def test_where_all_is_right_no_document_is_written(stocktake, clerk, admin_manager, noon):
    handed_in(stocktake, 10, by=clerk, at=noon + HOUR)

    stocktake.approve(by=admin_manager, at=noon + HOUR)

    assert (stocktake.status, stocktake.posting) == ("posted", None)


def test_who_counted_does_not_approve_even_where_another_count_holds(stocktake, clerk, admin_manager, noon):
    line = stocktake.lines.get()
    stocktake.count(line, 9, by=admin_manager, at=noon + HOUR)
    stocktake.count(line, 10, by=clerk, at=noon + HOUR, seen=9)
    stocktake.submit(by=clerk, at=noon + HOUR)

    with pytest.raises(Refused, match="You have counted yourself"):
        stocktake.approve(by=admin_manager, at=noon + HOUR)
    assert Posting.objects.filter(kind=Posting.Kind.COUNT).exists() is False


def test_who_typed_the_sheet_in_has_counted(stocktake, clerk, admin_manager, noon):
    line = stocktake.lines.get()
    stocktake.count(line, 10, by=clerk, at=noon + HOUR, typed_by=admin_manager)
    stocktake.submit(by=clerk, at=noon + HOUR)

    with pytest.raises(Refused, match="You have counted yourself"):
        stocktake.approve(by=admin_manager, at=noon + HOUR)


def test_a_difference_beyond_the_tolerance_needs_an_explanation(stocktake, clerk, admin_manager, noon):
    handed_in(stocktake, 7, again=7, by=clerk, at=noon + HOUR)
    with pytest.raises(Refused, match="1 line beyond the tolerance is not explained yet"):
        stocktake.approve(by=admin_manager, at=noon + HOUR)

    stocktake.explain({stocktake.lines.get().pk: "借出未登记"}, by=clerk)
    stocktake.approve(by=admin_manager, at=noon + HOUR)

    assert Stock.objects.get().quantity == 7


def test_a_second_approval_posts_nothing(stocktake, clerk, admin_manager, noon):
    handed_in(stocktake, 9, by=clerk, at=noon + HOUR)
    other = Stocktake.objects.get()
    stocktake.approve(by=admin_manager, at=noon + HOUR)

    with pytest.raises(Refused, match=r"Posted\. This cannot be done now"):
        other.approve(by=admin_manager, at=noon + HOUR)
    assert Posting.objects.filter(kind=Posting.Kind.COUNT).count() == 1


def test_a_second_click_on_handing_in_does_not_end_the_recount(stocktake, clerk, noon):
    handed_in(stocktake, 7, by=clerk, at=noon + HOUR)

    with pytest.raises(Refused, match="handed in already"):
        stocktake.submit(by=clerk, at=noon + HOUR, was="counting")


def test_no_line_is_silently_taken_for_zero(stocktake, clerk, noon):
    with pytest.raises(Refused, match="1 line is not counted yet"):
        stocktake.submit(by=clerk, at=noon + HOUR)
    with pytest.raises(Refused, match="say why it cannot be counted"):
        stocktake.leave_out(stocktake.lines.get(), reason=" ", by=clerk)


def test_a_line_left_out_with_a_reason_leaves_the_ledger_alone(shelf, clerk, admin_manager, noon):
    locked = make_item("保险柜内")
    stock_up(locked, 5, by=clerk, at=noon)
    stocktake = Stocktake.open(by=clerk, at=noon + HOUR)
    stocktake.count(stocktake.lines.get(item=shelf), 10, by=clerk, at=noon + HOUR)
    stocktake.leave_out(stocktake.lines.get(item=locked), reason="柜子钥匙不在", by=clerk)

    stocktake.submit(by=clerk, at=noon + HOUR)
    stocktake.approve(by=admin_manager, at=noon + HOUR)

    locked.refresh_from_db()
    assert (locked.on_hand, stocktake.lines.get(item=locked).variance) == (5, None)


def test_what_was_not_counted_at_all_is_not_handed_in(stocktake, clerk, noon):
    stocktake.leave_out(stocktake.lines.get(), reason="钥匙不在", by=clerk)

    with pytest.raises(Refused, match="Nothing has been counted at all"):
        stocktake.submit(by=clerk, at=noon + HOUR)


def test_two_who_count_at_once_do_not_lose_each_others_counts(stocktake, clerk, noon):
    other, line = make_user("陆文静", role=Role.INVENTORY_CLERK), stocktake.lines.get()
    stocktake.count(line, 6, by=clerk, at=noon + HOUR)

    with pytest.raises(CountedMeanwhile, match="顾明 has counted 中性笔 meanwhile: 6 支"):
        stocktake.count(line, 4, by=other, at=noon + HOUR)
    stocktake.count(line, 10, by=other, at=noon + HOUR, seen=6)

    assert set(stocktake.counters.all()) == {clerk, other}
    assert stocktake.lines.get().counted == 10


def test_the_same_form_again_counts_once(stocktake, clerk, noon):
    line = stocktake.lines.get()

    stocktake.count(line, 6, by=clerk, at=noon + HOUR)
    stocktake.count(line, 6, by=clerk, at=noon + HOUR)

    assert stocktake.lines.get().counted == 6


@pytest.mark.parametrize("quantity", [-1, 1_000_000, 1.5, True])
def test_a_count_without_sense_is_refused(stocktake, clerk, noon, quantity):
    with pytest.raises(Refused, match="a whole number from 0 to 999999"):
        stocktake.count(stocktake.lines.get(), quantity, by=clerk, at=noon + HOUR)


def test_nothing_is_counted_before_it_was_opened(stocktake, clerk, noon):
    with pytest.raises(Refused, match="had not been opened yet"):
        stocktake.count(stocktake.lines.get(), 10, by=clerk, at=noon)


def test_something_unexpected_is_counted_as_well(stocktake, shelf, clerk, admin_manager, noon):
    desk = make_place("前台柜")
    line = stocktake.add(shelf, desk, by=clerk)
    stocktake.count(stocktake.lines.get(place=shelf.place), 10, by=clerk, at=noon + HOUR)
    stocktake.count(line, 1, by=clerk, at=noon + HOUR)
    stocktake.submit(by=clerk, at=noon + HOUR)

    stocktake.approve(by=admin_manager, at=noon + HOUR)

    assert (line.frozen, line.added) == (0, True)
    assert dict(Stock.objects.values_list("place", "quantity")) == {shelf.place_id: 10, desk.pk: 1}


def test_more_taken_since_than_was_found_is_said_clearly(stocktake, shelf, clerk, sales, admin_manager, noon):
    handed_in(stocktake, 5, again=5, by=clerk, at=noon + HOUR)
    stocktake.explain({stocktake.lines.get().pk: "不明"}, by=clerk)
    ledger.issue([Line(shelf, shelf.place, 8)], department=sales, by=clerk, at=noon + 2 * HOUR)

    with pytest.raises(Refused, match="More was taken since the count than was found"):
        stocktake.approve(by=admin_manager, at=noon + 3 * HOUR)
    assert (Stocktake.objects.get().status, Stock.objects.get().quantity) == ("review", 2)


def test_a_movement_entered_late_changes_the_figures_before_they_are_approved(
    shelf, clerk, sales, admin_manager, noon
):
    stocktake = Stocktake.open(by=clerk, at=noon + HOUR)
    handed_in(stocktake, 9, by=clerk, at=noon + 3 * HOUR)
    ledger.issue([Line(shelf, shelf.place, 1)], department=sales, by=clerk, at=noon + 2 * HOUR)

    with pytest.raises(Refused, match="Look again"):
        stocktake.approve(by=admin_manager, at=noon + 4 * HOUR)
    stocktake.approve(by=admin_manager, at=noon + 4 * HOUR)

    assert (stocktake.posting, Stock.objects.get().quantity) == (None, 9)


def test_sent_back_it_is_counted_again_and_the_last_count_holds(stocktake, clerk, admin_manager, noon):
    handed_in(stocktake, 7, again=8, by=clerk, at=noon + HOUR)
    line = stocktake.lines.get()
    with pytest.raises(Refused, match="why it is to be counted again"):
        stocktake.send_back([line], reason="", by=admin_manager, at=noon + HOUR)

    stocktake.send_back([line], reason="请两人同点", by=admin_manager, at=noon + HOUR)
    stocktake.count(line, 9, by=clerk, at=noon + HOUR)
    stocktake.submit(by=clerk, at=noon + HOUR)

    line.refresh_from_db()
    assert (line.counted, line.recounted, line.variance) == (8, 9, -1)


def test_only_what_is_to_be_counted_again_is_taken_then(shelf, clerk, noon):
    other = make_item("订书钉")
    stocktake = Stocktake.open(by=clerk, at=noon)
    stocktake.count(stocktake.lines.get(item=shelf), 2, by=clerk, at=noon)
    stocktake.count(stocktake.lines.get(item=other), 0, by=clerk, at=noon)
    stocktake.submit(by=clerk, at=noon)

    with pytest.raises(Refused, match="need not be counted again"):
        stocktake.count(stocktake.lines.get(item=other), 3, by=clerk, at=noon)


def test_a_cancelled_stocktake_changes_nothing_and_says_why(stocktake, clerk, noon):
    with pytest.raises(Refused, match="why the stocktake is cancelled"):
        stocktake.cancel(reason=" ", by=clerk, at=noon)
    stocktake.cancel(reason="范围选错", by=clerk, at=noon + HOUR)

    assert (stocktake.status, stocktake.remark) == ("cancelled", "范围选错")
    with pytest.raises(Refused, match="Nothing is counted now"):
        stocktake.count(stocktake.lines.get(), 10, by=clerk, at=noon + HOUR)
    with pytest.raises(Refused, match="closed already"):
        stocktake.cancel(reason="再取消", by=clerk, at=noon + HOUR)


def test_falling_short_by_the_count_opens_a_shortage(clerk, admin_manager, noon):
    item = make_item(minimum=10)
    stock_up(item, 10, by=clerk, at=noon)
    stocktake = Stocktake.open(by=clerk, at=noon)
    handed_in(stocktake, 9, by=clerk, at=noon)

    stocktake.approve(by=admin_manager, at=noon + HOUR)

    assert Shortage.objects.get().on_hand == 9
