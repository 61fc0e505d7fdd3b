"""Counting anew what has changed: every few seconds the outdated days, and on demand the whole history.

One standard is counted by one worker at a time, which holds its policy's row. Marks are taken away first, in
the same transaction: what changes meanwhile leaves a mark that was not seen, and is counted next time.
"""

import datetime as dt
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models.functions import Least, TruncDate
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from pages import clock, rows

from . import repeated, standards
from .models import DailyFigure, StaleDay, Timer
from .models.figure import bounds, local_day
from .standards import Shape, Standard

AT_ONCE = 1_000
ROLLED_KEY = "sla:last_roll_up"

logger = logging.getLogger(__name__)

_OUTDATED = "SELECT DISTINCT standard FROM sla_staleday"
_POLICY = "SELECT 1 FROM sla_policy WHERE standard = %s"
_FORGET = "DELETE FROM sla_dailyfigure WHERE standard = %s AND day = %s"
_TAKE = """
    DELETE FROM sla_staleday
    WHERE id IN (SELECT id FROM sla_staleday WHERE standard = %s ORDER BY id LIMIT %s)
    RETURNING day
"""
_COUNT = """
    INSERT INTO sla_dailyfigure (standard, day, person_id, counted, kept, excused, seconds)
    SELECT %s, %s, owner_id, COUNT(*), COUNT(*) FILTER (WHERE outcome = 'met'),
           COUNT(*) FILTER (WHERE outcome = 'missed' AND excused), ROUND({seconds})
    FROM sla_timer
    WHERE standard = %s AND (outcome = 'met' AND stopped_at >= %s AND stopped_at < %s
                             OR outcome = 'missed' AND due_at >= %s AND due_at < %s)
    GROUP BY owner_id
"""
_SECONDS = {
    "postgresql": "EXTRACT(EPOCH FROM SUM(GREATEST(stopped_at - started_at, interval '0')))",
    "sqlite": "SUM(MAX((julianday(stopped_at) - julianday(started_at)) * 86400, 0))",
}


def roll_up(at: dt.datetime) -> int:
    """Count every outdated day anew; gives how many (standard, day) there were.

    A standard that another worker is counting is left to it. One that cannot be counted keeps its marks and
    holds up no other.
    """
    counted, known = 0, {standard.key for standard in standards.every()}
    for key in known.intersection(key for (key,) in _run(_OUTDATED)):
        try:
            for days in _batches(key):
                counted += len(days)
                for day in days:
                    repeated.notice(key, day, at)
        except Exception:
            logger.exception("Standard %s could not be counted", key)
    cache.set(ROLLED_KEY, at.isoformat(), timeout=None)
    return counted


def last_roll_up() -> dt.datetime | None:
    """When the figures were last brought up to date, as far as is known."""
    stored = cache.get(ROLLED_KEY)
    return parse_datetime(stored) if stored else None


def rebuild_everything(
    *, since: dt.date | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Count the whole history anew, or that from `since` on; gives how many (standard, day) there were.

    Without `since` rates and samples are counted from the day on which the first promise was given.
    `progress` is told how many are done, of how many.
    """
    todo = _history(since)
    total = sum(len(days) for days in todo.values())
    done = 0
    for key, days in todo.items():
        for start in range(0, len(days), AT_ONCE):
            part = days[start : start + AT_ONCE]
            with transaction.atomic():
                if _lock(key, wait=True):
                    StaleDay.objects.filter(standard=key, day__in=part).delete()
                    _count(key, part)
            done += len(part)
            progress(done, total)
    return done


def mark_history() -> None:
    """In an office that has a history but was never counted, as after an update: have the worker count it."""
    if DailyFigure.objects.exists() or StaleDay.objects.exists():
        return
    if Timer.objects.filter(stopped_at__isnull=False).exists():
        for key, days in _history(None).items():
            StaleDay.note([key], days)


def _batches(key: str) -> Iterator[list[dt.date]]:
    """Count the outdated days of one standard, some marks at a time; gives the days that were counted.

    Nobody waits for the disk: should the server fall over, marks and figures are back together as they were.
    """
    more, alone = True, not connection.in_atomic_block
    while more:
        with transaction.atomic():
            if alone and connection.vendor == "postgresql":
                _run("SET LOCAL synchronous_commit TO off")
            marks = _take(key) if _lock(key, wait=False) else []
            days = sorted(set(marks))
            _count(key, days)
        more = len(marks) == AT_ONCE
        yield days


def _take(key: str) -> list[dt.date]:
    """The days that are marked, whose marks are gone with this transaction."""
    marked = _run(_TAKE, key, AT_ONCE)
    return [dt.date.fromisoformat(day) if isinstance(day, str) else day for (day,) in marked]


def _lock(key: str, *, wait: bool) -> bool:
    """One worker at a time; false where another is at it and we do not wait, or no such promise is known."""
    locking = "FOR UPDATE" if wait else "FOR UPDATE SKIP LOCKED"
    return bool(_run(f"{_POLICY} {locking if connection.features.has_select_for_update else ''}", key))


def _run(statement: str, *values: str | int) -> list[tuple]:
    """Written out, because composing these few costs more than their answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _count(key: str, days: Collection[dt.date]) -> None:
    """Put what the records say now in the place of what was stored."""
    standard = standards.get(key)
    for day in days:
        _run(_FORGET, key, connection.ops.adapt_datefield_value(day))
        if standard.measure:
            _count_records(standard, day)
        elif standard.shape in (Shape.TIMER, Shape.DUTY):
            _count_timers(key, day)


def _count_timers(key: str, day: dt.date) -> None:
    instants = [connection.ops.adapt_datetimefield_value(instant) for instant in bounds(day)]
    values = [key, connection.ops.adapt_datefield_value(day), key, *instants, *instants]
    _run(_COUNT.format(seconds=_SECONDS[connection.vendor]), *values)


def _count_records(standard: Standard, day: dt.date) -> None:
    counted, kept = Counter(), Counter()
    for tally in standard.measure(*bounds(day)):
        counted[tally.person_id] += tally.counted
        kept[tally.person_id] += tally.kept
    found = [
        (standard.key, day, person, count, kept[person], 0, 0) for person, count in counted.items() if count
    ]
    rows.insert(DailyFigure, ["standard", "day", "person", "counted", "kept", "excused", "seconds"], found)


def _history(since: dt.date | None) -> dict[str, list[dt.date]]:
    """The days to be counted of each standard: those with promises or figures, for records all days."""
    days: dict[str, set[dt.date]] = defaultdict(set)
    for key, day in [*_decided(), *DailyFigure.objects.order_by().values_list("standard", "day").distinct()]:
        days[key].add(day)
    known = [day for each in days.values() for day in each]
    today = local_day(clock.now())
    first, last = since or min(known, default=today), max([*known, today])
    everyday = {first + dt.timedelta(days=number) for number in range((last - first).days + 1)}
    for standard in standards.every():
        if standard.measure:
            days[standard.key] |= everyday
    declared = {standard.key for standard in standards.every()}
    return {key: sorted(day for day in days[key] if day >= first) for key in sorted(declared & days.keys())}


def _decided() -> Iterator[tuple[str, dt.date]]:
    """Standard and day of every promise that was kept or broken."""
    stopped = Timer.objects.filter(outcome__in=[Timer.Outcome.MET, Timer.Outcome.MISSED])
    day = TruncDate(Least("stopped_at", "due_at"), tzinfo=timezone.get_default_timezone())
    return stopped.order_by().values_list("standard", day).distinct().iterator()
