import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from pages.refusals import Refused
from sla.deadlines import Within
from sla.models import Timer
from sla.sweep import sweep
from sla.timers import cancel_timer, running, start_timer, stop_timer

from .conftest import KEY, MINUTE


@pytest.fixture
def timer(policy, subject, receptionist, noon) -> Timer:
    return start_timer(subject, KEY, owner=receptionist, at=noon, label="张三")


def test_a_timer_is_due_when_the_promise_says(timer, noon):
    assert timer.due_at == noon + MINUTE
    assert timer.next_look_at == noon + MINUTE


def test_stopping_exactly_at_the_deadline_keeps_the_promise(timer, subject, receptionist, noon):
    stop_timer(subject, KEY, at=noon + MINUTE, by=receptionist)

    timer.refresh_from_db()
    assert (timer.outcome, timer.stopped_by, timer.next_look_at) == ("met", receptionist, None)


def test_stopping_a_moment_later_misses_it(timer, subject, noon):
    stop_timer(subject, KEY, at=noon + MINUTE + dt.timedelta(milliseconds=1))

    timer.refresh_from_db()
    assert timer.outcome == "missed"


def test_a_promise_that_runs_already_is_not_given_twice(timer, subject, receptionist, noon):
    again = start_timer(subject, KEY, owner=receptionist, at=noon + MINUTE)

    assert again == timer
    assert Timer.objects.count() == 1


def test_the_database_itself_refuses_a_second_running_timer(timer):
    timer.pk = None
    timer._state.adding = True

    with pytest.raises(IntegrityError), transaction.atomic():
        timer.save()


def test_after_it_stopped_the_promise_can_be_given_again(timer, subject, receptionist, noon):
    stop_timer(subject, KEY, at=noon)

    assert start_timer(subject, KEY, owner=receptionist, at=noon) != timer


def test_a_promise_switched_off_starts_nothing(amended, subject, receptionist, noon):
    amended(enabled=False)

    assert start_timer(subject, KEY, owner=receptionist, at=noon) is None


def test_a_cancelled_promise_counts_neither_way(timer, subject, noon):
    cancel_timer(subject, KEY, at=noon + 2 * MINUTE, reason="误登记")

    timer.refresh_from_db()
    assert (timer.outcome, timer.stop_reason, running(subject, KEY)) == ("cancelled", "误登记", None)


def test_stopping_what_does_not_run_changes_nothing(policy, subject, noon):
    assert stop_timer(subject, KEY, at=noon) is None


def test_a_stopped_timer_refuses_every_verb(timer, subject, admin_manager, colleague, noon):
    stop_timer(subject, KEY, at=noon)

    for verb in (
        lambda: timer.stop(at=noon),
        lambda: timer.acknowledge(at=noon, by=admin_manager),
        lambda: timer.pause(at=noon, by=admin_manager, reason="等"),
        lambda: timer.reassign(to=colleague, at=noon, by=admin_manager, reason="换人"),
    ):
        with pytest.raises(Refused):
            verb()


def test_acknowledging_stops_the_climb_but_not_the_clock(timer, admin_manager, noon):
    sweep(noon + MINUTE)
    timer.acknowledge(at=noon + 2 * MINUTE, by=admin_manager)

    assert (timer.next_look_at, timer.stopped_at) == (None, None)
    timer.stop(at=noon + 3 * MINUTE)
    assert timer.outcome == "missed"


def test_nobody_silences_a_climb_before_it_began(timer, receptionist, noon):
    with pytest.raises(Refused):
        timer.acknowledge(at=noon, by=receptionist)


def test_a_second_acknowledgement_names_the_first(timer, admin_manager, receptionist, noon):
    sweep(noon + MINUTE)
    timer.acknowledge(at=noon, by=admin_manager)

    with pytest.raises(Refused, match=admin_manager.name):
        timer.acknowledge(at=noon, by=receptionist)


def test_a_promise_that_may_not_be_paused_is_not(timer, receptionist, noon):
    with pytest.raises(Refused):
        timer.pause(at=noon, by=receptionist, reason="等供应商")


