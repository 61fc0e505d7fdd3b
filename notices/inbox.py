"""What the bell and the open screens know about a person's inbox."""

from django.db import models

from notices.models import Notice

MOST_ALOUD = 3
WATCHED = (
    "SELECT MAX(id) FROM notices_notice WHERE recipient_id = %(user)s",
    "SELECT COUNT(*) FROM notices_notice WHERE recipient_id = %(user)s AND read_at IS NULL",
)
"""What changes whenever somebody is told, reads or answers something."""


def unread_count(user: models.Model) -> int:
    """The number on the bell."""
    return Notice.objects.to(user).unread().count()


def newest(user: models.Model) -> int:
    """The number of the newest notice told to the user; 0 if there is none."""
    return Notice.objects.to(user).order_by("-pk").values_list("pk", flat=True).first() or 0


def urgent_after(user: models.Model, after: int) -> list[str]:
    """What the bell says aloud: the titles of urgent unread notices above that number, newest first."""
    urgent = Notice.objects.to(user).unread().filter(pk__gt=after, level=Notice.Level.URGENT)
    return [notice.title for notice in urgent.order_by("-pk")[:MOST_ALOUD]]
