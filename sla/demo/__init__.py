"""The demo office's duties: a dozen that live, with ninety days of history, and what became of the misses."""

from datetime import datetime, timedelta
from random import Random

from organization.models import User

from .. import repeated, standards
from ..duties import fit
from ..models import Calendar, Duty, Timer
from ..models.figure import bounds, local_day
from ..sweep import sweep
from . import judgement
from .history import Past
from .obligations import OBLIGATIONS, Obligation

DAYS = 90
SEED = 80
NOTICED_AFTER = timedelta(milliseconds=400)


def fill(random: Random, now: datetime) -> None:
    """Set the duties up as they were ninety days ago, and live through the time since.

    They have a `random` of their own, so that the other apps' history is the same with them and without.
    """
    past = Past(Random(SEED), now)  # noqa: S311 - it must be foreseeable
    manager = User.objects.get(username="manager")
    for obligation in OBLIGATIONS:
        past.live(_set_up(obligation, manager, now), obligation)
    past.save()


def look_back(random: Random, now: datetime) -> None:
    """When every app has told its history: the climbs still going on, and the manager's decisions."""
    climb(now)
    judgement.look_back(random, now)


def notice_misses(now: datetime) -> None:
    """When all is counted: what was broken again and again in the last days, for the manager to look into."""
    for standard in standards.every():
        repeated.notice(standard.key, local_day(now), now)


def climb(now: datetime) -> None:
    """Sweep at every moment a running promise came to, so that those concerned were told then."""
    ahead = Timer.objects.order_by("next_look_at").values_list("next_look_at", flat=True)
    while due := ahead.due(now).first():
        sweep(min(due + NOTICED_AFTER, now))


def _set_up(obligation: Obligation, manager: User, now: datetime) -> Duty:
    since = local_day(now) - timedelta(days=DAYS)
    people = [User.objects.get(username=name) for name in obligation.who]
    alone = len(people) == 1
    duty = Duty.set_up(
        by=manager,
        at=bounds(since)[0],
        title=obligation.title,
        standard=obligation.standard,
        rule=obligation.rule(since),
        calendar=Calendar.objects.get(key=obligation.calendar),
        assignment=Duty.Assignment.PERSON if alone else Duty.Assignment.ROTATION,
        person=people[0] if alone else None,
        rotation=() if alone else people,
        since=since,
        roll=obligation.roll,
        opens=obligation.opens,
        closes=obligation.closes,
        evidence=obligation.evidence,
        instructions=obligation.instructions,
    )
    fit(duty, now)
    return duty
