import datetime as dt

import pytest
from django.core.cache import cache

from notices.models import Delivery, Notice
from sla.models import Escalation, Timer
from sla.standards import Climb
from sla.sweep import sweep
from sla.timers import start_timer
from tests.builders import make_absence, make_department

from .conftest import KEY, MINUTE


@pytest.fixture
def timer(policy, subject, receptionist, noon) -> Timer:
    return start_timer(subject, KEY, owner=receptionist, at=noon, label="张三")


def told(at_or_after=None) -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("recipient__username", "kind"))


def test_nothing_happens_before_the_deadline(timer, noon):
    assert sweep(noon + MINUTE - dt.timedelta(milliseconds=1)) == 0
    assert told() == []


def test_at_the_deadline_owner_and_backup_are_told_once(timer, noon):
    assert sweep(noon + MINUTE) == 1
    assert sweep(noon + MINUTE) == 0

    assert told() == [("reception", "sla.overdue"), ("reception2", "sla.overdue")]


def test_left_alone_it_climbs_to_the_managers_each_once(timer, noon):
    for minute in range(1, 30):
        sweep(noon + minute * MINUTE)

    assert Escalation.objects.count() == 3
    assert told() == [
        ("manager", "sla.overdue"),  # as the receptionist's line manager
        ("manager", "sla.overdue"),  # as the admin manager
        ("reception", "sla.overdue"),
        ("reception2", "sla.overdue"),
    ]


def test_each_step_goes_out_by_e_mail_too(timer, noon):
    sweep(noon + MINUTE)

    assert Delivery.objects.filter(channel__kind="email", state="pending").count() == 2


def test_the_breach_is_dated_at_the_deadline_and_the_lag_is_kept(timer, noon):
    sweep(noon + MINUTE + dt.timedelta(seconds=7))

    escalation = Escalation.objects.get()
    assert (escalation.due_at, escalation.lag) == (noon + MINUTE, dt.timedelta(seconds=7))


def test_after_an_outage_every_step_is_recorded_and_each_person_told_once(timer, noon):
    assert sweep(noon + dt.timedelta(hours=1)) == 3

    assert told() == [
        ("manager", "sla.overdue"),
        ("reception", "sla.overdue"),
        ("reception2", "sla.overdue"),
    ]


def test_acknowledging_the_notice_stops_the_climb(timer, receptionist, noon):
    sweep(noon + MINUTE)
    Notice.objects.get(recipient=receptionist).acknowledge(by=receptionist, at=noon + 2 * MINUTE)

    assert sweep(noon + dt.timedelta(hours=1)) == 0
    timer.refresh_from_db()
    assert (timer.acknowledged_by, timer.is_running) == (receptionist, True)


def test_a_stopped_timer_is_left_in_peace(timer, noon):
    timer.stop(at=noon)

    assert sweep(noon + dt.timedelta(hours=1)) == 0


def test_a_paused_timer_waits(amended, subject, it_admin, noon):
    amended(may_pause=True)
    timer = start_timer(subject, KEY, owner=it_admin, at=noon)
    timer.pause(at=noon, by=it_admin, reason="等供应商")

    assert sweep(noon + dt.timedelta(hours=1)) == 0


def test_whoever_is_away_is_replaced_by_the_stand_in(timer, receptionist, noon):
    make_absence(receptionist, noon - MINUTE)

    sweep(noon + MINUTE)

    assert told() == [("reception2", "sla.overdue")]


def test_a_step_that_reaches_nobody_goes_to_the_admin_manager(
    amended, subject, outsider, admin_manager, noon
):
    amended(steps=[Climb(to=("manager",), offset=dt.timedelta(0))])
    start_timer(subject, KEY, owner=outsider, at=noon)

    sweep(noon + MINUTE)

    assert told() == [("manager", "sla.overdue")]


def test_a_team_is_told_together(amended, subject, receptionist, second_receptionist, noon):
    amended(steps=[Climb(to=("owner",), offset=dt.timedelta(0))])
    start_timer(subject, KEY, team="receptionist", at=noon)

    sweep(noon + MINUTE)

    assert told() == [("reception", "sla.overdue"), ("reception2", "sla.overdue")]


def test_the_department_head_and_shares_of_the_time_work_too(
    amended, subject, salesperson, department_head, noon
):
    amended(steps=[Climb(to=("head",), percent=80)])
    start_timer(subject, KEY, owner=salesperson, at=noon)

    assert sweep(noon + dt.timedelta(seconds=47)) == 0
    assert sweep(noon + dt.timedelta(seconds=48)) == 1
    assert told() == [("head", "sla.due-soon")]


def test_a_step_longer_before_the_deadline_than_the_limit_comes_at_once(amended, subject, receptionist, noon):
    amended(steps=[Climb(to=("owner",), offset=-dt.timedelta(hours=1))])
    start_timer(subject, KEY, owner=receptionist, at=noon)

    sweep(noon)

    assert Escalation.objects.get().due_at == noon


def test_many_due_timers_are_taken_in_batches(policy, receptionist, noon):
    for _ in range(7):
        start_timer(make_department(), KEY, owner=receptionist, at=noon)

    assert sweep(noon + MINUTE, batch=3) == 7
    assert Escalation.objects.count() == 7


def test_nothing_due_costs_one_query(timer, noon, django_assert_num_queries):
    with django_assert_num_queries(1):
        sweep(noon)


def test_the_number_of_queries_does_not_grow_with_what_is_due(
    policy, receptionist, noon, django_assert_max_num_queries
):
    for _ in range(40):
        start_timer(make_department(), KEY, owner=receptionist, at=noon)

    with django_assert_max_num_queries(25):
        sweep(noon + MINUTE)


def test_the_last_sweep_is_known_to_the_dead_man_check(timer, noon):
    sweep(noon)

    assert cache.get("sla:last_sweep") == noon.isoformat()


def test_the_notice_speaks_the_readers_language(timer, receptionist, noon):
    sweep(noon + MINUTE)

    assert Notice.objects.get(recipient=receptionist).title == "Overdue: Answer within a minute · 张三"
