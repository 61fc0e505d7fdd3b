"""A year of budgets on one sheet, copied from the last, and what the year-end check of assets adds to it."""

from decimal import Decimal

import pytest
from django.urls import NoReverseMatch, reverse

from pages.history import history_of
from procurement import budget_year
from procurement.models import Budget, PlannedSpending
from procurement.spans import Span, month
from supplies.models import YearEndLine, YearEndPlan
from supplies.signals import year_end_decided
from tests.supplies.builders import make_asset, make_category

from .money import kind, make_budget

pytestmark = pytest.mark.django_db
D = Decimal


def cell(number: int, name: str = "快递") -> str:
    return f"c{kind(name).pk}-{number}"


def save(browser, **cells):
    return browser.post(reverse("budget-year", args=[2026]), {"reason": "年度预算", **cells})


def test_the_sheet_writes_what_was_filled_in_and_takes_away_what_was_emptied(admin_manager, signed_in):
    make_budget(100, month(2026, 1))
    make_budget(200, month(2026, 2))
    answer = save(signed_in(admin_manager), **{cell(2): "250", cell(3): "1,300.50", cell(0): "9000"})

    assert answer.status_code == 302
    found = {budget.span.key: budget.amount for budget in Budget.objects.all()}
    assert found == {"2026-02": 250, "2026-03": D("1300.50"), "2026": 9000}
    assert history_of(Budget.objects.get(number=2))[0].reason == "年度预算"


def test_a_wrong_cell_is_named_and_nothing_is_lost(admin_manager, signed_in):
    answer = save(signed_in(admin_manager), **{cell(2): "x", cell(3): "7"})

    form = answer.context["form"]
    assert (answer.status_code, form[cell(3)].value()) == (422, "7")
    assert form.mistakes == [("快递 2026, month 2", "Enter an amount such as 1234.50.")]
    assert not Budget.objects.exists()


def test_the_months_add_up_to_quarters_and_the_year_and_say_where_they_differ(db):
    for number, amount in ((1, "10.10"), (2, "20.20"), (4, 5)):
        make_budget(amount, month(2026, number))
    make_budget(31, Span("quarter", 2026, 1))

    line = next(one for one in budget_year.YearSheet(2026, None).lines if one.category == kind())
    assert [quarter["months"] for quarter in line.quarters] == [D("30.30"), D(5), None, None]
    assert (line.quarters[0]["differs"], line.quarters[0]["difference"]) == (True, D("0.70"))
    assert (line.whole["months"], line.whole["differs"]) == (D("35.30"), False)


def test_last_year_is_copied_with_its_rules_to_the_cent(admin_manager):
    make_budget("99.99", Span("year", 2025), on_order="block", owner=admin_manager)
    make_budget(10, month(2025, 3))
    make_budget(77, month(2026, 3))

    assert budget_year.copy(2026, D("5"), departments=[None], by=admin_manager) == (1, 1)
    line = Budget.objects.get(year=2026, period="year")
    assert (line.amount, line.on_order, line.owner) == (D("104.99"), "block", admin_manager)
    assert Budget.objects.get(year=2026, period="month").amount == 77


def test_copying_asks_for_a_sensible_percentage(admin_manager, signed_in):
    browser, url = signed_in(admin_manager), reverse("budget-year-copy", args=[2026])

    assert browser.post(url, {"percent": "-100"}).status_code == 422
    assert browser.post(url, {"percent": "5"}).status_code == 302


@pytest.fixture
def plan(admin_manager, sales, noon):
    """Two to be replaced and one to be repaired, one of them of goods that belong to a kind."""
    chairs = make_category("办公家具")
    kind("低值易耗品").goods.add(chairs)
    plan = YearEndPlan.objects.create(
        year=2026, status="decided", drawn_at=noon, decided_at=noon, decided_by=admin_manager
    )
    Verdict = YearEndLine.Verdict
    wanted = [(make_category("电脑"), Verdict.REPLACE, 6000), (chairs, Verdict.REPLACE, "499.90"),
              (chairs, Verdict.REPAIR, 80), (chairs, Verdict.KEEP, 0)]  # fmt: skip
    for category, verdict, cost in wanted:
        YearEndLine.objects.create(
            plan=plan, asset=make_asset(department=sales, category=category), category=category,
            department=sales, age_months=50, book_value=0, repair_cost=0, proposal=verdict, verdict=verdict,
            expected_cost=D(cost),
        )  # fmt: skip
    return plan


def announce(plan, by, at):
    year_end_decided.send(sender=YearEndPlan, plan=plan, by=by, at=at)


def test_the_year_end_plan_goes_into_next_years_budgets_once(plan, admin_manager, sales, noon):
    make_budget(1000, Span("year", 2027), category=kind("固定资产购置"), department=sales)
    announce(plan, admin_manager, noon)
    announce(plan, admin_manager, noon)

    found = Budget.objects.filter(year=2027, period="year", department=sales)
    assert dict(found.values_list("category__name", "amount")) == {
        "固定资产购置": D(7000), "低值易耗品": D("499.90"), "维修保养": D(80),
    }  # fmt: skip
    assert PlannedSpending.objects.count() == 3


def test_the_budget_tells_which_plan_it_comes_from(plan, admin_manager, noon, signed_in):
    try:
        plan.get_absolute_url()
    except NoReverseMatch:
        pytest.skip("The pages of the year-end check are not built yet")
    announce(plan, admin_manager, noon)
    line = Budget.objects.get(category=kind("维修保养"))

    assert "Of this ¥80.00 from" in signed_in(admin_manager).get(line.get_absolute_url()).content.decode()
    assert history_of(line)[0].reason.endswith("adds 80.00")
