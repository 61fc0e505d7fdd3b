"""Invoices and reimbursement: one claim an order and day, put in by closing time, paid or sent back."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from pages.refusals import Refused
from procurement.models import CostCategory, Invoice, Reimbursement
from sla.models import Timer
from sla.timers import running

from .deliveries import deliver, enter_invoice, make_placed, the_claim
from .money import make_budget
from .purchases import want

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(salesperson, buyer, noon):
    """Four projectors at ¥300.00."""
    return make_placed(salesperson, buyer, noon, want(quantity=4))


@pytest.fixture
def claim(order, salesperson, buyer, noon):
    """¥1,200.00 to be claimed, with an invoice of as much."""
    deliver(order, by=buyer, to=salesperson, at=noon)
    enter_invoice(order, "1200.00", by=buyer, at=noon)
    return the_claim(order)


# -- invoices ---------------------------------------------------------------------------------------


def test_an_invoice_is_entered_once(order, salesperson, buyer, noon):
    deliver(order, by=buyer, to=salesperson, at=noon)
    once = uuid4()

    first = enter_invoice(order, "600.00", by=buyer, at=noon, once=once)

    assert enter_invoice(order, "600.00", by=buyer, at=noon, once=once) == first
    with pytest.raises(Refused, match="has been entered already"):
        enter_invoice(order, "600.00", by=buyer, at=noon)


def test_more_than_was_received_needs_a_reason(order, salesperson, buyer, noon):
    deliver(order, 2, by=buyer, to=salesperson, at=noon)

    with pytest.raises(Refused, match=r"Goods worth ¥?600.00"):
        enter_invoice(order, "600.01", by=buyer, at=noon)
    assert enter_invoice(order, "650.00", by=buyer, at=noon, over_reason="含运费").amount == Decimal("650")


def test_an_invoice_is_about_some_money(order, buyer, noon):
    for amount in ("0", "-5"):
        with pytest.raises(Refused, match="about some money"):
            enter_invoice(order, amount, by=buyer, at=noon, over_reason="x")


def test_a_withdrawn_invoice_frees_its_number(claim, buyer, noon):
    Invoice.objects.get().withdraw("金额开错", by=buyer, at=noon)

    assert enter_invoice(claim.order, "1200.00", by=buyer, at=noon).withdrawn_at is None
    with pytest.raises(Refused, match="withdrawn already"):
        Invoice.objects.order_by("pk").first().withdraw("再撤", by=buyer, at=noon)


def test_a_budget_may_forbid_an_invoice(order, salesperson, buyer, noon):
    deliver(order, by=buyer, to=salesperson, at=noon)
    make_budget(1200, category=CostCategory.objects.fallback(), on_invoice="block")

    with pytest.raises(Refused, match="too much"):
        enter_invoice(order, "1300.00", by=buyer, at=noon, over_reason="含安装费")


# -- how a claim arises -----------------------------------------------------------------------------


def test_deliveries_of_a_day_are_one_claim(order, salesperson, buyer, noon):
    deliver(order, 1, by=buyer, to=salesperson, at=noon)
    deliver(order, 1, by=buyer, to=salesperson, at=noon + timedelta(hours=3))
    deliver(order, 1, by=buyer, to=salesperson, at=noon + timedelta(days=1))

    assert [claim.amount for claim in order.reimbursements.order_by("pk")] == [600, 300]


def test_an_invoice_before_the_goods_arises_once(order, salesperson, buyer, noon):
    enter_invoice(order, "1200.00", by=buyer, at=noon, over_reason="预付款")
    deliver(order, by=buyer, to=salesperson, at=noon + timedelta(days=2))

    assert the_claim(order).amount == Decimal("1200.00")


def test_freight_on_the_invoice_is_claimed_too(claim, buyer, noon):
    enter_invoice(claim.order, "80.00", by=buyer, at=noon, number="运费001", over_reason="运费")

    assert the_claim(claim.order).amount == Decimal("1280.00")


# -- claiming ---------------------------------------------------------------------------------------


def test_a_claim_before_closing_keeps_the_promise(claim, buyer, noon, at):
    claim.claim(invoice=Invoice.objects.get(), number=" FK2026-0012 ", by=buyer, at=at("17:30"))

    timer = Timer.objects.about(claim).get()
    assert (timer.due_at, timer.outcome) == (at("18:00"), Timer.Outcome.MET)
    assert (claim.status, claim.claim_number) == (Reimbursement.Status.CLAIMED, "FK2026-0012")


def test_a_claim_on_the_next_day_is_late(claim, buyer, at):
    claim.claim(invoice=Invoice.objects.get(), number="FK1", by=buyer, at=at("2026-11-24 09:00"))

    assert Timer.objects.about(claim).get().outcome == Timer.Outcome.MISSED


def test_what_arises_after_closing_is_due_on_the_next_working_day(order, salesperson, buyer, at):
    deliver(order, by=buyer, to=salesperson, at=at("18:30"))

    assert running(the_claim(order), Reimbursement.CLAIM).due_at == at("2026-11-24 18:00")


def test_a_claim_needs_an_invoice_of_its_order_and_a_number(claim, salesperson, buyer, noon):
    other = make_placed(salesperson, buyer, noon)
    foreign = enter_invoice(other, "600.00", by=buyer, at=noon, over_reason="预付")

    with pytest.raises(Refused, match="Choose an invoice of this order"):
        claim.claim(invoice=foreign, number="FK1", by=buyer, at=noon)
    with pytest.raises(Refused, match="A claim has a number"):
        claim.claim(invoice=Invoice.objects.get(order=claim.order), number=" ", by=buyer, at=noon)


def test_what_the_invoice_does_not_cover_stays_to_be_claimed(order, salesperson, buyer, noon):
    deliver(order, by=buyer, to=salesperson, at=noon)
    part = enter_invoice(order, "1000.00", by=buyer, at=noon)

    the_claim(order).claim(invoice=part, number="FK1", by=buyer, at=noon)

    claims = order.reimbursements.order_by("pk")
    assert [(one.amount, one.status) for one in claims] == [(1000, "claimed"), (200, "open")]
    assert running(claims[1], Reimbursement.CLAIM).started_at == noon
    with pytest.raises(Refused, match="has been claimed in full already"):
        claims[1].claim(invoice=part, number="FK2", by=buyer, at=noon)


def test_a_rebate_is_dropped_for_ever(order, salesperson, buyer, noon):
    deliver(order, by=buyer, to=salesperson, at=noon)
    claim = the_claim(order)

    claim.drop("供应商免单", by=buyer, at=noon)
    Reimbursement.arise(order, by=buyer, at=noon)

    assert running(claim, Reimbursement.CLAIM) is None
    assert order.reimbursements.count() == 1


# -- finance ----------------------------------------------------------------------------------------


@pytest.fixture
def claimed(claim, buyer, noon):
    return claim.claim(invoice=Invoice.objects.get(), number="FK1", by=buyer, at=noon)


def test_what_is_sent_back_is_claimed_again_by_closing(claimed, buyer, admin_manager, at):
    claimed.send_back("缺少明细", by=admin_manager, at=at("2026-11-24 10:00"))

    timer = running(claimed, Reimbursement.CLAIM)
    assert (timer.owner, timer.due_at) == (buyer, at("2026-11-24 18:00"))
    claimed.claim(invoice=Invoice.objects.get(), number="FK2", by=buyer, at=at("2026-11-24 11:00"))
    assert claimed.pay(by=admin_manager, at=at("2026-11-25 10:00")).status == Reimbursement.Status.PAID


def test_nobody_settles_their_own_claim(claimed, buyer, noon):
    with pytest.raises(Refused, match="Nobody settles their own claim"):
        claimed.pay(by=buyer, at=noon)


def test_only_what_is_claimed_is_paid(claim, admin_manager, noon):
    with pytest.raises(Refused, match="This claim is “To be claimed”"):
        claim.pay(by=admin_manager, at=noon)


def test_the_second_click_of_a_claim_is_refused(claimed, buyer, noon):
    with pytest.raises(Refused, match="This claim is “Claimed”"):
        claimed.claim(invoice=Invoice.objects.get(), number="FK1", by=buyer, at=noon)


def test_a_claimed_invoice_is_not_withdrawn(claimed, buyer, noon):
    with pytest.raises(Refused, match="Finance has to send the claim back first"):
        Invoice.objects.get().withdraw("开错", by=buyer, at=noon)
