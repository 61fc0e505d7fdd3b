"""From deadline to escalation row: 100 timers fall due each second for two minutes, with a real worker and beat.

DATABASE_URL=postgres://… REDIS_URL=redis://… python -m bench.lag
"""

import datetime as dt
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from . import office
from .office import head, row
from .sweep import Bench

EACH_SECOND, SECONDS = 100, 120


@contextmanager
def crew() -> Iterator[None]:
    """A worker and a beat for as long as we look."""
    celery = [sys.executable, "-m", "celery", "-A", "admin_office"]
    processes = [
        subprocess.Popen(
            [*celery, "worker", "-Q", "clock", "-c", "1", "-l", "ERROR"], start_new_session=True
        ),
        subprocess.Popen([*celery, "beat", "-l", "ERROR"], start_new_session=True),
    ]
    try:
        yield
    finally:
        for process in processes:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def watch(until: float) -> dict[int, dt.timedelta]:
    """How long after the deadline each breach could first be read by somebody else, polled every 20 ms."""
    from django.db import connection

    seen: dict[int, dt.timedelta] = {}
    while time.time() < until and len(seen) < EACH_SECOND * SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sla_escalation.id, sla_escalation.due_at, clock_timestamp() FROM sla_escalation "
                "JOIN sla_timer ON sla_timer.id = timer_id AND sla_timer.due_at = sla_escalation.due_at "
                "WHERE sla_escalation.id > %s",
                [max(seen, default=0)],
            )
            for pk, due_at, now in cursor.fetchall():
                seen[pk] = now - due_at
        time.sleep(0.02)
    return seen


def main() -> None:
    bench = Bench()
    bench.fill(100_000, office.NOON + dt.timedelta(days=3650))
    with crew():
        time.sleep(8)
        begin = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5)
        bench.fill(EACH_SECOND * SECONDS, begin, apart=dt.timedelta(seconds=1) / EACH_SECOND)
        lags = sorted(lag.total_seconds() for lag in watch(time.time() + SECONDS + 30).values())
    written = bench.breaches()
    p99 = lags[int(len(lags) * 0.99)]
    head()
    row(
        f"deadline to escalation row, {len(lags):,} timers", f"p50 {statistics.median(lags):.2f} s, p99 {p99:.2f} s",
        f"max {lags[-1]:.2f} s, {written:,} written", None, "99 % ≤ 2 s", written == EACH_SECOND * SECONDS and p99 <= 2,
    )  # fmt: skip


if __name__ == "__main__":
    with office.office():
        main()
