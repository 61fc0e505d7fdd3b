"""China's public holidays and make-up workdays (调休), as the State Council announces them each autumn.

They come from the `holidays` library, released monthly. It is read when first needed: a process that never
asks for working time does without its 14 MB.
"""

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

#: What the library calls a day (its beginning) and what we call it: msgids, translated where they are shown.
NAMES = {
    "New Year's Day": _("New Year's Day"),
    "Chinese New Year": _("Spring Festival"),
    "Tomb-Sweeping Day": _("Tomb-Sweeping Day"),
    "Labor Day": _("Labor Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "Mid-Autumn Festival": _("Mid-Autumn Festival"),
    "National Day": _("National Day"),
}
OTHER = _("Public holiday")
SUBSTITUTED = "Day off"
GUESSED = "(observed)"

#: Statutory days that need no moon, for years beyond the library's tables.
FIXED = {(1, 1): "New Year's Day", (5, 1): "Labor Day", (5, 2): "Labor Day"}
FIXED |= {(10, day): "National Day" for day in (1, 2, 3)}


class Year(NamedTuple):
    """One year: the days off and their names, the weekend days worked, and whether it is announced."""

    off: dict[date, str]
    make_ups: frozenset[date]
    is_announced: bool


class ChinaHolidays:
    """The holidays of every year: as announced, or else by law alone, without guessed days off."""

    def name(self, day: date) -> str:
        return _year(day.year).off.get(day, "")

    def is_make_up(self, day: date) -> bool:
        return day in _year(day.year).make_ups

    def is_confirmed(self, year: int) -> bool:
        return _year(year).is_announced


@cache
def _library():
    import holidays

    return holidays.CN(language="en_US")


@cache
def _year(year: int) -> Year:
    library = _library()
    library.get(date(year, 1, 1))  # the library fills itself year by year
    make_ups = frozenset(day for day in library.weekend_workdays if day.year == year)
    raw = {day: name for day, name in library.items() if day.year == year}
    if not make_ups:
        raw = {day: name for day, name in raw.items() if GUESSED not in name} or _by_law(year)
    off = {day: _name(day, raw) for day in raw}
    return Year(_with_weekends(off, make_ups) if make_ups else off, make_ups, bool(make_ups))


def _with_weekends(off: dict[date, str], make_ups: frozenset[date]) -> dict[date, str]:
    """The days off with the weekend days beside them, as the notice has it: "1 to 7 October"."""
    whole = dict(off)
    for day in sorted(off):
        for step in (-1, 1):
            beside = day + timedelta(days=step)
            while beside.weekday() >= 5 and beside not in make_ups and beside.year == day.year:
                whole.setdefault(beside, off[day])
                beside += timedelta(days=step)
    return whole


def _by_law(year: int) -> dict[date, str]:
    return {date(year, *month_day): name for month_day, name in FIXED.items()}


def _name(day: date, raw: dict[date, str]) -> str:
    """Our name of the holiday; a day swapped with a weekend day takes that of the holiday nearest to it."""
    nearest = sorted(range(-9, 10), key=abs)
    around = (raw.get(day + timedelta(days=offset), SUBSTITUTED) for offset in nearest)
    theirs = next((name for name in around if not name.startswith(SUBSTITUTED)), "")
    return next((ours for begin, ours in NAMES.items() if theirs.startswith(begin)), OTHER)
