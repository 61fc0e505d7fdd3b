"""A duty as the tests know it: the archive's update, every Wednesday from 14:00 to closing."""

from datetime import date

from sla.models import Calendar, Duty, Occurrence
from sla.recurrence import Recurring

ARCHIVE = "archive-update"
MONDAY = date(2026, 11, 23)
WEDNESDAYS = "FREQ=WEEKLY;BYDAY=WE"


def set_up(by, at, **changes) -> Duty:
    """Wednesdays, 14:00 to closing, done by whoever sets it up, unless told otherwise."""
    given = {
        "title": "档案更新",
        "standard": ARCHIVE,
        "rule": Recurring(changes.pop("rrule", WEDNESDAYS), changes.pop("anchor", MONDAY)),
        "calendar": Calendar.objects.get(key="office"),
        "assignment": "person",
        "person": by,
        "opens": "14:00",
        "since": MONDAY,
    }
    return Duty.set_up(by=by, at=at, **{**given, **changes})


def in_turn(by, at, people, **changes) -> Duty:
    """The daily sharing: every working day, by these people in turn."""
    turns = {"rrule": "FREQ=DAILY", "roll": "skip", "assignment": "rotation", "person": None, "opens": ""}
    return set_up(by, at, rotation=people, **{**turns, **changes})


def on(duty: Duty, day: str) -> Occurrence:
    return duty.occurrences.get(day=date.fromisoformat(day))


def days(duty: Duty, **conditions) -> list[str]:
    named = duty.occurrences.filter(**conditions).order_by("day").values_list("day", flat=True)
    return [f"{day:%m-%d}" for day in named]
