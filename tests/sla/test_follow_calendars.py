from sla.deadlines import Within
from sla.hours import parse_windows
from sla.models import Calendar, Timer
from sla.timers import follow_calendars, start_timer

from .conftest import KEY


def open_later(manager) -> None:
    """The office opens at ten from now on."""
    week = dict.fromkeys(range(5), parse_windows("10:00-12:00, 13:30-18:00"))
    Calendar.objects.get(key="office").set_hours(week, by=manager, reason="冬令时")


def test_running_timers_follow_a_calendar_that_changed(amended, subject, it_admin, admin_manager, at):
    amended(deadline=Within(hours=1), calendar="office")
    timer = start_timer(subject, KEY, owner=it_admin, at=at("2026-11-23 17:30"))
    follow_calendars()

    open_later(admin_manager)

    assert follow_calendars() == 1
    timer.refresh_from_db()
    assert timer.due_at == timer.next_look_at == at("2026-11-24 10:30")


def test_stopped_timers_keep_their_deadline(amended, subject, it_admin, admin_manager, at):
    amended(deadline=Within(hours=1), calendar="office")
    timer = start_timer(subject, KEY, owner=it_admin, at=at("2026-11-23 17:30"))
    timer.stop(at=at("2026-11-23 17:45"))

    open_later(admin_manager)
    follow_calendars()

    assert Timer.objects.get().due_at == at("2026-11-24 09:30")


def test_a_calendar_is_followed_once(amended, db, django_assert_num_queries):
    follow_calendars()

    with django_assert_num_queries(1):
        assert follow_calendars() == 0
