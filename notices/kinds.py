"""What people can be told (通知种类): each app registers its sentences once, and they are put into words only
when somebody reads or is sent them, in that person's own language."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """One sort of news; `title` and `body` are lazy msgids with %(param)s in them."""

    key: str
    title: str | Promise
    body: str | Promise
    label: str | Promise
    acknowledgeable: bool = False


_kinds: dict[str, Kind] = {}
_words: dict[str, Callable[[Any], Any]] = {}


def word(param: str, speak: Callable[[Any], Any]) -> None:
    """Say every param of that name by `speak(value)` when it is read: a stored key becomes a word."""
    _words[param] = speak


def register(
    key: str,
    title: str | Promise,
    body: str | Promise,
    label: str | Promise,
    acknowledgeable: bool = False,
) -> Kind:
    """Make a sort of news known; call it from `ready()`. The same key twice replaces the first."""
    _kinds[key] = Kind(key, title, body, label, acknowledgeable)
    return _kinds[key]


def get(key: str) -> Kind:
    """The kind of that key; news of an app that is gone stays readable under its bare key."""
    return _kinds.get(key) or Kind(key, key, "", key)


def all_kinds() -> Iterator[Kind]:
    """Every kind, in the order of registration."""
    return iter(_kinds.values())


def holding(text: str) -> list[str]:
    """The keys of the kinds whose label or title holds the text, in the language now active."""
    return [kind.key for kind in all_kinds() if text.lower() in f"{kind.label} {kind.title}".lower()]


def render(text: str | Promise, params: Mapping[str, Any]) -> str:
    """The text with its params filled in, in the language now active; a missing param shows as a dash.

    A sentence that cannot be filled is shown as it stands: one bad translation must not close an inbox.
    """
    if not params and "%" not in str(text):
        return str(text)
    try:
        return str(text) % _Spoken((name, _spoken(name, value)) for name, value in params.items())
    except (TypeError, ValueError):
        log.exception("The text %r cannot be filled", str(text))
        return str(text)


class _Spoken(dict):
    def __missing__(self, name: str) -> str:
        return "—"


def _spoken(name: str, value: Any) -> Any:
    if value is None:
        return "—"
    if name in _words:
        return _in_words(name, value)
    if not name.endswith("_at"):
        return value
    instant = value if isinstance(value, datetime) else parse_datetime(str(value))
    if instant is None:
        return value
    local = timezone.localtime(instant) if timezone.is_aware(instant) else instant
    return f"{formats.date_format(local, 'MONTH_DAY_FORMAT')} {local:%H:%M}"


def _in_words(name: str, value: Any) -> Any:
    """The word for a stored key; a key nobody knows any more is shown as it is."""
    try:
        return _words[name](value)
    except (LookupError, TypeError, ValueError):
        return value
