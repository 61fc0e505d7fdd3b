"""Quotes, choices and decisions of a purchase request in the browser."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pages import clock
from procurement.models import ApprovalRule, PurchaseRequest, Quote
from procurement.request_screens import waiting as badge

from .purchases import (
    day,
    make_confirmed,
    make_live_supplier,
    make_submitted,
    make_waiting,
    quote,
    step_of,
    url,
)

pytestmark = pytest.mark.django_db
Status = PurchaseRequest.Status


@pytest.fixture
def noon():
    """The pages look at the real clock: here everything happens just now."""
    return clock.now()


@pytest.fixture
def buying(signed_in, buyer):
    return signed_in(buyer)


# -- quoting -------------------------------------------------------------------------------------------


def test_a_quote_is_entered_with_its_paper(buying, buyer, salesperson, noon):
    request = make_confirmed(salesperson, noon)
    wanted, supplier = request.lines.get(), make_live_supplier()
    paper = SimpleUploadedFile("报价单.pdf", b"%PDF-1.4 x")
    data = {"supplier": supplier.pk, "quoted_on": day(), f"price_{wanted.pk}": "299.90", "file": paper}
    buying.post(url("quote-new", request), data)
    entered = Quote.objects.get()

    assert (entered.supplier, entered.lines.get().unit_price) == (supplier, Decimal("299.90"))
    answer = buying.get(url("quote-file", entered))
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 x"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"price": "0"}, "price"),
        ({"price": "-5"}, "price"),
        ({"price": "1.999"}, "price"),
        ({"price": "9999999999999"}, "price"),
        ({"price": ""}, "__all__"),
        ({"valid_until": -1}, "valid_until"),
        ({"quoted_on": 1}, "quoted_on"),
        ({"quoted_on": "昨天"}, "quoted_on"),
    ],
)
def test_a_wrong_quote_is_told_at_its_field(buying, salesperson, noon, wrong, field):
    request = make_confirmed(salesperson, noon)
    wanted = request.lines.get()
    wrong = {name: day(value) if isinstance(value, int) else value for name, value in wrong.items()}
    data = {"supplier": make_live_supplier().pk, "quoted_on": day(), "price": "300", **wrong}
    data[f"price_{wanted.pk}"] = data.pop("price")
    answer = buying.post(url("quote-new", request), data)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field.replace("price", f"price_{wanted.pk}")]
    assert Quote.objects.count() == 0


def test_a_supplier_with_whom_it_ended_cannot_be_chosen(buying, salesperson, noon):
    request = make_confirmed(salesperson, noon)
    ended = make_live_supplier(status="ended", left_on=noon.date(), status_reason="停业")
    data = {"supplier": ended.pk, "quoted_on": day(), f"price_{request.lines.get().pk}": "3"}

    assert list(buying.post(url("quote-new", request), data).context["form"].errors) == ["supplier"]


def test_quotes_stand_side_by_side_with_the_lowest_marked(buying, buyer, salesperson, noon):
    request = make_confirmed(salesperson, noon)
    for price in ("310", "300", "320"):
        quote(request, buyer, noon, price)
    comparison = buying.get(request.get_absolute_url()).context["comparison"]

    assert [offer.is_cheapest for offer in comparison.rows[0].offers] == [False, True, False]
    assert [column.is_cheapest for column in comparison.columns] == [False, True, False]


def test_the_cheapest_of_each_is_one_click(buying, buyer, salesperson, noon):
    request = make_confirmed(salesperson, noon)
    quote(request, buyer, noon, "310")
    buying.post(url("purchase-request-choose-cheapest", request))

    request.refresh_from_db()
    assert request.total == Decimal("620.00")


def test_another_than_the_cheapest_is_chosen_with_a_reason(buying, buyer, salesperson, noon):
    request = make_confirmed(salesperson, noon)
    quote(request, buyer, noon, "300")
    dear = quote(request, buyer, noon, "310").lines.get()
    data = {f"take_{dear.line_id}": dear.pk}
    answer = buying.post(url("purchase-request-choose", request), data)
    assert list(answer.context["form"].errors) == [f"choice_reason_{dear.line_id}"]

    buying.post(url("purchase-request-choose", request), data | {f"choice_reason_{dear.line_id}": "现货"})
    found = request.lines.get()
    assert (found.chosen, found.choice_reason) == (dear, "现货")


def test_a_foreign_quote_is_not_taken(buying, buyer, salesperson, noon):
    request, other = make_confirmed(salesperson, noon), make_confirmed(salesperson, noon)
    quote(request, buyer, noon, "300")
    foreign = quote(other, buyer, noon, "1").lines.get()
    data = {f"take_{request.lines.get().pk}": foreign.pk}

    assert buying.post(url("purchase-request-choose", request), data).status_code == 422


def test_too_few_quotes_are_told_and_the_reason_is_asked(buying, buyer, salesperson, noon):
    request = make_confirmed(salesperson, noon)
    quote(request, buyer, noon, "300")
    request.choose_cheapest(by=buyer, at=noon)
    answer = buying.post(url("purchase-request-ask", request), {"few_quotes_reason": ""})
    assert answer.status_code == 409
    assert "Only 1 supplier has quoted" in answer.content.decode()

    buying.post(url("purchase-request-ask", request), {"few_quotes_reason": "独家"})
    request.refresh_from_db()
    assert request.status == Status.APPROVAL


def test_a_quote_is_changed_and_removed(buying, buyer, salesperson, noon):
    request = make_confirmed(salesperson, noon)
    entered = quote(request, buyer, noon, "300")
    price = f"price_{request.lines.get().pk}"
    buying.post(url("quote-change", entered), {"quoted_on": day(), price: "290"})
    assert entered.lines.get().unit_price == Decimal("290.00")

    buying.post(url("quote-remove", entered))
    assert request.quotes.count() == 0


# -- deciding ------------------------------------------------------------------------------------------


def test_one_tap_approves_from_the_list(signed_in, department_head, buyer, salesperson, noon):
    request = make_waiting(salesperson, buyer, noon)
    browser = signed_in(department_head)
    (card,) = browser.get(reverse("approvals")).context["cards"]
    data = {"from_list": "1", "seen": card["purchase"].version}
    answer = browser.post(url("approval-approve", card["step"]), data)

    assert answer.headers["Location"] == reverse("approvals")
    request.refresh_from_db()
    assert request.status == Status.APPROVED


def test_refusing_without_a_reason_comes_back(signed_in, department_head, buyer, salesperson, noon):
    request = make_waiting(salesperson, buyer, noon)
    answer = signed_in(department_head).post(url("approval-refuse", step_of(request)), {"reason": ""})

    assert answer.status_code == 422
    request.refresh_from_db()
    assert request.status == Status.APPROVAL


def test_what_waits_for_me_holds_wishes_too_but_not_my_own(signed_in, department_head, salesperson, noon):
    wish = make_submitted(salesperson, noon)
    make_submitted(department_head, noon, confirmer=salesperson)

    assert list(signed_in(department_head).get(reverse("approvals")).context["to_confirm"]) == [wish]


def test_the_badge_counts_both(department_head, buyer, salesperson, noon):
    make_waiting(salesperson, buyer, noon)
    make_submitted(salesperson, noon)

    assert badge(department_head) == 2
    assert badge(salesperson) == 0


def test_the_manager_sets_the_rules(signed_in, admin_manager):
    browser = signed_in(admin_manager)
    boss = {"from_amount": "10000", "approver": "person", "position": "40", "active": "on"}
    assert browser.post(reverse("approval-rule-new"), boss).status_code == 422

    browser.post(reverse("approval-rule-new"), boss | {"person": admin_manager.name})
    assert ApprovalRule.objects.get(approver="person").person == admin_manager
