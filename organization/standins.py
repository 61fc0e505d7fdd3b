"""Who stands in (B角) for whom when people are away, for one person or for thousands at once."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import get_user_model


def stand_ins(user_ids: Iterable[int], at: datetime) -> dict[int, int | None]:
    """For each person, who acts at the instant: themselves, else the first present along the backups.

    None when nobody is there. One query per link of the longest chain, whatever the number of people;
    backups that point at each other end the search.
    """
    wanted = set(user_ids)
    known = _chain(wanted, at)
    return {user_id: _first_present(user_id, known) for user_id in wanted}


def _chain(wanted: set[int], at: datetime) -> dict[int, tuple[bool, int | None]]:
    """person -> (is there, backup), for everybody reachable."""
    people = get_user_model().objects.with_away(at).order_by()
    known: dict[int, tuple[bool, int | None]] = {}
    asked: set[int] = set()
    missing = set(wanted)
    while missing:
        asked |= missing
        rows = people.filter(pk__in=missing).values_list("pk", "status", "is_active", "away", "backup_id")
        fresh = {
            pk: (active and status == "active" and not away, backup)
            for pk, status, active, away, backup in rows
        }
        known |= fresh
        missing = {backup for there, backup in fresh.values() if not there and backup} - asked
    return known


def _first_present(user_id: int, known: dict[int, tuple[bool, int | None]]) -> int | None:
    seen: set[int] = set()
    current: int | None = user_id
    while current is not None and current not in seen and current in known:
        seen.add(current)
        there, backup = known[current]
        if there:
            return current
        current = backup
    return None
