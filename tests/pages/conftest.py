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


@pytest.fixture
def desk(on_stage, live_server, page, signed_in, receptionist):
    """The stage's desk open in a real browser, in which the receptionist is signed in.

    `page.complaints` gathers what the browser complains of: broken policies, errors of scripts.
    """
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: page.complaints.append(line.text) if "Policy" in line.text else None)
    session = signed_in(receptionist).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/stage/desk/")
    return page
