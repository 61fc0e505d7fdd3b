"""The pulse: every open screen asks once a breath whether anything it shows has changed."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import cache as remembered
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pages import clock

SWEEP_KEY = "sla:last_sweep"
SWEEP_LATE_SECONDS = 30

GATHER = {"postgresql": "string_agg", "sqlite": "group_concat"}


class Watch(NamedTuple):
    """What is looked at for one topic, by whoever `may`; the others see it stand still."""

    probes: tuple[str, ...]
    may: str = ""

    def is_for(self, user: Any) -> bool:
        return not self.may or user.has_perm(self.may)


_topics: dict[str, Callable[[Any], str] | Watch] = {}
_known: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
_started = time.monotonic()


def register(topic: str, token: Callable[[Any], str]) -> None:
    """Announce `topic`; `token(user)` is a string that changes whenever what the user sees of it changes.

    A screen refreshes by `hx-trigger="pulse:<topic> from:body"`. A token is asked for every 1.5 s by every
    open tab, so it costs next to nothing: `watch` for what stands in the database.
    """
    _topics[topic] = token


def watch(topic: str, *probes: str, may: str = "") -> None:
    """Announce a topic by SELECTs of one value each, read from the end of an index.

    The probes of all topics are asked in one statement. `%(user)s` is the person's key; `{gather}` joins the
    values of several rows. `may` is the permission without which a topic never changes.
    """
    _topics[topic] = Watch(probes, may)


def tokens(user) -> dict[str, str]:
    """What each topic stands at for `user`: one query for all that is watched."""
    watched = {topic: it for topic, it in _topics.items() if isinstance(it, Watch) and it.is_for(user)}
    values = iter(_probe(tuple(probe for it in watched.values() for probe in it.probes), user))
    found = {topic: "/".join(str(next(values)) for _probe in it.probes) for topic, it in watched.items()}
    asked = {topic: str(it(user)) for topic, it in _topics.items() if not isinstance(it, Watch)}
    return dict.fromkeys(_topics, "") | found | asked


def _probe(probes: tuple[str, ...], user: Any) -> tuple:
    """The probes' values; PostgreSQL plans them once for each connection, which costs more than asking."""
    if not probes:
        return ()
    statement = _statement(probes, connection.vendor)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXECUTE {_prepared(statement, cursor)} (%(user)s)", {"user": user.pk})
        else:
            cursor.execute(statement, {"user": user.pk})
        return cursor.fetchone()


@remembered
def _statement(probes: tuple[str, ...], vendor: str) -> str:
    return "SELECT " + ", ".join(f"({probe.format(gather=GATHER[vendor])})" for probe in probes)


def _prepared(statement: str, cursor: Any) -> str:
    """Under which name the server knows the statement on this connection."""
    known = _known.setdefault(connection.connection, {})
    if statement not in known:
        name = f"pulse_{len(known)}"
        cursor.execute(f"PREPARE {name} (bigint) AS {statement % {'user': '$1'}}")
        known[statement] = name
    return known[statement]


def sweep_age(at: datetime) -> float | None:
    """Seconds since the last sweep of the promises; None if none is known."""
    stored = cache.get(SWEEP_KEY)
    last = parse_datetime(stored) if isinstance(stored, str) else stored
    return max(0.0, (at - last).total_seconds()) if last else None


def is_late(age: float | None) -> bool:
    """True when nobody watches the promises; not knowing is no alarm in a process's first half minute."""
    if age is None:
        return time.monotonic() - _started > SWEEP_LATE_SECONDS
    return age > SWEEP_LATE_SECONDS


@require_safe
@never_cache
def pulse(request: HttpRequest) -> JsonResponse:
    """GET /pulse/ → {"now", "person", "topics": {topic: token}, "sweep_age": seconds|null, "sweep_late"}."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed-out"}, status=401)
    now = clock.now()
    age = sweep_age(now)
    return JsonResponse(
        {
            "now": now.isoformat(),
            "person": request.user.pk,
            "topics": tokens(request.user),
            "sweep_age": None if age is None else round(age, 1),
            "sweep_late": is_late(age),
        }
    )
