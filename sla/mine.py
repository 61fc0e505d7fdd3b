"""What one person owes and is owed, by due time: the page that every employee has (我的)."""

import datetime as dt
import heapq
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization import roles
from organization.away import last_half
from organization.models import Absence, User
from pages import clock

from . import standards
from .models import Excuse, Occurrence, Timer
from .models.figure import bounds, local_day
from .querysets import OccurrenceQuerySet, TimerQuerySet

AHEAD = dt.timedelta(days=14)
MISSED_LATELY = dt.timedelta(days=7)
PER_PAGE, MOST_SHOWN = 50, 1_000
MOST_COUNTED = 100
MOST_EXCUSES = 10

OwedTo = Callable[[User], TimerQuerySet]

_owed_to: list[OwedTo] = []


def register(*, owed_to: OwedTo) -> None:
    """Announce promises that others owe to a person: `owed_to(user)` finds those that run."""
    if owed_to not in _owed_to:
        _owed_to.append(owed_to)


class Window(NamedTuple):
    """The clock of a duty that has no timer (yet): what `{% countdown %}` needs to know."""

    started_at: dt.datetime
    due_at: dt.datetime
    stopped_at: None = None
    outcome: str = ""


@dataclass(frozen=True)
class Line:
    """One thing owed: which promise, about what, until when, and where it is done.

    `explained` is the page that says why it is due then; `opens_at` is set for a duty that is still to come,
    `times_more` how often it comes again in the next days.
    """

    key: str
    standard: standards.Standard
    clock: Timer | Window
    title: Any
    about: str
    action: Any
    link: str
    explained: str = ""
    owner: User | None = None
    team: str = ""
    opens_at: dt.datetime | None = None
    times_more: int = 0

    @property
    def due_at(self) -> dt.datetime:
        return self.clock.due_at

    @property
    def paused_at(self) -> dt.datetime | None:
        return getattr(self.clock, "paused_at", None)

    @property
    def team_label(self) -> str:
        """The role of which anybody may do it; empty when it is one person's."""
        return roles.label(self.team) if self.team and self.owner is None else ""


class Group(NamedTuple):
    """Lines that are about equally urgent."""

    key: str
    label: Any
    lines: list[Line]


class Owed(NamedTuple):
    """The most urgent lines, and whether there are more than these."""

    lines: list[Line]
    has_more: bool


class Away(NamedTuple):
    """Somebody who is away now, until when, and what they owe meanwhile."""

    person: User
    until: dt.datetime
    lines: list[Line]

    @property
    def last_half(self) -> str:
        """Until when, as absences are spoken of: to the end of a day, or of a morning."""
        return last_half(self.until)


GROUPS = {
    "overdue": _("Overdue"),
    "today": pgettext_lazy("due", "Today"),
    "week": pgettext_lazy("due", "This week"),
    "later": pgettext_lazy("due", "Later"),
}


# -- what I owe -------------------------------------------------------------------------------------


def owed_by(user: User, at: dt.datetime, most: int = PER_PAGE) -> Owed:
    """What `user` owes, alone or as one of a role: running promises, and duties open or soon to come."""
    timers = _nearest(_timers_of(user), most)
    duties = _next_of_each(_duties_of(user, at).select_related("duty")[:MOST_SHOWN], at)
    lines = list(heapq.merge(timers, duties, key=attrgetter("due_at")))
    return Owed(lines[:most], len(lines) > most)


def count(user: User) -> int:
    """How much is overdue or due today, up to a hundred: the number in the menu."""
    at = clock.now()
    until = bounds(local_day(at))[1]
    timers = _timers_of(user).filter(due_at__lt=until, paused_at=None)
    duties = _duties_of(user, at).filter(due_at__lt=until)
    due = [rows.order_by().values_list("due_at") for rows in (timers, duties)]
    return len(due[0].union(due[1], all=True)[:MOST_COUNTED])


def grouped(lines: Iterable[Line], at: dt.datetime) -> list[Group]:
    """The lines by how near they are; a group that would be empty is not there."""
    found: dict[str, list[Line]] = {key: [] for key in GROUPS}
    for line in lines:
        found[_nearness(line, at)].append(line)
    return [Group(key, GROUPS[key], found[key]) for key in GROUPS if found[key]]


def _timers_of(user: User) -> TimerQuerySet:
    return Timer.objects.running().filter(_mine(user, "owner"))


def _duties_of(user: User, at: dt.datetime) -> OccurrenceQuerySet:
    """Duties still to come within the days one looks ahead, and open ones whose promise is switched off.

    The other open ones stand there under their timer.
    """
    kind = ContentType.objects.get_for_model(Occurrence)
    running = Timer.objects.running().filter(subject_type=kind, subject_id=OuterRef("pk"))
    mine = Occurrence.objects.ahead().filter(_mine(user, "person"), due_at__lt=at + AHEAD)
    return mine.filter(Q(state=Occurrence.State.PLANNED) | ~Exists(running)).order_by("due_at", "pk")


