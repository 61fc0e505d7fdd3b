"""Whose turn it is: people in turn, those away left out, and nobody's duty is lost."""

from datetime import timedelta

import pytest

from notices.models import Notice
from organization.roles import Role
from sla.duties import lay_out, open_due
from sla.models import DutyTurn, Occurrence, Timer
from sla.sweep import sweep
from tests.builders import make_absence, make_user

from .duty_office import in_turn, on, set_up

WEDNESDAY = "2026-11-25"


@pytest.fixture
def three(admin_manager, receptionist, second_receptionist) -> list:
    return [receptionist, second_receptionist, admin_manager]


def holders(duty, count: int) -> list:
    return [one.person for one in duty.occurrences.order_by("day")[:count]]


def away(person, at, first: str, last: str) -> None:
    make_absence(person, at(f"{first} 00:00"), at(f"{last} 23:59"))


def opened(duty, at, day: str = WEDNESDAY, clock: str = "14:00") -> Occurrence:
    open_due(at(f"{day} {clock}"))
    return on(duty, day)


# -- laid out --------------------------------------------------------------------------------------------


def test_people_take_turns_in_the_order_given(three, admin_manager, at):
    duty = in_turn(admin_manager, at("08:00"), three)

    assert holders(duty, 5) == [*three, *three[:2]]


def test_whoever_is_away_is_left_out_and_comes_next(three, admin_manager, at):
    receptionist, second, manager = three
    away(receptionist, at, "2026-11-23", "2026-11-24")

    duty = in_turn(admin_manager, at("08:00"), three)

    assert holders(duty, 5) == [second, manager, receptionist, second, manager]


def test_turns_go_on_where_they_stopped(three, admin_manager, at):
    duty = in_turn(admin_manager, at("08:00"), three, rrule="FREQ=WEEKLY;BYDAY=MO")

    lay_out(at("2026-12-07 08:00"))

    order = [one.person for one in duty.occurrences.order_by("day")]
    assert order == [three[place % 3] for place in range(len(order))]


def test_a_new_name_in_the_rotation_comes_first(three, admin_manager, colleague, at):
    duty = in_turn(admin_manager, at("08:00"), three)
    open_due(at("09:00"))

    duty.amend(
        {"rotation": [*three, colleague]}, reason="新人", expected_version=1, by=admin_manager, at=at("10:00")
    )

    assert holders(duty, 5) == [three[0], three[1], three[2], colleague, three[0]]


def test_whoever_has_left_has_no_more_turns(three, admin_manager, at):
    three[0].status = "left"
    three[0].save(update_fields=["status"])
    duty = set_up(
        admin_manager, at("08:00"), rrule="FREQ=DAILY", roll="skip", assignment="rotation", rotation=three[1:]
    )
    DutyTurn.objects.create(duty=duty, person=three[0], position=9)

    lay_out(at("2026-11-24 08:00"))

    assert three[0] not in holders(duty, 50)


# -- when it opens ---------------------------------------------------------------------------------------


def test_an_absence_registered_later_passes_the_turn_on(three, admin_manager, at):
    duty = in_turn(admin_manager, at("08:00"), three, rrule="FREQ=WEEKLY;BYDAY=WE")
    away(three[0], at, WEDNESDAY, WEDNESDAY)

    occurrence = opened(duty, at)

    assert occurrence.person == occurrence.timers.get().owner == three[1]


def test_whose_turn_it_is_is_told(three, admin_manager, at):
    opened(in_turn(admin_manager, at("08:00"), three, rrule="FREQ=WEEKLY;BYDAY=WE"), at)

    assert [(one.recipient, one.kind) for one in Notice.objects.all()] == [(three[0], "sla.duty-turn")]


def test_the_stand_in_takes_over_from_one_person(receptionist, second_receptionist, admin_manager, at):
    duty = set_up(admin_manager, at("08:00"), person=receptionist)
    away(receptionist, at, WEDNESDAY, WEDNESDAY)

    assert opened(duty, at).person == second_receptionist
    assert Notice.objects.get().recipient == second_receptionist


def test_a_person_who_is_there_is_not_told_of_a_usual_duty(receptionist, admin_manager, at):
    duty = set_up(admin_manager, at("08:00"), person=receptionist)

    assert opened(duty, at).person == receptionist
    assert not Notice.objects.exists()


