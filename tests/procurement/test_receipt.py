"""Deliveries: noted, accepted by those who use the goods, and taken back as a whole where that was wrong."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.refusals import Refused
from procurement.models import Commitment, Cost, Order, Price, PurchaseRequest, Receipt
from procurement.models.receipt_line import Finding
from sla.models import Timer
from sla.timers import running
from supplies import ledger
from supplies.models import Asset, Movement
from tests.builders import make_department, make_place, make_user
from tests.supplies.builders import make_item

from .deliveries import accept, arrive, deliver, enter_invoice, make_placed, the_claim, want_item
from .purchases import want

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(salesperson, buyer, noon) -> Order:
    """Two projectors at ¥300.00 each, used up at once."""
    return make_placed(salesperson, buyer, noon)


def test_what_arrived_waits_for_the_using_department(order, salesperson, buyer, noon, at):
    receipt = arrive(order, by=buyer, at=noon)

    assert (receipt.status, receipt.lines.get().quantity) == (Receipt.Status.ARRIVED, 2)
    timer = running(receipt, Receipt.ACCEPTANCE)
    assert (timer.owner, timer.due_at) == (salesperson, at("2026-11-24 13:30"))


def test_a_double_click_notes_the_arrival_once(order, buyer, noon):
    once = uuid4()

    assert arrive(order, by=buyer, at=noon, once=once) == arrive(order, by=buyer, at=noon, once=once)


@pytest.mark.parametrize("count", [-1, 1_000_000, 1.5, True])
def test_senseless_quantities_are_refused(order, buyer, noon, count):
    with pytest.raises(Refused):
        arrive(order, count, by=buyer, at=noon)


def test_nothing_at_all_is_no_delivery(order, buyer, noon):
    with pytest.raises(Refused, match="Nothing was entered"):
        arrive(order, 0, by=buyer, at=noon)


def test_more_than_is_outstanding_is_taken_only_for_a_reason(order, buyer, noon):
    arrive(order, 1, by=buyer, at=noon)

    with pytest.raises(Refused, match="only 1 are outstanding"):
        arrive(order, 2, by=buyer, at=noon)
    assert arrive(order, 2, by=buyer, at=noon, over_reason="供应商赠送一台").lines.get().quantity == 2


def test_nothing_is_received_of_an_order_that_is_not_placed(order, buyer, noon):
    order.cancel("不需要了", by=buyer, at=noon)

    with pytest.raises(Refused, match="This order is “Cancelled”"):
        arrive(order, 1, by=buyer, at=noon)


def test_accepted_goods_cost_and_are_to_be_claimed(order, salesperson, buyer, noon, at):
    deliver(order, by=buyer, to=salesperson, at=noon)

    order.refresh_from_db()
    assert (order.status, order.received_at) == (Order.Status.RECEIVED, noon)
    assert Cost.objects.get().amount == Decimal("600.00")
    assert Commitment.objects.get().left == 0
    assert Price.objects.get().unit_price == Decimal("300.00")
    claim = the_claim(order)
    assert (claim.amount, claim.claimant) == (Decimal("600.00"), buyer)
    assert running(claim, claim.CLAIM).due_at == at("18:00")
    assert order.request.__class__.objects.get(pk=order.request_id).status == "closed"


def test_the_suppliers_time_ends_when_the_last_piece_arrived(order, salesperson, buyer, noon):
    accept(arrive(order, by=buyer, at=noon), by=salesperson, at=noon + timedelta(days=20))

    timer = Timer.objects.about(order).get(standard=Order.DELIVERY)
    assert (timer.stopped_at, timer.outcome) == (noon, Timer.Outcome.MET)


def test_a_part_leaves_the_order_open(order, salesperson, buyer, noon):
    deliver(order, 1, by=buyer, to=salesperson, at=noon)

    order.refresh_from_db()
    assert (order.status, order.lines.get().outstanding) == (Order.Status.PLACED, 1)
    assert running(order, Order.DELIVERY) is not None
    assert Commitment.objects.get().left == Decimal("300.00")


def test_rejected_pieces_are_still_owed(order, salesperson, buyer, noon):
    deliver(order, by=buyer, to=salesperson, at=noon, rejected=1)

    line = order.lines.get()
    assert (line.received, line.outstanding) == (1, 1)
    assert Cost.objects.get().amount == Decimal("300.00")


def test_a_delivery_rejected_whole_costs_nothing(order, salesperson, buyer, noon):
    receipt = deliver(order, by=buyer, to=salesperson, at=noon, rejected=2)

    assert receipt.status == Receipt.Status.ACCEPTED
    assert not Cost.objects.exists()
    assert not Price.objects.exists()
    assert not order.reimbursements.exists()


def test_what_is_wrong_has_to_be_said(order, salesperson, buyer, noon):
    receipt = arrive(order, by=buyer, at=noon)
    (line,) = receipt.lines.all()

    for finding in (Finding(1), Finding(0, False), Finding(3, True, "坏"), Finding(-1, True, "坏")):
        with pytest.raises(Refused):
            receipt.accept({line.pk: finding}, by=salesperson, at=noon)
    receipt.refresh_from_db()
    assert receipt.status == Receipt.Status.ARRIVED


def test_stock_goes_to_the_place_of_delivery_at_its_price(salesperson, buyer, noon):
    item, place = make_item(), make_place("前台")
    order = make_placed(salesperson, buyer, noon, want_item(item, 3))

    accept(arrive(order, by=buyer, at=noon, place=place), by=salesperson, at=noon)

    item.refresh_from_db()
    assert (item.on_hand, item.value) == (3, Decimal("900.00"))
    movement = Movement.objects.get()
    assert (movement.place, movement.posting.source) == (place, order.receipts.get())


def test_each_asset_is_registered_for_itself(salesperson, buyer, noon, sales):
    order = make_placed(salesperson, buyer, noon, want("笔记本电脑", 2, is_asset=True))

    deliver(order, by=buyer, to=salesperson, at=noon)

    assets = Asset.objects.all()
    assert [(one.price, one.department, one.status) for one in assets] == [
        (Decimal("300.00"), sales, "idle"),
        (Decimal("300.00"), sales, "idle"),
    ]
    assert Price.objects.get().group == "asset"


# -- who accepts ------------------------------------------------------------------------------------


def test_another_department_does_not_accept(order, buyer, outsider, noon):
    receipt = arrive(order, by=buyer, at=noon)

    for stranger in (outsider, buyer):
        assert receipt.may_be_accepted_by(stranger, noon) is False
    with pytest.raises(Refused, match="Goods are accepted by the department that uses them: 销售部"):
        accept(receipt, by=outsider, at=noon)


def test_who_noted_the_arrival_does_not_accept_while_there_are_others(order, salesperson, noon, colleague):
    receipt = arrive(order, by=salesperson, at=noon)

    with pytest.raises(Refused, match="You noted the arrival yourself"):
        accept(receipt, by=salesperson, at=noon)
    assert accept(receipt, by=colleague, at=noon).accepted_by == colleague


def test_who_is_alone_in_a_department_may_accept_what_they_noted(buyer, noon):
    alone = make_user("周末", department=make_department("总经办"))
    alone.department.head = alone
    alone.department.save()
    order = Order(department=alone.department, request=PurchaseRequest())

    assert Receipt(order=order, received_by=alone).accepters(noon) == [alone]


def test_the_head_may_accept(order, buyer, department_head, noon):
    assert (
        accept(arrive(order, by=buyer, at=noon), by=department_head, at=noon).accepted_by == department_head
    )


def test_the_second_click_of_the_acceptance_changes_nothing(order, salesperson, buyer, noon):
    receipt = deliver(order, by=buyer, to=salesperson, at=noon)

    assert accept(receipt, by=salesperson, at=noon) == receipt
    assert Cost.objects.count() == 1


def test_an_accepted_delivery_never_changes(order, salesperson, buyer, department_head, noon):
    receipt = deliver(order, by=buyer, to=salesperson, at=noon)

    with pytest.raises(Refused, match="This delivery is “Accepted”"):
        accept(receipt, by=department_head, at=noon, rejected=1)


# -- withdrawing ------------------------------------------------------------------------------------


def test_a_withdrawn_acceptance_leaves_nothing_but_its_traces(salesperson, buyer, noon):
    item = make_item()
    order = make_placed(salesperson, buyer, noon, want_item(item, 3))
    receipt = deliver(order, by=buyer, to=salesperson, at=noon)

    receipt.withdraw("数错了", by=buyer, at=noon)

    item.refresh_from_db()
    order.refresh_from_db()
    assert (item.on_hand, item.value) == (0, 0)
    assert (order.status, order.lines.get().received) == (Order.Status.PLACED, 0)
    assert sum(cost.amount for cost in Cost.objects.all()) == 0
    assert Commitment.objects.get().left == Decimal("900.00")
    assert not Price.objects.exists()
    assert (the_claim(order).status, the_claim(order).amount) == ("dropped", 0)
    assert running(order, Order.DELIVERY) is not None


def test_after_a_withdrawal_it_may_be_received_again(order, salesperson, buyer, noon):
    deliver(order, by=buyer, to=salesperson, at=noon).withdraw("数错了", by=buyer, at=noon)

    deliver(order, by=buyer, to=salesperson, at=noon)

    assert order.lines.get().received == 2
    assert sum(cost.amount for cost in Cost.objects.all()) == Decimal("600.00")
    assert Commitment.objects.get().left == 0


def test_goods_that_were_issued_are_not_taken_back(salesperson, buyer, noon, sales):
    item = make_item()
    order = make_placed(salesperson, buyer, noon, want_item(item, 3))
    receipt = deliver(order, by=buyer, to=salesperson, at=noon)
    ledger.issue([ledger.Line(item, receipt.place, 1)], department=sales, by=buyer, at=noon)

    with pytest.raises(Refused, match="there are only 2"):
        receipt.withdraw("数错了", by=buyer, at=noon)
    receipt.refresh_from_db()
    assert receipt.status == Receipt.Status.ACCEPTED


def test_assets_that_were_handed_on_are_not_taken_back(salesperson, buyer, noon):
    order = make_placed(salesperson, buyer, noon, want("笔记本电脑", 1, is_asset=True))
    receipt = deliver(order, by=buyer, to=salesperson, at=noon)
    Asset.objects.get().move(place=make_place("研发区"), reason="搬迁", by=buyer, at=noon)

    with pytest.raises(Refused, match="has been handed on already"):
        receipt.withdraw("数错了", by=buyer, at=noon)


def test_untouched_assets_leave_the_register(salesperson, buyer, noon):
    order = make_placed(salesperson, buyer, noon, want("笔记本电脑", 1, is_asset=True))
    receipt = deliver(order, by=buyer, to=salesperson, at=noon)

    receipt.withdraw("数错了", by=buyer, at=noon)

    assert Asset.objects.get().status == Asset.Status.SCRAPPED


def test_what_is_invoiced_stays_claimed_when_the_acceptance_is_withdrawn(order, salesperson, buyer, noon):
    receipt = deliver(order, by=buyer, to=salesperson, at=noon)
    invoice = enter_invoice(order, "600.00", by=buyer, at=noon)
    the_claim(order).claim(invoice=invoice, number="FK001", by=buyer, at=noon)

    receipt.withdraw("数错了", by=buyer, at=noon)

    assert the_claim(order).status == "claimed"


def test_withdrawing_needs_a_reason(order, buyer, noon):
    with pytest.raises(Refused, match="say why it is withdrawn"):
        arrive(order, by=buyer, at=noon).withdraw(" ", by=buyer, at=noon)


def test_a_withdrawn_arrival_owes_no_acceptance(order, buyer, noon):
    receipt = arrive(order, by=buyer, at=noon)

    receipt.withdraw("登错订单", by=buyer, at=noon)

    assert running(receipt, Receipt.ACCEPTANCE) is None
    assert arrive(order, by=buyer, at=noon).lines.get().quantity == 2


# -- what must always hold --------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4), st.booleans()), min_size=1, max_size=5))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_money_adds_up_to_the_cent_whatever_comes_and_goes(order, salesperson, buyer, noon, deliveries):
    with transaction.atomic():
        order.refresh_from_db()
        for came, rejected, withdrawn in deliveries:
            if order.status != Order.Status.PLACED:
                break
            receipt = arrive(order, came, by=buyer, at=noon, over_reason="多送")
            accept(receipt, by=salesperson, at=noon, rejected=min(came, rejected))
            if withdrawn:
                receipt.withdraw("数错了", by=buyer, at=noon)
            order.refresh_from_db()
        line = order.lines.get()
        worth = line.unit_price * line.received

        assert sum(cost.amount for cost in Cost.objects.all()) == worth
        assert sum(price.amount for price in Price.objects.all()) == worth
        assert sum(claim.amount for claim in order.reimbursements.all()) == worth
        assert Commitment.objects.get().left == max(0, order.total - worth)
        transaction.set_rollback(True)
