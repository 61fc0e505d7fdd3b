"""Everybody's own page in a real browser, the phone first: what is due appears, moves and goes by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from pages.clock import now
from tests.reception.builders import make_call

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [{"width": 390, "height": 844}, {"width": 1440, "height": 900}]


@pytest.fixture
def open_mine(live_server, browser, signed_in):
    """`open_mine(user, size)`: the page in a browser of that person's own; it complains of nothing."""
    contexts, complaints = [], []

    def open_for(user, viewport) -> Page:
        context = browser.new_context(viewport=viewport)
        contexts.append(context)
        session = signed_in(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if "Policy" in line.text else None)
        page.goto(live_server.url + reverse("mine"))
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("viewport", SIZES, ids=["phone", "desk"])
def test_a_promise_appears_becomes_overdue_and_goes_without_a_hand(
    open_mine, receptionist, salesperson, viewport
):
    page = open_mine(receptionist, viewport)
    expect(page.locator(".empty-state")).to_be_visible()

    call = make_call(receptionist, now() - timedelta(seconds=114), ended=True, transferred_to=salesperson)
    expect(page.locator(".mine-group.is-today .mine-line")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".mine-group.is-overdue .mine-line")).to_have_count(1)
    call.feed_back("询问报价", by=receptionist, at=now())
    expect(page.locator(".empty-state")).to_be_visible()


def test_the_deed_leads_to_the_record(open_mine, receptionist, salesperson, live_server):
    call = make_call(receptionist, now(), ended=True, transferred_to=salesperson)
    page = open_mine(receptionist, SIZES[0])

    page.get_by_role("link", name="Feed back", exact=True).click()

    expect(page).to_have_url(live_server.url + call.get_absolute_url())
