"""The office's hours as the tests know them: 09:00–12:00 and 13:30–18:00, China's real holidays of 2026."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sla.china import ChinaHolidays
from sla.hours import Hours, Override, Window, parse_windows

SHANGHAI = ZoneInfo("Asia/Shanghai")
USUAL = parse_windows("09:00-12:00, 13:30-18:00")
MONDAY_TO_FRIDAY = (USUAL,) * 5 + ((), ())
NIGHT = Window(time(22), time(6))


def office(**changes) -> Hours:
    known = {"tz": SHANGHAI, "week": MONDAY_TO_FRIDAY, "holidays": ChinaHolidays(), "name": "Office hours"}
    return Hours(**{**known, **changes})


def always() -> Hours:
    return Hours(SHANGHAI, always=True)


def night_desk() -> Hours:
    return Hours(SHANGHAI, week=((NIGHT,),) * 7)


def half_day(day: str, windows: str = "09:00-12:00") -> Hours:
    """The office, with one day of other hours."""
    decided = Override(True, parse_windows(windows), "系统切换")
    return office(overrides={date.fromisoformat(day): decided})


def moment(text: str) -> datetime:
    """ "2026-10-09 12:30" on Shanghai's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
