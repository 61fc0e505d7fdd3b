"""The screen on the wall in a real browser: back after a restart, fresh by itself, and dark when revoked."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from pages.clock import now
from sla.models import Display
from tests.reception.builders import make_call, make_missed_call

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [{"width": 390, "height": 844}, {"width": 1440, "height": 900}]


@pytest.fixture
def put_up(admin_manager):
    return Display.create("前台大屏", by=admin_manager, at=now())


@pytest.fixture
def start(browser):
    """`start(size, state)`: a browser as after switching the screen on; it complains of nothing."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def started(viewport, storage_state=None) -> Page:
        context = browser.new_context(viewport=viewport, storage_state=storage_state)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if "Policy" in line.text else None)
        return page

    yield started
    for context in contexts:
        context.close()
    assert complaints == []


def enter(page: Page, live_server, token: str) -> None:
    page.goto(f"{live_server.url}{reverse('wall-enter')}#{token}")
    expect(page).to_have_url(live_server.url + reverse("wall"))


def test_no_address_that_is_asked_for_holds_the_token(start, live_server, put_up):
    page = start(SIZES[1])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    enter(page, live_server, put_up[1])
    page.go_back()

    assert not [address for address in asked if put_up[1] in address]
    assert put_up[1] not in page.url


@pytest.mark.parametrize("viewport", SIZES, ids=["phone", "desk"])
def test_after_a_restart_of_the_browser_the_wall_is_back_without_signing_in(
    start, live_server, put_up, viewport
):
    first = start(viewport)
    enter(first, live_server, put_up[1])
    state = first.context.storage_state()
    first.context.close()

    again = start(viewport, storage_state=state)
    again.goto(live_server.url + reverse("wall"))

    expect(again.locator("#wall-now")).to_be_visible()
    expect(again.locator("#wall-clock")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    assert again.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_clock_appears_by_itself_and_turns_red_without_a_hand(start, live_server, put_up, receptionist):
    page = start(SIZES[1])
    enter(page, live_server, put_up[1])
    assert page.locator(".wall-clocks .countdown").count() == 0

    make_call(receptionist, now() - timedelta(seconds=115), ended=True, transferred_to=receptionist)

    expect(page.locator(".wall-clocks .countdown")).to_have_class(re.compile("is-half"))
    expect(page.locator(".wall-clocks .countdown")).to_have_class(re.compile("is-overdue"))
    expect(page.locator(".wall-tile.is-bad")).to_be_visible()


def test_nothing_of_it_is_cut_off_on_a_big_screen(start, live_server, put_up, receptionist):
    for _ in range(7):
        make_call(receptionist, now() - timedelta(seconds=60), ended=True, transferred_to=receptionist)
        make_missed_call(receptionist, now())
    page = start({"width": 1920, "height": 1080})
    enter(page, live_server, put_up[1])

    expect(page.locator(".wall-clocks li")).to_have_count(5)
    cut = "element => element.scrollHeight > element.clientHeight + 1"
    sections = page.locator("#wall-now > section").all()
    assert [section.evaluate(cut) for section in [page.locator("body"), *sections]] == [False] * 5


def test_it_says_when_it_hears_nothing_and_goes_on_when_it_does(start, live_server, put_up):
    page = start(SIZES[1])
    enter(page, live_server, put_up[1])

    page.context.set_offline(True)
    expect(page.locator("#wall-lost")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#wall-lost")).to_be_hidden()


def test_a_revoked_screen_goes_dark_by_itself(start, live_server, put_up, admin_manager):
    page = start(SIZES[1])
    enter(page, live_server, put_up[1])

    put_up[0].revoke(by=admin_manager, at=now())

    expect(page.locator(".wall-closed")).to_be_visible()
    expect(page.get_by_role("heading")).to_contain_text("taken down")
