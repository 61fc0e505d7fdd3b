"""The stage: pages that use everything that pages share, at addresses of their own."""

from pathlib import Path

import pytest

from . import stage


@pytest.fixture
def on_stage(settings):
    """The office with the pages of `stage`, and nothing taken in yet."""
    settings.ROOT_URLCONF = "tests.pages.stage"
    templates = [*settings.TEMPLATES]
    templates[0] = {**templates[0], "DIRS": [*templates[0]["DIRS"], Path(__file__).parent / "templates"]}
    settings.TEMPLATES = templates
    stage.taken.clear()
    return stage
