"""Starting and stopping promises. Only verbs on records call these, inside their own transaction."""

import datetime as dt
from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F

from pages import rows

from .models import Calendar, Policy, Timer


def start_timer(subject: models.Model, standard: str, **particulars) -> Timer | None:
    """Give one promise; see `start_timers`. None when the manager switched it off."""
    return next(iter(start_timers(subject, [standard], **particulars)), None)


def start_timers(
    subject: models.Model,
    keys: Sequence[str],
    *,
    at: dt.datetime,
    owner=None,
    team: str = "",
    label: str = "",
    given: dt.datetime | None = None,
) -> list[Timer]:
    """Give the promises `keys` on `subject`, from `at`, owed by `owner` or by everybody in the role `team`.

    `label` says what it is about, for people who cannot open the record; `given` is the agreed date for
    promises whose deadline is agreed. A promise that runs already is answered as it is; one that the manager
    switched off is left out. Three statements, however many promises.
    """
    about = {
        "subject_type": ContentType.objects.get_for_model(subject),
        "subject_id": subject.pk,
        "label": label[:200],
        "link": subject.get_absolute_url(),
        "owner": owner,
        "team": team,
        "started_at": at,
        "given_at": given,
    }
    giving = Policy.objects.giving(keys)
    timers = [Timer(standard=policy.standard, version=policy.current, **about) for policy in giving]
    for timer in timers:
        timer.due_at = timer.computed_due()
        timer.next_look_at = timer.upcoming()
    written = rows.insert(
        Timer, _COLUMNS, [_row(timer) for timer in timers], returning=True, skip_duplicates=True
    )
    if len(written) < len(timers):
        return list(Timer.objects.about(subject).running().filter(standard__in=keys))
    for pk, timer in zip(written, timers, strict=True):
        timer.pk, timer._state.adding = pk, False
    return timers


_COLUMNS = [field.attname for field in Timer._meta.concrete_fields if not field.primary_key]


def _row(timer: Timer) -> list:
    return [getattr(timer, name) for name in _COLUMNS]


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
