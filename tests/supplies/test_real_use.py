"""Clause 4.1.3: what was handed out by real use, from an approved requisition within the quota."""

from datetime import timedelta

import pytest

from sla import standards
from sla.figures import roll_up, totals
from sla.models.figure import bounds, local_day
from supplies import ledger
from supplies.ledger import Line
from supplies.measures_requisitions import BY_REAL_USE, counted, measure, with_kept
from supplies.models import Item, Quota, Requisition
from supplies.models.requisition import Want
from supplies.models.requisition_issue import Part

from .builders import make_item, stock_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def pen(clerk, noon):
    item = make_item()
    stock_up(item, 100, by=clerk, at=noon)
    return item


@pytest.fixture
def handed_out(salesperson, department_head, clerk, noon):
    """`handed_out(pen, 3, "reason")`: asked for, approved and handed out."""

    def through(item, quantity: int, reason: str = ""):
        asked = Requisition.ask([Want(item, quantity, reason)], by=salesperson, at=noon)
        asked.approve(by=department_head, at=noon)
        return asked.hand_out([Part(asked.lines.get(), quantity, item.place)], by=clerk, at=noon)

    return through


def tallies(noon) -> list[tuple]:
    return [tuple(tally) for tally in measure(*bounds(local_day(noon)))]


def test_from_an_approved_requisition_it_is_kept_by_who_handed_it_out(handed_out, pen, clerk, noon):
    handed_out(pen, 3)

    assert tallies(noon) == [(clerk.pk, 1, 1)]


def test_past_the_requisitions_it_is_not_kept(handed_out, pen, clerk, sales, noon):
    handed_out(pen, 3)
    ledger.issue([Line(pen, pen.place, 2)], department=sales, by=clerk, at=noon)

    assert tallies(noon) == [(clerk.pk, 2, 1)]


def test_over_the_quota_an_accepted_reason_keeps_it(handed_out, pen, sales, clerk, noon):
    Quota.objects.create(department=sales, item=pen, monthly=1)
    handed_out(pen, 3, "新人入职")

    assert tallies(noon) == [(clerk.pk, 1, 1)]


def test_over_the_quota_without_a_reason_it_is_not_kept(handed_out, pen, clerk, noon):
    posting = handed_out(pen, 3)
    line = posting.source.lines.get()
    line.quota_left = 1
    line.save(update_fields=["quota_left"])

    assert tallies(noon) == [(clerk.pk, 1, 0)]
    assert list(with_kept(counted()).values_list("is_kept", flat=True)) == [False]


def test_other_kinds_of_goods_are_not_counted(handed_out, clerk, noon):
    cups = make_item("纸杯", kind=Item.Kind.CONSUMABLE)
    stock_up(cups, 10, by=clerk, at=noon)
    handed_out(cups, 3)

    assert tallies(noon) == []


def test_what_was_reversed_counts_nowhere_and_the_day_is_counted_anew(handed_out, pen, clerk, noon):
    posting, day = handed_out(pen, 3), local_day(noon)
    roll_up(noon)
    before = totals(day, day, at=noon)[BY_REAL_USE]

    ledger.reverse(posting, reason="发错", by=clerk, at=noon + timedelta(days=3))
    roll_up(noon)

    assert (before.counted, before.kept) == (1, 1)
    assert totals(day, day, at=noon).get(BY_REAL_USE) is None


def test_the_records_behind_the_figure_are_the_lines_that_were_counted(
    handed_out, pen, admin_manager, clerk, sales, noon, signed_in
):
    handed_out(pen, 3)
    ledger.issue([Line(pen, pen.place, 2)], department=sales, by=clerk, at=noon)
    day = local_day(noon)
    link = standards.get(BY_REAL_USE).records(day, day, clerk.pk)

    page = signed_in(admin_manager).get(link)

    rows = page.context["list"].page.rows
    assert link == f"/supplies/issues/?since={day}&until={day}&person={clerk.pk}"
    assert [(-row.quantity, row.is_kept) for row in rows] == [(2, False), (3, True)]
    not_kept = signed_in(admin_manager).get(f"{link}&kept=no").context["list"].page.rows
    assert [-row.quantity for row in not_kept] == [2]


def test_only_those_who_see_the_ledger_see_the_lines(salesperson, signed_in):
    assert signed_in(salesperson).get("/supplies/issues/").status_code == 403
