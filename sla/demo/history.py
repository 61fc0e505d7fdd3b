"""How the demo's duties went for ninety days: done, late, by somebody else, left out; some are open now.

Written in bulk, in the columns the verbs would have left: occurrence, who was there, timer and climb.
"""

from datetime import datetime, timedelta
from random import Random

from organization.models import User

from .. import turns
from ..models import Attendance, Duty, Occurrence, Timer
from . import words
from .obligations import Obligation
from .promises import Ladder, save

SKIPPED, STOOD_IN = 0.015, 0.06
LATE_BY = [12, 25, 40, 70, 120, 240]  # minutes
NOT_YET = timedelta(days=3)
STILL_OWED = "archive-spot-check"  # somebody has not done it yet, where it fell due lately
State = Occurrence.State


class Past:
    """Everything that came due, drawn from one `random`."""

    def __init__(self, random: Random, now: datetime):
        self.random, self.now = random, now
        self.team = list(User.objects.active().filter(department__code="admin").order_by("pk"))
        self.people = {user.pk: user for user in User.objects.active()}
        self.ladders: dict[str, Ladder] = {}
        self.timers: list[Timer] = []
        self.lived: list[Occurrence] = []
        self.attendances: list[Attendance] = []

    def live(self, duty: Duty, obligation: Obligation) -> None:
        """Let every time of `duty` happen that has begun."""
        self.ladders[duty.standard] = Ladder(duty.standard, Occurrence)
        begun = duty.occurrences.filter(opens_at__lte=self.now).order_by("opens_at")
        for occurrence in begun:
            occurrence.duty = duty
            self._open(occurrence)
            self._happen(occurrence, obligation)
            self.lived.append(occurrence)

    def save(self) -> None:
        fields = ["person", "team", "state", "answers", "remark", "ended_at", "ended_by"]
        Occurrence.objects.bulk_update(self.lived, fields, batch_size=100)
        Attendance.objects.bulk_create(self.attendances)
        save(self.timers, self.ladders, random=self.random)

    # -- one time ----------------------------------------------------------------------------------

    def _open(self, occurrence: Occurrence) -> None:
        taker = turns.taken_up_by(occurrence, occurrence.opens_at)
        occurrence.person_id, occurrence.team = taker.person_id, taker.team
        occurrence.state = State.OPEN

    def _happen(self, occurrence: Occurrence, obligation: Obligation) -> None:
        is_skipped = self.random.random() < SKIPPED
        done_at = self._moment(occurrence, obligation)
        if done_at > self.now or self._is_still_owed(occurrence):
            self._promise(occurrence)
        elif is_skipped:
            self._skip(occurrence)
        else:
            self._complete(occurrence, obligation, done_at)

    def _is_still_owed(self, occurrence: Occurrence) -> bool:
        owed = occurrence.duty.standard == STILL_OWED
        return owed and self.now - NOT_YET < occurrence.due_at < self.now

    def _moment(self, occurrence: Occurrence, obligation: Obligation) -> datetime:
        """When it was done: within the window, or too late."""
        if self.random.random() > obligation.kept:
            return occurrence.due_at + timedelta(minutes=self.random.choice(LATE_BY))
        window = occurrence.due_at - occurrence.opens_at
        share = self.random.uniform(*obligation.usual)
        return occurrence.opens_at + timedelta(seconds=int(window.total_seconds() * share))

    def _skip(self, occurrence: Occurrence) -> None:
        """Left out early in its window, with the reason."""
        at = occurrence.opens_at + (occurrence.due_at - occurrence.opens_at) * 0.2
        self._end(occurrence, State.SKIPPED, at, self._owner(occurrence))
        occurrence.remark = self.random.choice(words.SKIPPED)
        timer = self._promise(occurrence, stopped_at=at, by=occurrence.ended_by)
        timer.outcome, timer.stop_reason = Timer.Outcome.CANCELLED, occurrence.remark

    def _complete(self, occurrence: Occurrence, obligation: Obligation, at: datetime) -> None:
        owner = self._owner(occurrence)
        by = owner
        if self.random.random() < STOOD_IN:
            by = self.random.choice([person for person in self.team if person != owner])
            occurrence.remark = self.random.choice(words.STOOD_IN).format(name=owner.name)
        elif at > occurrence.due_at:
            occurrence.remark = self.random.choice(words.LATE)
        self._end(occurrence, State.DONE, at, by)
        occurrence.answers = obligation.answers(self.random) if obligation.answers else {}
        self._attend(occurrence, obligation, by)
        self._promise(occurrence, stopped_at=at, by=by)

    def _end(self, occurrence: Occurrence, state: str, at: datetime, by: User) -> None:
        occurrence.state, occurrence.ended_at, occurrence.ended_by = state, at, by

    def _attend(self, occurrence: Occurrence, obligation: Obligation, by: User) -> None:
        if obligation.attended:
            least, most = obligation.attended
            others = self.random.sample(
                [person for person in self.team if person != by], self.random.randint(least, most) - 1
            )
            present = [by, *others]
            self.attendances += [Attendance(occurrence=occurrence, person=person) for person in present]

    def _promise(self, occurrence: Occurrence, *, stopped_at: datetime | None = None, by=None) -> Timer:
        timer = self.ladders[occurrence.duty.standard].timer(
            occurrence,
            started_at=occurrence.opens_at,
            given_at=occurrence.due_at,
            stopped_at=stopped_at,
            by=by,
            label=str(occurrence.duty),
            owner=self.people.get(occurrence.person_id),
            team=occurrence.team,
        )
        self.timers.append(timer)
        return timer

    def _owner(self, occurrence: Occurrence) -> User:
        return self.people.get(occurrence.person_id) or self.team[0]
