"""Costs as they are typed, found, seen by whom, and taken back."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from organization.roles import Role
from pages.refusals import Refused
from procurement.models import Cost
from sla.models import StaleDay
from tests.builders import make_user

from .money import kind, make_cost

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def officer(administration):
    return make_user(
        "沈佳宜", role=Role.ADMINISTRATION_OFFICER, username="officer", department=administration
    )


def typed(**fields) -> dict:
    usual = {
        "category": kind().pk, "department": "", "day": "2026-11-20", "amount": "1,280.50",
        "text": "顺丰月结", "document": "SF-118", "once": str(uuid4()),
    }  # fmt: skip
    return usual | fields


@pytest.fixture(autouse=True)
def monday(monkeypatch, noon):
    monkeypatch.setattr("pages.clock.now", lambda: noon)
    for module in ("models.cost", "forms.costs", "views.costs", "cost_sheets"):
        monkeypatch.setattr(f"procurement.{module}.now", lambda: noon)


def test_an_officer_types_a_bill_and_stands_on_its_page(officer, signed_in):
    answer = signed_in(officer).post(reverse("cost-new"), typed())

    cost = Cost.objects.get()
    assert (answer.status_code, answer.url) == (302, cost.get_absolute_url())
    assert (cost.amount, cost.day, cost.entered_by) == (D("1280.50"), date(2026, 11, 20), officer)


def test_a_double_click_enters_it_once(officer, signed_in):
    browser, form = signed_in(officer), typed()
    browser.post(reverse("cost-new"), form)
    browser.post(reverse("cost-new"), form)

    assert Cost.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("amount", "0", "Ensure this value is greater than or equal to 0.01."),
        ("amount", "-5", "Ensure this value is greater than or equal to 0.01."),
        ("amount", "十二", "Enter an amount such as 1234.50."),
        ("amount", "1.234", "Ensure that there are no more than 2 decimal places."),
        ("amount", "1e30", "Ensure this value is less than or equal to 999999999999.99."),
        ("day", "2026-11-24", "This day is still to come; a cost is entered when it has arisen."),
        ("day", "1999-12-31", "That is too long ago."),
        ("text", "", "This field is required."),
        ("category", "9999", "Select a valid choice. That choice is not one of the available choices."),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(officer, signed_in, field, value, sentence):
    answer = signed_in(officer).post(reverse("cost-new"), typed(**{field: value}))

    form = answer.context["form"]
    assert (answer.status_code, sentence in form.errors[field]) == (422, True)
    assert (form["document"].value(), Cost.objects.count()) == ("SF-118", 0)


def test_full_width_digits_are_digits(officer, signed_in):
    signed_in(officer).post(reverse("cost-new"), typed(amount="￥１２．５０"))

    assert Cost.objects.get().amount == D("12.50")


def test_a_cost_is_reversed_once_with_a_reason(officer):
    cost = make_cost("99.99", by=officer)

    with pytest.raises(Refused, match="why"):
        cost.reverse(reason=" ", by=officer)
    opposite = cost.reverse(reason="重复入账", by=officer)
    with pytest.raises(Refused, match="already"):
        cost.reverse(reason="再来一次", by=officer)
    with pytest.raises(Refused, match="anew"):
        opposite.reverse(reason="反悔", by=officer)
    assert (opposite.day, opposite.amount, Cost.objects.total()) == (cost.day, D("-99.99"), 0)


def test_both_pages_tell_of_a_reversal(officer, signed_in):
    cost = make_cost("99.99", by=officer)
    browser = signed_in(officer)
    browser.post(reverse("cost-reverse", args=[cost.pk]), {"reason": "重复入账"})

    assert "Taken back: 重复入账" in browser.get(cost.get_absolute_url()).content.decode()
    opposite = Cost.objects.get(reverses=cost)
    assert "Takes another entry back: 重复入账" in browser.get(opposite.get_absolute_url()).content.decode()


def test_a_cost_makes_its_month_and_the_same_month_of_next_year_be_counted_anew(officer):
    make_cost(10, date(2025, 10, 5), by=officer)

    stale = StaleDay.objects.filter(standard="costs-compared")
    assert sorted(stale.values_list("day", flat=True)) == [date(2025, 10, 31), date(2026, 10, 31)]


def test_a_month_that_is_not_over_is_not_counted(officer):
    make_cost(10, date(2026, 11, 5), by=officer)

    assert not StaleDay.objects.filter(standard="costs-compared").exists()


def test_a_head_sees_the_costs_of_the_department_alone(officer, department_head, sales, signed_in):
    own = make_cost(10, by=officer, department=sales, text="客户快递")
    other = make_cost(20, by=officer, department=officer.department)
    browser = signed_in(department_head)

    rows = browser.get(reverse("costs")).context["list"].rows
    assert [row["object"] for row in rows] == [own]
    assert browser.get(other.get_absolute_url()).status_code == 404
    assert browser.get(reverse("cost-new")).status_code == 403


def test_others_see_no_costs(colleague, officer, signed_in):
    cost = make_cost(10, by=officer)

    assert signed_in(colleague).get(reverse("costs")).status_code == 403
    assert signed_in(colleague).get(cost.get_absolute_url()).status_code == 404
    assert signed_in(colleague).post(reverse("cost-reverse", args=[cost.pk])).status_code == 403


def test_a_narrowed_list_tells_its_sum(officer, signed_in):
    make_cost("10.10", by=officer)
    make_cost("20.20", by=officer)
    make_cost("5", by=officer, category=kind("水电"), text="水费")

    answer = signed_in(officer).get(reverse("costs"), {"category": kind().pk})
    assert answer.context["total"] == D("30.30")


def test_the_list_is_found_searched_and_taken_along(officer, signed_in):
    make_cost("10", by=officer, document="FP-77", text="京东")
    make_cost("20", by=officer)
    browser = signed_in(officer)

    rows = browser.get(reverse("costs"), {"q": "fp-77"}).context["list"].rows
    assert [row["object"].text for row in rows] == ["京东"]
    sheet = b"".join(browser.get(reverse("costs"), {"export": "csv"}).streaming_content).decode("utf-8-sig")
    assert sheet.splitlines()[0].startswith("Day,Kind of cost,What for,Department,Amount,Document")


def test_the_list_asks_the_same_for_one_row_and_for_three(officer, signed_in, django_assert_num_queries):
    browser = signed_in(officer)
    make_cost(10, by=officer)
    browser.get(reverse("costs"))

    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as caught:
            browser.get(reverse("costs"))
        return len(caught)

    one = queries()
    make_cost(20, by=officer).reverse(reason="错", by=officer)
    assert queries() == one
