"""Working time: every minute of the office counted once, and none that is not the office's."""

import random
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.hours import (
    BadWindows,
    DayKind,
    Hours,
    NoWorkingTime,
    Override,
    nights_into_mornings,
    parse_windows,
    windows_text,
)

from .office import MONDAY_TO_FRIDAY, NIGHT, SHANGHAI, USUAL, always, half_day, moment, night_desk, office

ADDED = [
    ("before opening", "2026-11-23 07:00", 60, "2026-11-23 10:00"),
    ("at opening", "2026-11-23 09:00", 60, "2026-11-23 10:00"),
    ("over lunch", "2026-11-23 11:30", 60, "2026-11-23 14:00"),
    ("during lunch", "2026-11-23 12:40", 60, "2026-11-23 14:30"),
    ("up to lunch exactly", "2026-11-23 11:00", 60, "2026-11-23 12:00"),
    ("up to closing exactly", "2026-11-23 17:00", 60, "2026-11-23 18:00"),
    ("at closing", "2026-11-23 18:00", 60, "2026-11-24 10:00"),
    ("after closing", "2026-11-23 21:00", 60, "2026-11-24 10:00"),
    ("over a weekend", "2026-11-27 17:30", 60, "2026-11-30 09:30"),
    ("over National Day", "2026-09-30 17:30", 60, "2026-10-08 09:30"),
    ("into a make-up Saturday", "2026-10-09 17:30", 60, "2026-10-10 09:30"),
    ("after a make-up Saturday", "2026-10-10 17:30", 60, "2026-10-12 09:30"),
    ("over New Year, not yet announced", "2026-12-31 17:30", 60, "2027-01-04 09:30"),
    ("into a year nobody knows", "2160-01-01 09:00", 60, "2160-01-02 10:00"),
    ("many days", "2026-11-23 09:00", 75 * 60, "2026-12-04 18:00"),
    ("one second", "2026-11-23 18:00", 1 / 60, "2026-11-24 09:00:01"),
    ("nothing, outside hours", "2026-11-23 20:00", 0, "2026-11-23 20:00"),
    ("back over lunch", "2026-11-23 14:00", -60, "2026-11-23 11:30"),
    ("back over a weekend", "2026-11-30 09:30", -60, "2026-11-27 17:30"),
    ("back from outside hours", "2026-11-23 20:00", -60, "2026-11-23 17:00"),
]


@pytest.mark.parametrize(("case", "start", "minutes", "due"), ADDED, ids=[case[0] for case in ADDED])
def test_adding_working_time(case, start, minutes, due):
    assert office().add(moment(start), timedelta(minutes=minutes)) == moment(due)


def test_nine_in_shanghai_is_one_in_the_morning_utc():
    due = office().add(datetime(2026, 11, 23, 1, 0, tzinfo=UTC), timedelta(hours=1))

    assert due == datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert due.utcoffset() == timedelta(hours=8)


def test_the_last_hour_of_a_utc_day_belongs_to_the_next_morning_in_shanghai():
    start = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Monday 07:30 in Shanghai, Sunday in UTC

    assert office().add(start, timedelta(hours=1)) == moment("2026-11-23 10:00")


def test_the_caller_s_time_zone_does_not_matter():
    start = moment("2026-11-23 11:30").astimezone(timezone(timedelta(hours=-7)))

    assert office().add(start, timedelta(hours=1)) == moment("2026-11-23 14:00")


BETWEEN = [
    ("a morning", "2026-11-23 09:00", "2026-11-23 12:00", 180),
    ("a whole day", "2026-11-23 00:00", "2026-11-24 00:00", 450),
    ("lunch", "2026-11-23 12:00", "2026-11-23 13:30", 0),
    ("a weekend", "2026-11-27 18:00", "2026-11-30 09:00", 0),
    ("the National Day week", "2026-10-01 00:00", "2026-10-08 00:00", 0),
    ("a make-up Saturday", "2026-10-10 00:00", "2026-10-11 00:00", 450),
    ("backwards", "2026-11-23 12:00", "2026-11-23 09:00", -180),
]


