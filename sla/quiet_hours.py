"""What can wait is not sent at night: people are disturbed when the office is open, on its own calendar."""

from collections.abc import Set
from datetime import datetime

from notices import quiet

from . import calendars
from .hours import NoWorkingTime

CALENDAR = "office"


def openings(user_ids: Set[int], at: datetime) -> dict[int, datetime]:
    """The next office hour from `at` on, for each of these people; an office without hours is always open."""
    try:
        opening = calendars.hours(CALENDAR).next_opening(at)
    except NoWorkingTime:
        opening = at
    return dict.fromkeys(user_ids, opening)


quiet.register(openings)
