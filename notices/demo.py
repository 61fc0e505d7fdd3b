"""The demo office's inboxes: everybody was welcomed when the system was opened, and most have read it."""

import random
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model

from notices.models import Notice
from notices.telling import tell

OPENED_BEFORE = timedelta(days=90)
STILL_UNREAD = 0.1


def fill(random: random.Random, now: datetime) -> None:
    """One welcome for each active person, on screen only; nothing is mailed to invented addresses."""
    people = get_user_model().objects.active().order_by("pk")
    opened = now - OPENED_BEFORE
    told = tell(people, "notices.welcome", at=opened, channels=("inbox",), key="welcome")
    for notice in told:
        if random.random() >= STILL_UNREAD:
            notice.read_at = opened + timedelta(minutes=random.randrange(5, 3 * 24 * 60))
    Notice.objects.bulk_update(told, ["read_at"])
