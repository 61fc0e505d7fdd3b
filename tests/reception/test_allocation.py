"""Whom a call is proposed to: the most particular rule, in turn, without those who are away."""

import pytest

from reception.allocation import Proposal, propose
from tests.builders import make_absence, make_user

from .builders import make_caller_type, make_product, make_region, make_rule
from .customers import make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return make_user("安然")


@pytest.fixture
def ben(ann):
    return make_user("毕磊", backup=ann)


@pytest.fixture
def kind():
    return make_caller_type("新客户")


@pytest.fixture
def product():
    return make_product("云通信")


@pytest.fixture
def region():
    return make_region("华东")


def test_a_rule_without_conditions_takes_every_call(ann, kind, noon):
    rule = make_rule(ann)

    proposal = propose(caller_type=kind, at=noon)

    assert (proposal.user, proposal.rule) == (ann, rule)


@pytest.mark.parametrize(
    ("held", "asked", "fits"),
    [
        ((), ("caller_type", "product", "region"), True),
        (("caller_type",), ("caller_type",), True),
        (("caller_type",), (), False),
        (("product",), ("caller_type",), False),
        (("product", "region"), ("product", "region"), True),
        (("product", "region"), ("product",), False),
        (("caller_type", "product", "region"), ("caller_type", "product", "region"), True),
    ],
)
def test_a_rule_fits_only_when_all_its_conditions_hold(ann, kind, product, region, noon, held, asked, fits):
    values = {"caller_type": kind, "product": product, "region": region}
    make_rule(ann, **{name: values[name] for name in held})

    proposal = propose(**{name: values[name] for name in asked}, at=noon)

    assert (proposal.user == ann) is fits


def test_the_rule_with_most_conditions_decides(ann, ben, kind, product, noon):
    make_rule(ann, caller_type=kind)
    make_rule(ben, caller_type=kind, product=product)

    assert propose(caller_type=kind, product=product, at=noon).user == ben


def test_among_equally_particular_rules_the_managers_order_decides(ann, ben, kind, product, noon):
    make_rule(ann, caller_type=kind, position=2)
    make_rule(ben, product=product, position=1)

    assert propose(caller_type=kind, product=product, at=noon).user == ben


def test_a_rule_out_of_use_is_not_asked(ann, noon):
    make_rule(ann, active=False)

    assert propose(at=noon).user is None


def test_people_take_turns(ann, ben, noon):
    rule = make_rule(ann, ben)
    rule.take_turn(ann, at=noon)

    assert propose(at=noon).user == ben


def test_after_everybody_had_a_turn_it_begins_again(ann, ben, noon, at):
    rule = make_rule(ann, ben)
    rule.take_turn(ann, at=noon)
    rule.take_turn(ben, at=at("12:01"))

    assert propose(at=noon).user == ann


def test_a_turn_recorded_late_does_not_take_back_a_later_one(ann, ben, at):
    rule = make_rule(ann, ben)
    rule.take_turn(ben, at=at("12:01"))
    rule.take_turn(ann, at=at("12:00"))

    assert propose(at=at("12:02")).user == ann


def test_proposing_alone_uses_no_turn_up(ann, ben, noon):
    make_rule(ann, ben)
    propose(at=noon)

    assert propose(at=noon).user == ann


def test_who_is_away_is_passed_over_and_the_backup_proposed(ann, ben, noon):
    make_rule(ben)
    make_absence(ben, noon)

    proposal = propose(at=noon)

    assert (proposal.user, proposal.turn) == (ann, ben)
    assert [user for user, _why in proposal.skipped] == [ben]
    assert proposal.because[-1] == "安然 stands in for 毕磊."


def test_without_a_backup_the_next_in_turn_is_proposed(ann, ben, noon):
    make_rule(ann, ben)
    make_absence(ann, noon)

    assert propose(at=noon).user == ben


def test_when_all_of_a_rule_are_away_the_next_rule_is_asked(ann, kind, receptionist, noon):
    make_rule(ann, caller_type=kind)
    make_rule(receptionist)
    make_absence(ann, noon)

    assert propose(caller_type=kind, at=noon).user == receptionist


def test_when_everybody_is_away_nobody_is_proposed_and_all_are_named(ann, ben, noon):
    make_rule(ann, ben)
    make_absence(ann, noon)
    make_absence(ben, noon)

    proposal = propose(at=noon)

    assert proposal.user is None
    assert [user for user, _why in proposal.skipped] == [ann, ben]


def test_without_any_rule_nobody_is_proposed(noon):
    assert propose(at=noon) == Proposal(None)


def test_a_known_customers_account_manager_comes_first(ann, ben, noon):
    make_rule(ann)

    proposal = propose(customer=make_customer(owner=ben), at=noon)

    assert (proposal.user, proposal.rule) == (ben, None)


def test_a_rule_may_say_that_account_managers_do_not_come_first(ann, ben, noon):
    make_rule(ann, owner_first=False)

    assert propose(customer=make_customer(owner=ben), at=noon).user == ann


def test_an_account_managers_backup_stands_in(ann, ben, noon):
    make_absence(ben, noon)

    assert propose(customer=make_customer(owner=ben), at=noon).user == ann


def test_a_departments_members_take_turns_and_its_head_comes_last(
    sales, department_head, salesperson, colleague, noon, at
):
    rule = make_rule(department=sales)
    proposed = []
    for minute in range(3):
        proposal = propose(at=at(f"12:0{minute}"))
        rule.take_turn(proposal.turn, at=at(f"12:0{minute}"))
        proposed.append(proposal.user)

    assert proposed == [colleague, salesperson, colleague]


def test_a_departments_head_is_proposed_when_no_member_is_here(
    sales, department_head, salesperson, colleague, noon
):
    make_rule(department=sales)
    make_absence(salesperson, noon)
    make_absence(colleague, noon)

    assert propose(at=noon).user == department_head


def test_the_form_brings_back_the_proposal_it_was_given(ann, noon):
    rule = make_rule(ann)

    brought = Proposal.from_token(propose(at=noon).token)

    assert (brought.user, brought.rule, brought.turn) == (ann, rule, ann)


@pytest.mark.parametrize("token", ["", "nonsense", "WzEsMSwxXQ:1abcde:forged"])
def test_a_token_that_is_not_ours_is_no_proposal(token):
    assert Proposal.from_token(token) is None


@pytest.mark.parametrize("people", [1, 4])
def test_proposing_takes_as_many_queries_for_many_as_for_one(people, noon, django_assert_num_queries):
    make_rule(*[make_user(f"同事{n}") for n in range(people)])

    with django_assert_num_queries(5):
        propose(at=noon)
