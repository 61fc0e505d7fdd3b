"""The days a duty's rule names, what becomes of days off, and from when until when it is done."""

from datetime import date, timedelta

import pytest

from sla.recurrence import (
    BeforeHoliday,
    NoWorkingTime,
    Recurring,
    check_window,
    dump,
    load,
    opens_after_closing,
    rolled,
    window,
)

from .office import always, half_day, moment, night_desk, office

MONDAY = date(2026, 11, 23)


def days(rule, first: str, last: str, hours=None) -> list[str]:
    named = rule.days(date.fromisoformat(first), date.fromisoformat(last), hours or office())
    return [f"{day:%m-%d}" for day in named]


def recurring(text: str, anchor: date = MONDAY) -> Recurring:
    return Recurring(text, anchor)


# -- which days --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "anchor", "last", "expected"),
    [
        ("FREQ=DAILY", "2026-11-23", "2026-11-26", ["11-23", "11-24", "11-25", "11-26"]),
        ("FREQ=DAILY;INTERVAL=3", "2026-11-23", "2026-11-30", ["11-23", "11-26", "11-29"]),
        ("FREQ=WEEKLY;BYDAY=WE", "2026-11-23", "2026-12-10", ["11-25", "12-02", "12-09"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "2026-11-11", "2026-12-31", ["11-25", "12-09", "12-23"]),
        ("FREQ=WEEKLY;INTERVAL=2", "2026-11-18", "2026-12-31", ["12-02", "12-16", "12-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=10,25", "2026-01-01", "2026-12-31", ["11-25", "12-10", "12-25"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-01", "2027-02-28", ["11-30", "12-31", "01-31", "02-28"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-01", "2027-03-31", ["12-31", "01-31", "03-31"]),
        ("FREQ=MONTHLY", "2026-08-31", "2027-02-28", ["11-30", "12-31", "01-31", "02-28"]),
        ("FREQ=MONTHLY;BYDAY=1MO", "2026-01-01", "2027-01-31", ["12-07", "01-04"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-01", "2026-12-31", ["11-30", "12-31"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5", "2026-03-05", "2027-06-30", ["12-05", "03-05", "06-05"]),
        ("FREQ=DAILY;UNTIL=20261125T160000Z", "2026-11-20", "2026-12-31", ["11-23", "11-24", "11-25"]),
        ("FREQ=DAILY;COUNT=5", "2026-11-20", "2026-12-31", ["11-23", "11-24"]),
        ("rrule:freq=daily;interval=7", "2026-11-23", "2026-11-30", ["11-23", "11-30"]),
    ],
)
def test_a_rule_names_its_days(text, anchor, last, expected):
    assert days(recurring(text, date.fromisoformat(anchor)), "2026-11-23", last) == expected


def test_the_twenty_ninth_of_february_comes_in_leap_years_only_where_it_is_named():
    rule = recurring("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2024, 2, 29))

    assert list(rule.days(date(2024, 1, 1), date(2032, 12, 31), office())) == [
        date(2024, 2, 29),
        date(2028, 2, 29),
        date(2032, 2, 29),
    ]
    assert "only where the month has that day" in str(rule)


def test_what_began_on_a_29_february_comes_every_year():
    rule = recurring("FREQ=YEARLY", date(2024, 2, 29))

    named = rule.days(date(2024, 1, 1), date(2028, 12, 31), office())
    assert [f"{day:%Y-%m-%d}" for day in named] == [
        "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        # Mid-Autumn 2026 begins on Friday, 25 September, National Day on 1 October; the 20th is worked.
        (1, ["09-24", "09-30"]),
        (3, ["09-22", "09-28"]),
        (5, ["09-20", "09-23"]),
        (6, ["09-18", "09-22"]),
    ],
)
def test_working_days_before_a_holiday_count_the_make_up_ones(count, expected):
    assert days(BeforeHoliday(count), "2026-09-15", "2026-10-31") == expected


def test_only_the_holidays_named_count_and_each_of_them_once():
    rule = BeforeHoliday(2, ("National Day", "Spring Festival"))

    assert days(rule, "2026-01-01", "2026-12-31") == ["02-13", "09-29"]


def test_a_holiday_worked_in_the_middle_is_one_holiday_still():
    assert days(BeforeHoliday(1), "2026-09-28", "2026-10-20", half_day("2026-10-03")) == ["09-30"]


def test_a_holiday_from_an_imported_notice_is_known_by_its_chinese_name():
    from sla.hours import Override

    hours = office(overrides={date(2026, 11, 26): Override(False, name="国庆节", official=True)})

    assert days(BeforeHoliday(1, ("National Day",)), "2026-11-01", "2026-11-30", hours) == ["11-25"]


def test_a_calendar_without_holidays_has_no_day_before_one():
    assert days(BeforeHoliday(1), "2026-01-01", "2027-12-31", always()) == []


# -- what makes no sense ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("FREQ=SECONDLY", "A duty comes at most once a day"),
        ("FREQ=HOURLY;INTERVAL=4", "A duty comes at most once a day"),
        ("FREQ=DAILY;BYHOUR=9,15", "A duty comes at most once a day"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "This rule never comes"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31", "This rule never comes"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "This rule never comes"),
        ("FREQ=MONTHLY;BYDAY=6MO", "This rule never comes"),
        ("FREQ=DAILY;UNTIL=20260101", "This rule never comes"),
        ("FREQ=WEEKLY;BYMONTHDAY=10", "BYMONTHDAY does not go with FREQ=WEEKLY"),
        ("FREQ=DAILY;BYEASTER=1", "BYEASTER does not go with FREQ=DAILY"),
        ("FREQ=DAILY;INTERVAL=0", "is not a rule"),
        ("FREQ=DAILY;INTERVAL=-1", "is not a rule"),
        ("FREQ=DAILY;COUNT=x", "is not a rule"),
        ("FREQ=WEEKLY;BYDAY=XX", "is not a rule"),
        ("FREQ=WEEKLY;BYDAY=2MO", "is not a rule"),
        ("FREQ=MONTHLY;BYMONTH=13", "is not a rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "is not a rule"),
        ("FREQ=DAILY;UNTIL=20261399", "is not a rule"),
        ("FREQ=DAILY;WKST=QQ", "is not a rule"),
        ("FREQ=DAILY;FREQ=WEEKLY", "is not a rule"),
        ("FREQ=DAILY\nRDATE:20261124", "is not a rule"),
        ("every Wednesday", "is not a rule"),
        ("", "is not a rule"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        recurring(text)


@pytest.mark.parametrize(
    "data",
    [
        None, [], {}, {"kind": "odd"}, {"kind": "recurring"},
        {"kind": "recurring", "rrule": 7, "anchor": "2026-01-01"},
        {"kind": "recurring", "rrule": "FREQ=DAILY", "anchor": "soon"},
        {"kind": "before_holiday"},
        {"kind": "before_holiday", "days_before": "two"},
        {"kind": "before_holiday", "days_before": 0},
        {"kind": "before_holiday", "days_before": 1, "holidays": ["Christmas"]},
    ],
)  # fmt: skip
def test_what_is_no_rule_is_not_loaded(data):
    with pytest.raises(ValueError, match=r"\w"):
        load(data)


@pytest.mark.parametrize(
    "rule", [recurring("FREQ=WEEKLY;BYDAY=WE"), BeforeHoliday(3), BeforeHoliday(1, ("National Day",))]
)
def test_a_rule_is_read_back_as_it_was_stored(rule):
    assert load(dump(rule)) == rule


# -- in words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (recurring("FREQ=DAILY"), "every day"),
        (recurring("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"), "every 2 weeks: Wednesday"),
        (recurring("FREQ=WEEKLY"), "every week: Monday"),
        (recurring("FREQ=MONTHLY;BYMONTHDAY=10,25"), "every month: day 10, day 25"),
        (recurring("FREQ=MONTHLY;BYMONTHDAY=-1"), "every month: the last day"),
        (recurring("FREQ=MONTHLY;BYDAY=1MO,-1FR"), "every month: the first Monday, the last Friday"),
        (recurring("FREQ=MONTHLY;INTERVAL=3"), "every 3 months: day 23"),
        (recurring("FREQ=YEARLY"), "every year: November day 23"),
        (recurring("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"), "every year: June, December day 15"),
        (recurring("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"), "every month: the last of Monday, Tuesday"),
        (recurring("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), "every week: Monday to Friday"),
        (
            recurring("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
            "every 3 months: day 31 or else the last day",
        ),
        (recurring("FREQ=DAILY;COUNT=5"), "every day, 5 times in all"),
        (recurring("FREQ=DAILY;UNTIL=20261130"), "every day, until Nov. 30, 2026"),
        (BeforeHoliday(1), "1 working day before every public holiday"),
        (BeforeHoliday(3, ("National Day",)), "3 working days before National Day"),
    ],
)
def test_a_rule_says_itself(rule, words):
    assert str(rule) == words


# -- days off, and windows -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "roll", "expected"),
    [
        ("2026-11-25", "skip", "2026-11-25"),
        ("2026-11-28", "keep", "2026-11-28"),
        ("2026-11-28", "next", "2026-11-30"),
        ("2026-11-28", "previous", "2026-11-27"),
        ("2026-11-28", "skip", None),
        ("2026-10-03", "next", "2026-10-08"),
        ("2026-10-03", "previous", "2026-09-30"),
        ("2026-09-20", "next", "2026-09-20"),  # a Sunday worked for Mid-Autumn
    ],
)
def test_a_day_off_rolls_as_the_duty_says(day, roll, expected):
    landed = rolled(date.fromisoformat(day), roll, office())

    assert landed == (expected and date.fromisoformat(expected))


def test_a_calendar_that_never_opens_says_so():
    with pytest.raises(NoWorkingTime):
        rolled(MONDAY, "next", office(week=((),) * 7, holidays=None))


@pytest.mark.parametrize(
    ("opens", "closes", "hours", "day", "from_when", "until_when"),
    [
        ("", "", office(), "2026-11-25", "2026-11-25 09:00", "2026-11-25 18:00"),
        ("", "10:00", office(), "2026-11-25", "2026-11-25 09:00", "2026-11-25 10:00"),
        ("14:00", "", office(), "2026-11-25", "2026-11-25 14:00", "2026-11-25 18:00"),
        ("22:00", "06:00", office(), "2026-11-25", "2026-11-25 22:00", "2026-11-26 06:00"),
        ("20:00", "24:00", office(), "2026-11-25", "2026-11-25 20:00", "2026-11-26 00:00"),
        ("10:00", "10:00", office(), "2026-11-25", "2026-11-25 10:00", "2026-11-26 10:00"),
        ("", "08:30", office(), "2026-11-25", "2026-11-25 00:00", "2026-11-25 08:30"),
        ("", "", office(), "2026-11-28", "2026-11-28 00:00", "2026-11-29 00:00"),
        ("14:00", "", office(), "2026-11-28", "2026-11-28 14:00", "2026-11-29 00:00"),
        ("14:00", "", half_day("2026-11-25"), "2026-11-25", "2026-11-25 09:00", "2026-11-25 12:00"),
        ("", "", night_desk(), "2026-11-25", "2026-11-25 22:00", "2026-11-26 06:00"),
        ("", "05:00", night_desk(), "2026-11-25", "2026-11-25 22:00", "2026-11-26 05:00"),
        ("", "", always(), "2026-11-25", "2026-11-25 00:00", "2026-11-26 00:00"),
    ],
)
def test_a_window_lies_where_people_expect_it(opens, closes, hours, day, from_when, until_when):
    found = window(date.fromisoformat(day), opens, closes, hours)

    assert found == (moment(from_when), moment(until_when))


@pytest.mark.parametrize("opens", ["9:00", "25:00", "09.00", "24:00", "noon"])
def test_a_time_that_no_clock_shows_is_refused(opens):
    with pytest.raises(ValueError, match=r"\w"):
        check_window(opens, "")


@pytest.mark.parametrize(
    ("opens", "closes", "hours", "expected"),
    [
        ("19:00", "", office(), True),
        ("18:00", "", office(), True),
        ("17:00", "", office(), False),
        ("19:00", "22:00", office(), False),
        ("23:30", "", night_desk(), False),
        ("23:30", "", always(), False),
    ],
)
def test_a_window_to_closing_cannot_open_after_closing(opens, closes, hours, expected):
    assert opens_after_closing(opens, closes, hours) is expected


def test_a_rule_as_old_as_ten_years_is_still_quick():
    rule = recurring("FREQ=DAILY", MONDAY - timedelta(days=3650))

    assert len(list(rule.days(MONDAY, MONDAY + timedelta(days=6), office()))) == 7
