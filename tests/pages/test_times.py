"""Times as people say them, at Monday noon, 23 November 2026."""

from datetime import date, timedelta

import pytest

from pages import times


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("2026-11-23 14:05", "today 14:05"),
        ("2026-11-22 09:00", "yesterday 09:00"),
        ("2026-11-24 09:00", "tomorrow 09:00"),
        ("2026-11-27 10:00", "Fri 10:00"),
        ("2026-11-30 10:00", "30 Nov 10:00"),
        ("2026-11-02 09:30", "2 Nov 09:30"),
        ("2025-11-02 09:30", "2 Nov 2025 09:30"),
    ],
)
def test_a_day_is_called_by_its_nearest_name(at, noon, then, expected):
    assert times.when(at(then), noon) == expected


def test_the_day_is_the_one_in_shanghai_not_in_greenwich(at, noon):
    assert times.when(at("2026-11-23 00:30"), noon) == "today 00:30"


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2026-11-23 18:00", "18:00"), ("2026-11-24 00:00", "24:00"), ("2026-11-24 06:00", "06:00 next day")],
)
def test_a_window_over_midnight_says_so(at, end, expected):
    assert times.end_of_window(at(end), at("2026-11-23 14:00")) == expected


def test_a_date_has_no_time(noon):
    assert times.when(date(2026, 11, 23), noon) == "today"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (5, "just now"),
        (-5, "just now"),
        (180, "3 minutes ago"),
        (-180, "in 3 minutes"),
        (7200, "2 hours ago"),
        (86400, "yesterday 12:00"),
        (59.7, "1 minute ago"),
    ],
)
def test_how_long_ago_is_said_in_one_unit(noon, seconds, expected):
    assert times.ago(noon - timedelta(seconds=seconds), noon) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (80, "1 minute 20 seconds"),
        (7500, "2 hours 5 minutes"),
        (273_600, "3 days 4 hours"),
        (-80, "1 minute 20 seconds"),
    ],
)
def test_a_duration_is_spoken_in_its_two_largest_units(seconds, expected):
    assert times.spoken(timedelta(seconds=seconds)) == expected


def test_nothing_is_said_of_no_time(noon):
    assert (times.when(None, noon), times.ago(None, noon), times.spoken(None)) == ("", "", "")
