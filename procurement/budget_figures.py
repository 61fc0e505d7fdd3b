"""Which figures of clause 4.6.1 are to be counted anew when money of a month changes."""

from calendar import monthrange
from datetime import date

from pages import clock
from sla import figures
from sla.figures import local_day

COMPARED = "costs-compared"


def last_day(day: date) -> date:
    """Of its month: the day on which a month is judged."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def outdate_month(day: date) -> None:
    """Count the month of a day anew, and the same month of next year, which is compared with it."""
    today = local_day(clock.now())
    ends = [last_day(day), last_day(day.replace(year=day.year + 1, day=1))]
    figures.outdate(COMPARED, *(end for end in ends if end <= today))
