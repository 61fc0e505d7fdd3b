"""The year-end check: figures propose, people decide with reasons, another person makes it the plan."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices.models import Notice
from pages.refusals import Refused
from sla.models import Calendar, Duty, Occurrence, Timer
from sla.recurrence import Recurring
from supplies.models import MaintenancePlan, SuppliesSettings, YearEndLine, YearEndPlan
from supplies.signals import year_end_decided
from supplies.year_end import proposals, worksheet
from supplies.year_end.proposals import KEEP, REPAIR, REPLACE, Facts

from .builders import make_asset, make_category

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def facts(book: int, *, repairs: int = 0, cost: int = 0, broken: bool = False, overdue: int = 0) -> Facts:
    """Of an asset bought for 1,000 with a residual value of 50."""
    worth = (Decimal(1000), Decimal(50), Decimal(book), Decimal(cost))
    return Facts(*worth, repairs, broken, overdue)


@pytest.mark.parametrize(
    ("given", "verdict", "codes"),
    [
        (facts(900), KEEP, ["in_order"]),
        (facts(50), KEEP, ["written_off"]),
        (facts(199), KEEP, ["low"]),
        (facts(200), KEEP, ["in_order"]),
        (facts(900, repairs=2, cost=500), KEEP, ["dear"]),
        (facts(50, repairs=1, cost=400), KEEP, ["written_off", "repairs"]),
        (facts(50, repairs=2, cost=401), REPLACE, ["written_off", "dear"]),
        (facts(150, repairs=2, cost=401), REPLACE, ["low", "dear"]),
        (facts(150, broken=True), REPLACE, ["low", "in_repair"]),
        (facts(900, broken=True), REPAIR, ["in_repair"]),
        (facts(900, repairs=1, cost=900, broken=True), REPAIR, ["dear", "in_repair"]),
        (facts(900, overdue=2), REPAIR, ["overdue"]),
        (facts(50, overdue=1), REPAIR, ["written_off", "overdue"]),
    ],
)
def test_the_figures_propose(given, verdict, codes):
    proposal = proposals.propose(given, SuppliesSettings())

    assert (proposal.verdict, [ground["code"] for ground in proposal.grounds]) == (verdict, codes)


def test_the_settings_say_how_much_is_too_much():
    strict = SuppliesSettings(repair_above_percent=10, replace_below_percent=95)

    assert proposals.propose(facts(900, repairs=1, cost=101), strict).verdict == REPLACE


def test_something_that_cost_nothing_is_judged_too():
    free = Facts(Decimal(0), Decimal(0), Decimal(0), Decimal(30), 1)

    assert proposals.propose(free, SuppliesSettings()).verdict == KEEP


def test_grounds_are_said_in_words():
    grounds = proposals.propose(facts(150, repairs=2, cost=401, overdue=1), SuppliesSettings()).grounds

    assert proposals.in_words([*grounds, {"code": "of old"}]) == [
        "book value is 15% of the price, below 20%",
        "2 repairs for ¥401.00, 40% of the price, above 40%",
        "maintenance is overdue",
    ]


pytestmark = pytest.mark.django_db


@pytest.fixture
def laptop(sales):
    """Bought for 6,000 in November 2025, 36 months, residual value 300."""
    return make_asset(department=sales, tag="ZC000001")


@pytest.fixture
def plan(laptop, clerk, noon) -> YearEndPlan:
    return YearEndPlan.draw_up(2026, by=clerk, at=noon)


def line_of(plan, asset) -> YearEndLine:
    return plan.lines.get(asset=asset)


def mended(asset, cost, *, by, at) -> None:
    asset.send_to_repair(fault="黑屏", by=by, at=at)
    asset.repaired(result="换屏", cost=Decimal(cost), by=by, at=at + HOUR)


def test_it_shows_age_book_value_and_repairs_as_of_the_last_of_december(laptop, clerk, noon):
    mended(laptop, "120.50", by=clerk, at=noon - 9 * DAY)

    line = line_of(YearEndPlan.draw_up(2026, by=clerk, at=noon), laptop)

    written_off = Decimal("5700.00") * 13 / 36
    assert (line.age_months, line.repair_cost) == (13, Decimal("120.50"))
    assert line.book_value == Decimal(6000) - written_off.quantize(Decimal("0.01"))
    assert (line.proposal, line.verdict, line.expected_cost) == (KEEP, KEEP, 0)


def test_only_what_stood_at_the_end_of_that_year(laptop, sales, clerk, noon):
    make_asset(department=sales, bought_on=date(2026, 1, 5))
    make_asset(department=sales, status="scrapped", scrapped_on=date(2025, 12, 31))
    later = make_asset(department=sales, status="scrapped", scrapped_on=date(2026, 1, 2))

    plan = YearEndPlan.draw_up(2025, by=clerk, at=noon)

    assert {line.asset for line in plan.lines.all()} == {laptop, later}


def test_a_year_to_come_and_an_empty_register_are_refused(clerk, noon):
    with pytest.raises(Refused, match="has not begun"):
        YearEndPlan.draw_up(2027, by=clerk, at=noon)
    with pytest.raises(Refused, match="no asset in the register"):
        YearEndPlan.draw_up(2026, by=clerk, at=noon)
    assert YearEndPlan.objects.count() == 0


def test_what_is_broken_is_to_be_repaired_at_the_average_of_its_repairs(laptop, clerk, noon):
    mended(laptop, "100.00", by=clerk, at=noon - 9 * DAY)
    mended(laptop, "301.00", by=clerk, at=noon - 5 * DAY)
    laptop.send_to_repair(fault="蓝屏", by=clerk, at=noon - DAY)

    line = line_of(YearEndPlan.draw_up(2026, by=clerk, at=noon), laptop)

    assert (line.verdict, line.expected_cost) == (REPAIR, Decimal("200.50"))


def test_without_repairs_of_its_own_it_costs_what_is_planned_or_what_others_cost(laptop, sales, clerk, noon):
    sibling = make_asset(department=sales, category=laptop.category)
    mended(sibling, "80.00", by=clerk, at=noon - 9 * DAY)
    planned = make_asset(department=sales, category=laptop.category)
    MaintenancePlan.set_up(
        planned, title="换滤芯", every_months=6, next_due_on=noon.date() - DAY, responsible=clerk,
        expected_cost=Decimal("65.00"), by=clerk, at=noon - 9 * DAY,
    )  # fmt: skip
    laptop.send_to_repair(fault="蓝屏", by=clerk, at=noon - DAY)

    plan = YearEndPlan.draw_up(2026, by=clerk, at=noon)

    assert line_of(plan, laptop).expected_cost == Decimal("80.00")
    assert (line_of(plan, planned).verdict, line_of(plan, planned).expected_cost) == (
        REPAIR,
        Decimal("65.00"),
    )


def test_against_the_proposal_only_with_a_reason(plan, laptop, clerk):
    with pytest.raises(Refused, match="otherwise than proposed"):
        plan.settle(plan.lines.all(), REPLACE, by=clerk)

    plan.settle(plan.lines.all(), REPLACE, reason="太慢", by=clerk)

    line = line_of(plan, laptop)
    assert (line.verdict, line.expected_cost, line.reason) == (REPLACE, Decimal("6000.00"), "太慢")


def test_drawn_up_anew_it_keeps_what_was_typed_and_follows_the_register(plan, laptop, sales, clerk, noon):
    gone = make_asset(department=sales)
    YearEndPlan.draw_up(2026, by=clerk, at=noon)
    plan.settle([line_of(plan, laptop)], REPLACE, reason="太慢", cost=Decimal("7000"), by=clerk)
    new = make_asset(department=sales)
    gone.scrap(reason="坏了", by=clerk, at=noon)
    mended(laptop, "99.00", by=clerk, at=noon)

    again = YearEndPlan.draw_up(2026, by=clerk, at=noon + DAY)

    line = line_of(again, laptop)
    assert again == plan
    assert {one.asset for one in again.lines.all()} == {laptop, new}
    assert (line.verdict, line.expected_cost, line.repair_cost) == (REPLACE, 7000, 99)


def test_another_person_decides_and_the_budgets_hear_of_it(plan, clerk, admin_manager, noon):
    heard = []
    year_end_decided.connect(lambda sender, plan, **more: heard.append(plan), weak=False, dispatch_uid="t")
    plan.submit(by=clerk, at=noon)

    plan.decide(by=admin_manager, at=noon)

    year_end_decided.disconnect(dispatch_uid="t")
    assert (heard, plan.status, plan.decided_by) == ([plan], "decided", admin_manager)
    assert Notice.objects.get(kind="supplies.year-end-to-decide").recipient == admin_manager


def test_who_drew_it_up_or_submitted_it_does_not_decide(laptop, clerk, admin_manager, noon):
    plan = YearEndPlan.draw_up(2026, by=admin_manager, at=noon)
    plan.submit(by=clerk, at=noon)

    with pytest.raises(Refused, match="somebody else has to decide"):
        plan.decide(by=admin_manager, at=noon)
    with pytest.raises(Refused, match="may not decide"):
        plan.decide(by=clerk, at=noon)


def test_submitted_nothing_changes_until_it_is_sent_back(plan, clerk, admin_manager, noon):
    plan.submit(by=clerk, at=noon)
    with pytest.raises(Refused, match="cannot be done now"):
        plan.settle(plan.lines.all(), KEEP, by=clerk)
    with pytest.raises(Refused, match="cannot be done now"):
        YearEndPlan.draw_up(2026, by=clerk, at=noon)

    plan.send_back(reason="再核对", by=admin_manager, at=noon)

    assert (plan.status, plan.remark) == ("draft", "再核对")
    assert Notice.objects.get(kind="supplies.year-end-sent-back").recipient == clerk


def test_totals_add_up_by_department_and_category(plan, laptop, administration, clerk, noon):
    make_asset(department=administration, price=Decimal("999.90"), residual=Decimal("0.00"))
    YearEndPlan.draw_up(2026, by=clerk, at=noon)
    plan.settle(plan.lines.all(), REPLACE, reason="全部更新", by=clerk)

    [whole] = worksheet.totals(plan)

    assert (whole.replace, whole.cost) == (2, Decimal("6999.90"))
    assert sum(total.cost for total in worksheet.totals(plan, "department")) == whole.cost
    assert sum(total.cost for total in worksheet.totals(plan, "category")) == whole.cost


# -- 4.2.2 --------------------------------------------------------------------------------------------


@pytest.fixture
def occurrence(clerk, admin_manager, noon) -> Occurrence:
    """The check of December 2026."""
    duty = Duty.set_up(
        by=admin_manager, at=noon, title="年终资产盘查", standard="year-end-check",
        rule=Recurring("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", noon.date()),
        calendar=Calendar.objects.get(key="office"), assignment=Duty.Assignment.PERSON, person=clerk,
        since=noon.date(),
    )  # fmt: skip
    return duty.occurrences.order_by("opens_at").first()


def test_the_duty_draws_it_up_and_deciding_completes_it_with_proof(occurrence, laptop, clerk, admin_manager):
    at = occurrence.opens_at
    occurrence.open(at=at)
    plan = YearEndPlan.objects.get()
    assert (plan.year, plan.occurrence, plan.drawn_by) == (2026, occurrence, None)
    assert Timer.objects.about(occurrence).get().link == plan.get_absolute_url()

    plan.submit(by=clerk, at=at)
    plan.decide(by=admin_manager, at=at + HOUR)

    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.proof) == ("done", plan)


def test_a_plan_drawn_up_by_hand_before_is_taken_up_by_the_duty(occurrence, plan):
    occurrence.open(at=occurrence.opens_at)

    plan.refresh_from_db()
    assert (YearEndPlan.objects.count(), plan.occurrence) == (1, occurrence)


def test_with_nothing_in_the_register_the_duty_still_opens(occurrence):
    occurrence.open(at=occurrence.opens_at)

    assert (occurrence.state, YearEndPlan.objects.count()) == ("open", 0)


def test_drawing_up_takes_as_many_queries_for_three_as_for_one(
    laptop, sales, clerk, noon, django_assert_num_queries
):
    with CaptureQueriesContext(
        connection,
    ) as first:
        YearEndPlan.draw_up(2025, by=clerk, at=noon)
    YearEndPlan.objects.all().delete()
    for _number in range(2):
        make_asset(department=sales, category=make_category())
    with django_assert_num_queries(len(first)):
        YearEndPlan.draw_up(2025, by=clerk, at=noon)
