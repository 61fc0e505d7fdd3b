"""How the demo's promises went: stopped timers with their escalations, as the sweep would have left them."""

from datetime import datetime, timedelta
from random import Random

from django.contrib.contenttypes.models import ContentType

from sla.hours import Hours
from sla.models import Escalation, Policy, PolicyVersion, Timer

from .models import Call

KEPT_FEEDBACK, KEPT_ENTRY, RECEIVED = 0.962, 0.93, 0.85
BATCH = 400


class Ladder:
    """One promise, ready to be applied to hundreds of calls."""

    def __init__(self, key: str):
        self.version: PolicyVersion = Policy.objects.in_force(key).current
        self.hours: Hours = self.version.calendar.hours()
        self.steps = self.version.ladder
        self.type = ContentType.objects.get_for_model(Call)

    def timer(self, call: Call, *, started_at: datetime, stopped_at: datetime | None, by=None) -> Timer:
        """The promise on `call`, stopped at `stopped_at`, or still running."""
        due = self.version.limit.due(started_at, self.hours)
        timer = Timer(
            standard=self.version.policy.standard,
            version=self.version,
            subject_type=self.type,
            subject_id=call.pk,
            label=str(call)[:200],
            link=call.get_absolute_url(),
            owner=call.receptionist,
            started_at=started_at,
            due_at=due,
        )
        if stopped_at:
            timer.stopped_at, timer.stopped_by = stopped_at, by or call.receptionist
            timer.outcome = Timer.Outcome.MET if stopped_at <= due else Timer.Outcome.MISSED
        return timer

    def climb(self, timer: Timer, random: Random, until: datetime) -> list[Escalation]:
        """The steps that came due before the promise was fulfilled, each noticed within a second."""
        taken = []
        for step in self.steps:
            due = step.moment(timer.started_at, timer.due_at)
            if due < (timer.stopped_at or until):
                timer.climbed |= 1 << step.position
                noticed = due + timedelta(milliseconds=random.randrange(60, 1100))
                taken.append(Escalation(timer=timer, step=step, due_at=due, noticed_at=noticed))
        return taken


def feed_back(calls: list[Call], *, random: Random, now: datetime) -> None:
    """Note on every past call that concerned somebody when it was fed back and by whom."""
    for call in calls:
        if call.needs_feedback:
            _feed_back(call, random, now)


def keep(calls: list[Call], *, random: Random, now: datetime) -> None:
    """Give every past call the timers it had."""
    ladders = {key: Ladder(key) for key in (Call.FEEDBACK, Call.CRM_ENTRY, Call.CALL_BACK)}
    timers: list[Timer] = []
    for call in calls:
        if call.fed_back_at:
            ladder = ladders[Call.FEEDBACK]
            timers.append(ladder.timer(call, started_at=call.ended_at, stopped_at=call.fed_back_at))
        if call.needs_customer:
            timers.append(_entered(ladders[Call.CRM_ENTRY], call, random))
        if call.status == Call.Status.MISSED:
            ladder = ladders[Call.CALL_BACK]
            timers.append(
                ladder.timer(
                    call, started_at=call.rang_at, stopped_at=call.called_back_at, by=call.called_back_by
                )
            )
    taken = [step for timer in timers for step in ladders[timer.standard].climb(timer, random, now)]
    for timer in timers:
        timer.next_look_at = timer.upcoming()
    Timer.objects.bulk_create(timers, batch_size=BATCH)
    Escalation.objects.bulk_create(taken, batch_size=BATCH)


def _feed_back(call: Call, random: Random, now: datetime) -> None:
    kept = random.random() < KEPT_FEEDBACK
    seconds = (
        random.randrange(8, 57) if kept else random.choice([66, 71, 78, 85, 97, 110, 130, 155, 190, 240, 420])
    )
    call.fed_back_at, call.fed_back_by = call.ended_at + timedelta(seconds=seconds), call.receptionist
    call.feedback_text = call.proposed_feedback
    received_at = call.fed_back_at + timedelta(seconds=random.randrange(5, 1500))
    if random.random() < RECEIVED and received_at < now:
        call.received_at = received_at


def _entered(ladder: Ladder, call: Call, random: Random) -> Timer:
    kept = random.random() < KEPT_ENTRY
    seconds = random.randrange(45, 117) if kept else random.choice([128, 140, 165, 200, 260, 400, 900])
    call.registered_at = call.ended_at + timedelta(seconds=seconds)
    return ladder.timer(call, started_at=call.ended_at, stopped_at=call.registered_at)
