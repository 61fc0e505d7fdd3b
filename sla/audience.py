"""Who is told at a step of the climb: the person responsible, the backup, the manager, a whole role."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from organization.models import User
from organization.standins import stand_ins

LAST_RESORT = "role:admin_manager"


class Audience:
    """Resolves steps to people for one tick of the sweep, in a handful of queries however many fell due.

    Whoever is away is replaced by the stand-in; a step that would reach nobody goes to the admin managers.
    """

    def __init__(self, owner_ids: Iterable[int | None], at: dt.datetime) -> None:
        self.at = at
        self.owner_ids = {owner_id for owner_id in owner_ids if owner_id}
        self._members: dict[str, list[int]] = {}
        self._resolved: dict[tuple, tuple[int, ...]] = {}

    def of(self, to: Iterable[str], owner_id: int | None, team: str) -> tuple[int, ...]:
        """The ids of the people to tell, without repetition, in the order of `to`."""
        asked = (tuple(to), owner_id, team)
        if asked not in self._resolved:
            people = self._present(who for one in asked[0] for who in self._named(one, owner_id, team))
            self._resolved[asked] = people or self._present(self._role(LAST_RESORT.partition(":")[2]))
        return self._resolved[asked]

    def name(self, owner_id: int | None) -> str:
        return self._owners[owner_id].name if owner_id in self._owners else ""

    def _named(self, one: str, owner_id: int | None, team: str) -> list[int]:
        if one.startswith("role:"):
            return self._role(one.partition(":")[2])
        owner = self._owners.get(owner_id)
        if owner is None:
            return self._role(team) if one == "owner" and team else []
        if one == "owner":
            return [owner.pk]
        department = owner.department
        found = {
            "backup": owner.backup_id,
            "manager": owner.manager_id,
            "head": department.head_id if department else None,
        }[one]
        return [found] if found else []

    def _present(self, people: Iterable[int]) -> tuple[int, ...]:
        acting = (self._acting(person) for person in people)
        return tuple(dict.fromkeys(person for person in acting if person))

    def _acting(self, person: int) -> int | None:
        if person not in self._stand_ins:
            self._stand_ins |= stand_ins([person], self.at)
        return self._stand_ins[person]

    def _role(self, role: str) -> list[int]:
        if role not in self._members:
            members = User.objects.in_role(role).order_by("pk").values_list("pk", flat=True)
            self._members[role] = list(members)
            self._stand_ins |= stand_ins(self._members[role], self.at)
        return self._members[role]

    @cached_property
    def _owners(self) -> dict[int, User]:
        people = User.objects.select_related("department").only(
            "name", "manager_id", "backup_id", "department__head_id"
        )
        return people.in_bulk(list(self.owner_ids))

    @cached_property
    def _stand_ins(self) -> dict[int, int | None]:
        known = self.owner_ids | {
            person
            for owner in self._owners.values()
            for person in (owner.manager_id, owner.backup_id, owner.department and owner.department.head_id)
            if person
        }
        return stand_ins(known, self.at)