@pytest.mark.parametrize(("case", "a", "b", "minutes"), BETWEEN, ids=[case[0] for case in BETWEEN])
def test_working_time_between(case, a, b, minutes):
    assert office().between(moment(a), moment(b)) == timedelta(minutes=minutes)


# -- always, the same forth and back ---------------------------------------------------------------

CALENDARS = [office(), always(), night_desk(), half_day("2026-11-25"), half_day("2026-11-28", "20:00-02:00")]
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1)).map(
    lambda at: at.replace(tzinfo=SHANGHAI)
)
DURATIONS = st.timedeltas(timedelta(0), timedelta(days=40))


@given(hours=st.sampled_from(CALENDARS), start=INSTANTS, duration=DURATIONS)
def test_what_is_added_lies_between(hours, start, duration):
    assert hours.between(start, hours.add(start, duration)) == duration


@given(hours=st.sampled_from(CALENDARS), start=INSTANTS, duration=DURATIONS)
def test_what_is_taken_away_lies_between(hours, start, duration):
    assert hours.between(hours.add(start, -duration), start) == duration


@given(hours=st.sampled_from(CALENDARS), a=INSTANTS, b=INSTANTS, duration=DURATIONS)
def test_a_later_start_is_never_due_earlier(hours, a, b, duration):
    a, b = sorted([a, b])

    assert hours.add(a, duration) <= hours.add(b, duration)


@given(hours=st.sampled_from(CALENDARS), a=INSTANTS, b=INSTANTS, c=INSTANTS)
def test_working_time_adds_up(hours, a, b, c):
    assert hours.between(a, c) == hours.between(a, b) + hours.between(b, c)


def test_three_thousand_random_round_trips():
    dice = random.Random(20261123)
    hours = office()
    for _trip in range(3_000):
        start = moment("2024-01-01 00:00") + timedelta(seconds=dice.randrange(3 * 365 * 86_400))
        duration = timedelta(seconds=dice.randrange(1, 400_000))
        due = hours.add(start, duration)
        assert hours.between(start, due) == duration
        assert hours.add(due, -duration) == hours.next_opening(start) or not hours.is_open(start)


# -- opening and closing ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "is_open", "opening", "closing"),
    [
        ("2026-11-23 08:59", False, "2026-11-23 09:00", "2026-11-23 18:00"),
        ("2026-11-23 09:00", True, "2026-11-23 09:00", "2026-11-23 18:00"),
        ("2026-11-23 12:00", False, "2026-11-23 13:30", "2026-11-23 18:00"),
        ("2026-11-23 17:59", True, "2026-11-23 17:59", "2026-11-23 18:00"),
        ("2026-11-23 18:00", False, "2026-11-24 09:00", "2026-11-24 18:00"),
        ("2026-10-03 10:00", False, "2026-10-08 09:00", "2026-10-08 18:00"),
        ("2026-10-10 10:00", True, "2026-10-10 10:00", "2026-10-10 18:00"),
        ("2026-12-31 18:30", False, "2027-01-04 09:00", "2027-01-04 18:00"),
    ],
)
def test_opening_and_closing(at, is_open, opening, closing):
    hours = office()

    assert hours.is_open(moment(at)) == is_open
    assert hours.next_opening(moment(at)) == moment(opening)
    assert hours.closing(moment(at)) == moment(closing)


WORKING_DAYS = [
    ("2026-10-09 15:00", 2, "2026-10-12 15:00"),  # Saturday 10 October is worked
    ("2026-10-09 20:00", 2, "2026-10-13 09:00"),  # counts from Saturday's opening
    ("2026-10-09 12:30", 2, "2026-10-12 13:30"),
    ("2026-09-30 10:00", 1, "2026-10-08 10:00"),
    ("2026-11-22 10:00", 1, "2026-11-24 09:00"),  # Sunday: from Monday's opening
    ("2026-12-31 10:00", 1, "2027-01-04 10:00"),
    ("2026-11-23 18:00", 1, "2026-11-25 09:00"),
]


