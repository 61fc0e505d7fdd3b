"""The test database is a file (or a PostgreSQL database), never memory, so that real workers can open it."""

import os
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite: a file of this run's own, without waiting for the disk: a power cut would lose nothing."""
    database = connections.databases["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        database["TEST"].update(CHARSET="UTF8", TEMPLATE="template0")  # whatever the cluster was made with
        yield
        return
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        database["TEST"]["NAME"] = str(Path(folder) / "tests.sqlite3")
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=NORMAL", "synchronous=OFF")
        yield


@pytest.fixture
def office_environment(transactional_db, broker) -> dict[str, str]:
    """What a worker, beat or web process of this test needs in its environment to be in the same office."""
    database = connection.settings_dict
    if database["ENGINE"].endswith("sqlite3"):
        url = f"sqlite:///{database['NAME']}"
    else:
        account = f"{database['USER']}:{database['PASSWORD']}".strip(":")
        url = f"postgres://{account}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATABASE_URL": url,
        "REDIS_URL": broker,
        "SECRET_KEY": settings.SECRET_KEY,
        "SALT_KEY": ",".join(settings.SALT_KEY),
        "VAR_DIR": str(settings.VAR_DIR),
    }
