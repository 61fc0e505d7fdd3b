"""Whose turn it is (轮到谁): the person, the role, or the next of a rotation, leaving out whoever is away."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

from organization.models import Absence, User
from organization.roles import Role
from organization.standins import stand_ins

from .models import Duty, Occurrence
from .models.figure import bounds
from .slots import MARGIN, YEAR, Slot


class Taker(NamedTuple):
    """Who is to do one occurrence: a person, or everybody in a role; and the notice that tells it, if any."""

    person_id: int | None
    team: str = ""
    notice: str = ""


NOBODY = Taker(None, Role.ADMIN_MANAGER.value, "sla.duty-unmanned")


class Rotation:
    """The people who take turns, and when each of them had one."""

    def __init__(self, duty: Duty, first: dt.date, without: Collection[int] = ()) -> None:
        """`first` is the earliest day to be dealt; occurrences in `without` are about to be dealt anew."""
        active = User.objects.active().filter(pk__in=duty.turns.values("person"))
        still_here = set(active.values_list("pk", flat=True))
        turns = duty.turns.order_by("position").values_list("person_id", flat=True)
        self.people = [person for person in turns if person in still_here]
        self.had: dict[int, list[dt.date]] = {person: [] for person in self.people}
        held = duty.occurrences.exclude(state=Occurrence.State.SKIPPED).exclude(pk__in=without)
        rows = held.filter(person__in=self.people, day__gte=first - YEAR).values_list("person_id", "day")
        for person, day in rows:
            self.had[person].append(day)
        recent = Absence.objects.standing().filter(ends_at__gte=bounds(first - MARGIN)[0])
        absences = recent.filter(user__in=self.people)
        self.absences = list(absences.values_list("user_id", "starts_at", "ends_at"))

    def next(self, day: dt.date, at: dt.datetime) -> int | None:
        """Of those there at `at` the one whose turn before `day` is longest ago, or the first in order."""
        there = [person for person in self.people if not self._is_away(person, at)]
        return min(there, key=lambda person: self._last(person, day), default=None)

    def deal(self, slot: Slot) -> Taker:
        """Whose turn the date will be; with everybody away it is settled when it opens."""
        person = self.next(slot.day, slot.opens_at)
        if person is None and self.people:
            person = min(self.people, key=lambda person: self._last(person, slot.day))
        if person is None:
            return NOBODY
        self.had[person].append(slot.day)
        return Taker(person)

    def _last(self, person: int, day: dt.date) -> dt.date:
        return max((had for had in self.had[person] if had < day), default=dt.date.min)

    def _is_away(self, person: int, at: dt.datetime) -> bool:
        return any(who == person and starts <= at < ends for who, starts, ends in self.absences)


def deal(duty: Duty, slots: Collection[Slot], without: Collection[int] = ()) -> dict[dt.date, Taker]:
    """Who is to do each of the dates, as it looks today; taken up again when each of them opens."""
    if duty.assignment != Duty.Assignment.ROTATION:
        return {slot.day: Taker(duty.person_id, duty.team) for slot in slots}
    if not slots:
        return {}
    rotation = Rotation(duty, min(slot.day for slot in slots), without)
    return {slot.day: rotation.deal(slot) for slot in sorted(slots)}


def taken_up_by(occurrence: Occurrence, at: dt.datetime) -> Taker:
    """Who really does it when it opens.

    Whoever it was planned for, if there; else the next of the rotation, or anybody in the role; else who
    stands in for them; and when nobody is left, the admin managers.
    """
    duty, person = occurrence.duty, occurrence.person_id
    takes_turns = duty.assignment == Duty.Assignment.ROTATION
    if person and stand_ins([person], at)[person] == person:
        return Taker(person, notice="sla.duty-turn" if takes_turns else "")
    if takes_turns and (
        following := Rotation(duty, occurrence.day, [occurrence.pk]).next(occurrence.day, at)
    ):
        return Taker(following, notice="sla.duty-turn")
    if duty.team and User.objects.in_role(duty.team).present(at).exists():
        return Taker(None, duty.team)
    standing_in = _first_stand_in([*([person] if person else []), *_everybody(duty)], at)
    return Taker(standing_in, notice="sla.duty-stand-in") if standing_in else NOBODY


def _everybody(duty: Duty) -> list[int]:
    if duty.team:
        return list(User.objects.in_role(duty.team).order_by("pk").values_list("pk", flat=True))
    return list(duty.turns.order_by("position").values_list("person_id", flat=True))


def _first_stand_in(people: Iterable[int], at: dt.datetime) -> int | None:
    people = list(people)
    acting = stand_ins(people, at)
    return next((acting[person] for person in people if acting[person]), None)
