"""What an outside system may be allowed to do here; each app offers its own, from `AppConfig.ready()`."""

from typing import Any, NamedTuple

from organization.models import User


class Scope(NamedTuple):
    """One thing a token opens. Only who holds `permission` may hand it on: a token is no way round a role."""

    key: str
    label: Any
    permission: str


_scopes: dict[str, Scope] = {}


def register(key: str, label: Any, permission: str) -> None:
    _scopes[key] = Scope(key, label, permission)


def offered_to(user: User) -> list[Scope]:
    """The scopes this person may hand to an outside system."""
    return [scope for scope in _scopes.values() if user.has_perm(scope.permission)]


def labels(keys: list[str]) -> list[str]:
    """The scopes as people call them; one that no app offers any more keeps its key."""
    return [str(_scopes[key].label) if key in _scopes else key for key in keys]
