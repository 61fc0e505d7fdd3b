"""Starting and stopping promises. Only verbs on records call these, inside their own transaction."""

import datetime as dt

from django.db import IntegrityError, models, transaction
from django.db.models import F

from .models import Calendar, Policy, Timer


def start_timer(
    subject: models.Model,
    standard: str,
    *,
    at: dt.datetime,
    owner=None,
    team: str = "",
    by=None,
    label: str = "",
    given: dt.datetime | None = None,
) -> Timer | None:
    """Give the promise `standard` on `subject`, from `at`, owed by `owner` or by a role, `team`.

    `label` says what it is about, for people who cannot open the record; `given` is the agreed date for
    promises whose deadline is agreed. A promise that runs already is returned as it is; one the manager
    switched off starts nothing and gives None.
    """
    policy = Policy.objects.in_force(standard)
    version = policy.current
    if not version.enabled or version.limit is None:
        return None
    timer = Timer(
        standard=standard,
        version=version,
        subject=subject,
        label=label[:200],
        link=subject.get_absolute_url(),
        owner=owner,
        team=team,
        started_at=at,
        given_at=given,
    )
    timer.due_at = max(at, version.limit.due(at, version.calendar.hours(), given))
    timer.next_look_at = timer.upcoming()
    try:
        with transaction.atomic():
            timer.save(force_insert=True)
    except IntegrityError:
        return running(subject, standard)
    return timer


def stop_timer(subject: models.Model, standard: str, *, at: dt.datetime, by=None) -> Timer | None:
    """The promise was fulfilled at `at`; gives the timer, or None when none was running."""
    timer = running(subject, standard)
    if timer:
        timer.stop(at=at, by=by)
    return timer


def cancel_timer(
    subject: models.Model, standard: str, *, at: dt.datetime, by=None, reason: str = ""
) -> Timer | None:
    """The promise no longer applies; gives the timer, or None when none was running."""
    timer = running(subject, standard)
    if timer:
        timer.cancel(at=at, by=by, reason=reason)
    return timer


def running(subject: models.Model, standard: str) -> Timer | None:
    return Timer.objects.about(subject).running().filter(standard=standard).first()


def follow_calendars() -> int:
    """Fit running timers to calendars changed since the last time; gives how many deadlines moved.

    Beat asks for it every few seconds, so a change survives a worker that dies half-way: the calendar
    is noted as followed only at the end.
    """
    moved = 0
    for calendar in Calendar.objects.exclude(stamp=F("applied_stamp")):
        running = Timer.objects.running().filter(version__calendar=calendar)
        for timer in running.select_related("version__calendar").prefetch_related("pauses").iterator(2_000):
            if timer.computed_due() != timer.due_at:
                moved += timer.recompute()
        Calendar.objects.filter(pk=calendar.pk).update(applied_stamp=calendar.stamp)
    return moved
