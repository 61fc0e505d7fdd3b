"""Beat empties the outbox every second, and sweeps out old notices at night."""

from celery import shared_task
from django.utils import timezone

from notices import drain as outbox
from notices import retention


@shared_task(name="notices.drain", time_limit=90)
def drain() -> int:
    """Send what is due; killed rather than let a hanging server hold a worker."""
    return outbox.drain(timezone.now())


@shared_task(name="notices.purge", time_limit=600)
def purge() -> int:
    """Delete what was read and sent long ago."""
    return retention.purge(timezone.now())
