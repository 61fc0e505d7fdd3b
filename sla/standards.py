"""The clauses of the job description, declared in code: each app's `standards.py` registers its own.

What is declared here is the beginning only. After every migrate a `Policy` is written for each standard that
has none; from then on the manager's word counts.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

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


class Tally(NamedTuple):
    """What was counted of one person's records, or of nobody's in particular: `kept` of `counted`."""

    person_id: int | None
    counted: int
    kept: int


class Offender(NamedTuple):
    """A record by which an invariant is broken, and where it is looked at."""

    label: str
    link: str = ""


Measure = Callable[[dt.datetime, dt.datetime], Iterable[Tally]]
Records = Callable[[dt.date, dt.date, int | None], str]


@dataclass(frozen=True)
class Standard:
    """One clause, or one promise within it.

    `key` is permanent (it stands on every timer); `clause` is the number in the job description, empty for a
    rule of the house that the job description does not name; `target` is the share to reach, in percent;
    `deadline` belongs to timers and duties.

    `measure` counts a rate or a sample from the records of one local day, from its start up to its end; of a
    sample it counts points reached of points possible. `records` gives the address of the records behind a
    figure, from the first to the last day, of one person or of all. `offenders` lists what breaks an
    invariant now. `action` names what is done about a promise, on the button beside it.
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
    measure: Measure | None = None
    records: Records | None = None
    offenders: Callable[[], Iterable[Offender]] | None = None
    action: str = ""

    @property
    def full_title(self) -> str:
        """With its number: "2.1.1 Morning inspection"; a rule of the house has none."""
        return f"{self.clause} {self.title}".strip()


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
    """All standards in the order of the job description, then the rules of the house."""
    return sorted(_registered.values(), key=lambda s: (not s.clause, numbered(s.clause), s.key))


def matching(text: str) -> list[str]:
    """Keys of the standards in whose number or title `text` occurs, as the reader sees them."""
    return [one.key for one in every() if text.lower() in one.full_title.lower()]


def choices(known: Iterable[Standard]) -> list[tuple[str, str]]:
    """Standards to choose from in a form: key, and number with title."""
    return [(one.key, one.full_title) for one in known]


def numbered(clause: str) -> list[int]:
    """By what clauses are put in order: "1.10" comes after "1.9"."""
    return [int(part) for part in clause.split(".") if part]


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
