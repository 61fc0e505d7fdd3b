"""The months, quarters and years by which money is planned and counted: calendar years."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

MONTHS_OF_QUARTER = 3
MONTHS_OF_YEAR = 12


class Span(NamedTuple):
    """One period: ("month", 2026, 11), ("quarter", 2026, 4) or ("year", 2026, 0)."""

    period: str
    year: int
    number: int = 0

    @property
    def first_month(self) -> int:
        return {"month": self.number, "quarter": 3 * self.number - 2, "year": 1}[self.period]

    @property
    def last_month(self) -> int:
        return {"month": self.number, "quarter": 3 * self.number, "year": MONTHS_OF_YEAR}[self.period]

    @property
    def first(self) -> date:
        return date(self.year, self.first_month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.last_month, monthrange(self.year, self.last_month)[1])

    @property
    def months(self) -> list["Span"]:
        return [month(self.year, number) for number in range(self.first_month, self.last_month + 1)]

    @property
    def before(self) -> "Span":
        """The period just before it (环比)."""
        return containing(self.period, self.first - timedelta(days=1))

    @property
    def after(self) -> "Span":
        return containing(self.period, self.last + timedelta(days=1))

    @property
    def year_before(self) -> "Span":
        """The same period of last year (同比)."""
        return self._replace(year=self.year - 1)

    @property
    def key(self) -> str:
        """ "2026-11", "2026Q4" or "2026": the same in every language."""
        endings = {"month": f"-{self.number:02}", "quarter": f"Q{self.number}", "year": ""}
        return f"{self.year}{endings[self.period]}"

    @property
    def name(self) -> str:
        """As people say it: 2026年11月, 2026年第4季度, 2026年."""
        words = {
            "month": _("%(year)d, month %(number)d"),
            "quarter": _("%(year)d, quarter %(number)d"),
            "year": _("Year %(year)d"),
        }
        return words[self.period] % {"year": self.year, "number": self.number}

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def __str__(self) -> str:
        return self.key


def month(year: int, number: int) -> Span:
    return Span("month", year, number)


def containing(period: str, day: date) -> Span:
    """The month, quarter or year in which a day lies."""
    numbers = {"month": day.month, "quarter": (day.month + 2) // MONTHS_OF_QUARTER, "year": 0}
    return Span(period, day.year, numbers[period])


def around(day: date) -> list[Span]:
    """The month, the quarter and the year of a day: every period a cost of that day counts in."""
    return [containing(period, day) for period in ("month", "quarter", "year")]


def month_of(text: str) -> Span | None:
    """ "2026-11" as a month; None where it is none."""
    year, _dash, number = text.partition("-")
    if not (year.isascii() and year.isdecimal() and number.isascii() and number.isdecimal()):
        return None
    if not (2000 <= int(year) <= 2100 and 1 <= int(number) <= MONTHS_OF_YEAR):
        return None
    return month(int(year), int(number))


def same_day_last_year(day: date) -> date:
    """29 February becomes the 28th."""
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))


def same_day_next_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, monthrange(day.year + 1, day.month)[1]))
