"""How long an invariant held: the minutes of each day in which it did, of those in which it was watched.

It is watched from its first check to its latest; it was broken while its timers ran.
"""

import datetime as dt
from collections.abc import Iterator
from math import ceil

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from .models import Invariant, Timer
from .models.figure import bounds, local_day

Span = tuple[dt.datetime, dt.datetime]

MINUTE = dt.timedelta(minutes=1)
NOTHING = dt.timedelta(0)


def minutes(first: dt.date, last: dt.date, at: dt.datetime) -> Iterator[tuple[str, dt.date, int, int]]:
    """Standard, day, minutes watched, minutes held; a breach costs a minute at least. Two queries."""
    start, end = bounds(first)[0], min(bounds(last)[1], at)
    watched = Invariant.objects.filter(observed_since__lt=end, checked_at__gt=start)
    invariants = list(watched)
    broken = _broken(invariants, start, end)
    for invariant in invariants:
        since, until = max(start, invariant.observed_since), min(end, invariant.checked_at)
        for day, span in _days(since, until):
            observed = (span[1] - span[0]) // MINUTE
            lost = sum((_overlap(span, each) for each in broken[invariant.pk]), NOTHING)
            if observed:
                yield invariant.standard, day, observed, max(0, observed - ceil(lost / MINUTE))


def _broken(invariants: list[Invariant], start: dt.datetime, end: dt.datetime) -> dict[int, list[Span]]:
    """When each was broken within the time, by its timers; they never run side by side."""
    spans: dict[int, list[Span]] = {invariant.pk: [] for invariant in invariants}
    if not spans:
        return spans
    timers = Timer.objects.filter(
        Q(stopped_at=None) | Q(stopped_at__gt=start),
        subject_type=ContentType.objects.get_for_model(Invariant),
        subject_id__in=spans,
        standard__in=[invariant.standard for invariant in invariants],
        started_at__lt=end,
    )
    for pk, started_at, stopped_at in timers.values_list("subject_id", "started_at", "stopped_at"):
        spans[pk].append((started_at, stopped_at or end))
    return spans


def _days(since: dt.datetime, until: dt.datetime) -> Iterator[tuple[dt.date, Span]]:
    """The time from `since` to `until`, cut at every midnight."""
    while since < until:
        day = local_day(since)
        midnight = bounds(day)[1]
        yield day, (since, min(midnight, until))
        since = midnight


def _overlap(one: Span, other: Span) -> dt.timedelta:
    return max(NOTHING, min(one[1], other[1]) - max(one[0], other[0]))
