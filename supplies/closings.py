"""Days that were agreed, as instants: a thing due on a day is due when the office closes on it."""

from datetime import date, datetime, time

from django.utils import timezone

from sla import calendars


def closing_of(day: date) -> datetime:
    """When the office closes on that day; on the next working day where it does not open."""
    return calendars.hours("office").closing(timezone.make_aware(datetime.combine(day, time.min)))
