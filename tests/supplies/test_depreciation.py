"""What an asset is worth in the books: cases from the accounting rules, and what holds for all of them."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplies.depreciation import (
    accumulated,
    book_value,
    by_years,
    end_of_month,
    months_between,
    months_later,
    schedule,
    written_off,
)


def thing(price="3600", residual="0", months=36, used="2026-01-15", bought=None, scrapped=None):
    day = date.fromisoformat
    return SimpleNamespace(
        price=Decimal(price),
        residual=Decimal(residual),
        useful_months=months,
        bought_on=day(bought or used),
        in_use_on=day(used),
        scrapped_on=day(scrapped) if scrapped else None,
    )


@pytest.mark.parametrize(
    ("asset", "day", "worth"),
    [
        (thing(), "2026-01-14", "0"),  # not bought yet
        (thing(), "2026-01-15", "3600"),
        (thing(), "2026-01-31", "3600"),  # nothing in the month in which it is put to use
        (thing(), "2026-02-27", "3600"),
        (thing(), "2026-02-28", "3500"),  # from the month after, on the month's last day
        (thing(), "2026-03-30", "3500"),
        (thing(), "2026-12-31", "2500"),
        (thing(), "2029-01-30", "100"),
        (thing(), "2029-01-31", "0"),  # the 36th month
        (thing(), "2040-01-01", "0"),
        (thing(residual="180"), "2029-01-31", "180"),  # never below what it will bring
        (thing(used="2026-01-31"), "2026-02-28", "3500"),  # the day of the month does not matter
        (thing(used="2026-03-01", bought="2026-01-15"), "2026-03-31", "3600"),  # bought before it was used
        (thing(used="2026-03-01", bought="2026-01-15"), "2026-04-30", "3500"),
        (thing(scrapped="2026-06-10"), "2026-06-09", "3200"),
        (thing(scrapped="2026-06-10"), "2026-06-10", "0"),  # out of the books
        (thing(price="100", months=3), "2026-02-28", "66.67"),
        (thing(price="100", months=3), "2026-03-31", "33.33"),
        (thing(price="100", months=3), "2026-04-30", "0"),
        (thing(price="0.01", months=24), "2027-01-31", "0"),
        (thing(months=1), "2026-02-28", "0"),
    ],
)
def test_book_value_on_a_day(asset, day, worth):
    assert book_value(asset, date.fromisoformat(day)) == Decimal(worth)


@pytest.mark.parametrize(
    ("day", "so_far"),
    [("2026-05-31", "400"), ("2026-06-29", "400"), ("2026-06-30", "500"), ("2026-12-31", "500")],
)
def test_the_month_of_scrapping_still_counts_and_none_later(day, so_far):
    assert accumulated(thing(scrapped="2026-06-10"), date.fromisoformat(day)) == Decimal(so_far)


def test_scrapped_in_its_first_month_nothing_is_written_off():
    asset = thing(scrapped="2026-01-20")

    assert schedule(asset.price, asset.residual, 36, asset.in_use_on, asset.scrapped_on) == []
    assert accumulated(asset, date(2026, 3, 31)) == 0


def test_the_schedule_begins_the_month_after_and_ends_at_the_residual_value():
    months = schedule(Decimal(6000), Decimal(300), 36, date(2026, 11, 20))

    assert (months[0].first_day, months[-1].first_day, len(months)) == (
        date(2026, 12, 1),
        date(2029, 11, 1),
        36,
    )
    assert (months[0].amount, months[-1].book_value) == (Decimal("158.33"), 300)


def test_a_schedule_by_years():
    years = by_years(schedule(Decimal(3600), Decimal(0), 36, date(2026, 1, 15)))

    assert [(year.year, year.amount) for year in years] == [
        (2026, 1100),
        (2027, 1200),
        (2028, 1200),
        (2029, 100),
    ]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-11-30", 3, "2027-02-28"),
     ("2026-12-15", 1, "2027-01-15"), ("2026-03-31", -1, "2026-02-28")],
)  # fmt: skip
def test_so_many_months_later(day, months, later):
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(later)


cents = st.integers(0, 10**11).map(lambda number: Decimal(number).scaleb(-2))
lives = st.integers(1, 1200)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@st.composite
def assets(draw):
    price, bought = draw(cents), draw(days)
    used = bought + timedelta(days=draw(st.integers(0, 900)))
    scrapped = draw(st.none() | st.integers(0, 20_000).map(lambda count: bought + timedelta(days=count)))
    residual = min(price, draw(cents))
    return SimpleNamespace(
        price=price, residual=residual, useful_months=draw(lives), bought_on=bought, in_use_on=used,
        scrapped_on=scrapped,
    )  # fmt: skip


@given(cents, cents, lives, days)
def test_the_months_add_up_to_the_cent(price, residual, months, used):
    residual = min(price, residual)
    rows = schedule(price, residual, months, used)

    assert sum(row.amount for row in rows) == price - residual
    assert len(rows) == months
    assert rows[-1].book_value == residual


@given(cents, lives)
def test_months_differ_by_a_cent_at_most(total, months):
    amounts = {row.amount for row in schedule(total, Decimal(0), months, date(2026, 1, 1))}

    assert max(amounts) - min(amounts) <= Decimal("0.01")
    assert min(amounts) >= 0


@given(assets(), days)
def test_worth_lies_between_nothing_and_the_price(asset, day):
    assert 0 <= book_value(asset, day) <= asset.price
    assert 0 <= accumulated(asset, day) <= asset.price - asset.residual


@given(assets(), days, st.integers(0, 400))
def test_what_is_written_off_never_shrinks(asset, day, later):
    assert accumulated(asset, day) <= accumulated(asset, day + timedelta(days=later))


@given(assets(), st.integers(0, 400))
def test_the_schedule_says_the_same_as_the_day(asset, months):
    day = end_of_month(months_later(asset.in_use_on.replace(day=1), months))
    rows = schedule(asset.price, asset.residual, asset.useful_months, asset.in_use_on, asset.scrapped_on)

    assert accumulated(asset, day) == sum(row.amount for row in rows if row.first_day <= day)


@given(cents, lives, st.integers(0, 1300))
def test_a_part_is_rounded_to_the_nearest_cent(total, months, parts):
    exact = total * min(parts, months) / months

    assert abs(written_off(total, months, parts) - exact) <= Decimal("0.005")


@given(days, st.integers(0, 600))
def test_months_later_and_between_agree(day, months):
    assert months_between(day, months_later(day, months)) == months
