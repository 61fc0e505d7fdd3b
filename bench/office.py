"""The office in which the benchmarks run: an own database on the given PostgreSQL server, made anew and dropped.

Every benchmark is started from the checkout with
`DATABASE_URL=postgres://… python -m bench.<name>`; it creates `admin_office_bench` beside the named database.
"""

import datetime as dt
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg2

DATABASE = "admin_office_bench"


def server(database: str) -> str:
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        sys.exit(
            "Set DATABASE_URL to a PostgreSQL server: the benchmarks create a database of their own there."
        )
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{database}"))


def run_sql(database: str, *statements: str) -> None:
    connection = psycopg2.connect(server(database))
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


@contextmanager
def office() -> Iterator[None]:
    """Django set up on an empty, migrated database; dropped at the end."""
    run_sql("postgres", f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", f"CREATE DATABASE {DATABASE}")
    os.environ["DATABASE_URL"] = server(DATABASE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "admin_office.settings")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    try:
        yield
    finally:
        connections.close_all()
        run_sql("postgres", f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def people(count: int = 50) -> list:
    """Receptionists with line manager and backup, and one admin manager."""
    from django.contrib.auth.models import Group

    from organization.models import User
    from organization.roles import Role

    boss = _person(0)
    boss.groups.add(Group.objects.get(name=Role.ADMIN_MANAGER))
    desk = [_person(number, manager=boss) for number in range(1, count + 1)]
    for person, backup in zip(desk, [*desk[1:], desk[0]], strict=True):
        person.backup = backup
        person.save(update_fields=["backup"])
        person.groups.add(Group.objects.get(name=Role.RECEPTIONIST))
    return User.objects.filter(pk__in=[person.pk for person in desk]).order_by("pk")


def _person(number: int, **fields):
    from organization.models import User

    return User.objects.create(
        username=f"bench{number}",
        staff_no=f"B{number:04}",
        name=f"甲{number}",
        email=f"bench{number}@example.com",
        **fields,
    )


def timed(action: Callable[[], object]) -> float:
    """Seconds that one run of `action` took."""
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def median_ms(seconds: list[float]) -> float:
    return statistics.median(seconds) * 1000


def row(what: str, ours: str, bare: str, ratio: float | None, goal: str, kept: bool) -> None:
    """One line of the printed table, ready for docs/performance.md."""
    shown = f"{ratio:.2f}" if ratio is not None else "–"
    print(f"| {what} | {ours} | {bare} | {shown} | {goal} | {'yes' if kept else 'NO'} |", flush=True)


def head() -> None:
    print("| what | ours | compared with | ratio | goal | kept |\n|---|---|---|---|---|---|", flush=True)


NOON = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
