"""The board of a month over a million stopped timers, and counting one day of ten thousand anew.

DATABASE_URL=postgres://… python -m bench.board
"""

import datetime as dt
import statistics

from . import office
from .office import head, median_ms, row, timed

MILLION = 1_000_000
DAY_OF_MANY = 10_000
ROUNDS = 41

FILL = """
    INSERT INTO sla_timer (standard, version_id, subject_type_id, subject_id, label, link, owner_id, team, started_at,
                           due_at, climbed, outcome, stopped_at, stop_reason, excused)
    SELECT (%(standards)s::text[])[1 + n %% %(kinds)s], %(version)s, %(type)s, %(offset)s + n, 'bench', '/',
           %(first)s + n / %(kinds)s %% %(people)s, '', start, start + interval '1 minute', 0,
           CASE WHEN n %% 20 = 0 THEN 'missed' ELSE 'met' END,
           start + CASE WHEN n %% 20 = 0 THEN interval '3 minutes' ELSE interval '40 seconds' END, '', n %% 100 = 0
    FROM generate_series(1, %(count)s) AS n,
         LATERAL (SELECT %(since)s::timestamptz + n * %(apart)s) AS each (start)
"""
BARE_BOARD = """
    SELECT standard, day, SUM(counted), SUM(kept), SUM(excused), SUM(seconds)
    FROM sla_dailyfigure WHERE day BETWEEN %s AND %s GROUP BY standard, day
"""
BARE_TOTALS = """
    SELECT standard, SUM(counted), SUM(kept), SUM(excused), SUM(seconds)
    FROM sla_dailyfigure WHERE day BETWEEN %s AND %s GROUP BY standard
"""
BARE_DAY = """
    SELECT owner_id, COUNT(*), COUNT(*) FILTER (WHERE outcome = 'met'),
           COUNT(*) FILTER (WHERE outcome = 'missed' AND excused), EXTRACT(EPOCH FROM SUM(stopped_at - started_at))
    FROM sla_timer
    WHERE standard = %s AND (outcome = 'met' AND stopped_at >= %s AND stopped_at < %s
                             OR outcome = 'missed' AND due_at >= %s AND due_at < %s)
    GROUP BY owner_id
"""
MONTH = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
MANY = dt.date(2026, 12, 8)
LATE = dt.datetime(2026, 12, 31, tzinfo=dt.UTC)


class Bench:
    """An office with a month of promises behind it, of every timed standard and duty."""

    def __init__(self) -> None:
        from django.contrib.contenttypes.models import ContentType

        from organization.models import Department
        from sla import standards
        from sla.figures import PROMISED
        from sla.models import Policy

        people = list(office.people())
        keys = [
            standard.key for standard in standards.every() if standard.clause and standard.shape in PROMISED
        ]
        self.known = {
            "version": Policy.objects.in_force("call-feedback").current.pk,
            "type": ContentType.objects.get_for_model(Department).pk,
            "standards": keys,
            "kinds": len(keys),
            "first": people[0].pk,
            "people": len(people),
        }
        self.filled = 0

    def fill(self, count: int, since: dt.datetime, span: dt.timedelta, **changes) -> None:
        """`count` promises kept and missed, one after the other over a span of time."""
        from django.db import connection

        values = {"since": since, "apart": span / count, "count": count, "offset": self.filled}
        with connection.cursor() as cursor:
            cursor.execute(FILL, {**self.known, **values, **changes})
        self.filled += count


def analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fetched(statement: str, values: list) -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def alternating(ours, bare) -> tuple[list[float], list[float]]:
    """Seconds of both, in turn, after some turns to warm up."""
    for _ in range(5):
        ours()
        bare()
    pairs = [(timed(ours), timed(bare)) for _ in range(ROUNDS)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def board(bench: Bench) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from sla import figures
    from sla.board import Board, Period

    first, _end = _bounds(MONTH[0])
    bench.fill(MILLION, first, _bounds(MONTH[1])[1] - first - dt.timedelta(minutes=5))
    analyze()
    rebuilt = timed(figures.rebuild_everything)
    analyze()
    period = Period(*MONTH)
    with CaptureQueriesContext(connection) as queries:
        assert sum(line.figure.counted for line in Board(period, at=LATE).lines) == MILLION
    rows = fetched("SELECT COUNT(*) FROM sla_dailyfigure", [])[0][0]
    for bare_query, words in ((BARE_BOARD, "by standard and day"), (BARE_TOTALS, "by standard alone")):
        ours, bare = alternating(
            lambda: Board(period, at=LATE).lines, lambda query=bare_query: fetched(query, list(MONTH))
        )
        ratio = statistics.median(ours) / statistics.median(bare)
        row(
            f"board of a month, {MILLION:,} stopped timers, {rows:,} daily figures", f"{median_ms(ours):.1f} ms",
            f"{median_ms(bare):.1f} ms bare query over the rollup, {words}", ratio, "≤ 3", ratio <= 3,
        )  # fmt: skip
    row("the same, queries", str(len(queries)), "–", None, "< 10", len(queries) < 10)
    row(f"counting the whole history anew, {MILLION:,} timers", f"{rebuilt:.1f} s", "–", None, "–", True)


def day(bench: Bench) -> None:
    from sla import figures
    from sla.models import DailyFigure

    start, end = _bounds(MANY)
    bench.fill(
        DAY_OF_MANY,
        start + dt.timedelta(hours=9),
        dt.timedelta(hours=9),
        standards=["call-feedback"],
        kinds=1,
    )
    analyze()
    bounds = [start, end]

    def ours() -> None:
        assert figures.roll_up(LATE) == 1

    taken, bare = [], []
    for number in range(ROUNDS + 5):
        figures.outdate("call-feedback", MANY)
        pair = timed(ours), timed(lambda: fetched(BARE_DAY, ["call-feedback", *bounds, *bounds]))
        if number >= 5:
            taken.append(pair[0])
            bare.append(pair[1])
    assert sum(DailyFigure.objects.filter(day=MANY).values_list("counted", flat=True)) == DAY_OF_MANY
    ratio = statistics.median(taken) / statistics.median(bare)
    row(
        f"counting one day of {DAY_OF_MANY:,} timers anew, among {MILLION:,}", f"{median_ms(taken):.1f} ms",
        f"{median_ms(bare):.1f} ms bare aggregate", ratio, "≤ 2", ratio <= 2,
    )  # fmt: skip


def _bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    from sla.models.figure import bounds

    return bounds(day)


def main() -> None:
    bench = Bench()
    head()
    board(bench)
    day(bench)


if __name__ == "__main__":
    with office.office():
        main()