@pytest.mark.parametrize(("start", "days", "due"), WORKING_DAYS)
def test_adding_working_days(start, days, due):
    assert office().add_working_days(moment(start), days) == moment(due)


def test_a_shorter_last_day_is_due_at_its_closing():
    assert half_day("2026-11-25").add_working_days(moment("2026-11-23 16:00"), 2) == moment(
        "2026-11-25 12:00"
    )


def test_a_last_day_with_a_gap_is_due_when_it_opens_again():
    hours = half_day("2026-11-25", "09:00-11:00, 14:00-18:00")

    assert hours.add_working_days(moment("2026-11-23 11:30"), 2) == moment("2026-11-25 14:00")


# -- nights, and calendars that never close or never open --------------------------------------------


def test_a_night_window_belongs_to_the_day_on_which_it_opens():
    hours = night_desk()

    assert hours.windows(date(2026, 11, 23)) == ((moment("2026-11-23 22:00"), moment("2026-11-24 06:00")),)
    assert hours.working_day(moment("2026-11-24 03:00")) == date(2026, 11, 23)
    assert hours.closing(moment("2026-11-24 03:00")) == moment("2026-11-24 06:00")
    assert hours.add(moment("2026-11-23 23:00"), timedelta(hours=8)) == moment("2026-11-24 23:00")
    assert hours.add_working_days(moment("2026-11-24 03:00"), 1) == moment("2026-11-25 03:00")


def test_a_night_that_runs_into_a_declared_morning_counts_once():
    late = Override(True, parse_windows("18:00-10:00"), "盘点")
    hours = office(overrides={date(2026, 11, 23): late})

    assert hours.between(moment("2026-11-24 09:00"), moment("2026-11-24 12:00")) == timedelta(hours=3)
    assert hours.windows(date(2026, 11, 24))[0][0] == moment("2026-11-24 10:00")


def test_around_the_clock_every_minute_counts():
    hours = always()

    assert hours.add(moment("2026-10-01 23:59:30"), timedelta(minutes=1)) == moment("2026-10-02 00:00:30")
    assert hours.is_open(moment("2026-10-01 03:00"))
    assert hours.closing(moment("2026-10-01 03:00")) == moment("2026-10-02 00:00")
    assert hours.add_working_days(moment("2026-10-01 03:00"), 2) == moment("2026-10-03 03:00")


def test_a_calendar_without_hours_says_so_instead_of_searching_for_ever():
    empty = Hours(SHANGHAI, name="Empty")

    with pytest.raises(NoWorkingTime, match="“Empty” has no working time"):
        empty.add(moment("2026-11-23 09:00"), timedelta(minutes=1))
    with pytest.raises(NoWorkingTime):
        empty.closing(moment("2026-11-23 09:00"))
    assert not empty.is_open(moment("2026-11-23 09:00"))


def test_a_calendar_whose_days_are_all_declared_off_says_so():
    first = date(2026, 1, 1)
    off = {first + timedelta(days=n): Override(False, (), "停业") for n in range(1_200)}

    with pytest.raises(NoWorkingTime):
        office(overrides=off).next_opening(moment("2026-01-02 09:00"))


@pytest.mark.parametrize("year", [1900, 2003, 2027, 2101, 2500, 9998])
def test_no_year_is_unknown(year):
    start = datetime(year, 6, 1, 9, 0, tzinfo=SHANGHAI)

    assert office().add(start, timedelta(hours=30)) > start


# -- days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        ("2026-11-23", DayKind.WORKING, ""),
        ("2026-11-22", DayKind.WEEKEND, ""),
        ("2026-10-01", DayKind.HOLIDAY, "National Day"),
        ("2026-10-07", DayKind.HOLIDAY, "National Day"),  # swapped with Saturday 10 October
        ("2026-10-04", DayKind.HOLIDAY, "National Day"),  # the Sunday in between
        ("2026-01-03", DayKind.HOLIDAY, "New Year's Day"),  # the Saturday after, while Sunday is worked
        ("2026-01-04", DayKind.MAKE_UP, ""),
        ("2026-09-27", DayKind.HOLIDAY, "Mid-Autumn Festival"),
        ("2027-01-02", DayKind.WEEKEND, ""),
        ("2026-02-23", DayKind.HOLIDAY, "Spring Festival"),
        ("2026-10-10", DayKind.MAKE_UP, ""),
        ("2027-02-06", DayKind.HOLIDAY, "Spring Festival"),
        ("2027-02-09", DayKind.WORKING, ""),  # the library's guess is not law
        ("2160-10-02", DayKind.HOLIDAY, "National Day"),
    ],
)
def test_what_a_day_is(day, kind, name):
    known = office().day(date.fromisoformat(day))

    assert (known.kind, known.name) == (kind, name)