def _next_of_each(occurrences: Iterable[Occurrence], at: dt.datetime) -> list[Line]:
    """Of each duty the next time still to come, with how often it comes again; all that are open."""
    first: list[Occurrence] = []
    times: Counter[int] = Counter()
    for one in occurrences:
        is_planned = one.state == Occurrence.State.PLANNED
        if not is_planned or not times[one.duty_id]:
            first.append(one)
        times[one.duty_id] += is_planned
    return [_of_duty(one, max(0, times[one.duty_id] - 1), at) for one in first]


def _mine(user: User, holder: str) -> Q:
    return Q(**{holder: user}) | Q(**{holder: None}, team__in=list(user.role_names))


def _nearness(line: Line, at: dt.datetime) -> str:
    """A promise that stands still is pressing nobody, whenever it was due."""
    today = local_day(at)
    if line.paused_at:
        return "later"
    if line.due_at <= at:
        return "overdue"
    day = local_day(line.due_at)
    if day == today:
        return "today"
    return "week" if day.isocalendar()[:2] == today.isocalendar()[:2] else "later"


# -- what is owed to me, and what I stand in for ----------------------------------------------------


def owed_to(user: User, at: dt.datetime, most: int = PER_PAGE) -> Owed:
    """Promises of others from which `user` is to have something, nearest deadline first."""
    found = [_nearest(owed(user), most) for owed in _owed_to]
    lines = list(heapq.merge(*found, key=attrgetter("due_at")))
    return Owed(lines[:most], len(lines) > most)


def stood_in_for(user: User, at: dt.datetime, most: int = PER_PAGE) -> list[Away]:
    """Those whose backup `user` is and who are away now, with what they owe."""
    absences = Absence.objects.covering(at).filter(user__backup=user, user__status=User.Status.ACTIVE)
    until = {absence.user: absence.ends_at for absence in absences.select_related("user")}
    owed: dict[int, list[Line]] = {person.pk: [] for person in until}
    for line in _nearest(Timer.objects.running().filter(owner__in=until), most)[:most] if until else ():
        owed[line.owner.pk].append(line)
    return [Away(person, ends_at, owed[person.pk]) for person, ends_at in until.items()]


def _nearest(timers: TimerQuerySet, most: int) -> list[Line]:
    return [_of_timer(timer) for timer in timers.select_related("owner").order_by("due_at", "pk")[: most + 1]]


# -- what I may ask to be excused -------------------------------------------------------------------


def to_excuse(user: User, at: dt.datetime) -> QuerySet[Timer]:
    """What `user` missed lately, neither excused nor asked to be, the newest first.

    All standards are named, so that the index of misses by standard and deadline is read.
    """
    asked = Excuse.objects.filter(timer=OuterRef("pk")).exclude(state=Excuse.State.REFUSED)
    known = [standard.key for standard in standards.every()]
    missed = Timer.objects.filter(outcome=Timer.Outcome.MISSED, standard__in=known)
    lately = missed.filter(owner=user, excused=False, due_at__gte=at - MISSED_LATELY)
    return lately.filter(~Exists(asked)).order_by("-due_at")[:MOST_EXCUSES]


# -- how a line is made -----------------------------------------------------------------------------


def _of_timer(timer: Timer) -> Line:
    explained = timer.get_absolute_url()
    return Line(
        key=f"timer-{timer.pk}",
        standard=timer.declared,
        clock=timer,
        title=timer.declared.title,
        about=timer.label,
        action=_deed(timer.declared),
        link=timer.link or explained,
        explained=explained,
        owner=timer.owner,
        team=timer.team,
    )


def _of_duty(occurrence: Occurrence, times_more: int, at: dt.datetime) -> Line:
    duty = occurrence.duty
    declared = standards.get(duty.standard)
    return Line(
        key=f"occurrence-{occurrence.pk}",
        standard=declared,
        clock=Window(occurrence.opens_at, occurrence.due_at),
        title=declared.title,
        about=duty.title,
        action=_deed(declared),
        link=reverse("occurrence", args=[occurrence.pk]),
        team=occurrence.team,
        opens_at=occurrence.opens_at if occurrence.opens_at > at else None,
        times_more=times_more,
    )


def _deed(standard: standards.Standard) -> Any:
    """What stands on the button: the deed that the standard names, or a word that always fits."""
    is_duty = standard.shape == standards.Shape.DUTY
    return standard.action or (_("Do it") if is_duty else _("Open the record"))
