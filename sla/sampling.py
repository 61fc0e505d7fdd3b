"""Random samples: what can be drawn from, and the rule by which anybody can draw the same again.

Each app registers the groups it knows in `apps.ready`; a record is named in a draw by its key, which never
changes, and by a label that gives away no more than whoever may see the group is to know.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any, NamedTuple


class Candidate(NamedTuple):
    """One that may be drawn: its permanent key, how people call it, and where it is looked at."""

    key: str
    label: str
    link: str = ""


class Kind(NamedTuple):
    """A group from which samples are drawn; only whoever holds `permission` may draw from it or see it."""

    key: str
    label: Any
    population: Callable[[], Iterable[tuple[str, str, str]]]
    permission: str

    def candidates(self) -> dict[str, Candidate]:
        """Everybody in the group at this moment, by key."""
        return {one.key: one for one in (Candidate(*row) for row in self.population())}


_kinds: dict[str, Kind] = {}


def register(
    kind: str, label: Any, population: Callable[[], Iterable[tuple[str, str, str]]], permission: str
) -> None:
    """Make a group known; `population` gives (key, label, link) of each. A kind replaces its former self."""
    _kinds[kind] = Kind(kind, label, population, permission)


def get(kind: str) -> Kind:
    """The group of that key, or KeyError."""
    return _kinds[kind]


def label(kind: str) -> str:
    """A group as people call it; one that no app knows any more keeps its key."""
    return str(_kinds[kind].label) if kind in _kinds else kind


def kinds_for(user) -> list[Kind]:
    """The groups `user` may draw from and see, in the order of registration."""
    return [kind for kind in _kinds.values() if user.has_perm(kind.permission)]


def hidden_from(user) -> list[str]:
    """The keys of the groups `user` may not see."""
    return [kind.key for kind in _kinds.values() if not user.has_perm(kind.permission)]


def mark(seed: str, key: str) -> str:
    """The lot of one record: the SHA-256 of "seed:key", in hexadecimal."""
    return sha256(f"{seed}:{key}".encode()).hexdigest()


def rank(seed: str, keys: Iterable[str]) -> list[str]:
    """The keys in the order in which they are drawn: by lot, the lowest first."""
    return sorted(keys, key=lambda key: (mark(seed, key), key))
