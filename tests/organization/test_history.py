"""The history misses nothing: what writes past it is not used on the records it keeps."""

import ast
from pathlib import Path

import pytest
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.apps import apps
from django.conf import settings

from tests.builders import make_user

BLIND = {"update", "bulk_create", "bulk_update"}

# What no person changes: the outbox's marks, which calendar the timers follow, how duties are laid out ahead,
# a made-up past, a stamp.
NOBODYS = {
    "sla/demo/history.py",
    "sla/duties.py",
    "organization/backends.py",
    "notices/drain.py",
    "sla/timers.py",
    "reception/demo.py",
    "reception/demo_just_now.py",
}


def blind_writes(path: Path, audited: set[str]) -> list[str]:
    """Calls such as `User.objects.filter(…).update(…)`, of which the history would know nothing."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BLIND
        ):
            continue
        start = node.func.value
        while isinstance(start, ast.Attribute | ast.Call):
            start = start.func if isinstance(start, ast.Call) else start.value
        if isinstance(start, ast.Name) and start.id in audited:
            found.append(f"{path.relative_to(settings.BASE_DIR)}:{node.lineno}")
    return found


def own_sources() -> list[Path]:
    folders = [Path(config.path) for config in apps.get_app_configs()]
    own = [folder for folder in folders if folder.parent == settings.BASE_DIR]
    return [path for folder in own for path in folder.rglob("*.py") if "migrations" not in path.parts]


def test_no_audited_record_is_written_past_the_history():
    audited = {model.__name__ for model in auditlog.get_models()}

    found = [line for path in own_sources() for line in blind_writes(path, audited)]
    assert [line for line in found if line.partition(":")[0] not in NOBODYS] == []


def test_the_search_finds_a_write_past_the_history(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    source = tmp_path / "sweep.py"
    source.write_text("User.objects.filter(pk=1).update(name='x')\nOther.objects.all().update(a=1)\n")

    assert blind_writes(source, {"User"}) == ["sweep.py:1"]


def test_a_change_stands_in_the_history_with_before_and_after(db):
    person = make_user("张三")
    person.name = "李四"
    person.save()

    assert LogEntry.objects.get_for_object(person).first().changes == {"name": ["张三", "李四"]}


@pytest.mark.parametrize("field", ["password", "last_login"])
def test_secrets_of_signing_in_stay_out_of_the_history(db, noon, field):
    person = make_user()
    setattr(person, field, noon if field == "last_login" else "pbkdf2$x")
    person.save()

    assert LogEntry.objects.get_for_object(person).filter(action=LogEntry.Action.UPDATE).exists() is False
