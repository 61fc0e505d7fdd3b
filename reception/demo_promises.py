"""How the promises at the demo's telephone went: what was fed back, entered and called back, and when."""

from datetime import datetime, timedelta
from random import Random

from sla.demo.promises import Ladder, save
from sla.models import Timer

from .models import Call

KEPT_FEEDBACK, KEPT_ENTRY, RECEIVED = 0.962, 0.93, 0.85


def feed_back(calls: list[Call], *, random: Random, now: datetime) -> None:
    """Note on every past call that concerned somebody when it was fed back and by whom."""
    for call in calls:
        if call.needs_feedback:
            _feed_back(call, random, now)


def keep(calls: list[Call], *, random: Random, now: datetime) -> None:
    """Give every past call the timers it had."""
    ladders = {key: Ladder(key, Call) for key in (Call.FEEDBACK, Call.CRM_ENTRY, Call.CALL_BACK)}
    timers: list[Timer] = []
    for call in calls:
        if call.fed_back_at:
            timers.append(_timer(ladders[Call.FEEDBACK], call, call.ended_at, call.fed_back_at))
        if call.needs_customer:
            timers.append(_entered(ladders[Call.CRM_ENTRY], call, random))
        if call.status == Call.Status.MISSED:
            back = {"stopped_at": call.called_back_at, "by": call.called_back_by}
            timers.append(_timer(ladders[Call.CALL_BACK], call, call.rang_at, **back))
    save(timers, ladders, random=random)


def _timer(ladder: Ladder, call: Call, started_at: datetime, stopped_at: datetime | None, by=None) -> Timer:
    about = {"label": str(call)[:200], "owner": call.receptionist}
    return ladder.timer(call, started_at=started_at, stopped_at=stopped_at, by=by, **about)


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
    return _timer(ladder, call, call.ended_at, call.registered_at)
