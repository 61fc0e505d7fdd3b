"""A year on one sheet: twelve months on which every day shows at a glance whether it is worked."""

import calendar
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy, pgettext_lazy

from .explanations import day_text, names_text
from .hours import Day, DayKind, Hours, windows_text

#: What stands beside the number, as on every Chinese calendar; an ordinary day has none.
SIGNS = {
    DayKind.HOLIDAY: pgettext_lazy("sign on a calendar day", "off"),
    DayKind.MAKE_UP: pgettext_lazy("sign on a calendar day", "work"),
    DayKind.DECLARED_OFF: pgettext_lazy("sign on a calendar day", "off*"),
    DayKind.DECLARED_WORKING: pgettext_lazy("sign on a calendar day", "work*"),
}
KINDS = {
    DayKind.WORKING: gettext_lazy("working day"),
    DayKind.WEEKEND: gettext_lazy("weekend"),
    DayKind.CLOSED: gettext_lazy("no hours"),
    DayKind.HOLIDAY: gettext_lazy("public holiday"),
    DayKind.MAKE_UP: gettext_lazy("make-up workday"),
    DayKind.DECLARED_OFF: gettext_lazy("day off by own decision"),
    DayKind.DECLARED_WORKING: gettext_lazy("other hours by own decision"),
}


WEEKDAYS = (
    pgettext_lazy("weekday on a calendar", "Mo"),
    pgettext_lazy("weekday on a calendar", "Tu"),
    pgettext_lazy("weekday on a calendar", "We"),
    pgettext_lazy("weekday on a calendar", "Th"),
    pgettext_lazy("weekday on a calendar", "Fr"),
    pgettext_lazy("weekday on a calendar", "Sa"),
    pgettext_lazy("weekday on a calendar", "Su"),
)


class Cell(NamedTuple):
    """One day of the sheet."""

    day: Day
    is_today: bool

    @property
    def iso(self) -> str:
        return self.day.date.isoformat()

    @property
    def sign(self) -> str:
        return str(SIGNS.get(self.day.kind, ""))

    @property
    def label(self) -> str:
        """The day in words, for a tooltip and for those who listen."""
        return f"{day_text(self.day.date)} · {what(self.day)}"


class Month(NamedTuple):
    first: date
    weeks: list[list[Cell | None]]
    working_days: int


def what(day: Day) -> str:
    """What a day is, in words: "public holiday · National Day" or "working day · 09:00-12:00"."""
    parts = [str(KINDS[day.kind]), names_text([day.name]), windows_text(day.windows)]
    return " · ".join(part for part in parts if part)


def months(hours: Hours, year: int, today: date) -> list[Month]:
    """The twelve months of `year`, each in weeks from Monday; days of other months are None."""
    return [_month(hours, year, month, today) for month in range(1, 13)]


def _month(hours: Hours, year: int, month: int, today: date) -> Month:
    weeks = [
        [Cell(hours.day(date(year, month, n)), date(year, month, n) == today) if n else None for n in week]
        for week in calendar.Calendar().monthdayscalendar(year, month)
    ]
    working = sum(cell.day.is_working for week in weeks for cell in week if cell)
    return Month(date(year, month, 1), weeks, working)
