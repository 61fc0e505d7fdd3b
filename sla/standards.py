"""The clauses of the job description, declared in code: each app's `standards.py` registers its own.

What is declared here is the beginning only. After every migrate a `Policy` is written for each standard that
has none; from then on the manager's word counts.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from .deadlines import Deadline

INBOX, EMAIL = "inbox", "email"


class Shape(models.TextChoices):
    """How a clause is measured (`docs/standards.md`)."""

    TIMER = "timer", _("Timer")
    DUTY = "duty", _("Duty")
    RATE = "rate", _("Rate")
    SAMPLE = "sample", _("Sample")
    STATE = "state", _("State")


class Audience(models.TextChoices):
    """Whom a step tells; a role is written `role:<role>`."""

    OWNER = "owner", _("The person responsible")
    BACKUP = "backup", _("The backup")
    MANAGER = "manager", _("The line manager")
    HEAD = "head", _("The department head")


@dataclass(frozen=True)
class Climb:
    """One default step: when (share of the time, or offset from the deadline), to whom, by which channels.

    No channels: the countdown on the screen changes, nobody is told.
    """

    to: tuple[str, ...]
    percent: int | None = None
    offset: dt.timedelta | None = None
    channels: tuple[str, ...] = (INBOX, EMAIL)


@dataclass(frozen=True)
class Standard:
    """One clause, or one promise within it.

    `key` is permanent (it stands on every timer); `clause` is the number in the job description; `target` is
    the share to reach, in percent; `deadline` belongs to timers only.
    """

    key: str
    clause: str
    title: str
    wording: str
    shape: Shape
    target: int = 100
    deadline: Deadline | None = None
    calendar: str = "always"
    steps: tuple[Climb, ...] = ()
    may_pause: bool = False


_registered: dict[str, Standard] = {}


def register(*standards: Standard) -> None:
    """Declare standards; a key declared twice is a mistake in the code."""
    for standard in standards:
        if _registered.get(standard.key, standard) is not standard:
            raise ValueError(f"Standard {standard.key} is declared twice")
        _registered[standard.key] = standard


def get(key: str) -> Standard:
    return _registered[key]


def every() -> Iterable[Standard]:
    """All standards in the order of the job description."""
    return sorted(_registered.values(), key=lambda s: ([int(part) for part in s.clause.split(".")], s.key))


def climb(
    *, first: tuple[str, ...] = (Audience.OWNER, Audience.BACKUP), pace: dt.timedelta
) -> tuple[Climb, ...]:
    """The usual climb: half time on screen; at the deadline owner and backup; then line and admin manager.

    `pace` is the time between one step and the next.
    """
    return (
        Climb(to=(Audience.OWNER,), percent=50, channels=()),
        Climb(to=first, offset=dt.timedelta(0)),
        Climb(to=(Audience.MANAGER,), offset=pace),
        Climb(to=("role:admin_manager",), offset=2 * pace),
    )
