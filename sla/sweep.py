"""The sweep: once a second, whatever fell due is claimed, recorded as an escalation, and announced.

This is the one hot place of the house, so it writes in sets. Two sweeps may run at once: a timer is claimed
by one of them, and a step is taken once for ever. Nobody is told here; the outbox sends from stored rows.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction

from notices.telling import Telling, tell_many
from pages import rows
from pages.pulse import SWEEP_KEY

from .audience import Audience
from .models import Escalation, PolicyVersion, Step, Timer
from .models.policy import moment

BATCH = 1_000


class Claimed(NamedTuple):
    """A timer at which the sweep looks, held for the length of one transaction."""

    pk: int
    version_id: int
    standard: str
    label: str
    link: str
    owner_id: int | None
    team: str
    started_at: dt.datetime
    due_at: dt.datetime
    climbed: int


class Taken(NamedTuple):
    """A step taken on a claimed timer, at the step's own moment."""

    timer: Claimed
    step: Step
    due_at: dt.datetime


def sweep(at: dt.datetime, *, batch: int = BATCH) -> int:
    """Take every step due by `at`, in batches of one transaction each; gives how many were taken.

    With nothing due it costs one probe of the partial index on `next_look_at`. After an outage each missed
    step is recorded once, with the lag, and each person is told once per timer.
    """
    taken = 0
    while Timer.objects.due(at).exists():
        with transaction.atomic():
            claimed = _claim(at, batch)
            taken += _climb(claimed, at)
        if not claimed:
            break
    cache.set(SWEEP_KEY, at.isoformat(), timeout=None)
    return taken


def _claim(at: dt.datetime, batch: int) -> list[Claimed]:
    """Lock up to `batch` due timers, leaving those another sweep holds to it."""
    due = Timer.objects.due(at).order_by("next_look_at").select_for_update(skip_locked=True)
    fields = ["pk", *Claimed._fields[1:]]
    return [Claimed(*row) for row in due.values_list(*fields)[:batch]]


def _climb(claimed: list[Claimed], at: dt.datetime) -> int:
    versions = _versions({timer.version_id for timer in claimed})
    taken: list[Taken] = []
    looks: list[tuple[int, int, dt.datetime | None]] = []
    for timer in claimed:
        climbed, upcoming = timer.climbed, None
        for step in versions[timer.version_id].ladder:
            due_at = moment(step, timer.started_at, timer.due_at)
            if climbed >> step.position & 1:
                continue
            if due_at <= at:
                climbed |= 1 << step.position
                taken.append(Taken(timer, step, due_at))
            elif upcoming is None or due_at < upcoming:
                upcoming = due_at
        looks.append((timer.pk, climbed, upcoming))
    if looks:
        _look_again(looks)
    _record(taken, versions, at)
    return len(taken)


def _versions(version_ids: set[int]) -> dict[int, PolicyVersion]:
    versions = PolicyVersion.objects.filter(pk__in=version_ids)
    return {version.pk: version for version in versions.select_related("calendar").prefetch_related("steps")}


def _look_again(looks: list[tuple[int, int, dt.datetime | None]]) -> None:
    """Note on every claimed timer which steps are taken and when the next one is due."""
    fields = [Timer._meta.get_field(name) for name in ("id", "climbed", "next_look_at")]
    source, params = rows.table(fields, looks, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sla_timer SET climbed = look.column2, next_look_at = look.column3 "  # noqa: S608
            f"FROM ({source}) AS look WHERE sla_timer.id = look.column1",
            params,
        )


def _record(taken: list[Taken], versions: dict[int, PolicyVersion], at: dt.datetime) -> None:
    """Write the escalations, and one notice for each person and timer: that of the highest step reached."""
    if not taken:
        return
    written = rows.insert(
        Escalation,
        ["timer_id", "step_id", "due_at", "noticed_at"],
        [(one.timer.pk, one.step.pk, one.due_at, at) for one in taken],
        returning=True,
    )
    audience = Audience((one.timer.owner_id for one in taken), at)
    source_type = ContentType.objects.get_for_model(Escalation)
    tellings = {
        (telling.recipient_id, one.timer.pk): telling
        for pk, one in zip(written, taken, strict=True)
        for telling in _tellings(one, (source_type.pk, pk), versions[one.timer.version_id], audience, at)
    }
    tell_many(list(tellings.values()))


def _tellings(
    taken: Taken, source: tuple[int, int], version: PolicyVersion, audience: Audience, at: dt.datetime
) -> Iterator[Telling]:
    """Promises that run round the clock are told round the clock; the others wait for office hours."""
    timer, step = taken.timer, taken.step
    overdue = taken.due_at >= timer.due_at
    kind, level = ("sla.overdue", "urgent") if overdue else ("sla.due-soon", "warning")
    params = {
        "standard": timer.standard,
        "label": timer.label,
        "owner": audience.name(timer.owner_id),
        "due_at": timer.due_at.isoformat(),
    }
    channels, urgent = tuple(step.channels), version.calendar.always
    for person in audience.of(step.to, timer.owner_id, timer.team):
        yield Telling(person, kind, params, timer.link, level, *source, channels, urgent, at)
