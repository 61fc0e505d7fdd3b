"""Who approves: by amount, by budget, never who asks for it."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organization.roles import Role
from pages.refusals import Refused
from procurement import approving
from procurement.models import Approval, ApprovalRule, Budget, CostCategory, PurchaseRequest
from tests.builders import make_absence, make_department, make_user
from tests.supplies.builders import make_category

from .purchases import make_chosen, make_draft, make_waiting, step_of, want

pytestmark = pytest.mark.django_db
Status = PurchaseRequest.Status


def steps_of(request) -> list[tuple[str, bool]]:
    return [(step.who, step.over_budget) for step in request.approvals.all()]


def make_budget(category, amount: str, rule: str, **fields) -> Budget:
    kind = CostCategory.objects.create(name=f"{category}费", nature="variable")
    kind.goods.add(category)
    return Budget.objects.create(
        year=2026, period="year", category=kind, amount=Decimal(amount), on_request=rule, **fields
    )


# -- by amount ---------------------------------------------------------------------------------------


def test_an_office_opens_with_rules_by_amount(db):
    rules = [(rule.from_amount, rule.approver, rule.only_over_budget) for rule in ApprovalRule.objects.all()]

    assert rules == [
        (Decimal("0.00"), "head", False),
        (Decimal("1000.00"), "admin_manager", False),
        (Decimal("0.00"), "admin_manager", True),
    ]


@pytest.mark.parametrize(("price", "who"), [("499.99", ["何建明"]), ("500.00", ["何建明", "Admin manager"])])
def test_from_a_thousand_on_an_admin_manager_approves_too(
    salesperson, buyer, admin_manager, noon, price, who
):
    request = make_waiting(salesperson, buyer, noon, want(quantity=2), price=price)

    assert [step.who for step in request.approvals.all()] == who
    assert [step.status for step in request.approvals.all()] == ["waiting", "ahead"][: len(who)]


def test_each_step_follows_the_one_before(salesperson, buyer, department_head, admin_manager, noon):
    request = make_waiting(salesperson, buyer, noon, price="900")
    step_of(request).approve(by=department_head, at=noon)
    assert step_of(request).team == Role.ADMIN_MANAGER

    step_of(request).approve("同意", by=admin_manager, at=noon)
    request.refresh_from_db()
    assert request.status == Status.APPROVED


def test_who_approves_as_head_is_not_asked_again_as_manager(
    administration, receptionist, buyer, admin_manager, noon
):
    request = make_waiting(receptionist, buyer, noon, price="900")

    assert steps_of(request) == [("郑国强", False)]


def test_a_certain_person_approves_where_the_rules_say_so(salesperson, buyer, admin_manager, noon):
    boss = make_user("叶景明")
    ApprovalRule.objects.create(from_amount=10_000, approver="person", person=boss, position=40)

    request = make_waiting(salesperson, buyer, noon, price="6000")
    assert [step.who for step in request.approvals.all()] == ["何建明", "Admin manager", "叶景明"]


def test_a_rule_out_of_force_asks_nobody(salesperson, buyer, admin_manager, noon):
    for rule in ApprovalRule.objects.exclude(approver="head"):
        rule.active = False
        rule.save()

    assert len(make_waiting(salesperson, buyer, noon, price="9000").approvals.all()) == 1


def test_without_any_rule_the_head_approves(salesperson, buyer, noon):
    ApprovalRule.objects.all().delete()

    assert steps_of(make_waiting(salesperson, buyer, noon)) == [("何建明", False)]


# -- nobody approves their own -----------------------------------------------------------------------


def test_a_heads_own_request_goes_up_the_line(department_head, colleague, admin_manager, buyer, noon):
    boss = make_user("叶景明")
    department_head.manager = boss
    department_head.save()
    request = make_draft(department_head, noon, confirmer=colleague).submit(by=department_head, at=noon)

    assert approving.plan(request, [], noon)[0].person == boss


def test_an_admin_managers_own_request_is_anothers(admin_manager, receptionist, buyer, noon):
    other = make_user("沈经理", role=Role.ADMIN_MANAGER)
    request = make_draft(admin_manager, noon)
    request.total = Decimal("5000")
    (step,) = approving.plan(request, [], noon)

    assert step.team == Role.ADMIN_MANAGER
    waiting = Approval(request=request, team=step.team, status="waiting")
    assert waiting.may_be_decided_by(other, noon) is True
    assert waiting.may_be_decided_by(admin_manager, noon) is False


def test_where_nobody_is_left_it_is_refused_with_a_sentence(admin_manager, receptionist, noon):
    request = make_draft(admin_manager, noon)

    with pytest.raises(Refused, match="nobody approves their own"):
        approving.plan(request, [], noon)


def test_a_head_who_is_away_is_stood_in_for(salesperson, buyer, department_head, noon, at):
    second = make_user("副总监", department=salesperson.department)
    department_head.backup = second
    department_head.save()
    request = make_chosen(salesperson, buyer, noon)
    make_absence(department_head, noon)
    request.ask_for_approval(by=buyer, at=noon)
    step = step_of(request)

    assert step.person == department_head
    assert Approval.objects.waiting_for(second, noon).get() == step
    step.approve(by=second, at=noon)
    step.refresh_from_db()
    assert (step.status, step.decided_by) == ("approved", second)


def test_a_requester_who_stands_in_for_the_head_does_not_decide(
    salesperson, buyer, department_head, admin_manager, noon
):
    department_head.backup = salesperson
    department_head.save()
    request = make_chosen(salesperson, buyer, noon)
    make_absence(department_head, noon)
    request.ask_for_approval(by=buyer, at=noon)

    assert [step.who for step in request.approvals.all()] == ["Admin manager"]
    with pytest.raises(Refused, match="Nobody approves their own"):
        step_of(request).approve(by=salesperson, at=noon)


def test_an_outsider_decides_nothing(salesperson, buyer, outsider, noon):
    request = make_waiting(salesperson, buyer, noon)

    with pytest.raises(Refused, match="decided by 何建明"):
        step_of(request).approve(by=outsider, at=noon)


def test_of_two_managers_the_first_decides(receptionist, buyer, admin_manager, salesperson, noon):
    second = make_user("沈经理", role=Role.ADMIN_MANAGER)
    request = make_waiting(salesperson, buyer, noon, price="900")
    step_of(request).approve(by=salesperson.department.head, at=noon)
    first_look, second_look = step_of(request), step_of(request)
    first_look.approve(by=admin_manager, at=noon)

    with pytest.raises(Refused, match="郑国强 has decided already"):
        second_look.refuse("不同意", by=second, at=noon)
    request.refresh_from_db()
    assert request.status == Status.APPROVED


def test_the_second_click_of_one_approver_changes_nothing(salesperson, buyer, department_head, noon):
    request = make_waiting(salesperson, buyer, noon)
    step, again = step_of(request), step_of(request)
    step.approve(by=department_head, at=noon)
    request.refresh_from_db()
    version = request.version
    again.approve(by=department_head, at=noon)

    request.refresh_from_db()
    assert request.version == version


def test_nobody_decides_about_what_they_have_not_seen(salesperson, buyer, department_head, noon):
    request = make_waiting(salesperson, buyer, noon)
    step, seen = step_of(request), request.version
    request.quote_again("再问", by=buyer, at=noon)
    request.ask_for_approval(by=buyer, at=noon)

    with pytest.raises(Refused):
        step.approve(by=department_head, at=noon)
    with pytest.raises(Refused, match="has changed"):
        step_of(request).approve(by=department_head, at=noon, seen=seen)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_the_office_nobody_approves_their_own(db, noon, data):
    """People with any managers, backups, roles, headships and absences."""
    with transaction.atomic():
        people = draw_office(data, noon)
        requester = data.draw(st.sampled_from(people))
        request = make_draft(requester, noon)
        request.total = Decimal(data.draw(st.sampled_from([10, 5000])))
        check_plan(request, people, noon)
        transaction.set_rollback(True)


def draw_office(data, at) -> list:
    department = make_department()
    people = [make_user(f"人{number}", department=department) for number in range(4)]
    anybody = st.sampled_from([None, *people])
    for person in people:
        above, backup = data.draw(anybody), data.draw(anybody)
        person.manager = above if above != person else None
        person.backup = backup if backup != person else None
        person.save()
        if data.draw(st.booleans()):
            make_absence(person, at)
        if data.draw(st.integers(0, 3)) == 0:
            person.groups.add(Group.objects.get(name=Role.ADMIN_MANAGER))
    department.head = data.draw(anybody)
    department.save()
    return people


def check_plan(request, people: list, at) -> None:
    """Each step can be decided by somebody, and never by the requester; or it is refused."""
    try:
        steps = approving.plan(request, [], at)
    except Refused:
        return
    assert steps != []
    for step in steps:
        waiting = Approval(request=request, person=step.person, team=step.team, status="waiting")
        able = [person for person in people if waiting.may_be_decided_by(person, at)]
        assert able != []
        assert request.requester not in able


# -- by budget ---------------------------------------------------------------------------------------


def test_within_the_budget_nothing_is_asked(salesperson, buyer, admin_manager, noon):
    category = make_category("设备")
    make_budget(category, "600.00", "ask")

    request = make_waiting(salesperson, buyer, noon, want(category=category))
    assert (steps_of(request), request.over_budget) == ([("何建明", False)], False)


def test_over_budget_an_admin_manager_approves_too(salesperson, buyer, admin_manager, noon):
    category = make_category("设备")
    make_budget(category, "599.99", "ask")

    request = make_waiting(salesperson, buyer, noon, want(category=category))
    assert steps_of(request) == [("何建明", False), ("Admin manager", True)]
    assert request.over_budget is True


def test_who_approves_anyway_is_told_of_the_budget(receptionist, buyer, admin_manager, noon):
    category = make_category("设备")
    make_budget(category, "100", "ask")

    request = make_waiting(receptionist, buyer, noon, want(category=category))
    assert steps_of(request) == [("郑国强", True)]


def test_where_no_rule_is_about_budgets_the_managers_are_asked(salesperson, buyer, admin_manager, noon):
    ApprovalRule.objects.filter(only_over_budget=True).delete()
    category = make_category("设备")
    make_budget(category, "100", "ask")

    request = make_waiting(salesperson, buyer, noon, want(category=category))
    assert steps_of(request) == [("何建明", False), ("Admin manager", True)]


def test_a_budget_may_warn_only(salesperson, buyer, admin_manager, noon):
    category = make_category("设备")
    make_budget(category, "100", "warn")

    request = make_waiting(salesperson, buyer, noon, want(category=category))
    assert (steps_of(request), request.over_budget) == ([("何建明", False)], True)
    assert [crossing.rule for crossing in approving.crossings(request, noon.date())] == ["warn"]


def test_a_budget_may_let_nothing_pass(salesperson, buyer, noon):
    category = make_category("设备")
    make_budget(category, "100", "block")
    request = make_chosen(salesperson, buyer, noon, want(category=category))

    with pytest.raises(Refused, match="too much"):
        request.ask_for_approval(by=buyer, at=noon)
    request.refresh_from_db()
    assert request.status == Status.QUOTING


def test_lines_of_one_kind_of_cost_are_judged_together(salesperson, buyer, admin_manager, noon):
    paper, pens = make_category("纸"), make_category("笔")
    budget = make_budget(paper, "1000", "ask")
    budget.category.goods.add(pens)

    request = make_waiting(salesperson, buyer, noon, want("纸", category=paper), want("笔", category=pens))
    assert request.total == Decimal("1200.00")
    assert request.over_budget is True


def test_a_budget_of_another_year_does_not_matter(salesperson, buyer, noon):
    category = make_category("设备")
    budget = make_budget(category, "1", "block")
    budget.year = 2025
    budget.save()

    assert make_waiting(salesperson, buyer, noon, want(category=category)).over_budget is False
