"""Tests that need a browser find one, or are left out by name with a word on how to get one."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ADVICE = (
    "no browser was found. Install one (Debian, Ubuntu: apt-get install chromium fonts-noto-cjk; "
    "elsewhere: python -m playwright install chromium), or name one: CHROMIUM=/path/to/chromium"
)


def find_browser() -> str | None:
    """The browser CHROMIUM names, one that is installed, or playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    return installed or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": find_browser(), "args": ["--no-sandbox"]}


def pytest_configure(config):
    from playwright.sync_api import expect

    expect.set_options(timeout=15_000)  # a busy machine is no fault; how quick pages are, the benchmarks tell
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs a loop in this thread


def pytest_collection_modifyitems(config, items):
    wanting = [item for item in items if item.get_closest_marker("browser")]
    if wanting and find_browser() is None:
        config.stash[LEFT_OUT] = [item.nodeid for item in wanting]
        for item in wanting:
            item.add_marker(pytest.mark.skip(reason=ADVICE))


LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter, config):
    left_out = config.stash.get(LEFT_OUT, [])
    if left_out:
        terminalreporter.section(f"{len(left_out)} browser tests were left out", yellow=True)
        terminalreporter.line(f"Because {ADVICE}.")
        for name in left_out:
            terminalreporter.line(f"  {name}")
