"""Orders: drawn up from what was approved, placed within the budgets, called off where it will not come."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from organization.roles import Role
from pages.refusals import Refused
from procurement import budgets, ordering
from procurement.models import Commitment, CostCategory, Order
from sla.timers import running
from tests.builders import make_user
from tests.supplies.builders import make_item

from .deliveries import arrive, deliver, make_order, make_placed, pay, want_item
from .money import make_budget
from .purchases import make_approved, make_confirmed, quote, step_of, want

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_manager(administration):
    return make_user("沈佳宜", role=Role.ADMIN_MANAGER, username="officer", department=administration)


@pytest.fixture
def office_budget(salesperson):
    """So little for whatever has no other kind of cost that a projector crosses it."""
    return make_budget(100, category=CostCategory.objects.fallback())


def test_one_order_is_drawn_up_for_each_supplier(salesperson, buyer, noon):
    request = make_confirmed(salesperson, noon, want("投影仪", 2), want("幕布", 3))
    for prices in (("300", "90"), ("310", "80"), ("320", "100")):
        quote(request, buyer, noon, *prices)
    request.choose_cheapest(by=buyer, at=noon)
    request.ask_for_approval(by=buyer, at=noon)
    step_of(request).approve(by=request.department.head, at=noon)
    request.refresh_from_db()

    orders = ordering.draw_up(request, by=buyer, at=noon)

    assert [(order.total, order.lines.get().name) for order in orders] == [
        (Decimal("600.00"), "投影仪"),
        (Decimal("240.00"), "幕布"),
    ]
    assert {order.buyer for order in orders} == {buyer}
    assert request.status == request.Status.ORDERED


def test_a_double_click_draws_up_the_orders_once(salesperson, buyer, noon):
    request, once = make_approved(salesperson, buyer, noon), uuid4()

    first = ordering.draw_up(request, by=buyer, at=noon, once=once)

    assert ordering.draw_up(request, by=buyer, at=noon, once=once) == first
    assert Order.objects.count() == 1


def test_what_is_ordered_already_is_not_ordered_again(salesperson, buyer, noon):
    order = make_order(salesperson, buyer, noon)

    with pytest.raises(Refused, match="Nothing of this request is left to be ordered"):
        ordering.draw_up(order.request, by=buyer, at=noon)


def test_only_what_was_approved_is_ordered(salesperson, buyer, noon):
    request = make_confirmed(salesperson, noon)

    with pytest.raises(Refused):
        ordering.draw_up(request, by=buyer, at=noon)


def test_nothing_is_ordered_from_a_suspended_supplier(salesperson, buyer, noon):
    order = make_order(salesperson, buyer, noon)
    order.supplier.suspend(reason="资质过期", by=buyer, at=noon)

    with pytest.raises(Refused, match="is not ordered from at present"):
        Order.objects.get(pk=order.pk).place(by=buyer, at=noon)


def test_a_placed_order_binds_the_budget_and_its_delivery_is_timed(salesperson, buyer, noon, at):
    order = make_order(salesperson, buyer, noon)
    order.revise(by=buyer, expected_on=date(2026, 11, 27), terms="", quantities={}, reasons={})

    order.place(by=buyer, at=noon)

    assert order.status == Order.Status.PLACED
    assert Commitment.objects.get().amount == Decimal("600.00")
    assert running(order, Order.DELIVERY).due_at == at("2026-11-27 18:00")


def test_a_placed_order_never_changes(salesperson, buyer, noon):
    order = make_placed(salesperson, buyer, noon)

    with pytest.raises(Refused, match="This order is “Placed”"):
        order.revise(by=buyer, expected_on=date(2026, 12, 1), terms="", quantities={}, reasons={})
    with pytest.raises(Refused, match="This order is “Placed”"):
        order.place(by=buyer, at=noon)


def test_a_draft_is_brought_into_its_final_form(salesperson, buyer, noon):
    order = make_order(salesperson, buyer, noon)
    line = order.lines.get()

    order.revise(
        by=buyer, expected_on=date(2026, 12, 1), terms=" 送货上门 ", quantities={line.pk: 1}, reasons={}
    )

    order.refresh_from_db()
    assert (order.terms, order.total, order.lines.get().quantity) == ("送货上门", Decimal("300.00"), 1)
    assert [one.quantity for one in order.request.lines_to_order()] == [1]


def test_no_more_is_ordered_than_was_approved(salesperson, buyer, noon):
    order = make_order(salesperson, buyer, noon)
    line = order.lines.get()

    for quantity in (0, 3):
        with pytest.raises(Refused, match="order 1 to 2"):
            order.revise(
                by=buyer,
                expected_on=date(2026, 12, 1),
                terms="",
                quantities={line.pk: quantity},
                reasons={},
            )


def test_a_delivery_is_not_agreed_for_a_day_that_has_passed(salesperson, buyer, noon):
    order = make_order(salesperson, buyer, noon)

    with pytest.raises(Refused, match="The day of delivery has passed"):
        order.place(by=buyer, at=noon + timedelta(days=30))


def test_a_line_dearer_than_last_year_needs_a_reason(salesperson, buyer, noon):
    item = make_item()
    order = make_order(salesperson, buyer, noon, want_item(item))
    line = order.lines.get()
    pay(item, "250.00", date(2025, 11, 3))

    with pytest.raises(Refused, match=r"costs more than last year \(¥250.00\)"):
        order.place(by=buyer, at=noon)

    order.revise(
        by=buyer, expected_on=order.expected_on, terms="", quantities={}, reasons={line.pk: "纸浆涨价"}
    )
    assert order.place(by=buyer, at=noon).status == Order.Status.PLACED


def test_a_budget_that_asks_is_released_by_a_manager(salesperson, buyer, noon, office_budget, admin_manager):
    order = make_order(salesperson, buyer, noon)
    with pytest.raises(Refused, match="Ask the admin manager to release the order"):
        order.place(by=buyer, at=noon)

    order.ask("展会急用", by=buyer, at=noon)
    order.release(by=admin_manager, at=noon)

    assert order.place(by=buyer, at=noon).status == Order.Status.PLACED
    assert (order.over_reason, order.released_by) == ("展会急用", admin_manager)


def test_an_order_is_judged_by_the_month_in_which_it_will_come(salesperson, buyer, noon, office_budget):
    order = make_order(salesperson, buyer, noon)
    assert [crossing.budget for crossing in ordering.crossings(order)] == [office_budget]

    order.revise(by=buyer, expected_on=date(2026, 12, 10), terms="", quantities={}, reasons={})

    assert ordering.crossings(order) == []


def test_all_lines_of_one_kind_of_cost_are_judged_together(salesperson, buyer, noon):
    order = make_order(salesperson, buyer, noon, want("投影仪", 2), want("幕布", 3))
    budget = make_budget(order.total - 1, category=CostCategory.objects.fallback())

    assert [(crossing.budget, crossing.over) for crossing in ordering.crossings(order)] == [(budget, 1)]


def test_nobody_releases_their_own_order(salesperson, buyer, noon, admin_manager, second_manager):
    order = ordering.draw_up(make_approved(salesperson, buyer, noon), by=admin_manager, at=noon)[0]
    order.ask("展会急用", by=admin_manager, at=noon)

    with pytest.raises(Refused, match="Nobody releases their own order"):
        order.release(by=admin_manager, at=noon)
    assert order.release(by=second_manager, at=noon).released_by == second_manager


def test_a_changed_order_is_to_be_released_anew(salesperson, buyer, noon, admin_manager):
    order = make_order(salesperson, buyer, noon).ask("展会急用", by=buyer, at=noon)
    order.release(by=admin_manager, at=noon)

    order.revise(by=buyer, expected_on=order.expected_on, terms="加急", quantities={}, reasons={})

    assert order.released_at is None


def test_a_budget_that_blocks_lets_nothing_pass(salesperson, buyer, noon, office_budget, admin_manager):
    order = make_order(salesperson, buyer, noon)
    office_budget.on_order = "block"
    office_budget.save()
    order.ask("展会急用", by=buyer, at=noon)
    order.release(by=admin_manager, at=noon)

    with pytest.raises(Refused, match="too much"):
        order.place(by=buyer, at=noon)


def test_a_cancelled_order_frees_the_budget_and_may_be_ordered_anew(salesperson, buyer, noon):
    order = make_placed(salesperson, buyer, noon)

    order.cancel("供应商停产", by=buyer, at=noon)

    assert order.status == Order.Status.CANCELLED
    assert Commitment.objects.get().left == 0
    assert running(order, Order.DELIVERY) is None
    order.request.refresh_from_db()
    assert [one.quantity for one in order.request.lines_to_order()] == [2]


def test_cancelling_needs_a_reason(salesperson, buyer, noon):
    order = make_placed(salesperson, buyer, noon)

    with pytest.raises(Refused, match="say why it is cancelled"):
        order.cancel("  ", by=buyer, at=noon)
    with pytest.raises(Refused, match="say why it is cancelled"):
        order.cancel_line(order.lines.get(), 1, "", by=buyer, at=noon)


def test_the_rest_of_a_line_is_called_off(salesperson, buyer, noon):
    order = make_placed(salesperson, buyer, noon)
    deliver(order, 1, by=buyer, to=salesperson, at=noon)

    order.cancel_line(order.lines.get(), 1, "缺货", by=buyer, at=noon)

    assert order.status == Order.Status.RECEIVED
    assert Commitment.objects.get().left == 0


def test_no_more_is_called_off_than_is_to_come(salesperson, buyer, noon):
    order = make_placed(salesperson, buyer, noon)
    arrive(order, 1, by=buyer, at=noon)

    for quantity in (0, -1, 2):
        with pytest.raises(Refused, match="at most 1 can still be cancelled"):
            order.cancel_line(order.lines.get(), quantity, "缺货", by=buyer, at=noon)


def test_an_order_is_not_cancelled_while_a_delivery_waits(salesperson, buyer, noon):
    order = make_placed(salesperson, buyer, noon)
    arrive(order, 1, by=buyer, at=noon)

    with pytest.raises(Refused, match="A delivery waits to be accepted"):
        order.cancel("不需要了", by=buyer, at=noon)


def test_a_cancelled_draft_never_bound_anything(salesperson, buyer, noon):
    order = make_order(salesperson, buyer, noon)

    order.cancel("改由总部采购", by=buyer, at=noon)

    assert order.status == Order.Status.CANCELLED
    assert not Commitment.objects.exists()
    assert budgets.call_off(order.lines.get(), 1, at=noon) is None
