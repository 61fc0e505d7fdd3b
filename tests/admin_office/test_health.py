"""`/healthz` tells machines whether promises are being kept, and tells strangers nothing more."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from admin_office import health

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_cache")]


def swept(seconds_ago: float) -> None:
    cache.set("sla:last_sweep", (timezone.now() - timedelta(seconds=seconds_ago)).isoformat())


def test_all_is_well_while_the_sweep_is_fresh(client):
    swept(1)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["ok"] is True
    assert set(answer.json()) == {"ok", "database", "migrations", "broker", "sweep"}


def test_a_sweep_that_fell_silent_is_reported(client):
    swept(31)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["sweep"]["ok"] is False
    assert answer.json()["sweep"]["age"] >= 31


def test_a_sweep_that_never_ran_is_reported(client):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["sweep"] == {"ok": False, "age": None}


def test_the_web_alone_is_well_without_a_sweep(client):
    answer = client.get("/healthz?only=web")
    assert answer.status_code == 200
    assert "sweep" not in answer.json()


def test_a_broker_that_is_away_is_reported(settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/s?db=1"},
    }
    assert health.broker(timezone.now()) == {"ok": False}


def test_tables_behind_the_code_are_reported():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'pages' OR app = 'notices'")
    assert health.migrations(timezone.now()) == {"ok": False, "missing": 1}


def test_nothing_secret_is_told(client):
    text = client.get("/healthz").content.decode()
    assert settings.SECRET_KEY not in text
    assert str(settings.BASE_DIR) not in text
    assert client.get("/healthz").headers["Cache-Control"].startswith("max-age=0, no-cache")


def test_only_reading_is_allowed(client):
    assert client.post("/healthz").status_code == 405
