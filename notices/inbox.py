"""What the bell and the open screens know about a person's inbox."""

from django.db import models
from django.db.models import Count, Subquery

from notices.models import Notice

MOST_ALOUD = 3


def unread_count(user: models.Model) -> int:
    """The number on the bell."""
    return Notice.objects.to(user).unread().count()


def token(user: models.Model) -> str:
    """Changes whenever the user is told, reads or answers something; one question to two small indexes."""
    own = Notice.objects.to(user)
    unread = own.unread().order_by().values("recipient").annotate(how_many=Count("pk")).values("how_many")
    newest = own.order_by("-pk").values_list("pk", Subquery(unread)).first()
    return "{}.{}".format(*newest) if newest else "0"


def newest(user: models.Model) -> int:
    """The number of the newest notice told to the user; 0 if there is none."""
    return Notice.objects.to(user).order_by("-pk").values_list("pk", flat=True).first() or 0


def urgent_after(user: models.Model, after: int) -> list[str]:
    """What the bell says aloud: the titles of urgent unread notices above that number, newest first."""
    urgent = Notice.objects.to(user).unread().filter(pk__gt=after, level=Notice.Level.URGENT)
    return [notice.title for notice in urgent.order_by("-pk")[:MOST_ALOUD]]
