"""What an address asks for."""

from datetime import date

import pytest

from pages import asked


@pytest.mark.parametrize("text", [None, "", "x", "-1", "1.5", "1" * 19, "1" * 5_000, "²"])
def test_what_is_no_key_asks_for_nothing(text):
    assert asked.key(text) is None


def test_keys_keep_their_order_and_lose_what_is_none():
    assert asked.keys(["7", "x", "3", "9" * 40]) == [7, 3]


@pytest.mark.parametrize("text", [None, "", "2026-13-01", "9999-12-31", "0001-01-01", "heute", "\x00"])
def test_what_is_no_day_of_ours_asks_for_nothing(text):
    assert asked.day(text) is None


def test_days_and_months():
    assert (asked.day("2026-11-23"), asked.month("2026-11")) == (date(2026, 11, 23), date(2026, 11, 1))
