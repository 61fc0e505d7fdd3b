"""Quiet hours (免打扰): nobody is mailed at midnight about something that can wait until the office opens.

The app that knows the calendars registers the answer; until it does, every hour is a good hour.
"""

from collections.abc import Callable
from datetime import datetime

_opening: Callable[[int, datetime], datetime] | None = None


def register(opening: Callable[[int, datetime], datetime]) -> None:
    """`opening(user_id, at)` answers the first instant from `at` on at which that person may be disturbed."""
    global _opening  # one calendar for the whole office
    _opening = opening


def earliest(user_id: int, at: datetime) -> datetime:
    """When a message that can wait may be sent to that person."""
    return at if _opening is None else max(at, _opening(user_id, at))
