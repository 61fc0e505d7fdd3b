"""Telling people: rows written in the caller's transaction, so that what did not happen is never announced
and what did happen is never forgotten. Nothing is put into words here; the drain does that afterwards."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models

from notices import quiet
from notices.models import Channel, Delivery, Notice
from pages import rows

_NOTICE = (
    "recipient_id",
    "kind",
    "params",
    "words",
    "link",
    "level",
    "source_type_id",
    "source_id",
    "told_by_id",
    "key",
    "created_at",
)
_DELIVERY = ("notice_id", "channel_id", "state", "attempts", "next_try_at", "message", "reason", "detail")


class Telling(NamedTuple):
    """One person to be told one thing; under the same `key` (if any) nobody is told twice."""

    recipient_id: int
    kind: str
    params: dict[str, Any]
    link: str
    level: str
    source_type_id: int | None
    source_id: int | None
    channels: tuple[str, ...]
    urgent: bool
    at: datetime
    key: str = ""
    by_id: int | None = None


def tell(
    recipients: Iterable[models.Model],
    kind: str,
    *,
    at: datetime,
    params: dict[str, Any] | None = None,
    link: str = "",
    source: models.Model | None = None,
    level: str = "info",
    channels: Sequence[str] = ("inbox", "email"),
    urgent: bool = False,
    by: models.Model | None = None,
    key: str = "",
) -> list[Notice]:
    """Tell each of the people once; answers the notices written (none for those told before under `key`)."""
    source_type = ContentType.objects.get_for_model(source) if source else None
    tellings = [
        Telling(
            recipient_id=person_id,
            kind=kind,
            params=params or {},
            link=link,
            level=level,
            source_type_id=source_type.pk if source_type else None,
            source_id=source.pk if source else None,
            channels=tuple(channels),
            urgent=urgent,
            at=at,
            key=key,
            by_id=by.pk if by else None,
        )
        for person_id in dict.fromkeys(person.pk for person in recipients)
    ]
    return list(Notice.objects.filter(pk__in=tell_many(tellings)).order_by("pk"))


def tell_many(tellings: Sequence[Telling]) -> list[int]:
    """Write all the tellings as notices and deliveries in four statements; answers the new notices' ids.

    Params must be what JSON can hold, with instants as ISO text or aware datetimes in names ending in `_at`.
    """
    if not tellings:
        return []
    written = _write_notices(tellings)
    rows.insert(Delivery, _DELIVERY, _deliveries(written))
    return [notice_id for notice_id, _ in written]


def _write_notices(tellings: Sequence[Telling]) -> list[tuple[int, Telling]]:
    keyed = any(telling.key for telling in tellings)
    said = _particulars(tellings)
    written = [_notice_row(telling, *said[id(telling.params)]) for telling in tellings]
    ids = rows.insert(Notice, _NOTICE, written, returning=True, skip_duplicates=keyed)
    if len(ids) == len(tellings):
        return list(zip(ids, tellings, strict=True))
    return _matched(ids, tellings)


def _matched(ids: list[int], tellings: Sequence[Telling]) -> list[tuple[int, Telling]]:
    """Which tellings the ids belong to, when some people had been told before."""
    unkeyed = iter([telling for telling in tellings if not telling.key])
    keyed: dict[tuple[int, str], Telling] = {}
    for telling in tellings:
        keyed.setdefault((telling.recipient_id, telling.key), telling)
    stored = Notice.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "recipient_id", "key")
    return [(pk, keyed[person, key] if key else next(unkeyed)) for pk, person, key in stored]


def _particulars(tellings: Sequence[Telling]) -> dict[int, tuple[dict[str, Any], str]]:
    """Params as JSON holds them and the words to find them by, once for all who are told the same."""
    said: dict[int, tuple[dict[str, Any], str]] = {}
    for telling in tellings:
        if id(telling.params) not in said:
            params = {name: _plain(value) for name, value in telling.params.items()}
            words = (str(value) for name, value in params.items() if value and not name.endswith("_at"))
            said[id(telling.params)] = params, " ".join(words)
    return said


def _notice_row(telling: Telling, params: dict[str, Any], words: str) -> tuple[Any, ...]:
    return (
        telling.recipient_id,
        telling.kind,
        params,
        words,
        telling.link,
        telling.level,
        telling.source_type_id,
        telling.source_id,
        telling.by_id,
        telling.key,
        telling.at,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, int | float | str | bool | None) else str(value)


def _deliveries(written: list[tuple[int, Telling]]) -> list[tuple[Any, ...]]:
    kinds = {kind for _, telling in written for kind in telling.channels if kind != "inbox"}
    if not kinds:
        return []
    channels: dict[str, list[int]] = {}
    for pk, kind in Channel.objects.enabled().filter(kind__in=kinds).values_list("pk", "kind"):
        channels.setdefault(kind, []).append(pk)
    reachable = _with_address(written) if "email" in channels else set()
    opens = _earliest(written)
    return [
        (
            notice_id,
            channel_id,
            "pending",
            0,
            opens.get((telling.recipient_id, telling.at), telling.at),
            "",
            "",
            "",
        )
        for notice_id, telling in written
        for kind in dict.fromkeys(telling.channels)
        if kind != "email" or telling.recipient_id in reachable
        for channel_id in channels.get(kind, ())
    ]


def _with_address(written: list[tuple[int, Telling]]) -> set[int]:
    people = {telling.recipient_id for _, telling in written if "email" in telling.channels}
    active = get_user_model().objects.filter(pk__in=people, is_active=True, status="active")
    return set(active.exclude(email="").values_list("pk", flat=True))


def _earliest(written: list[tuple[int, Telling]]) -> dict[tuple[int, datetime], datetime]:
    """When each person may be disturbed about what can wait, asked once for all who are told at one time."""
    waiting: dict[datetime, set[int]] = {}
    for _, telling in written:
        if not telling.urgent:
            waiting.setdefault(telling.at, set()).add(telling.recipient_id)
    return {
        (person, at): opening
        for at, people in waiting.items()
        for person, opening in quiet.earliest(people, at).items()
    }
