"""Promises that are overdue at this moment, found by index however many others run."""

import datetime as dt

from django.db.models import Min, OuterRef, Subquery

from pages import clock

from . import standards
from .models import Excuse, Policy, Timer
from .querysets import TimerQuerySet

MOST_COUNTED = 100


def open_misses(user, at: dt.datetime) -> TimerQuerySet:
    """Overdue running timers that `user` may see.

    All standards are named, so that the index by standard and deadline is read, not every running timer.
    """
    known = [standard.key for standard in standards.every()]
    return Timer.objects.visible_to(user).overdue(at).filter(standard__in=known, paused_at=None)


def count_unacknowledged(user) -> int:
    """How many open misses nobody has taken notice of, up to a hundred: the number in the menu."""
    return open_misses(user, clock.now()).filter(acknowledged_at=None)[:MOST_COUNTED].count()


def count_undecided(user) -> int:
    """How many requests for an excuse wait for a decision, up to a hundred."""
    return Excuse.objects.filter(state=Excuse.State.ASKED)[:MOST_COUNTED].count()


def next_deadline(at: dt.datetime) -> dt.datetime | None:
    """When the next running timer becomes overdue: one index probe for each standard."""
    coming = Timer.objects.running().filter(standard=OuterRef("standard"), due_at__gte=at, paused_at=None)
    soonest = Subquery(coming.order_by("due_at").values("due_at")[:1])
    return Policy.objects.annotate(soonest=soonest).aggregate(at=Min("soonest"))["at"]
