"""What people can be told (通知种类): each app registers its sentences once, and they are put into words only
when somebody reads or is sent them, in that person's own language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """One sort of news; `title` and `body` are lazy msgids with %(param)s in them."""

    key: str
    title: str | Promise
    body: str | Promise
    label: str | Promise
    acknowledgeable: bool = False


_kinds: dict[str, Kind] = {}


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


def render(text: str | Promise, params: Mapping[str, Any]) -> str:
    """The text with its params filled in, in the language now active; a missing param shows as a dash."""
    if not params and "%" not in str(text):
        return str(text)
    return str(text) % _Spoken((name, _spoken(name, value)) for name, value in params.items())


class _Spoken(dict):
    def __missing__(self, name: str) -> str:
        return "—"


def _spoken(name: str, value: Any) -> Any:
    if value is None:
        return "—"
    if not name.endswith("_at"):
        return value
    instant = value if isinstance(value, datetime) else parse_datetime(str(value))
    if instant is None:
        return value
    local = timezone.localtime(instant) if timezone.is_aware(instant) else instant
    return f"{formats.date_format(local, 'MONTH_DAY_FORMAT')} {local:%H:%M}"
