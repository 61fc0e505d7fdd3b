"""What a department may draw of an item a month: the manager's word, else past use."""

import pytest
from django.core.exceptions import ValidationError

from supplies import ledger, quotas
from supplies.ledger import Line
from supplies.models import Quota, Requisition, SuppliesSettings
from supplies.models.requisition import Want

from .builders import make_item, stock_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def pen(clerk, at):
    item = make_item()
    stock_up(item, 500, by=clerk, at=at("2026-07-01 09:00"))
    return item


@pytest.fixture
def draw(clerk, sales, pen, at):
    """`draw("2026-09-01 10:00", 5)`: sales draws five."""

    def drawn(when: str, quantity: int):
        line = [Line(pen, pen.place, quantity)]
        return ledger.issue(line, department=sales, by=clerk, at=at(when))

    return drawn


def allowance(sales, pen, noon):
    return quotas.of(sales, [pen.pk], noon)[pen.pk]


def test_past_use_is_the_average_of_the_full_months_before_and_some_percent_more(draw, sales, pen, noon):
    for day in ("08-03", "09-01", "10-30"):
        draw(f"2026-{day} 10:00", 4)

    assert allowance(sales, pen, noon).monthly == 5  # 4 a month × 120 %, rounded up


def test_older_use_and_that_of_this_month_make_no_quota(draw, sales, pen, noon):
    draw("2026-07-31 17:00", 90)
    draw("2026-11-02 10:00", 7)

    found = allowance(sales, pen, noon)

    assert (found.monthly, found.used, found.left) == (None, 7, None)


def test_what_came_back_or_was_reversed_is_no_use(draw, clerk, sales, pen, at, noon):
    draw("2026-09-01 10:00", 12)
    ledger.take_back([Line(pen, pen.place, 3)], department=sales, by=clerk, at=at("2026-09-02 10:00"))
    ledger.reverse(draw("2026-10-01 10:00", 50), reason="发错", by=clerk, at=at("2026-11-03 10:00"))

    found = allowance(sales, pen, noon)

    assert (found.monthly, found.used) == (4, 0)  # 9 in three months × 120 % = 3.6


def test_another_department_draws_on_its_own_quota(draw, administration, pen, noon):
    draw("2026-09-01 10:00", 12)

    assert allowance(administration, pen, noon).monthly is None


def test_the_managers_quota_counts_before_past_use(draw, sales, pen, noon):
    draw("2026-09-01 10:00", 30)
    Quota.objects.create(department=sales, item=pen, monthly=0)

    found = allowance(sales, pen, noon)

    assert (found.monthly, found.left, found.is_set) == (0, 0, True)


def test_what_waits_and_what_is_agreed_to_is_taken_off(
    draw, salesperson, department_head, clerk, sales, pen, noon
):
    Quota.objects.create(department=sales, item=pen, monthly=20)
    draw("2026-11-02 10:00", 3)
    Requisition.ask([Want(pen, 4)], by=salesperson, at=noon)
    agreed = Requisition.ask([Want(pen, 6)], by=salesperson, at=noon)
    agreed.approve(by=department_head, at=noon, quantities={agreed.lines.get().pk: 5})

    found = allowance(sales, pen, noon)

    assert (found.used, found.asked, found.left) == (3, 9, 8)


def test_the_rules_are_the_managers(draw, sales, pen, noon):
    draw("2026-10-01 10:00", 10)
    SuppliesSettings.objects.update_or_create(pk=1, defaults={"quota_months": 1, "quota_percent": 100})

    assert allowance(sales, pen, noon).monthly == 10


def test_a_page_of_the_catalogue_costs_four_queries(sales, noon, django_assert_num_queries):
    items = [make_item().pk for _number in range(30)]

    with django_assert_num_queries(4):
        quotas.of(sales, items, noon)


def test_past_use_proposes_for_every_department_at_once(draw, sales, pen, noon):
    draw("2026-10-01 10:00", 10)

    assert quotas.proposals(noon) == {(sales.pk, pen.pk): 4}


def test_a_department_has_one_quota_of_an_item(sales, pen, admin_manager):
    first = Quota.write_down(sales, pen, 5, by=admin_manager)
    second = Quota.write_down(sales, pen, 8, by=admin_manager)

    assert (first, second.monthly, Quota.objects.count()) == (second, 8, 1)
    with pytest.raises(ValidationError, match="has a quota of this item already"):
        Quota(department=sales, item=pen, monthly=3).validate_constraints()


@pytest.mark.parametrize(
    ("month", "back", "found"),
    [("2026-01", 1, "2025-12-01"), ("2026-11", 3, "2026-08-01"), ("2026-12", -1, "2027-01-01")],
)
def test_months_are_counted_across_the_years(month, back, found):
    year, number = map(int, month.split("-"))

    assert quotas.months_back(quotas.date(year, number, 1), back).isoformat() == found