def test_with_everybody_of_the_rotation_away_a_stand_in_does_it(three, admin_manager, outsider, at):
    three[1].backup = outsider
    three[1].save(update_fields=["backup"])
    duty = in_turn(admin_manager, at("08:00"), three)
    for person in three:
        away(person, at, WEDNESDAY, WEDNESDAY)

    assert opened(duty, at, clock="09:00").person == outsider


def test_with_everybody_away_it_comes_to_the_admin_managers(three, admin_manager, at):
    duty = in_turn(admin_manager, at("08:00"), three, rrule="FREQ=WEEKLY;BYDAY=WE")
    for person in three:
        away(person, at, WEDNESDAY, WEDNESDAY)

    occurrence = opened(duty, at)
    sweep(at("2026-11-25 19:00"))

    assert (occurrence.person, occurrence.team) == (None, Role.ADMIN_MANAGER)
    assert set(Notice.objects.values_list("kind", flat=True)) == {"sla.duty-unmanned"}
    assert Timer.objects.overdue(at("2026-11-25 19:00")).count() == 1


def test_a_rotation_that_became_empty_comes_to_the_admin_managers(admin_manager, colleague, at):
    duty = in_turn(admin_manager, at("08:00"), [colleague], rrule="FREQ=WEEKLY;BYDAY=WE")
    colleague.status = "left"
    colleague.save(update_fields=["status"])

    assert (opened(duty, at).person, on(duty, WEDNESDAY).team) == (None, Role.ADMIN_MANAGER)
    lay_out(at("2026-12-02 09:00"))
    assert duty.occurrences.order_by("day").last().team == Role.ADMIN_MANAGER


def test_a_role_does_it_together_while_one_of_them_is_there(admin_manager, three, at):
    duty = set_up(admin_manager, at("08:00"), assignment="role", team=Role.RECEPTIONIST)
    away(three[0], at, WEDNESDAY, WEDNESDAY)

    occurrence = opened(duty, at)

    assert (occurrence.person, occurrence.team) == (None, Role.RECEPTIONIST)
    assert occurrence in Occurrence.objects.of(three[1])


def test_with_the_whole_role_away_their_stand_in_does_it(admin_manager, three, outsider, at):
    duty = set_up(admin_manager, at("08:00"), assignment="role", team=Role.RECEPTIONIST)
    three[1].backup = outsider
    three[1].save(update_fields=["backup"])
    for person in three[:2]:
        away(person, at, WEDNESDAY, WEDNESDAY)

    assert opened(duty, at).person == outsider


def test_a_role_nobody_holds_comes_to_the_admin_managers(admin_manager, at):
    duty = set_up(admin_manager, at("08:00"), assignment="role", team=Role.ARCHIVIST)

    assert opened(duty, at).team == Role.ADMIN_MANAGER
    assert Notice.objects.get().recipient == admin_manager


def test_what_was_handed_over_stays_there_when_it_opens(three, admin_manager, outsider, at):
    duty = in_turn(admin_manager, at("08:00"), three, rrule="FREQ=WEEKLY;BYDAY=WE")
    on(duty, WEDNESDAY).hand_over(to=outsider, reason="出差", by=three[0], at=at("10:00"))

    assert opened(duty, at).person == outsider


def test_whoever_handed_a_turn_over_is_the_next_to_have_one(three, admin_manager, at):
    duty = in_turn(admin_manager, at("08:00"), three, until=at("2026-11-25 00:00").date())
    on(duty, "2026-11-23").hand_over(to=three[1], reason="出差", by=three[0], at=at("08:30"))

    duty.amend({"until": None}, reason="续", expected_version=1, by=admin_manager, at=at("08:40"))

    assert on(duty, "2026-11-26").person == three[0]


def test_opening_late_looks_at_who_is_there_now(receptionist, second_receptionist, admin_manager, at):
    duty = set_up(admin_manager, at("08:00"), person=receptionist)
    away(receptionist, at, "2026-11-27", "2026-12-31")

    open_due(at("2026-11-30 09:00"))

    assert on(duty, WEDNESDAY).person == second_receptionist


def test_laying_out_a_long_rotation_asks_few_questions(admin_manager, at, django_assert_max_num_queries):
    people = [make_user() for _number in range(20)]
    for person in people:
        make_absence(person, at("2026-11-24 00:00"), at("2026-11-24 00:00") + timedelta(days=1))

    with django_assert_max_num_queries(40):
        in_turn(admin_manager, at("08:00"), people)
