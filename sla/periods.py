"""Stretches of days that the board and its sisters count over: this month, last month, from day to day."""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable
from typing import NamedTuple

from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

DAILY, WEEKLY = 45, 200
DAY = dt.timedelta(days=1)
LONGEST = dt.timedelta(days=5 * 366)
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2199, 12, 31)  # no office counts anything outside


class PeriodName(models.TextChoices):
    """The stretches that have a name."""

    TODAY = "today", gettext_lazy("Today")
    WEEK = "week", gettext_lazy("This week")
    MONTH = "month", gettext_lazy("This month")
    LAST_MONTH = "last-month", gettext_lazy("Last month")
    QUARTER = "quarter", gettext_lazy("This quarter")
    YEAR = "year", gettext_lazy("This year")
    RANGE = "range", gettext_lazy("From … to …")


class Period(NamedTuple):
    """The days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date
    name: str = PeriodName.RANGE

    @classmethod
    def named(cls, name: str, today: dt.date) -> "Period":
        """The stretch of that name around `today`; ValueError for a name unknown or without a stretch."""
        try:
            first, last = _STRETCHES[PeriodName(name)](today)
        except KeyError as error:
            raise ValueError(f"{name!r} has no days of its own") from error
        return cls(first, last, name)

    @classmethod
    def this_month(cls, today: dt.date) -> "Period":
        return cls.named(PeriodName.MONTH, today)

    @classmethod
    def month(cls, day: dt.date) -> "Period":
        """The calendar month in which a day lies."""
        return cls(*_month(day))

    @classmethod
    def between(cls, first: dt.date, last: dt.date) -> "Period":
        """From one day to another; ValueError with a sentence where that is no stretch to count over."""
        if last < first:
            raise ValueError(_("The last day is before the first."))
        if first < EARLIEST or last > LATEST:
            raise ValueError(_("Choose days between the years 2000 and 2199."))
        if last - first > LONGEST:
            raise ValueError(_("More than five years cannot be shown at once."))
        return cls(first, last)

    @classmethod
    def asked(cls, first: dt.date | None, last: dt.date | None, *, today: dt.date) -> "Period":
        """From one day to another where both are given, this month where neither is; else ValueError."""
        if first and last:
            return cls.between(first, last)
        if first or last:
            raise ValueError(_("Give both the first and the last day, or neither."))
        return cls.this_month(today)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def unit(self) -> str:
        """By what its trend goes: day, week or month."""
        return "day" if self.days <= DAILY else "week" if self.days <= WEEKLY else "month"

    def parts(self, *, until: dt.date) -> list[tuple[dt.date, str]]:
        """The beginning and the label of each part of the trend, up to the one in which `until` lies."""
        step, label = _PARTS[self.unit]
        day, last = _BEGINNINGS[self.unit](self.first), min(self.last, until)
        found = []
        while day <= last:
            found.append((day, label(max(day, self.first))))
            day = step(day)
        return found


def _month(day: dt.date) -> tuple[dt.date, dt.date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _week(day: dt.date) -> tuple[dt.date, dt.date]:
    monday = day - day.weekday() * DAY
    return monday, monday + 6 * DAY


def _quarter(day: dt.date) -> tuple[dt.date, dt.date]:
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return first, _month(first.replace(month=first.month + 2))[1]


_STRETCHES: dict[PeriodName, Callable[[dt.date], tuple[dt.date, dt.date]]] = {
    PeriodName.TODAY: lambda day: (day, day),
    PeriodName.WEEK: _week,
    PeriodName.MONTH: _month,
    PeriodName.LAST_MONTH: lambda day: _month(day.replace(day=1) - DAY),
    PeriodName.QUARTER: _quarter,
    PeriodName.YEAR: lambda day: (day.replace(month=1, day=1), day.replace(month=12, day=31)),
}


def _day_words(day: dt.date) -> str:
    return formats.date_format(day, pgettext("date format", "j M"))


def _month_words(day: dt.date) -> str:
    return formats.date_format(day, pgettext("date format", "M Y"))


_BEGINNINGS: dict[str, Callable[[dt.date], dt.date]] = {
    "day": lambda day: day,
    "week": lambda day: _week(day)[0],
    "month": lambda day: day.replace(day=1),
}
_PARTS: dict[str, tuple[Callable[[dt.date], dt.date], Callable[[dt.date], str]]] = {
    "day": (lambda day: day + DAY, _day_words),
    "week": (lambda day: day + 7 * DAY, _day_words),
    "month": (lambda day: _month(day)[1] + DAY, _month_words),
}
