"""The menu at the left: each app says which of its pages belong there, in which area, and who sees them."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

OVERVIEW = "overview"
RECEPTION = "reception"
ENVIRONMENT = "environment"
COORDINATION = "coordination"
COST = "cost"
INTERNAL = "internal"
SYSTEM = "system"

AREAS = {
    OVERVIEW: _("Overview"),
    RECEPTION: _("Reception"),
    ENVIRONMENT: _("Environment"),
    COORDINATION: _("Coordination and support"),
    COST: _("Cost control"),
    INTERNAL: _("Internal management"),
    SYSTEM: _("Settings"),
}


class Entry(NamedTuple):
    """One line of the menu. `permission`: None for everybody, or "app.codename"."""

    area: str
    label: Any
    url_name: str
    icon: str
    permission: str | None = None
    order: int = 0

    @property
    def url(self) -> str:
        return reverse(self.url_name)


class Area(NamedTuple):
    key: str
    label: Any
    entries: list[Entry]


class New(NamedTuple):
    """One line of the quick "new" menu; `shortcut` is shown and works everywhere, such as "Alt+n"."""

    label: Any
    url_name: str
    icon: str
    permission: str | None = None
    shortcut: str = ""
    order: int = 0

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_entries: dict[str, Entry] = {}
_new: dict[str, New] = {}
_own: dict[str, New] = {}
_badges: dict[str, Callable[[Any], int]] = {}


def register(
    area: str, label, url_name: str, icon: str, permission: str | None = None, order: int = 0
) -> None:
    """Put a page into the menu, from `AppConfig.ready()`; the same URL name replaces its former entry."""
    if area not in AREAS:
        raise ValueError(f"Unknown menu area: {area}")
    _entries[url_name] = Entry(area, label, url_name, icon, permission, order)


def register_new(
    label, url_name: str, icon: str, permission: str | None = None, shortcut: str = "", order: int = 0
):
    """Put a page into the quick "new" menu of the top bar."""
    _new[url_name] = New(label, url_name, icon, permission, shortcut, order)


def register_own(label, url_name: str, icon: str, order: int = 0) -> None:
    """Put a page about the signed-in person into the menu under their name; everybody has it."""
    _own[url_name] = New(label, url_name, icon, order=order)


def badge(url_name: str, count: Callable[[Any], int]) -> None:
    """Show `count(user)` beside that page while it is not zero; "inbox" is the bell of the top bar."""
    _badges[url_name] = count


def count(url_name: str, user) -> int:
    """The number shown beside a page for `user`; 0 where nobody counts."""
    counter = _badges.get(url_name)
    return counter(user) if counter else 0


def may_see(entry: Entry | New, user) -> bool:
    return entry.permission is None or user.has_perm(entry.permission)


def areas_for(user) -> list[Area]:
    """The menu as `user` sees it; an area without entries is not there."""
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(_entries.values(), key=lambda entry: (entry.order, entry.url_name)):
        if may_see(entry, user):
            grouped[entry.area].append(entry)
    return [Area(key, label, grouped[key]) for key, label in AREAS.items() if grouped[key]]


def new_for(user) -> list[New]:
    """What `user` may create from anywhere."""
    entries = sorted(_new.values(), key=lambda entry: (entry.order, entry.url_name))
    return [entry for entry in entries if may_see(entry, user)]


def own() -> list[New]:
    """What stands under one's own name, before signing in and out."""
    return sorted(_own.values(), key=lambda entry: (entry.order, entry.url_name))
