"""Lines that go over are told once, are offenders until something is done, and costs that rose are judged."""

from datetime import date
from decimal import Decimal

import pytest

from notices.models import Notice
from procurement import budget_watch, cost_comparison
from procurement.models import Budget, Control
from procurement.spans import Span, month
from procurement.standards_budgets import COMPARED
from sla import standards
from sla.calendars import write_missing
from sla.models.figure import bounds
from sla.standards import Tally

from .money import NOVEMBER, kind, make_budget, make_cost

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture(autouse=True)
def today(monkeypatch, noon, db):
    write_missing()
    monkeypatch.setattr("pages.clock.now", lambda: noon)


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("kind", "recipient__username"))


def test_a_line_forecast_over_is_told_once_to_whoever_answers_for_it(colleague, noon):
    make_budget(1000, owner=colleague)
    make_cost(800, by=colleague)

    assert [budget_watch.watch(noon), budget_watch.watch(noon)] == [1, 0]
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient) == (budget_watch.OVER, colleague)
    assert (notice.params["day"], notice.params["expected"]) == ("2026-11-29", "1043.48")


def test_a_line_that_fills_up_is_told_once_and_again_when_it_goes_over(colleague, noon):
    make_budget(1000, owner=colleague, category=kind("固定资产购置"))
    make_cost(800, by=colleague, category=kind("固定资产购置"))
    budget_watch.watch(noon)
    make_cost(201, by=colleague, category=kind("固定资产购置"))
    budget_watch.watch(noon)
    budget_watch.watch(noon)

    assert told() == [(budget_watch.WARN, "colleague"), (budget_watch.OVER, "colleague")]


def test_without_an_owner_the_head_is_told_and_for_the_company_the_managers(
    admin_manager, department_head, sales, colleague, noon
):
    make_budget(10, department=sales)
    make_budget(10, category=kind("水电"))
    make_cost(20, by=colleague, department=sales)
    make_cost(20, by=colleague, category=kind("水电"))
    budget_watch.watch(noon)

    assert sorted(told()) == [(budget_watch.OVER, "head"), (budget_watch.OVER, "manager")]


def test_a_line_that_was_raised_is_told_of_anew(colleague, noon):
    line = make_budget(10, owner=colleague)
    make_cost(20, by=colleague)
    budget_watch.watch(noon)
    line.revise(D(15), reason="调增", by=colleague)
    budget_watch.watch(noon)

    assert (len(told()), Budget.objects.get().told_at) == (2, noon)


def test_a_line_of_today_that_goes_over_offends_until_it_is_under_control(admin_manager, noon):
    line = make_budget(1000)
    make_budget(10, Span("month", 2026, 10))
    make_cost(800, by=admin_manager)
    make_cost(800, date(2026, 10, 9), by=admin_manager)
    assert list(budget_watch.offenders()) == [("快递 2026-11", line.get_absolute_url())]

    control = Control.note(
        category=kind(), budget=line, explanation="双十一", action="改走特惠", by=admin_manager, at=noon
    )
    assert list(budget_watch.offenders()) == []
    control.withdraw(reason="没有执行", by=admin_manager, at=noon)
    assert len(list(budget_watch.offenders())) == 1


def test_a_control_that_ended_controls_nothing(admin_manager, at):
    line = make_budget(1000)
    make_cost(800, by=admin_manager)
    Control.note(
        category=kind(), budget=line, explanation="a", action="b", until=date(2026, 11, 22), by=admin_manager,
        at=at("2026-11-20 09:00"),
    )  # fmt: skip

    assert len(list(budget_watch.offenders())) == 1


def tally(day: str) -> list[Tally]:
    return list(cost_comparison.measure(*bounds(date.fromisoformat(day))))


def spend_october(by, amount, year=2026, name="快递"):
    return make_cost(amount, date(year, 10, 9), by=by, category=kind(name))


def test_a_month_is_judged_on_its_last_day_kind_by_kind(admin_manager):
    spend_october(admin_manager, 100, 2025)
    spend_october(admin_manager, 100)
    spend_october(admin_manager, 200, 2025, "水电")
    spend_october(admin_manager, "200.01", 2026, "水电")

    assert tally("2026-10-30") == []
    assert tally("2026-10-31") == [Tally(None, 2, 1)]


def test_what_rose_is_kept_once_it_is_under_control(admin_manager, noon):
    spend_october(admin_manager, 100, 2025)
    spend_october(admin_manager, 101)
    assert tally("2026-10-31") == [Tally(None, 1, 0)]

    control = Control.note(
        category=kind(), month=date(2026, 10, 1), explanation="涨价", action="比价", by=admin_manager, at=noon
    )
    assert tally("2026-10-31") == [Tally(None, 1, 1)]
    control.withdraw(reason="没有执行", by=admin_manager, at=noon)
    assert tally("2026-10-31") == [Tally(None, 1, 0)]


def test_what_is_over_the_months_budget_wants_a_control_too(admin_manager):
    make_budget(50, month(2026, 10))
    spend_october(admin_manager, 60)

    assert tally("2026-10-31") == [Tally(None, 1, 0)]


def test_where_nothing_was_kept_last_year_nothing_is_compared(admin_manager):
    spend_october(admin_manager, 60)

    assert tally("2026-10-31") == []


def test_a_departments_control_says_nothing_of_the_company(admin_manager, sales, noon):
    spend_october(admin_manager, 100, 2025)
    spend_october(admin_manager, 101)
    line = make_budget(5, month(2026, 10), department=sales)
    Control.note(
        category=kind(),
        budget=line,
        month=date(2026, 10, 1),
        explanation="a",
        action="b",
        by=admin_manager,
        at=noon,
    )

    assert tally("2026-10-31") == [Tally(None, 1, 0)]


def test_the_index_is_last_years_month_as_100(admin_manager):
    spend_october(admin_manager, 80, 2025)
    spend_october(admin_manager, 100)
    make_cost(50, date(2026, 9, 30), by=admin_manager)

    [row] = cost_comparison.compare(month(2026, 10))
    assert (row.index, row.change_last_year, row.change_before) == (D("125.0"), D("25.0"), D("100.0"))


def test_a_figure_leads_to_the_newest_month_that_was_judged(admin_manager):
    records = standards.get(COMPARED).records

    assert records(date(2026, 10, 1), date(2026, 11, 23), None).endswith("?month=2026-10")
    assert records(date(2026, 10, 31), date(2026, 10, 31), None).endswith("?month=2026-10")


def test_months_end_and_begin_where_they_should():
    assert (NOVEMBER.before, NOVEMBER.year_before) == (month(2026, 10), month(2025, 11))
    assert Span("quarter", 2026, 1).before == Span("quarter", 2025, 4)
    assert (Span("year", 2024).last, month(2024, 2).last) == (date(2024, 12, 31), date(2024, 2, 29))