def test_a_pause_moves_the_deadline_by_its_length(amended, subject, it_admin, noon):
    amended(deadline=Within(hours=1), may_pause=True)
    timer = start_timer(subject, KEY, owner=it_admin, at=noon)

    timer.pause(at=noon + 10 * MINUTE, by=it_admin, reason="等供应商")
    assert timer.next_look_at is None
    timer.resume(at=noon + 30 * MINUTE, by=it_admin)

    assert timer.due_at == noon + 80 * MINUTE
    assert timer.next_look_at == noon + 80 * MINUTE


def test_a_pause_over_night_moves_an_office_deadline_by_office_time_only(amended, subject, it_admin, at):
    amended(deadline=Within(hours=1), calendar="office", may_pause=True)
    timer = start_timer(subject, KEY, owner=it_admin, at=at("17:00"))

    timer.pause(at=at("17:30"), by=it_admin, reason="等配件")
    timer.resume(at=at("2026-11-24 09:30"), by=it_admin)

    assert timer.due_at == at("2026-11-24 10:00")


def test_a_pause_survives_a_change_of_the_promise(amended, subject, it_admin, noon):
    amended(deadline=Within(hours=1), may_pause=True)
    timer = start_timer(subject, KEY, owner=it_admin, at=noon)
    timer.pause(at=noon + 10 * MINUTE, by=it_admin, reason="等供应商")

    amended(deadline=Within(hours=2), may_pause=False)
    timer.resume(at=noon + 20 * MINUTE, by=it_admin)

    assert timer.due_at == noon + 70 * MINUTE


def test_an_overdue_timer_is_excused_rather_than_paused(amended, subject, it_admin, noon):
    amended(may_pause=True)
    timer = start_timer(subject, KEY, owner=it_admin, at=noon)

    with pytest.raises(Refused):
        timer.pause(at=noon + 2 * MINUTE, by=it_admin, reason="晚了")


def test_stopping_a_paused_timer_ends_the_pause_first(amended, subject, it_admin, noon):
    amended(may_pause=True)
    timer = start_timer(subject, KEY, owner=it_admin, at=noon)
    timer.pause(at=noon, by=it_admin, reason="等")

    timer.stop(at=noon + 30 * MINUTE)

    assert (timer.outcome, timer.due_at) == ("met", noon + 31 * MINUTE)


def test_handing_over_keeps_who_held_it_how_long(
    timer, receptionist, second_receptionist, admin_manager, noon
):
    timer.reassign(to=second_receptionist, at=noon + MINUTE, by=admin_manager, reason="用餐")
    timer.reassign(to=receptionist, at=noon + 3 * MINUTE, by=admin_manager, reason="回来了")

    held = [(h.holder, h.since, h.until) for h in timer.holdings.all()]
    assert held == [
        (receptionist, noon, noon + MINUTE),
        (second_receptionist, noon + MINUTE, noon + 3 * MINUTE),
    ]
    assert timer.owner == receptionist


def test_running_timers_keep_the_promise_under_which_they_started(
    timer, amended, subject, receptionist, noon
):
    amended(deadline=Within(minutes=2))
    timer.recompute()

    assert timer.due_at == noon + MINUTE
    stop_timer(subject, KEY, at=noon)
    assert start_timer(subject, KEY, owner=receptionist, at=noon).due_at == noon + 2 * MINUTE


def test_whoever_takes_over_is_told(timer, second_receptionist, admin_manager, noon):
    timer.reassign(to=second_receptionist, at=noon, by=admin_manager, reason="用餐")

    assert [notice.kind for notice in second_receptionist.notices.all()] == ["sla.handed-over"]


def test_cancelling_a_paused_timer_ends_the_pause(amended, subject, it_admin, noon):
    amended(may_pause=True)
    timer = start_timer(subject, KEY, owner=it_admin, at=noon)
    timer.pause(at=noon, by=it_admin, reason="等")

    timer.cancel(at=noon + MINUTE, reason="误登记")

    assert timer.pauses.get().ended_at == noon + MINUTE
