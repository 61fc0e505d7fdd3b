"""What a page does by itself, lived through in a real browser."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from pages import pulse
from tests.builders import PASSWORD, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRONG_CLOCK = """
const True = Date, wrong = 3 * 3600e3;
window.Date = class extends True {
  constructor(...given) { given.length ? super(...given) : super(True.now() + wrong); }
  static now() { return True.now() + wrong; }
};
"""


@pytest.fixture
def stage_topic(on_stage, monkeypatch):
    monkeypatch.setattr(pulse, "_topics", {"stage": lambda user: str(len(on_stage.taken))})


def sign_everybody_out() -> None:
    Session.objects.all().delete()
    cache.clear()


def test_a_countdown_is_right_on_a_computer_whose_clock_is_three_hours_wrong(desk):
    desk.add_init_script(WRONG_CLOCK)
    desk.reload()
    clock = desk.locator("#clock .countdown")
    expect(clock.locator(".countdown-clock")).to_have_text(re.compile(r"0:0[12]"))
    expect(clock).to_have_class(re.compile("is-overdue"), timeout=4000)
    expect(clock).to_have_text(re.compile(r"\+0:0\d overdue"))
    expect(desk).to_have_title(re.compile(r"^\(1 overdue\)"))


def test_a_countdown_changes_at_half_time_and_says_what_is_left(desk):
    clock = desk.locator("#clock .countdown")
    expect(clock).to_have_class(re.compile("is-half"))
    expect(clock.locator(".countdown-word")).to_have_text("left")


@pytest.mark.usefixtures("stage_topic")
def test_what_others_do_appears_within_two_seconds_without_reloading(desk, on_stage):
    expect(desk.locator("#live")).to_have_text("taken: 0")
    on_stage.taken.append({})
    expect(desk.locator("#live")).to_have_text("taken: 1", timeout=2000)
    on_stage.taken.append({})
    expect(desk.locator("#live")).to_have_text("taken: 2", timeout=2000)


def test_signed_out_is_said_and_after_signing_in_elsewhere_the_typed_text_can_be_sent(
    desk, on_stage, receptionist, live_server
):
    desk.fill("#number", "13800138000")
    sign_everybody_out()
    expect(desk.locator("#signed-out")).to_be_visible(timeout=4000)
    other = desk.context.new_page()
    other.goto(f"{live_server.url}/accounts/login/")
    other.fill("#id_login", receptionist.username)
    other.fill("#id_password", PASSWORD)
    other.click("button.btn-lg")
    expect(other.locator(".topbar")).to_be_visible()
    expect(desk.locator("#signed-out")).to_be_hidden(timeout=7000)
    desk.click("#take")
    expect(desk.locator(".toast-words", has_text="Taken")).to_be_visible()
    assert [form["number"] for form in on_stage.taken] == ["13800138000"]


def test_another_person_in_the_same_browser_is_pointed_out(desk, signed_in, live_server):
    session = signed_in(make_user("别人")).cookies["sessionid"].value
    desk.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    expect(desk.locator("#other-person")).to_be_visible(timeout=4000)


def test_pressing_again_while_it_is_being_sent_sends_nothing_more(desk, on_stage):
    desk.fill("#note", "slow")
    desk.evaluate(
        "const send = document.querySelector('#send'); send.click(); setTimeout(() => send.click(), 150)"
    )
    expect(desk.locator("#taken")).to_have_text("1")
    assert [form["note"] for form in on_stage.taken] == ["slow"]


def test_a_mistake_comes_back_with_what_was_typed_and_can_be_mended(desk, on_stage):
    desk.fill("#number", "bad")
    desk.click("#take")
    expect(desk.locator(".mistake")).to_have_text("Not a number")
    expect(desk.locator("#number")).to_have_value("bad")
    desk.fill("#number", "8001")
    desk.click("#take")
    expect(desk.locator(".toast-words", has_text="Taken")).to_be_visible()
    assert [form["number"] for form in on_stage.taken] == ["8001"]


def test_without_a_connection_nothing_is_lost_and_afterwards_it_goes_through(desk, on_stage):
    desk.fill("#number", "8001")
    desk.context.set_offline(True)
    desk.click("#take")
    expect(desk.locator(".toast-card.is-error .toast-words").first).to_have_text(
        "Not sent: no connection. Nothing is lost; try again."
    )
    expect(desk.locator("#number")).to_have_value("8001")
    expect(desk.locator("#connection-lost")).to_be_visible(timeout=8000)
    desk.context.set_offline(False)
    expect(desk.locator("#connection-lost")).to_be_hidden(timeout=8000)
    desk.click("#take")
    expect(desk.locator(".toast-words", has_text="Taken")).to_be_visible()
    assert len(on_stage.taken) == 1


def test_a_step_that_asks_first_is_not_taken_without_a_yes(desk, on_stage):
    desk.click("#hang")
    expect(desk.locator("#confirm-words")).to_have_text("Really hang up?")
    desk.click("#confirm button[value='no']")
    expect(desk.locator("#confirm")).to_be_hidden()
    assert on_stage.taken == []
    desk.click("#hang")
    desk.click("#confirm button[value='yes']")
    expect(desk.locator("#taken")).to_have_text("1")
    assert [form["hung"] for form in on_stage.taken] == ["up"]


def test_shortcuts_work_while_typing_and_are_shown_and_listed(desk):
    expect(desk.locator("#hang kbd")).to_have_text("Alt+H")
    desk.focus("#number")
    desk.keyboard.press("Alt+j")
    expect(desk.locator("#note")).to_be_focused()
    desk.keyboard.press("Alt+h")
    expect(desk.locator("#confirm")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.locator("#main").focus()
    desk.keyboard.press("?")
    expect(desk.locator("#shortcuts-list")).to_contain_text("Hang up")


def test_a_plain_letter_typed_into_a_field_is_a_letter(desk):
    desk.focus("#note")
    desk.keyboard.type("what?")
    expect(desk.locator("#note")).to_have_value("what?")
    expect(desk.locator("#shortcuts")).to_be_hidden()


def test_what_was_typed_is_back_after_reloading_and_gone_after_sending(desk):
    desk.fill("#note", "半句话")
    desk.reload()
    expect(desk.locator("#note")).to_have_value("半句话")
    desk.click("#send")
    expect(desk.locator("#taken")).to_have_text("1")
    expect(desk.locator("#note")).to_have_value("")
    desk.reload()
    expect(desk.locator("#note")).to_have_value("")


def test_a_list_is_searched_while_one_types(desk, live_server):
    make_user("诸葛亮")
    desk.goto(f"{live_server.url}/stage/people/")
    desk.fill("#list-q", "诸葛")
    expect(desk.locator("#list tbody tr")).to_have_count(1)
    expect(desk.locator("#list tbody")).to_contain_text("诸葛亮")
    assert "q=" in desk.url


@pytest.mark.parametrize("path", ["/stage/desk/", "/stage/people/", "/accounts/2fa/", "/nothing/"])
def test_on_a_phone_nothing_sticks_out_and_the_menu_opens(desk, live_server, path):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(live_server.url + path)
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390
    desk.click(".topbar-toggle")
    expect(desk.locator("#menu")).to_be_visible()


def test_the_content_policy_holds_on_every_kind_of_page(desk, live_server):
    for path in (
        "/stage/desk/",
        "/stage/people/",
        "/accounts/2fa/",
        "/accounts/password/change/",
        "/nothing/",
    ):
        desk.goto(live_server.url + path)
    desk.click(".person")
    desk.context.clear_cookies()
    desk.goto(f"{live_server.url}/accounts/login/")
    assert desk.complaints == []


def test_a_form_that_came_back_with_mistakes_goes_on_at_the_first_of_them(desk, live_server):
    desk.goto(f"{live_server.url}/people/me/")
    desk.locator("form [name='im_id']").evaluate("field => field.value = 'a\\u0007b'")
    desk.locator("main form button[type='submit']").click()
    expect(desk.locator("[name='im_id']")).to_be_focused()
