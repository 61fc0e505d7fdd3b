"""How the demo's manager looked back: excuses asked, granted, refused, still open; two random samples."""

from datetime import datetime, timedelta
from random import Random

from notices.models import Notice
from organization.models import User

from ..models import Calendar, Draw, Excuse, Policy, StepDraft, Timer
from ..models.figure import local_day
from . import words

DECIDED, GRANTED, OPEN = 16, 10, 3
LATELY = timedelta(days=5)
#: Targets the manager has set lower for the time being.
FOR_NOW = {"call-answered-in-rings": 90, "morning-inspection": 95, "device-check": 95, "crm-entry": 95}
LOOKED = ("good", "good", "good", "bad", "good")


def look_back(random: Random, now: datetime) -> None:
    """Targets, excuses for some of what was missed, and samples, all by their own verbs."""
    manager = User.objects.get(username="manager")
    set_targets(now, manager)
    excuse(random, now, manager)
    Notice.objects.filter(kind__startswith="sla.excuse", created_at__lt=now - LATELY).update(read_at=now)
    draw(random, now, manager)


def set_targets(now: datetime, manager: User) -> None:
    """A new version of the promise, the same as before but for its target."""
    for policy in Policy.objects.with_rules().filter(standard__in=FOR_NOW):
        was = policy.current
        steps = [
            StepDraft(tuple(step.to), step.percent, step.offset, tuple(step.channels))
            for step in was.steps.all()
        ]
        policy.amend(
            deadline=was.limit,
            calendar=was.calendar,
            steps=steps,
            target=FOR_NOW[policy.standard],
            may_pause=was.may_pause,
            reason=words.LOWERED,
            by=manager,
            at=now,
        )


def excuse(random: Random, now: datetime, manager: User) -> None:
    """Requests are decided on the next morning; the last few wait for the manager."""
    missed = Timer.objects.filter(outcome=Timer.Outcome.MISSED, owner__isnull=False).exclude(owner=manager)
    found = list(missed.select_related("owner").order_by("stopped_at", "pk"))
    past, recent = found[:-OPEN], found[-OPEN:]
    chosen = sorted(random.sample(past, min(DECIDED, len(past))), key=lambda timer: timer.stopped_at)
    grants = [number < GRANTED for number in range(len(chosen))]
    random.shuffle(grants)
    for timer, granted in zip(chosen, grants, strict=True):
        _decide(_ask(timer, random, now), granted, random, now, manager)
    for timer in recent:
        _ask(timer, random, now)


def draw(random: Random, now: datetime, manager: User) -> None:
    """One sample of people has been looked at, one of aspects is to be looked at."""
    at = now - timedelta(days=9)
    looked = Draw.draw("people", 5, reason="仪容仪表抽查", by=manager, at=at, seed=_seed(random))
    for drawn, result in zip(looked.drawn.all(), LOOKED, strict=True):
        remark = "工牌未佩戴，已当场提醒" if result == "bad" else ""
        drawn.record(result, remark, by=manager, at=at + timedelta(hours=random.randrange(2, 30)))
    Draw.draw(
        "call-aspects",
        3,
        reason="下周电话礼仪抽查重点",
        by=manager,
        at=now - timedelta(hours=3),
        seed=_seed(random),
    )


def _seed(random: Random) -> str:
    return f"{random.getrandbits(128):032x}"


def _next_morning(at: datetime) -> datetime:
    """When the office opens after the day of `at`."""
    hours = Calendar.objects.get(key="office").hours()
    day = hours.first_working_day(local_day(at) + timedelta(days=1))
    return hours.windows(day)[0][0]


def _ask(timer: Timer, random: Random, now: datetime) -> Excuse:
    at = min(timer.stopped_at + timedelta(minutes=random.randrange(6, 45)), now)
    return Excuse.ask(timer, reason=random.choice(words.EXCUSES), by=timer.owner, at=at)


def _decide(asked: Excuse, granted: bool, random: Random, now: datetime, manager: User) -> None:
    remark = random.choice(words.GRANTED if granted else words.REFUSED)
    at = min(_next_morning(asked.asked_at) + timedelta(minutes=random.randrange(150)), now)
    asked.decide(granted=granted, by=manager, at=at, remark=remark)
