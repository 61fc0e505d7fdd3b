import pytest

from pages.refusals import Refused
from sla.models import Excuse, Timer
from sla.timers import start_timer

from .conftest import KEY, MINUTE


@pytest.fixture
def missed(policy, subject, receptionist, noon) -> Timer:
    timer = start_timer(subject, KEY, owner=receptionist, at=noon)
    timer.stop(at=noon + 2 * MINUTE)
    return timer


def test_a_granted_excuse_marks_the_timer_and_keeps_the_miss(missed, receptionist, admin_manager, noon):
    Excuse.ask(missed, reason="电话系统中断", by=receptionist, at=noon).decide(
        granted=True, by=admin_manager, at=noon, remark="属实"
    )

    missed.refresh_from_db()
    assert (missed.excused, missed.outcome) == (True, "missed")


def test_a_refused_excuse_may_be_asked_again(missed, receptionist, admin_manager, noon):
    Excuse.ask(missed, reason="忙", by=receptionist, at=noon).decide(granted=False, by=admin_manager, at=noon)

    assert Excuse.ask(missed, reason="电话系统中断，有记录", by=receptionist, at=noon).state == "asked"


def test_nobody_decides_about_their_own_excuse(missed, receptionist, noon):
    excuse = Excuse.ask(missed, reason="电话系统中断", by=receptionist, at=noon)

    with pytest.raises(Refused):
        excuse.decide(granted=True, by=receptionist, at=noon)


def test_an_excuse_is_decided_once(missed, receptionist, admin_manager, noon):
    excuse = Excuse.ask(missed, reason="电话系统中断", by=receptionist, at=noon)
    excuse.decide(granted=True, by=admin_manager, at=noon)

    with pytest.raises(Refused):
        excuse.decide(granted=False, by=admin_manager, at=noon)


def test_a_kept_promise_needs_no_excuse(policy, subject, receptionist, noon):
    timer = start_timer(subject, KEY, owner=receptionist, at=noon)
    timer.stop(at=noon)

    with pytest.raises(Refused):
        Excuse.ask(timer, reason="以防万一", by=receptionist, at=noon)


def test_only_one_open_request_at_a_time(missed, receptionist, noon):
    Excuse.ask(missed, reason="电话系统中断", by=receptionist, at=noon)

    with pytest.raises(Refused):
        Excuse.ask(missed, reason="又一次", by=receptionist, at=noon)


def test_the_manager_hears_of_the_request_and_the_asker_of_the_answer(
    missed, receptionist, admin_manager, noon
):
    Excuse.ask(missed, reason="电话系统中断", by=receptionist, at=noon).decide(
        granted=True, by=admin_manager, at=noon
    )

    assert [notice.kind for notice in admin_manager.notices.all()] == ["sla.excuse-asked"]
    assert [notice.kind for notice in receptionist.notices.all()] == ["sla.excuse-granted"]
