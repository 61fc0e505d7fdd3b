"""The demo office's inboxes: everybody was welcomed when the system was opened, and most have read it."""

import random
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db.models import F

from notices.models import Delivery, Notice
from notices.telling import tell

OPENED_BEFORE = timedelta(days=90)
STILL_UNREAD = 0.1
READ_WITHIN = timedelta(days=2)
SENT_WITHIN = timedelta(hours=1)


def fill(random: random.Random, now: datetime) -> None:
    """One welcome for each active person, on screen only; nothing is mailed to invented addresses."""
    people = get_user_model().objects.active().order_by("pk")
    opened = now - OPENED_BEFORE
    told = tell(people, "notices.welcome", at=opened, channels=("inbox",), key="welcome")
    for notice in told:
        if random.random() >= STILL_UNREAD:
            notice.read_at = opened + timedelta(minutes=random.randrange(5, 3 * 24 * 60))
    Notice.objects.bulk_update(told, ["read_at"])


def look_back(now: datetime) -> None:
    """What the verbs told while the past was lived through: mailed at once, read within two days."""
    told = Notice.objects.filter(created_at__lt=now - READ_WITHIN)
    told.unread().update(read_at=F("created_at") + timedelta(hours=3))
    gone = Delivery.objects.open().filter(notice__created_at__lt=now - SENT_WITHIN)
    instant = F("next_try_at")
    gone.update(
        state=Delivery.State.SENT, attempts=1, first_tried_at=instant, tried_at=instant, sent_at=instant
    )
