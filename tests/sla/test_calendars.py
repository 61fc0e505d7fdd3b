"""Calendars in the database: what every office begins with, what the manager decides, and who notices."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from pages.history import history_of
from pages.refusals import Refused
from sla import calendars
from sla.deadlines import Within
from sla.hours import DayKind, parse_windows
from sla.models import Calendar, CalendarHours, ConfirmedYear, DayOverride, Decision
from sla.signals import calendar_changed

HOUR = timedelta(hours=1)


@pytest.fixture
def office(db) -> Calendar:
    return Calendar.objects.get(key="office")


@pytest.fixture
def desk(db) -> Calendar:
    return Calendar.objects.get(key="desk")


@pytest.fixture
def announced():
    """The keys of the calendars that were announced as changed."""
    heard = []

    def listen(sender, keys, **kwargs):
        heard.append(sorted(keys))

    calendar_changed.connect(listen)
    yield heard
    calendar_changed.disconnect(listen)


# -- what every office begins with -------------------------------------------------------------------


def test_three_calendars_stand_in_an_empty_office(db):
    assert list(Calendar.objects.values_list("key", flat=True)) == ["always", "office", "desk"]


def test_the_history_of_a_delivered_calendar_begins_with_its_hours(office):
    (entry,) = history_of(office)
    assert [str(change.label) for change in entry.fields] == ["weekly hours (1 is Monday)"]


def test_the_office_rests_at_noon_and_the_desk_does_not(office, desk, noon):
    assert not office.hours().is_open(noon)
    assert desk.hours().is_open(noon)


def test_around_the_clock_counts_every_minute(db, at):
    hours = calendars.hours("always")

    assert hours.add(at("2026-10-01 03:00"), HOUR) == at("2026-10-01 04:00")


def test_what_a_manager_changed_is_not_written_again(office, admin_manager):
    office.set_hours({0: parse_windows("10:00-11:00")}, by=admin_manager)
    Calendar.objects.filter(key="desk").update(key="old-desk", name="旧前台")

    calendars.write_missing()

    assert CalendarHours.objects.filter(calendar=office).count() == 1
    assert Calendar.objects.filter(key="desk").exists()


def test_this_year_is_known_to_be_announced(db):
    calendars.note_announced_years(2026)

    assert ConfirmedYear.objects.filter(year=2026, confirmed_by=None).exists()
    assert not ConfirmedYear.objects.filter(year=2027).exists()


# -- weekly hours --------------------------------------------------------------------------------------


def test_other_hours_count_at_once(office, admin_manager, at):
    assert office.hours().add(at("17:30"), HOUR) == at("2026-11-24 09:30")

    office.set_hours({0: parse_windows("09:00-20:00")}, by=admin_manager, reason="夜班")

    assert office.hours().add(at("17:30"), HOUR) == at("18:30")


def test_a_row_read_by_another_process_shows_the_new_hours(office, admin_manager, at):
    elsewhere = Calendar.objects.get(pk=office.pk)
    elsewhere.hours()

    office.set_hours({0: parse_windows("09:00-20:00")}, by=admin_manager)

    assert Calendar.objects.get(pk=office.pk).hours().is_open(at("19:00"))


def test_hours_are_read_once_and_not_for_every_timer(office, django_assert_num_queries):
    office.hours()

    with django_assert_num_queries(0):
        for _timer in range(3):
            office.hours()
    with django_assert_num_queries(1):
        Calendar.objects.get(key="office").hours()


def test_a_change_that_is_rolled_back_leaves_no_trace(office, admin_manager, at):
    with transaction.atomic():
        office.set_hours({0: parse_windows("09:00-20:00")}, by=admin_manager)
        assert office.hours().is_open(at("19:00"))
        transaction.set_rollback(True)

    assert not Calendar.objects.get(key="office").hours().is_open(at("19:00"))


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        ({}, "At least one day of the week needs working hours."),
        ({0: ()}, "At least one day of the week needs working hours."),
        (
            {0: parse_windows("22:00-10:00"), 1: parse_windows("09:00-12:00")},
            "22:00-10:00 on Monday runs into",
        ),
        ({0: (*parse_windows("09:00-12:00"), *parse_windows("11:00-13:00"))}, "overlap"),
    ],
)
def test_impossible_hours_are_refused(office, admin_manager, week, sentence):
    with pytest.raises(Refused, match=sentence):
        office.set_hours(week, by=admin_manager)

    assert len(office.week()[0]) == 2


def test_around_the_clock_has_no_weekly_hours(db, admin_manager):
    with pytest.raises(Refused, match="runs around the clock"):
        Calendar.objects.get(key="always").set_hours({0: parse_windows("09:00-12:00")}, by=admin_manager)


def test_a_change_of_hours_is_in_the_history_with_its_reason(office, admin_manager):
    office.set_hours({0: parse_windows("10:00-12:00")}, by=admin_manager, reason="冬令时")

    newest = history_of(office)[0]
    assert (newest.by, newest.reason) == (str(admin_manager), "冬令时")
    assert newest.fields[0].after == "1 10:00-12:00"
    assert newest.fields[0].before == "1–5 09:00-12:00, 13:30-18:00"


def test_a_change_is_announced_after_commit(
    office, admin_manager, announced, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        office.set_hours({0: parse_windows("10:00-12:00")}, by=admin_manager)
        assert announced == []

    assert announced == [["office"]]


def test_the_same_hours_again_change_nothing(
    office, admin_manager, announced, django_capture_on_commit_callbacks
):
    stamp = office.stamp

    with django_capture_on_commit_callbacks(execute=True):
        office.set_hours(dict(enumerate(office.week())), by=admin_manager)

    assert announced == []
    assert Calendar.objects.get(key="office").stamp == stamp


def test_a_calendar_may_cease_to_observe_holidays(office, admin_manager, at):
    office.observe_holidays(False, by=admin_manager, reason="值班")

    assert office.hours().is_open(at("2026-10-01 10:00"))
    assert not office.hours().is_open(at("2026-10-10 10:00"))


def test_the_database_refuses_hours_that_last_no_time(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarHours.objects.create(calendar=office, weekday=6, opens="09:00", closes="09:00")


# -- special days ----------------------------------------------------------------------------------------


def test_a_day_declared_off_is_not_counted(office, admin_manager, at):
    DayOverride.declare(
        date(2026, 11, 24), is_working=False, reason="公司活动", calendar=office, by=admin_manager
    )

    assert Within(hours=1).due(at("17:30"), office.hours()) == at("2026-11-25 09:30")


def test_a_day_declared_for_one_calendar_leaves_the_others_alone(office, desk, admin_manager):
    DayOverride.declare(
        date(2026, 11, 24), is_working=False, reason="盘点", calendar=office, by=admin_manager
    )

    assert not office.hours().is_working_day(date(2026, 11, 24))
    assert desk.hours().is_working_day(date(2026, 11, 24))


def test_a_day_declared_for_all_holds_where_holidays_are_observed(office, desk, admin_manager):
    desk.observe_holidays(False, by=admin_manager)

    DayOverride.declare(date(2026, 11, 24), is_working=False, reason="全员休假", by=admin_manager)

    office.refresh_from_db()
    assert not office.hours().is_working_day(date(2026, 11, 24))
    assert desk.hours().is_working_day(date(2026, 11, 24))


def test_a_calendar_s_own_decision_beats_the_one_for_all(office, admin_manager, at):
    day = date(2026, 11, 24)
    DayOverride.declare(
        day,
        is_working=True,
        windows=parse_windows("10:00-11:00"),
        reason="值班",
        calendar=office,
        by=admin_manager,
    )
    DayOverride.declare(day, is_working=False, reason="全员休假", by=admin_manager)

    office.refresh_from_db()
    assert office.hours().windows(day) == ((at("2026-11-24 10:00"), at("2026-11-24 11:00")),)


def test_a_day_is_decided_anew(office, admin_manager):
    for reason in ("搬家", "不搬了"):
        DayOverride.declare(
            date(2026, 11, 24),
            is_working=reason == "不搬了",
            reason=reason,
            calendar=office,
            by=admin_manager,
        )

    assert DayOverride.objects.get().reason == "不搬了"
    assert office.hours().is_working_day(date(2026, 11, 24))


def test_a_decision_taken_back_leaves_the_day_as_it_was(office, admin_manager, announced,
                                                          django_capture_on_commit_callbacks):  # fmt: skip
    declared = DayOverride.declare(
        date(2026, 10, 1), is_working=True, reason="抢修", calendar=office, by=admin_manager
    )

    with django_capture_on_commit_callbacks(execute=True):
        declared.withdraw(by=admin_manager, reason="取消")

    office.refresh_from_db()
    assert office.hours().day(date(2026, 10, 1)).kind is DayKind.HOLIDAY
    assert announced[-1] == ["office"]


def test_a_calendar_is_not_left_without_any_working_time(office, admin_manager):
    office.set_hours({0: parse_windows("09:00-12:00")}, by=admin_manager)
    mondays = [Decision(date(2026, 1, 5) + timedelta(weeks=week), False, "停业") for week in range(52 * 6)]

    with pytest.raises(Refused, match="has no working time"):
        DayOverride.declare_all(mondays, calendar=office, by=admin_manager)

    assert not DayOverride.objects.exists()


def test_the_notice_is_shown_as_holidays_and_make_up_days(office, admin_manager):
    decisions = [
        Decision(date(2027, 10, 4), False, "国庆节"),
        Decision(date(2027, 10, 9), True, "国庆节调休"),
    ]

    calendars.take_over_notice(decisions, confirm=2027, by=admin_manager)

    office.refresh_from_db()
    kinds = [office.hours().day(decision.day).kind for decision in decisions]
    assert kinds == [DayKind.HOLIDAY, DayKind.MAKE_UP]
    assert office.hours().is_confirmed(2027)


# -- years not announced --------------------------------------------------------------------------------


def test_a_year_is_confirmed_and_opened_again(office, admin_manager):
    assert not office.hours().is_confirmed(2027)

    confirmed = ConfirmedYear.confirm(2027, by=admin_manager)
    office.refresh_from_db()
    assert office.hours().is_confirmed(2027)

    confirmed.withdraw(by=admin_manager)
    office.refresh_from_db()
    assert not office.hours().is_confirmed(2027)


@pytest.mark.parametrize(
    ("now", "years"), [("2026-10-31 12:00", []), ("2026-11-23 12:00", [2027]), ("2027-01-01 12:00", [2027])]
)
def test_an_unannounced_year_matters_two_months_ahead(db, at, now, years):
    assert calendars.unannounced_years(at(now)) == years


def test_those_who_may_change_calendars_are_told(admin_manager, salesperson, monkeypatch, noon):
    monkeypatch.setattr(calendars.timezone, "now", lambda: noon)
    request = RequestFactory().get("/")

    request.user = admin_manager
    assert calendars.unannounced_banner(request).text.startswith("The holidays of 2027 are not announced yet")
    request.user = salesperson
    assert calendars.unannounced_banner(request) is None


def test_the_banner_goes_when_the_year_is_confirmed(admin_manager, monkeypatch, noon,
                                                    django_capture_on_commit_callbacks):  # fmt: skip
    monkeypatch.setattr(calendars.timezone, "now", lambda: noon)
    request = RequestFactory().get("/")
    request.user = admin_manager
    assert calendars.unannounced_banner(request)

    with django_capture_on_commit_callbacks(execute=True):
        ConfirmedYear.confirm(2027, by=admin_manager)

    assert calendars.unannounced_banner(request) is None
