"""Imports point downwards only: an arrow that points up is found, wherever in a file it hides."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

LAYERS = [
    {"pages"},
    {"organization"},
    {"notices"},
    {"sla"},
    {"supplies", "archives", "internal"},
    {"procurement"},
    {"coordination"},
    {"reception", "facilities"},
    {"admin_office"},
]
LEVEL = {app: level for level, apps in enumerate(LAYERS) for app in apps}


def references(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and app of every import, in functions too, and of every model named as "app.Model"."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and is_model_name(node.value):
            names = [node.value]
        for name in names:
            app = name.partition(".")[0]
            if app in LEVEL:
                yield node.lineno, app


def is_model_name(text: str) -> bool:
    app, dot, model = text.partition(".")
    return bool(dot) and app in LEVEL and model.isidentifier() and model[0].isupper()


def arrows_up(app: str, source: str) -> list[tuple[int, str]]:
    """References of `app` to a higher app, or to a neighbour at its own height."""
    return [
        (line, other)
        for line, other in references(ast.parse(source))
        if other != app and LEVEL[other] >= LEVEL[app]
    ]


def modules() -> list[Path]:
    return sorted(
        path
        for app in LEVEL
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "migrations" not in path.parts
    )


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_a_module_imports_downwards_only(path):
    app = path.relative_to(settings.BASE_DIR).parts[0]
    assert arrows_up(app, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import reception.models",
        "from sla.timers import start_timer",
        "def verb():\n    from sla import timers",
        "if TYPE_CHECKING:\n    from reception.models import Call",
        "call = models.ForeignKey('reception.Call', models.CASCADE)",
        "Call = apps.get_model('reception.Call')",
    ],
)
def test_an_arrow_that_points_up_is_found(source):
    assert len(arrows_up("notices", source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from organization.models import User",
        "import pages.rows",
        "from . import kinds",
        "owner = models.ForeignKey('organization.User', models.PROTECT)",
        "name = 'reception.html'",
    ],
)
def test_an_arrow_that_points_down_is_fine(source):
    assert arrows_up("notices", source) == []


def test_neighbours_do_not_know_each_other():
    assert arrows_up("archives", "import supplies.models") == [(1, "supplies")]


def test_every_app_of_ours_has_its_place():
    ours = {app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app).is_dir()}
    assert ours <= set(LEVEL)
