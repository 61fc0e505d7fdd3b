"""The pulse: every open screen asks once a breath whether anything it shows has changed."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, JsonResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pages import clock

SWEEP_KEY = "sla:last_sweep"
SWEEP_LATE_SECONDS = 30

_topics: dict[str, Callable[[Any], str]] = {}
_started = time.monotonic()


def register(topic: str, token: Callable[[Any], str]) -> None:
    """Announce `topic`; `token(user)` is a string that changes whenever what the user sees of it changes.

    A screen refreshes by `hx-trigger="pulse:<topic> from:body"`. A token is asked for every 1.5 s by every
    open tab, so it is one cache read or one indexed probe, never a count.
    """
    _topics[topic] = token


def tokens(user) -> dict[str, str]:
    """What each topic stands at for `user`."""
    return {topic: str(token(user)) for topic, token in _topics.items()}


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
