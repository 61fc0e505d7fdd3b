"""A rule of RFC 5545 as text, such as FREQ=WEEKLY;INTERVAL=2;BYDAY=WE: taken apart, checked, and read.

The library that reads it takes almost anything, searches for ever, and knows times of day; a duty wants days.
"""

import re
from datetime import date, datetime
from functools import lru_cache

from dateutil.rrule import rrule as Recurrence
from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _

from ..hours import MIDNIGHT

FINER = ("HOURLY", "MINUTELY", "SECONDLY")
EVERYWHERE = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
ALLOWED = {
    "DAILY": {"BYDAY", "BYMONTH"},
    "WEEKLY": {"BYDAY", "BYMONTH"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"},
}
CHOOSING = {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"}
TIMES = {"BYHOUR", "BYMINUTE", "BYSECOND"}
HIGHEST = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYSETPOS": 366, "BYYEARDAY": 366, "BYWEEKNO": 53}
_WEEKDAY = re.compile(r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)")


def not_a_rule(text: str) -> str:
    return _("“%(text)s” is not a rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=WE.") % {"text": text[:80]}


def parts(text: str) -> dict[str, str]:
    """The rule's names and values. Raises ValueError, with a sentence, for other text."""
    pairs = [part.partition("=") for part in text.split(";") if part]
    names = [name for name, _equals, _value in pairs]
    if len(text) > 300 or len(set(names)) < len(names) or not all(value for _n, _e, value in pairs):
        raise ValueError(not_a_rule(text))
    return {name: value for name, _equals, value in pairs}


def check(parts: dict[str, str]) -> None:
    """Refuse what would not name days: times of day, parts foreign to the frequency, odd numbers."""
    frequency = parts.get("FREQ", "")
    if frequency in FINER or TIMES & parts.keys():
        raise ValueError(_("A duty comes at most once a day; from when until when is said beside the rule."))
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    if frequency not in ALLOWED:
        raise ValueError(not_a_rule(text))
    if wrong := sorted(parts.keys() - EVERYWHERE - ALLOWED[frequency]):
        words = {"part": wrong[0], "frequency": frequency}
        raise ValueError(_("%(part)s does not go with FREQ=%(frequency)s.") % words)
    if not (_numbers_fit(parts) and _weekdays_fit(parts, frequency)):
        raise ValueError(not_a_rule(text))


def _numbers_fit(parts: dict[str, str]) -> bool:
    lists = {name: parts[name].split(",") for name in HIGHEST if name in parts}
    once = [parts[name] for name in ("INTERVAL", "COUNT") if name in parts]
    return (
        all(_is_within(number, HIGHEST[name]) for name, numbers in lists.items() for number in numbers)
        and all(number.isdecimal() and 1 <= int(number) <= 1000 for number in once)
        and not any(number.startswith("-") for number in lists.get("BYMONTH", ()))
        and ("UNTIL" not in parts or re.fullmatch(r"\d{8}(T\d{6}Z?)?", parts["UNTIL"]) is not None)
    )


def _is_within(number: str, highest: int) -> bool:
    return re.fullmatch(r"[+-]?\d{1,3}", number) is not None and 1 <= abs(int(number)) <= highest


def _weekdays_fit(parts: dict[str, str], frequency: str) -> bool:
    days = [_WEEKDAY.fullmatch(day) for day in parts["BYDAY"].split(",")] if "BYDAY" in parts else []
    return all(day and (not day[1] or frequency in ("MONTHLY", "YEARLY")) for day in days)


@lru_cache(maxsize=512)
def read(text: str, anchor: date) -> Recurrence:
    """The library's rule, which remembers the days it has named."""
    given = parts(text)
    if "UNTIL" in given:
        given["UNTIL"] = given["UNTIL"][:8]
    if anchor.day > 28 and given["FREQ"] in ("MONTHLY", "YEARLY") and not CHOOSING & given.keys():
        given |= _last_day_at_most(given["FREQ"], anchor)
    full = ";".join(f"{name}={value}" for name, value in given.items())
    return rrulestr(full, dtstart=datetime.combine(anchor, MIDNIGHT), cache=True)


def _last_day_at_most(frequency: str, anchor: date) -> dict[str, str]:
    """The anchor's day, or the month's last where the month is shorter."""
    days = ",".join(str(day) for day in range(28, anchor.day + 1))
    month = {"BYMONTH": str(anchor.month)} if frequency == "YEARLY" else {}
    return {"BYMONTHDAY": days, "BYSETPOS": "-1", **month}
