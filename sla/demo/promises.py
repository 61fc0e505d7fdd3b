"""How the demo's promises went: stopped timers with their escalations, as the sweep would have left them."""

from datetime import datetime, timedelta
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from ..hours import Hours
from ..models import Escalation, Policy, PolicyVersion, Timer

BATCH = 400


class Ladder:
    """One promise, ready to be applied to hundreds of records of one model."""

    def __init__(self, key: str, model: type[Model]):
        self.version: PolicyVersion = Policy.objects.in_force(key).current
        self.hours: Hours = self.version.calendar.hours()
        self.steps = self.version.ladder
        self.type = ContentType.objects.get_for_model(model)

    def timer(
        self,
        subject: Model,
        *,
        started_at: datetime,
        stopped_at: datetime | None = None,
        by=None,
        given_at: datetime | None = None,
        **particulars,
    ) -> Timer:
        """The promise on `subject`, stopped at `stopped_at` by `by`, or still running; not yet saved."""
        due = self.version.limit.due(started_at, self.hours, given_at)
        timer = Timer(
            standard=self.version.policy.standard,
            version=self.version,
            subject_type=self.type,
            subject_id=subject.pk,
            link=subject.get_absolute_url(),
            started_at=started_at,
            due_at=due,
            given_at=given_at,
            **particulars,
        )
        if stopped_at:
            timer.stopped_at, timer.stopped_by = stopped_at, by or timer.owner
            timer.outcome = Timer.Outcome.MET if stopped_at <= due else Timer.Outcome.MISSED
        return timer

    def climb(self, timer: Timer, random: Random) -> list[Escalation]:
        """The steps that came due before the promise was fulfilled, each noticed within a second."""
        taken = []
        for step in self.steps:
            due = step.moment(timer.started_at, timer.due_at)
            if due < timer.stopped_at:
                timer.climbed |= 1 << step.position
                noticed = due + timedelta(milliseconds=random.randrange(60, 1100))
                taken.append(Escalation(timer=timer, step=step, due_at=due, noticed_at=noticed))
        return taken


def save(timers: list[Timer], ladders: dict[str, Ladder], *, random: Random) -> None:
    """Write the timers, the stopped ones with the steps they took; those that run are left to the sweep."""
    stopped = [timer for timer in timers if timer.stopped_at]
    taken = [step for timer in stopped for step in ladders[timer.standard].climb(timer, random)]
    for timer in timers:
        timer.next_look_at = timer.upcoming()
    Timer.objects.bulk_create(timers, batch_size=BATCH)
    Escalation.objects.bulk_create(taken, batch_size=BATCH)
