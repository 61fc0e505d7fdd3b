"""What the bell and the open screens know about a person's inbox."""

from django.db import models

from notices.models import Notice


def unread_count(user: models.Model) -> int:
    """The number on the bell."""
    return Notice.objects.to(user).unread().count()


def token(user: models.Model) -> str:
    """Changes whenever the user's inbox does; one probe of the index of unread notices."""
    how_many, newest = Notice.objects.to(user).unread().state()
    return f"{newest}.{how_many}"
