"""A promise broken again and again: noticed once for a stretch of days, so that its cause is looked for.

Promises and rates count their misses from the daily figures, invariants their breaches that lasted beyond the
limit. Samples have no misses: they are points. What was excused does not count, nor what the target allows.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse

from notices.telling import tell
from organization.models import User
from organization.roles import Role

from . import standards
from .models import BoardSettings, DailyFigure, Policy, RepeatedMiss, Timer
from .models.figure import bounds, local_day
from .signals import misses_repeated
from .standards import Shape

DAY = dt.timedelta(days=1)


class Window(NamedTuple):
    """A stretch of days, both ends included, and what was missed in it."""

    first: dt.date
    last: dt.date
    misses: int


@transaction.atomic
def notice(standard: str, day: dt.date, at: dt.datetime) -> RepeatedMiss | None:
    """Called when the figure of `day` was worked out: note, announce and tell if misses repeat themselves.

    Each stretch is noticed once; days further back than one stretch are history and are not.
    """
    settings, today = BoardSettings.current(), local_day(at)
    span = dt.timedelta(days=settings.repeated_days - 1)
    if standards.get(standard).shape == Shape.SAMPLE or not today - span <= day <= today:
        return None
    Policy.objects.select_for_update().filter(standard=standard).first()  # two roll-ups, one after the other
    known = misses_by_day([standard], day - span, min(day + span, today), at)[standard]
    found = _window(known, day, span, today, settings.repeated_misses)
    if found is None or _is_within_target(standard, found) or _is_noticed(standard, found):
        return None
    return _note(standard, found, at)


def counted_now(misses: Iterable[RepeatedMiss], at: dt.datetime) -> dict[int, int]:
    """How many of each one's misses still count: fewer where some were excused since. Two queries."""
    misses = list(misses)
    if not misses:
        return {}
    first, last = min(one.first_day for one in misses), max(one.last_day for one in misses)
    known = misses_by_day({one.standard for one in misses}, first, last, at)
    return {one.pk: _sum(known[one.standard], one.first_day, one.last_day) for one in misses}


def misses_by_day(
    keys: Iterable[str], first: dt.date, last: dt.date, at: dt.datetime
) -> dict[str, dict[dt.date, int]]:
    """For each standard the misses of each day from `first` to `last` that were not excused."""
    keys = set(keys)
    states = {key for key in keys if standards.get(key).shape == Shape.STATE}
    found: dict[str, dict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    figures = DailyFigure.objects.filter(standard__in=keys - states, day__range=(first, last))
    missed = Sum(F("counted") - F("kept") - F("excused"))
    for key, day, count in figures.order_by().values_list("standard", "day").annotate(missed=missed):
        found[key][day] = count
    for key, due_at in _beyond_figures(keys, states, first, last, at):
        found[key][local_day(due_at)] += 1
    return found


def _beyond_figures(
    keys: Iterable[str], states: Iterable[str], first: dt.date, last: dt.date, at: dt.datetime
) -> QuerySet:
    """What no figure counts: promises overdue at this moment, and every breach of an invariant."""
    missed = Q(stopped_at=None, paused_at=None, due_at__lt=at)
    missed |= Q(outcome=Timer.Outcome.MISSED, standard__in=states)
    start, end = bounds(first)[0], bounds(last)[1]
    timers = Timer.objects.filter(missed, standard__in=keys, excused=False)
    return timers.filter(due_at__gte=start, due_at__lt=end).values_list("standard", "due_at")


def _window(
    misses: Mapping[dt.date, int], day: dt.date, span: dt.timedelta, today: dt.date, limit: int
) -> Window | None:
    """The first stretch that holds `day` and reaches the limit; stretches end on `day` or later."""
    last = day
    while last <= min(day + span, today):
        count = _sum(misses, last - span, last)
        if count >= limit:
            return Window(last - span, last, count)
        last += DAY
    return None


def _sum(misses: Mapping[dt.date, int], first: dt.date, last: dt.date) -> int:
    return sum(count for day, count in misses.items() if first <= day <= last)


def _is_within_target(standard: str, found: Window) -> bool:
    """A clause whose target leaves room for misses is missed too often only below that target."""
    if standards.get(standard).shape == Shape.STATE:
        return False
    target = Policy.objects.values_list("current__target", flat=True).get(standard=standard)
    figures = DailyFigure.objects.filter(standard=standard, day__range=(found.first, found.last))
    kept = figures.aggregate(kept=Sum("kept"))["kept"] or 0
    return 100 * kept >= target * (kept + found.misses)


def _is_noticed(standard: str, found: Window) -> bool:
    same = RepeatedMiss.objects.filter(standard=standard)
    return same.filter(first_day__lte=found.last, last_day__gte=found.first).exists()


def _note(standard: str, found: Window, at: dt.datetime) -> RepeatedMiss:
    noted = RepeatedMiss.objects.create(
        standard=standard,
        first_day=found.first,
        last_day=found.last,
        misses=found.misses,
        noticed_at=at,
    )
    tell(
        User.objects.in_role(Role.ADMIN_MANAGER),
        "sla.misses-repeated",
        at=at,
        params={"standard": standard, "misses": found.misses, "days": (found.last - found.first).days + 1},
        link=records_of(standard),
        source=noted,
        level="warning",
    )
    payload = {"standard": standard, "first_day": found.first, "last_day": found.last, "misses": found.misses}
    transaction.on_commit(partial(misses_repeated.send, RepeatedMiss, miss=noted, **payload))
    return noted


def records_of(standard: str) -> str:
    """The page on which a standard's records are looked at: on the board, or the invariant's own."""
    page = "invariant" if standards.get(standard).shape == Shape.STATE else "board-standard"
    return reverse(page, args=[standard])
