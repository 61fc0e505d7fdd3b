"""What time it is in the office: the database's clock, so that web and worker agree on differing machines."""

import datetime as dt
import threading
import time

from django.db import connection
from django.utils import timezone

TRUSTED_SECONDS = 30

_measured = threading.local()


def now() -> dt.datetime:
    """The present instant, aware, by the database server's clock.

    The difference to this machine's own clock is measured anew every 30 s, and when the own clock jumps.
    SQLite lives on this machine: its clock is ours.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    drift = time.time() - time.monotonic()
    fresh = getattr(_measured, "until", 0) > time.monotonic() and abs(_measured.drift - drift) < 0.5
    if not fresh:
        _measured.offset = _measure()
        _measured.until = time.monotonic() + TRUSTED_SECONDS
        _measured.drift = drift
    return timezone.now() + _measured.offset


def _measure() -> dt.timedelta:
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    after = timezone.now()
    return theirs - (before + (after - before) / 2)
