"""Duties come by themselves: laid out ahead, opened in time, and neither lost nor doubled."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from organization.roles import Role
from pages.history import history_of
from pages.refusals import Refused
from sla.duties import lay_out, open_due
from sla.models import BoardSettings, Calendar, DayOverride, Duty, Occurrence, Timer
from sla.recurrence import BeforeHoliday, Recurring
from sla.sweep import sweep

from .duty_office import ARCHIVE, MONDAY, days, on, set_up

State = Occurrence.State
WEEK = timedelta(weeks=1)


@pytest.fixture
def duty(admin_manager, noon) -> Duty:
    return set_up(admin_manager, noon)


def declare_off(day: str, by) -> None:
    DayOverride.declare(date.fromisoformat(day), is_working=False, reason="台风", by=by)


# -- laying out ------------------------------------------------------------------------------------------


def test_a_duty_is_laid_out_for_eight_weeks_at_once(duty, at):
    assert days(duty)[:2] == ["11-25", "12-02"]
    assert (len(days(duty)), days(duty)[-1]) == (8, "01-13")
    first = on(duty, "2026-11-25")
    assert (first.opens_at, first.due_at) == (at("2026-11-25 14:00"), at("2026-11-25 18:00"))


def test_as_far_ahead_as_the_manager_wants(admin_manager, noon):
    BoardSettings(weeks_ahead=2).save()

    assert days(set_up(admin_manager, noon)) == ["11-25", "12-02"]


def test_laying_out_again_adds_nothing(duty, noon, django_assert_num_queries):
    assert lay_out(noon) == 0

    with django_assert_num_queries(3):
        assert lay_out(noon) == 0
    assert len(days(duty)) == 8


def test_each_day_adds_what_comes_into_reach(duty, noon):
    assert lay_out(noon + WEEK) == 1
    assert days(duty)[-1] == "01-20"


def test_what_is_over_already_is_not_laid_out_at_first(admin_manager, at):
    duty = set_up(admin_manager, at("2026-11-25 18:30"), since=date(2026, 1, 1))

    assert days(duty)[0] == "12-02"


def test_what_has_begun_is_laid_out_at_first(admin_manager, at):
    duty = set_up(admin_manager, at("2026-11-25 17:00"))

    assert days(duty)[0] == "11-25"


def test_after_a_silence_of_ten_weeks_nothing_is_lost_nor_doubled(duty, noon):
    late = noon + 10 * WEEK

    lay_out(late)
    opened = open_due(late)
    sweep(late)

    lay_out(late)
    assert open_due(late) == 0
    assert opened == Timer.objects.overdue(late).count() == 10
    assert len(days(duty)) == len(set(days(duty))) == 18


def test_a_week_in_which_nobody_opened_is_recorded_as_overdue(duty, noon, at):
    open_due(noon + WEEK)

    timer = on(duty, "2026-11-25").timers.get()
    assert (timer.started_at, timer.due_at) == (at("2026-11-25 14:00"), at("2026-11-25 18:00"))
    assert timer.is_overdue(noon + WEEK)


def test_two_days_off_that_roll_onto_a_day_it_comes_anyway_are_left_out(admin_manager, noon):
    duty = set_up(admin_manager, noon, rrule="FREQ=DAILY", until=date(2026, 12, 1))

    assert days(duty) == ["11-23", "11-24", "11-25", "11-26", "11-27", "11-30", "12-01"]


def test_a_day_off_rolls_to_the_next_working_day(admin_manager, noon, at):
    duty = set_up(admin_manager, noon, rrule="FREQ=MONTHLY;BYMONTHDAY=28", opens="", closes="10:00")

    first = on(duty, "2026-11-28")
    assert (first.opens_at, first.due_at) == (at("2026-11-30 09:00"), at("2026-11-30 10:00"))


def test_a_window_over_midnight_is_one_occurrence(admin_manager, noon, at):
    duty = set_up(admin_manager, noon, opens="22:00", closes="06:00")

    assert on(duty, "2026-11-25").due_at == at("2026-11-26 06:00")


def test_a_duty_that_makes_no_sense_any_more_does_not_hold_up_the_others(duty, admin_manager, noon):
    other = set_up(admin_manager, noon)
    Duty.objects.filter(pk=duty.pk).update(rule={"kind": "odd"})

    assert lay_out(noon + WEEK) == 1
    assert len(days(other)) == 9


@pytest.mark.django_db(transaction=True)
def test_two_layouts_and_openings_at_once_neither_lose_nor_double(duty, noon):
    Duty.objects.filter(pk=duty.pk).update(laid_until=None)
    Occurrence.objects.all().delete()
    later = noon + 3 * WEEK
    start, faults = threading.Barrier(4), []

    def work(job, moments):
        start.wait()
        try:
            for moment in moments:
                job(moment)
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    jobs = [(lay_out, [noon, later]), (open_due, [noon, later, later])] * 2
    threads = [threading.Thread(target=work, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    open_due(later)

    assert faults == []
    assert days(duty)[:3] == ["11-25", "12-02", "12-09"]
    assert len(days(duty)) == len(set(days(duty))) == 11
    assert [one.timers.count() for one in duty.occurrences.filter(state=State.OPEN)] == [1, 1, 1]


# -- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"standard": "call-feedback"}, "A duty belongs to a clause"),
        ({"standard": "unheard-of"}, "A duty belongs to a clause"),
        ({"opens": "25:00"}, "is not a time of day"),
        ({"opens": "19:00"}, "19:00 is after closing time"),
        ({"until": date(2026, 11, 1)}, "It would end before it begins"),
        ({"until": date(2026, 11, 24)}, "it never falls on any day"),
        (
            {"rrule": "FREQ=WEEKLY;BYDAY=SU", "roll": "skip", "until": date(2026, 12, 31)},
            "never falls on any",
        ),
        ({"person": None}, "Name at least one person"),
        ({"assignment": "rotation", "rotation": []}, "Name at least one person"),
        ({"assignment": "role", "team": "court_jester"}, "This role does not exist"),
        ({"evidence": [{"kind": "song", "name": "歌"}]}, "Evidence is text"),
    ],
)
def test_what_would_never_come_or_has_nobody_is_refused(changes, sentence, admin_manager, noon):
    with pytest.raises(Refused, match=sentence):
        set_up(admin_manager, noon, **changes)
    assert not Duty.objects.exists()


def test_a_rotation_takes_nobody_twice(admin_manager, noon):
    with pytest.raises(Refused, match="twice"):
        set_up(admin_manager, noon, assignment="rotation", rotation=[admin_manager, admin_manager])


def test_whoever_has_left_gets_no_duty(admin_manager, outsider, noon):
    outsider.status = "left"

    with pytest.raises(Refused, match="does not work here any more"):
        set_up(admin_manager, noon, person=outsider)


def test_before_holidays_needs_a_calendar_that_knows_them(admin_manager, noon):
    with pytest.raises(Refused, match="it never falls on any day"):
        set_up(
            admin_manager, noon, rule=BeforeHoliday(2), calendar=Calendar.objects.get(key="always"), opens=""
        )


def test_before_a_holiday_it_comes_so_many_working_days_ahead(admin_manager, noon):
    duty = set_up(admin_manager, noon, rule=BeforeHoliday(3))

    assert days(duty) == ["12-29"]


def test_the_dates_ahead_are_known_beyond_what_is_laid_out(duty, noon):
    ahead = duty.ahead(noon, 20)

    assert (len(ahead), ahead[0].day, ahead[-1].day) == (20, date(2026, 11, 25), date(2027, 4, 7))


# -- amending --------------------------------------------------------------------------------------------


def amend(duty, by, at, **changes) -> None:
    duty.amend(changes, reason="改为周四", expected_version=duty.version, by=by, at=at)


def test_another_rule_touches_only_what_is_still_to_come(duty, admin_manager, at):
    during = at("2026-12-02 15:00")
    open_due(during)
    on(duty, "2026-11-25").complete(by=admin_manager, at=at("2026-12-02 15:00"))

    amend(duty, admin_manager, during, rule=Recurring("FREQ=WEEKLY;BYDAY=TH", MONDAY))

    assert days(duty)[:4] == ["11-25", "12-02", "12-03", "12-10"]
    assert days(duty, state=State.DONE) == ["11-25"]
    assert days(duty, state=State.OPEN) == ["12-02"]
    assert Timer.objects.running().count() == 1


def test_what_should_have_been_open_keeps_its_old_window(duty, admin_manager, at):
    amend(duty, admin_manager, at("2026-11-25 15:00"), opens="09:00", closes="10:00")

    assert on(duty, "2026-11-25").due_at == at("2026-11-25 18:00")
    assert on(duty, "2026-12-02").due_at == at("2026-12-02 10:00")


def test_another_person_gets_what_is_still_planned(duty, admin_manager, receptionist, at):
    open_due(at("2026-11-25 14:00"))

    amend(duty, admin_manager, at("2026-11-25 15:00"), person=receptionist)

    assert on(duty, "2026-11-25").person == admin_manager
    assert on(duty, "2026-12-02").person == receptionist


def test_what_was_done_early_does_not_come_again(duty, admin_manager, noon):
    on(duty, "2026-11-25").complete(by=admin_manager, at=noon)

    amend(duty, admin_manager, noon, closes="17:00")
    lay_out(noon + timedelta(days=1))

    assert on(duty, "2026-11-25").state == State.DONE
    assert days(duty, day__lt=date(2026, 12, 1)) == ["11-25"]


def test_two_managers_do_not_overwrite_each_other(duty, admin_manager, noon):
    stale = Duty.objects.get()
    amend(duty, admin_manager, noon, title="档案更新与催收")

    with pytest.raises(Refused, match="meanwhile"):
        stale.amend({"title": "旧"}, reason="", expected_version=1, by=admin_manager, at=noon)


def test_a_change_stands_in_the_history_with_its_reason(duty, admin_manager, receptionist, noon):
    amend(duty, admin_manager, noon, assignment="rotation", rotation=[receptionist, admin_manager])

    told = {change.label: change.after for entry in history_of(duty) for change in entry.fields}
    assert told["turns"] == f"{receptionist}、{admin_manager}"
    assert {entry.reason for entry in history_of(duty)} == {"改为周四", ""}


def test_a_change_that_makes_no_sense_leaves_everything_as_it_was(duty, admin_manager, noon):
    with pytest.raises(Refused):
        amend(duty, admin_manager, noon, assignment="rotation", rotation=[])

    duty.refresh_from_db()
    assert (duty.assignment, duty.version, len(days(duty))) == ("person", 1, 8)


def test_an_ended_duty_leaves_only_what_has_begun(duty, admin_manager, at):
    duty.end(reason="归新系统", by=admin_manager, at=at("2026-11-25 15:00"))

    assert days(duty) == ["11-25"]
    assert on(duty, "2026-11-25").state == State.OPEN
    assert lay_out(at("2026-12-25 15:00")) == 0
    with pytest.raises(Refused):
        duty.end(reason="再停", by=admin_manager, at=at("2026-11-25 16:00"))


def test_a_resumed_duty_comes_from_now_on(duty, admin_manager, at):
    duty.end(reason="暂停", by=admin_manager, at=at("2026-11-24 15:00"))

    duty.resume(by=admin_manager, at=at("2026-12-10 09:00"))

    assert days(duty)[:2] == ["12-16", "12-23"]


# -- the calendar changes ----------------------------------------------------------------------------------


def test_a_holiday_declared_ahead_rolls_what_is_planned(duty, admin_manager, noon, at):
    declare_off("2026-11-25", admin_manager)

    lay_out(noon)

    assert on(duty, "2026-11-25").opens_at == at("2026-11-26 14:00")


def test_a_holiday_withdrawn_rolls_it_back(duty, admin_manager, noon, at):
    declare_off("2026-11-25", admin_manager)
    lay_out(noon)

    DayOverride.objects.get().withdraw(by=admin_manager)
    lay_out(noon)

    assert on(duty, "2026-11-25").opens_at == at("2026-11-25 14:00")


def test_a_holiday_declared_when_it_is_open_puts_it_off(duty, admin_manager, at):
    open_due(at("2026-11-25 14:00"))
    declare_off("2026-11-25", admin_manager)

    lay_out(at("2026-11-25 14:30"))

    moved = on(duty, "2026-11-25")
    assert (moved.state, moved.opens_at) == (State.PLANNED, at("2026-11-26 14:00"))
    assert [timer.outcome for timer in moved.timers] == ["cancelled"]


def test_what_was_put_off_opens_again_with_a_clock_of_its_own(duty, admin_manager, at):
    open_due(at("2026-11-25 14:00"))
    declare_off("2026-11-25", admin_manager)
    lay_out(at("2026-11-25 14:30"))

    open_due(at("2026-11-26 14:00"))
    lay_out(at("2026-11-26 14:01"))

    running = on(duty, "2026-11-25").timers.running().get()
    assert running.due_at == at("2026-11-26 18:00")
    assert days(duty, day__lt=date(2026, 12, 1)) == ["11-25"]


def test_the_day_before_is_too_late_so_it_comes_on_the_next(admin_manager, noon, at):
    duty = set_up(admin_manager, noon, roll="previous")
    open_due(at("2026-11-25 14:00"))
    declare_off("2026-11-25", admin_manager)

    lay_out(at("2026-11-25 14:30"))
    lay_out(at("2026-11-26 00:30"))

    assert on(duty, "2026-11-25").opens_at == at("2026-11-26 14:00")


def test_where_days_off_are_left_out_the_open_one_is_skipped(admin_manager, noon, at):
    duty = set_up(admin_manager, noon, roll="skip")
    open_due(at("2026-11-25 14:00"))
    declare_off("2026-11-25", admin_manager)

    lay_out(at("2026-11-25 18:30"))

    left_out = on(duty, "2026-11-25")
    assert (left_out.state, left_out.remark_said) == (State.SKIPPED, "That day was declared a day off.")
    assert left_out.timers.get().outcome == "cancelled"


def test_a_planned_one_left_out_comes_back_with_the_day(admin_manager, noon):
    duty = set_up(admin_manager, noon, roll="skip")
    declare_off("2026-11-25", admin_manager)
    lay_out(noon)
    assert days(duty)[0] == "12-02"

    DayOverride.objects.get().withdraw(by=admin_manager)
    lay_out(noon)

    assert days(duty)[0] == "11-25"


def test_where_it_is_kept_on_days_off_nothing_moves(admin_manager, noon, at):
    duty = set_up(admin_manager, noon, roll="keep", closes="18:00")
    open_due(at("2026-11-25 14:00"))
    declare_off("2026-11-25", admin_manager)

    lay_out(at("2026-11-25 14:30"))

    assert on(duty, "2026-11-25").state == State.OPEN


def test_a_daily_duty_on_a_day_declared_off_does_not_come_twice_on_the_next(admin_manager, at):
    duty = set_up(admin_manager, at("09:00"), rrule="FREQ=DAILY", opens="")
    open_due(at("09:00"))
    declare_off("2026-11-23", admin_manager)

    lay_out(at("09:30"))

    assert on(duty, "2026-11-23").state == State.SKIPPED
    assert on(duty, "2026-11-24").opens_at == at("2026-11-24 09:00")


def test_a_day_closed_at_noon_is_due_at_noon(duty, admin_manager, noon, at):
    from sla.hours import parse_windows

    DayOverride.declare(
        date(2026, 11, 25),
        is_working=True,
        reason="半天",
        windows=parse_windows("09:00-12:00"),
        by=admin_manager,
    )

    lay_out(noon)

    assert on(duty, "2026-11-25").due_at == at("2026-11-25 12:00")


def test_the_role_of_a_duty_may_be_deleted(admin_manager, noon, at):
    from django.contrib.auth.models import Group

    Group.objects.create(name="green_thumbs")
    duty = set_up(admin_manager, noon, assignment="role", team="green_thumbs")
    Group.objects.filter(name="green_thumbs").delete()

    open_due(at("2026-11-25 14:00"))

    opened = on(duty, "2026-11-25")
    assert (opened.person, opened.team) == (None, Role.ADMIN_MANAGER)
    assert opened.timers.get().team == Role.ADMIN_MANAGER


def test_a_clause_switched_off_opens_without_a_clock(duty, admin_manager, at):
    from sla.models import Policy

    policy = Policy.objects.get(standard=ARCHIVE)
    policy.amend(
        deadline=policy.current.limit, calendar=policy.current.calendar, steps=[], target=100, enabled=False,
        at=at("2026-11-24 09:00"),
    )  # fmt: skip

    open_due(at("2026-11-25 14:00"))
    on(duty, "2026-11-25").complete(by=admin_manager, at=at("2026-11-25 15:00"))

    assert on(duty, "2026-11-25").state == State.DONE
    assert not Timer.objects.exists()


def test_an_office_at_rest_opens_nothing(duty, noon, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert open_due(noon) == 0
