from datetime import timedelta

import pytest

from notices.models import Delivery, Notice
from notices.retention import purge
from notices.telling import tell

pytestmark = pytest.mark.django_db


def test_what_was_read_and_sent_long_ago_goes_and_everything_else_stays(receptionist, noon):
    old = noon - timedelta(days=200)
    (gone,) = tell([receptionist], "news", at=old)
    (unread,) = tell([receptionist], "news", at=old, channels=("inbox",))
    (failed,) = tell([receptionist], "news", at=old)
    (recent,) = tell([receptionist], "news", at=noon, channels=("inbox",))
    Notice.objects.exclude(pk=unread.pk).update(read_at=old)
    Delivery.objects.filter(notice=gone).update(state="sent")
    Delivery.objects.filter(notice=failed).update(state="failed")

    assert purge(noon) == 1

    assert set(Notice.objects.all()) == {unread, failed, recent}
