"""What an asset is worth: bought for so much, written down month by month to what it will bring at last.

In a straight line (年限平均法), in whole cents: nothing in the month in which it is put to use, the first
part in the month after (当月增加当月不提, 次月起提); of what is scrapped still the part of that month
(当月减少当月照提), none later. 《企业会计准则第4号——固定资产》应用指南. A month's part counts from the
month's last day on.
"""

import calendar
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple, Protocol

from pages.money import NOTHING


class Depreciable(Protocol):
    """What of an asset matters here."""

    price: Decimal
    residual: Decimal
    useful_months: int
    bought_on: date
    in_use_on: date
    scrapped_on: date | None


class Month(NamedTuple):
    """One month: its first day, what is written off in it, what has been by then, and what is left."""

    first_day: date
    amount: Decimal
    accumulated: Decimal
    book_value: Decimal


def schedule(
    price: Decimal, residual: Decimal, months: int, in_use_on: date, scrapped_on: date | None = None
) -> list[Month]:
    """Every month in which something is written off, in order; together exactly price less residual value.

    Of an asset scrapped early, the months up to and with that of its scrapping.
    """
    found, before = [], NOTHING
    for number in range(1, _parts(months, in_use_on, scrapped_on) + 1):
        so_far = written_off(price - residual, months, number)
        day = months_later(in_use_on.replace(day=1), number)
        found.append(Month(day, so_far - before, so_far, price - so_far))
        before = so_far
    return found


def accumulated(asset: Depreciable, day: date) -> Decimal:
    """What has been written off as `day` ends, of what it cost."""
    last = day if (day + timedelta(days=1)).day == 1 else day.replace(day=1) - timedelta(days=1)
    if asset.scrapped_on:
        last = min(last, end_of_month(asset.scrapped_on))
    parts = max(0, months_between(asset.in_use_on, last))
    return written_off(asset.price - asset.residual, asset.useful_months, parts)


def book_value(asset: Depreciable, day: date) -> Decimal:
    """What it is worth in the books as `day` ends (净值); nothing before it was bought and once scrapped."""
    if day < asset.bought_on or (asset.scrapped_on and day >= asset.scrapped_on):
        return NOTHING
    return asset.price - accumulated(asset, day)


def written_off(total: Decimal, months: int, parts: int) -> Decimal:
    """What the first `parts` of `months` equal parts come to, to the cent; all of it once they are over."""
    if parts >= months:
        return total
    cents = int(total * 100)
    return Decimal((2 * cents * parts + months) // (2 * months)).scaleb(-2)


def months_between(earlier: date, later: date) -> int:
    """How many months later the month of the one day is than that of the other."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _parts(months: int, in_use_on: date, scrapped_on: date | None) -> int:
    return min(months, max(0, months_between(in_use_on, scrapped_on))) if scrapped_on else months


class Year(NamedTuple):
    """One year of a schedule: what is written off in it, and what is left at its end."""

    year: int
    amount: Decimal
    book_value: Decimal
    months: list[Month]


def by_years(months: list[Month]) -> list[Year]:
    """A schedule, year by year."""
    grouped = [(year, list(rows)) for year, rows in groupby(months, key=lambda month: month.first_day.year)]
    return [
        Year(year, sum((row.amount for row in rows), NOTHING), rows[-1].book_value, rows)
        for year, rows in grouped
    ]
