"""Old notices are thrown away (清理): read, older than the office keeps them, and sent without trouble."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef

from notices.models import Delivery, Notice

CHUNK = 1_000


def purge(at: datetime) -> int:
    """Delete in small pieces, so that nobody waits; answers how many notices went.

    What failed or is still on its way stays, with its notice.
    """
    before = at - timedelta(days=settings.NOTICES_KEPT_DAYS)
    kept = Delivery.objects.filter(notice=OuterRef("pk")).exclude(state=Delivery.State.SENT)
    old = Notice.objects.filter(created_at__lt=before, read_at__lt=before).exclude(Exists(kept))
    gone = 0
    while ids := list(old.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        Delivery.objects.filter(notice__in=ids).delete()
        gone += Notice.objects.filter(pk__in=ids).delete()[0]
    return gone
