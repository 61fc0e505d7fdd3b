"""Quiet hours (免打扰): nobody is mailed at midnight about something that can wait until the office opens.

The app that knows the calendars registers the answer; until it does, every hour is a good hour.
"""

from collections.abc import Callable, Set
from datetime import datetime

Openings = Callable[[Set[int], datetime], dict[int, datetime]]

_openings: Openings | None = None


def register(openings: Openings) -> None:
    """`openings(user_ids, at)` answers, per person, the first instant from `at` on to disturb them."""
    global _openings  # one answer for the whole office
    _openings = openings


def earliest(user_ids: Set[int], at: datetime) -> dict[int, datetime]:
    """When a message that can wait may be sent to each of these people."""
    opens = _openings(user_ids, at) if _openings and user_ids else {}
    return {user_id: max(at, opens.get(user_id, at)) for user_id in user_ids}
