"""The sweep against the bare SQL that does the same writes, with a million timers running.

DATABASE_URL=postgres://… python -m bench.sweep
"""

import datetime as dt
import statistics

from . import office
from .office import NOON, head, median_ms, row, timed

MILLION = 1_000_000
ROUNDS = 9

FILL = """
    INSERT INTO sla_timer (standard, version_id, subject_type_id, subject_id, label, link, owner_id, team, started_at,
                           due_at, climbed, next_look_at, outcome, stop_reason, excused)
    SELECT 'call-feedback', %(version)s, %(type)s, %(offset)s + n, 'bench', '/', %(first)s + n %% %(people)s, '',
           due - interval '1 minute', due, 0, due, '', '', false
    FROM generate_series(1, %(count)s) AS n, LATERAL (SELECT %(due)s::timestamptz + n * %(apart)s) AS each (due)
"""

BARE = """
    WITH claimed AS (
        SELECT id, owner_id FROM sla_timer WHERE next_look_at <= %(at)s ORDER BY next_look_at LIMIT %(limit)s
        FOR UPDATE SKIP LOCKED
    ), looked AS (
        UPDATE sla_timer SET climbed = climbed | 2, next_look_at = due_at + interval '2 minutes'
        FROM claimed WHERE sla_timer.id = claimed.id
    ), escalated AS (
        INSERT INTO sla_escalation (timer_id, step_id, due_at, noticed_at)
        SELECT id, %(step)s, %(at)s, %(at)s FROM claimed RETURNING id, timer_id
    ), told AS (
        INSERT INTO notices_notice (recipient_id, kind, params, words, link, level, source_type_id, source_id, key,
                                    created_at)
        SELECT person, 'sla.overdue', jsonb_build_object('standard', 'call-feedback', 'label', 'bench',
               'owner', '甲', 'due_at', %(at)s::text), 'call-feedback bench', '/', 'urgent', %(type)s, escalated.id,
               '', %(at)s
        FROM escalated JOIN sla_timer ON sla_timer.id = escalated.timer_id
        CROSS JOIN LATERAL (VALUES (owner_id), (%(first)s + (owner_id + 1 - %(first)s) %% %(people)s))
            AS audience (person)
        RETURNING id
    )
    INSERT INTO notices_delivery (notice_id, channel_id, state, attempts, next_try_at, message, reason, detail)
    SELECT told.id, %(channel)s, 'pending', 0, %(at)s, '', '', '' FROM told
"""


class Bench:
    """The numbers that both ways need, and fresh due timers for each round."""

    def __init__(self) -> None:
        from django.contrib.contenttypes.models import ContentType

        from notices.models import Channel
        from organization.models import Department
        from sla.models import Escalation, Policy

        self.desk = list(office.people())
        version = Policy.objects.in_force("call-feedback").current
        self.offset = 0
        self.known = {
            "version": version.pk,
            "type": ContentType.objects.get_for_model(Department).pk,
            "first": self.desk[0].pk,
            "people": len(self.desk),
        }
        self.bare = {
            "type": ContentType.objects.get_for_model(Escalation).pk,
            "step": version.ladder[0].pk,
            "channel": Channel.objects.get(kind="email").pk,
            "first": self.desk[0].pk,
            "people": len(self.desk),
        }

    def fill(self, count: int, due: dt.datetime, apart: dt.timedelta = dt.timedelta(0)) -> None:
        """`count` running timers, falling due one after the other."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                FILL, {**self.known, "offset": self.offset, "count": count, "due": due, "apart": apart}
            )
        self.offset += count

    def settle(self) -> None:
        """Nothing due, statistics fresh: where each round begins."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE sla_timer SET next_look_at = NULL WHERE next_look_at < %s", [NOON + FAR / 2]
            )
            cursor.execute("TRUNCATE sla_escalation, notices_notice, notices_delivery CASCADE")
            cursor.execute("VACUUM ANALYZE sla_timer")
            cursor.execute("CHECKPOINT")

    def bare_tick(self, limit: int) -> None:
        from django.db import connection, transaction

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BARE, {**self.bare, "at": NOON, "limit": limit})

    def breaches(self) -> int:
        """Timers whose breach was recorded, at the deadline itself."""
        from django.db.models import F

        from sla.models import Escalation

        return Escalation.objects.filter(due_at=F("timer__due_at")).values("timer").distinct().count()

    def counts(self) -> tuple[int, int, int]:
        from notices.models import Delivery, Notice
        from sla.models import Escalation

        return Escalation.objects.count(), Notice.objects.count(), Delivery.objects.count()


FAR = dt.timedelta(days=365)


def idle(bench: Bench) -> float:
    """Median milliseconds of a tick with nothing due."""
    from sla.sweep import sweep

    bench.settle()
    for _ in range(20):
        sweep(NOON)
    return median_ms([timed(lambda: sweep(NOON)) for _ in range(300)])


def busy(bench: Bench, due: int) -> tuple[list[float], list[float]]:
    """Seconds of our tick and of the bare one, each on `due` fresh timers, in turn; same rows written."""
    from sla.sweep import sweep

    ours, bare = [], []
    for _ in range(ROUNDS):
        bench.settle()
        bench.fill(due, NOON)
        ours.append(timed(lambda: sweep(NOON)))
        written = bench.counts()
        bench.settle()
        bench.fill(due, NOON)
        bare.append(timed(lambda: bench.bare_tick(due)))
        assert bench.counts() == written == (due, 2 * due, 2 * due), (bench.counts(), written)
    return ours, bare


def main() -> None:
    bench = Bench()
    bench.fill(1_000, NOON + FAR)
    small = idle(bench)
    bench.fill(MILLION - 1_000, NOON + FAR)
    large = idle(bench)
    head()
    row(
        "idle tick, 1,000,000 running", f"{large:.2f} ms", f"{small:.2f} ms with 1,000", large / small, "≤ 1.5",
        large / small <= 1.5,
    )  # fmt: skip
    for due in (1_000, 10_000):
        ours, bare = busy(bench, due)
        ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
        row(
            f"tick with {due:,} due among 1,000,000",
            f"{median_ms(ours):.0f} ms ({due / statistics.median(ours):,.0f}/s)",
            f"{median_ms(bare):.0f} ms bare SQL ({due / statistics.median(bare):,.0f}/s)",
            ratio,
            "≤ 2",
            ratio <= 2,
        )


if __name__ == "__main__":
    with office.office():
        main()
