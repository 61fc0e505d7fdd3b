"""A duty's rule as people say it: "every 2 weeks: Wednesday", "every month: day 10, day 25"."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils import dates, formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINALS = {
    1: pgettext_lazy("of the month", "the first"),
    2: pgettext_lazy("of the month", "the second"),
    3: pgettext_lazy("of the month", "the third"),
    4: pgettext_lazy("of the month", "the fourth"),
    5: pgettext_lazy("of the month", "the fifth"),
    -1: pgettext_lazy("of the month", "the last"),
}
MONTHS = (
    pgettext_lazy("in a date", "January"),
    pgettext_lazy("in a date", "February"),
    pgettext_lazy("in a date", "March"),
    pgettext_lazy("in a date", "April"),
    pgettext_lazy("in a date", "May"),
    pgettext_lazy("in a date", "June"),
    pgettext_lazy("in a date", "July"),
    pgettext_lazy("in a date", "August"),
    pgettext_lazy("in a date", "September"),
    pgettext_lazy("in a date", "October"),
    pgettext_lazy("in a date", "November"),
    pgettext_lazy("in a date", "December"),
)
UNSPOKEN = ("BYYEARDAY", "BYWEEKNO")  # said by the rule itself: nobody in an office counts so


def recurring(parts: dict[str, str], anchor: date) -> str:
    """A rule of RFC 5545 in words; `parts` are its names and values."""
    often = _how_often(parts["FREQ"], int(parts.get("INTERVAL", 1)))
    on = _on_which(parts, anchor)
    words = _("%(often)s: %(days)s") % {"often": often, "days": on} if on else often
    if "UNTIL" in parts:
        until = date.fromisoformat(parts["UNTIL"][:8])
        words = _("%(words)s, until %(day)s") % {"words": words, "day": formats.date_format(until)}
    if "COUNT" in parts:
        words = _("%(words)s, %(count)s times in all") % {"words": words, "count": parts["COUNT"]}
    return words


def before_holiday(days: int, holidays: Iterable[str]) -> str:
    names = _(", ").join(_(name) for name in holidays)
    count = ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days}
    if not names:
        return _("%(days)s before every public holiday") % {"days": count}
    return _("%(days)s before %(holidays)s") % {"days": count, "holidays": names}


def _how_often(frequency: str, every: int) -> str:
    if every == 1:
        return str(_EVERY[frequency])
    return {
        "DAILY": ngettext("every %(count)d day", "every %(count)d days", every),
        "WEEKLY": ngettext("every %(count)d week", "every %(count)d weeks", every),
        "MONTHLY": ngettext("every %(count)d month", "every %(count)d months", every),
        "YEARLY": ngettext("every %(count)d year", "every %(count)d years", every),
    }[frequency] % {"count": every}


_EVERY = {
    "DAILY": pgettext_lazy("recurring", "every day"),
    "WEEKLY": pgettext_lazy("recurring", "every week"),
    "MONTHLY": pgettext_lazy("recurring", "every month"),
    "YEARLY": pgettext_lazy("recurring", "every year"),
}


def _on_which(parts: dict[str, str], anchor: date) -> str:
    """The days it chooses, or the anchor's where it chooses none."""
    if any(name in parts for name in UNSPOKEN):
        return ";".join(f"{name}={value}" for name, value in parts.items())
    days = [_several(say, parts[name]) for name, say in _SAY.items() if name in parts]
    words = _(", ").join(days) or _anchored(parts, anchor)
    if at_most := _at_most(parts):
        words = pgettext("recurring", "day %(number)d or else the last day") % {"number": at_most}
    elif "BYSETPOS" in parts:
        words = _("%(which)s of %(days)s") % {"which": _several(_ordinal, parts["BYSETPOS"]), "days": words}
    if "BYMONTH" in parts:
        months = _several(_month, parts["BYMONTH"])
        words = _("%(months)s %(days)s") % {"months": months, "days": words} if words else months
    return words + _only_some(parts)


def _anchored(parts: dict[str, str], anchor: date) -> str:
    if parts["FREQ"] == "DAILY":
        return ""
    if parts["FREQ"] == "WEEKLY":
        return _weekday(CODES[anchor.weekday()])
    day = _month_day(str(anchor.day))
    if parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts:
        return day
    return _("%(months)s %(days)s") % {"months": _month(str(anchor.month)), "days": day}


def _at_most(parts: dict[str, str]) -> int:
    """31 for the last of the days 28 to 31: that day, or the month's last where it is shorter."""
    days = parts.get("BYMONTHDAY", "").split(",")
    last = 27 + len(days)
    whole = days == [str(day) for day in range(28, last + 1)] and len(days) > 1
    return last if whole and parts.get("BYSETPOS") == "-1" and "BYDAY" not in parts else 0


def _only_some(parts: dict[str, str]) -> str:
    """A day that not every month has is left out where it is not there, and people should know."""
    days = parts.get("BYMONTHDAY", "").split(",")
    rare = [day for day in days if day.lstrip("+-") in ("29", "30", "31")]
    if not rare or "BYSETPOS" in parts:
        return ""
    return pgettext("recurring", " (only where the month has that day)")


def _several(say: Callable[[str], str], values: str) -> str:
    if values == ",".join(CODES[:5]):
        return pgettext("recurring", "Monday to Friday")
    return _(", ").join(say(value) for value in values.split(","))


def _weekday(code: str) -> str:
    name = str(dates.WEEKDAYS[CODES.index(code[-2:])])
    if len(code) == 2:
        return name
    return _("%(which)s %(day)s") % {"which": _ordinal(code[:-2]), "day": name}


def _month_day(number: str) -> str:
    day = int(number)
    if day == -1:
        return pgettext("recurring", "the last day")
    if day < 0:
        return pgettext("recurring", "day %(number)d from the end") % {"number": -day}
    return pgettext("recurring", "day %(number)d") % {"number": day}


def _month(number: str) -> str:
    return str(MONTHS[int(number) - 1])


def _ordinal(number: str) -> str:
    which = int(number)
    if which in ORDINALS:
        return str(ORDINALS[which])
    return pgettext("recurring", "number %(number)d") % {"number": which}


_SAY: dict[str, Callable[[str], str]] = {"BYDAY": _weekday, "BYMONTHDAY": _month_day}
