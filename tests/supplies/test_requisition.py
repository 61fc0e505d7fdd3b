"""A requisition from asking to the counter: who may decide, how much, and that nothing is given twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from notices.models import Notice
from organization.roles import Role
from pages.refusals import Refused
from sla.models import Timer
from supplies import ledger
from supplies.models import Posting, Quota, Requisition
from supplies.models.requisition import Want
from supplies.models.requisition_issue import Part
from tests.builders import make_absence, make_place, make_user

from .builders import make_item, stock_up

pytestmark = pytest.mark.django_db
Status = Requisition.Status


@pytest.fixture
def pen(clerk, noon):
    item = make_item()
    stock_up(item, 100, by=clerk, at=noon)
    return item


@pytest.fixture
def asked(salesperson, pen, noon):
    return Requisition.ask([Want(pen, 10)], by=salesperson, at=noon, purpose="季度培训")


@pytest.fixture
def approved(asked, department_head, noon):
    return asked.approve(by=department_head, at=noon)


def parts(requisition: Requisition, quantity: int, place=None) -> list[Part]:
    line = requisition.lines.get()
    return [Part(line, quantity, place or line.item.place)]


def line_of(requisition: Requisition) -> tuple:
    line = requisition.lines.get()
    return line.asked, line.approved, line.issued, line.returned


def told(kind: str) -> list[str]:
    return list(Notice.objects.filter(kind=f"supplies.{kind}").values_list("recipient__name", flat=True))


def timer(requisition: Requisition, standard: str) -> Timer:
    return Timer.objects.about(requisition).get(standard=standard)


# -- asking -------------------------------------------------------------------------------------------


def test_asking_waits_for_the_head_who_is_told(asked, department_head, at):
    running = timer(asked, "requisition-approval")

    assert (asked.status, asked.department, str(asked)) == (
        "waiting",
        department_head.department,
        f"LY202611-{asked.pk:05}",
    )
    assert (running.owner, running.due_at) == (department_head, at("2026-11-24 13:30"))
    assert told("requisition-asked") == ["何建明"]


def test_the_same_form_sent_twice_asks_once(salesperson, pen, noon):
    once = uuid4()

    first, second = (Requisition.ask([Want(pen, 3)], by=salesperson, at=noon, once=once) for _ in range(2))

    assert (first, Requisition.objects.count()) == (second, 1)


@pytest.mark.parametrize("quantity", [0, -1, 1.5, 1_000_000, True, "3"])
def test_senseless_quantities_are_refused(salesperson, pen, noon, quantity):
    with pytest.raises(Refused, match="a whole number from 1 to 999999"):
        Requisition.ask([Want(pen, quantity)], by=salesperson, at=noon)

    assert Requisition.objects.count() == 0


@pytest.mark.parametrize("field", ["active", "requestable"])
def test_what_is_not_handed_out_any_more_cannot_be_asked_for(salesperson, pen, noon, field):
    setattr(pen, field, False)

    with pytest.raises(Refused, match="not handed out any more"):
        Requisition.ask([Want(pen, 1)], by=salesperson, at=noon)


def test_nothing_and_the_same_twice_are_refused(salesperson, pen, noon):
    with pytest.raises(Refused, match="Nothing was chosen"):
        Requisition.ask([], by=salesperson, at=noon)
    with pytest.raises(Refused, match="stands there twice"):
        Requisition.ask([Want(pen, 1), Want(pen, 2)], by=salesperson, at=noon)


def test_who_is_in_no_department_cannot_ask(pen, noon):
    with pytest.raises(Refused, match="in no department"):
        Requisition.ask([Want(pen, 1)], by=make_user(), at=noon)


def test_more_than_the_quota_needs_a_reason_which_is_kept_with_what_was_left(salesperson, pen, noon):
    Quota.objects.create(department=salesperson.department, item=pen, monthly=6)

    with pytest.raises(Refused, match="more than the quota"):
        Requisition.ask([Want(pen, 7)], by=salesperson, at=noon)
    line = Requisition.ask([Want(pen, 7, "新人入职")], by=salesperson, at=noon).lines.get()

    assert (line.quota_left, line.over_reason, line.is_over) == (6, "新人入职", True)


def test_what_waits_counts_against_the_quota_of_the_next_one(salesperson, colleague, pen, noon):
    Quota.objects.create(department=salesperson.department, item=pen, monthly=6)
    Requisition.ask([Want(pen, 4)], by=salesperson, at=noon)

    second = Requisition.ask([Want(pen, 2)], by=colleague, at=noon)

    assert second.lines.get().quota_left == 2


# -- deciding -----------------------------------------------------------------------------------------


def test_the_head_agrees_to_less_and_the_store_is_told(asked, department_head, clerk, at):
    line = asked.lines.get()

    asked.approve(by=department_head, at=at("13:00"), quantities={line.pk: 6}, remark="先发一部分")

    assert (asked.status, line_of(asked), asked.decision_reason) == ("approved", (10, 6, 0, 0), "先发一部分")
    assert timer(asked, "requisition-approval").outcome == "met"
    assert timer(asked, "requisition-issue").team == "inventory_clerk"
    assert (told("requisition-approved"), told("requisition-to-issue")) == (["陈思远"], ["顾明"])


@pytest.mark.parametrize("quantity", [-1, 11])
def test_no_more_than_was_asked_for_is_agreed_to(asked, department_head, noon, quantity):
    with pytest.raises(Refused, match="between 0 and 10"):
        asked.approve(by=department_head, at=noon, quantities={asked.lines.get().pk: quantity})


def test_agreeing_to_nothing_is_refusing(asked, department_head, noon):
    with pytest.raises(Refused, match="Refuse the requisition instead"):
        asked.approve(by=department_head, at=noon, quantities={asked.lines.get().pk: 0})


def test_refusing_says_why_and_closes(asked, department_head, noon):
    with pytest.raises(Refused, match="why it is refused"):
        asked.refuse("  ", by=department_head, at=noon)

    asked.refuse("上周刚领过", by=department_head, at=noon)

    assert (asked.status, asked.closed_by) == ("refused", department_head)
    assert (told("requisition-refused"), Timer.objects.running().count()) == (["陈思远"], 0)


def test_a_colleague_of_the_same_or_another_department_cannot_decide(asked, colleague, outsider, noon):
    for person in (colleague, outsider):
        with pytest.raises(Refused, match="Only the head"):
            asked.approve(by=person, at=noon)


def test_who_stands_in_for_the_head_decides_and_owes_it(salesperson, department_head, colleague, pen, noon):
    department_head.backup = colleague
    department_head.save(update_fields=["backup"])
    make_absence(department_head, noon - timedelta(hours=1))

    asked = Requisition.ask([Want(pen, 1)], by=salesperson, at=noon)

    assert timer(asked, "requisition-approval").owner == colleague
    assert asked.approve(by=colleague, at=noon).status == "approved"


def test_nobody_decides_about_their_own_even_with_every_right(admin_manager, pen, noon):
    asked = Requisition.ask([Want(pen, 1)], by=admin_manager, at=noon)

    with pytest.raises(Refused, match="their own"):
        asked.approve(by=admin_manager, at=noon)
    with pytest.raises(Refused, match="their own"):
        asked.refuse("不要", by=admin_manager, at=noon)


def test_the_database_itself_knows_no_own_approval(asked, noon):
    asked.status, asked.decided_at, asked.decided_by = Status.APPROVED, noon, asked.requester

    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save()


def test_what_a_head_asks_for_the_line_manager_decides(department_head, salesperson, pen, noon):
    boss = make_user("叶景明")
    department_head.manager = boss
    department_head.save(update_fields=["manager"])

    asked = Requisition.ask([Want(pen, 1)], by=department_head, at=noon)

    assert timer(asked, "requisition-approval").owner == boss
    assert asked.may_be_decided_by(salesperson, noon) is False
    assert asked.approve(by=boss, at=noon).status == "approved"


def test_where_nobody_is_above_the_admin_managers_are_asked(department_head, admin_manager, pen, noon):
    asked = Requisition.ask([Want(pen, 1)], by=department_head, at=noon)

    assert (timer(asked, "requisition-approval").team, told("requisition-asked")) == (
        Role.ADMIN_MANAGER,
        ["郑国强"],
    )
    assert asked.approve(by=admin_manager, at=noon).status == "approved"


def test_a_requisition_is_decided_once(approved, department_head, noon):
    with pytest.raises(Refused, match="is “Approved”"):
        approved.refuse("反悔", by=department_head, at=noon)


# -- withdrawing ----------------------------------------------------------------------------------------


def test_ones_own_is_withdrawn_while_nothing_was_handed_out(approved, salesperson, colleague, noon):
    with pytest.raises(Refused, match="Only who asked"):
        approved.withdraw(by=colleague, at=noon)

    approved.withdraw(by=salesperson, at=noon)

    assert (approved.status, timer(approved, "requisition-issue").outcome) == ("withdrawn", "cancelled")


def test_after_handing_out_it_is_too_late_to_withdraw(approved, salesperson, clerk, noon):
    approved.hand_out(parts(approved, 1), by=clerk, at=noon)

    with pytest.raises(Refused, match="Bring it back instead"):
        approved.withdraw(by=salesperson, at=noon)


# -- handing out ------------------------------------------------------------------------------------------


def test_parts_are_handed_out_until_nothing_is_left(approved, clerk, salesperson, pen, at):
    posting = approved.hand_out(parts(approved, 4), by=clerk, at=at("14:00"))
    halfway = (approved.status, line_of(approved))
    approved.hand_out(parts(approved, 6), by=clerk, at=at("15:00"))

    pen.refresh_from_db()
    assert halfway == ("approved", (10, 10, 4, 0))
    assert (approved.status, approved.closed_by, pen.on_hand) == ("issued", clerk, 90)
    assert (posting.source, posting.person, posting.department) == (
        approved,
        salesperson,
        salesperson.department,
    )
    assert timer(approved, "requisition-issue").outcome == "met"
    assert told("requisition-issued") == ["陈思远", "陈思远"]


def test_no_more_than_was_agreed_to_is_handed_out(approved, clerk, pen, noon):
    twice = [Part(approved.lines.get(), 6, pen.place), Part(approved.lines.get(), 5, pen.place)]

    with pytest.raises(Refused, match="only 10 支 are still to be handed out"):
        approved.hand_out(twice, by=clerk, at=noon)

    assert (line_of(approved), Posting.objects.filter(kind="issue").count()) == ((10, 10, 0, 0), 0)


def test_no_more_than_lies_there_is_handed_out(approved, clerk, noon):
    with pytest.raises(Refused, match="there are only 0 支"):
        approved.hand_out(parts(approved, 1, make_place("备用库")), by=clerk, at=noon)

    assert line_of(approved) == (10, 10, 0, 0)


@pytest.mark.parametrize("quantity", [0, -3])
def test_handing_out_nothing_or_less_is_refused(approved, clerk, noon, quantity):
    with pytest.raises(Refused, match="at least 1"):
        approved.hand_out(parts(approved, quantity), by=clerk, at=noon)


def test_a_double_click_hands_out_once(approved, clerk, noon):
    once = uuid4()

    first, second = (approved.hand_out(parts(approved, 4), by=clerk, at=noon, once=once) for _ in range(2))

    assert (first, line_of(approved)) == (second, (10, 10, 4, 0))


def test_what_waits_for_approval_is_not_handed_out(asked, clerk, noon):
    with pytest.raises(Refused, match="is “Waiting for approval”"):
        asked.hand_out(parts(asked, 1), by=clerk, at=noon)


def test_the_rest_is_called_off_with_a_reason(approved, clerk, noon):
    approved.hand_out(parts(approved, 4), by=clerk, at=noon)

    with pytest.raises(Refused, match="why the rest"):
        approved.call_off("", by=clerk, at=noon)
    approved.call_off("供应商停产", by=clerk, at=noon)

    assert (approved.status, approved.closing_reason) == ("called_off", "供应商停产")
    assert (told("requisition-called-off"), Timer.objects.running().count()) == (["陈思远"], 0)


# -- coming back --------------------------------------------------------------------------------------------


def test_what_was_not_used_comes_back_once(approved, clerk, pen, noon):
    approved.hand_out(parts(approved, 10), by=clerk, at=noon)

    approved.take_back(parts(approved, 3), by=clerk, at=noon)
    with pytest.raises(Refused, match="the department has only 7 支"):
        approved.take_back(parts(approved, 8), by=clerk, at=noon)

    pen.refresh_from_db()
    assert (pen.on_hand, line_of(approved)) == (93, (10, 10, 10, 3))


def test_a_reversed_document_is_to_be_handed_out_again(approved, clerk, noon):
    posting = approved.hand_out(parts(approved, 10), by=clerk, at=noon)

    ledger.reverse(posting, reason="发错品种", by=clerk, at=noon)

    approved.refresh_from_db()
    assert (approved.status, line_of(approved)) == ("approved", (10, 10, 0, 0))
    assert Timer.objects.about(approved).running().get().standard == "requisition-issue"


def test_what_came_back_is_reversed_before_what_was_handed_out(approved, clerk, noon):
    posting = approved.hand_out(parts(approved, 10), by=clerk, at=noon)
    back = approved.take_back(parts(approved, 10), by=clerk, at=noon)

    with pytest.raises(Refused, match="Reverse that first"):
        ledger.reverse(posting, reason="发错", by=clerk, at=noon)
    ledger.reverse(back, reason="没有退", by=clerk, at=noon)

    assert line_of(approved) == (10, 10, 10, 0)