def test_a_make_up_saturday_is_worked_like_the_first_weekday_with_hours():
    week = ((), parse_windows("10:00-16:00"), USUAL, USUAL, USUAL, (), ())

    assert office(week=week).day(date(2026, 10, 10)).windows == parse_windows("10:00-16:00")


def test_a_declared_day_beats_the_holidays_and_the_week():
    decided = {date(2026, 10, 2): Override(True, (), "值班"), date(2026, 11, 23): Override(False, (), "搬家")}
    hours = office(overrides=decided)

    assert hours.day(date(2026, 10, 2)) == (date(2026, 10, 2), DayKind.DECLARED_WORKING, "值班", USUAL)
    assert hours.day(date(2026, 11, 23)) == (date(2026, 11, 23), DayKind.DECLARED_OFF, "搬家", ())


def test_a_calendar_that_does_not_observe_holidays_is_open_on_national_day():
    assert office(holidays=None).is_open(moment("2026-10-01 09:00"))


@pytest.mark.parametrize(
    ("hours", "confirmed"),
    [
        (office(), False),
        (office(confirmed_years=frozenset({2027})), True),
        (office(holidays=None), True),
        (always(), True),
    ],
)
def test_a_year_is_confirmed_once_announced_or_where_holidays_do_not_matter(hours, confirmed):
    assert hours.is_confirmed(2027) == confirmed


def test_a_past_year_is_confirmed():
    assert office().is_confirmed(2026)


# -- hours as people type them -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("09:00-12:00, 13:30-18:00", "09:00-12:00, 13:30-18:00"),
        ("13:30-18:00，9:00－12:00".replace("－", "—"), "09:00-12:00, 13:30-18:00"),
        ("9：00至12：00、13：30到18：00", "09:00-12:00, 13:30-18:00"),
        ("22:00-06:00", "22:00-06:00"),
        ("00:00-24:00", "00:00-24:00"),
        ("18:00-24:00", "18:00-24:00"),
        ("", ""),
        (" , ", ""),
    ],
)
def test_typed_hours_are_understood(typed, understood):
    assert windows_text(parse_windows(typed)) == understood


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("nine to five", "“nine to five” is not a time span"),
        ("09:00", "is not a time span"),
        ("09:00-25:00", "has a time that no clock shows"),
        ("09:61-10:00", "has a time that no clock shows"),
        ("09:00-09:00", "opens and closes at the same time"),
        ("09:00-12:00, 11:00-18:00", "09:00-12:00 and 11:00-18:00 overlap"),
        ("22:00-06:00, 23:00-23:30", "22:00-06:00 and 23:00-23:30 overlap"),
        ("<script>-12:00", "is not a time span"),
    ],
)
def test_typed_nonsense_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(BadWindows, match=sentence):
        parse_windows(typed)


def test_a_night_that_runs_into_the_next_morning_is_found():
    week = [USUAL, (NIGHT,), parse_windows("05:00-12:00"), USUAL, USUAL, (), ()]

    assert [weekday for weekday, _night, _morning in nights_into_mornings(week)] == [1]
    assert list(nights_into_mornings(MONDAY_TO_FRIDAY)) == []


def test_a_sunday_night_is_compared_with_monday():
    week = [parse_windows("05:00-12:00"), (), (), (), (), (), (NIGHT,)]

    assert [weekday for weekday, _night, _morning in nights_into_mornings(week)] == [6]
