"""Whether the office can keep its promises now: records, migrations, broker, and the sweep's heartbeat."""

from collections.abc import Callable
from datetime import datetime

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import RedisError

LONGEST_SILENCE = 30.0  # seconds without a sweep after which promises are no longer watched


def examine(at: datetime) -> dict[str, dict]:
    """Every part with `ok` and, where there is one, its figure. Says nothing about where things are."""
    probes: dict[str, Callable[[datetime], dict]] = {
        "database": database,
        "migrations": migrations,
        "broker": broker,
        "sweep": sweep,
    }
    return {name: probe(at) for name, probe in probes.items()}


def database(at: datetime) -> dict:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"ok": False}
    return {"ok": True}


def migrations(at: datetime) -> dict:
    """Code that is ahead of its tables must not serve anybody."""
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return {"ok": False}
    return {"ok": missing == 0, "missing": missing}


def broker(at: datetime) -> dict:
    """The cache forgives a server that is away; here it must be asked directly."""
    try:
        cache._cache.get_client(write=True).ping()
    except (RedisError, OSError):
        return {"ok": False}
    return {"ok": True}


def sweep(at: datetime) -> dict:
    """Age in seconds of the last sweep (`sla.sweep` writes its instant into the cache)."""
    written = cache.get("sla:last_sweep")
    if not written:
        return {"ok": False, "age": None}
    age = round((at - datetime.fromisoformat(written)).total_seconds(), 1)
    return {"ok": age <= LONGEST_SILENCE, "age": age}
