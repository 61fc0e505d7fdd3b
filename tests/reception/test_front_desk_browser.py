"""The front desk lived through in a real browser: by keyboard alone, by two receptionists, on a phone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from notices.models import Notice
from pages.clock import now
from reception.models import Call

from .builders import make_call, make_caller_type, make_missed_call, make_rule
from .customers import make_customer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATIENCE = 15_000
"""For a busy machine: how fast others see it is measured by the benchmarks, that they do is tested here."""
expect.set_options(timeout=PATIENCE)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def office(salesperson):
    """Two kinds of callers, one rule, one known customer of the salesperson."""
    make_caller_type("老客户", hotkey=1, position=1, script="{称呼}您好，很高兴再次接到您的电话！")
    make_caller_type("新客户", hotkey=2, position=2, is_new_customer=True, script="请问您怎么称呼？")
    make_rule(salesperson)
    return make_customer("赵敏", "138 0013 8000", company="上海海纳贸易有限公司", owner=salesperson)


@pytest.fixture
def open_desk(live_server, browser, signed_in, office):
    """`open_desk(user)`: the front desk in a browser of that person's own; it complains of nothing."""
    contexts, complaints = [], []

    def open_for(user, **options) -> Page:
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        session = signed_in(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if "Policy" in line.text else None)
        page.goto(f"{live_server.url}/front-desk/")
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert complaints == []


def type_a_call(page: Page, name: str, purpose: str = "询问报价") -> None:
    """A call by hand, up to the moment of hanging up."""
    page.get_by_label("Caller", exact=True).fill(name)
    page.get_by_label("Rings").fill("2")
    page.keyboard.press("Alt+1")
    page.get_by_label("Purpose").fill(purpose)
    expect(page.locator("#advice [name='proposal']")).to_be_attached()


def test_from_the_end_of_a_number_to_feedback_by_keyboard_alone(open_desk, receptionist, salesperson):
    page = open_desk(receptionist)

    page.keyboard.type("8000")
    expect(page.locator(".lookup-line")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Caller", exact=True)).to_have_value("赵敏")
    page.keyboard.press("Alt+1")
    expect(page.locator(".advice-script")).to_contain_text("赵敏您好")
    expect(page.locator(".advice-name")).to_contain_text("陈思远")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("2")
    page.keyboard.press("Alt+h")
    expect(page.locator("#owed .countdown")).to_have_class(re.compile("is-running"))
    page.keyboard.press("Alt+f")
    expect(page.locator("#owed .owed-line")).to_have_count(0)

    call = Call.objects.get()
    assert (call.rings, call.customer.name, call.transferred_to) == (2, "赵敏", salesperson)
    assert Notice.objects.filter(kind="reception.feedback").get().recipient == salesperson


def test_a_call_is_not_ended_before_the_chosen_customer_is_in_the_form(open_desk, receptionist, salesperson):
    page = open_desk(receptionist)
    held: list[Route] = []
    page.route("**/front-desk/caller/*/", lambda route: held.append(route))
    page.keyboard.type("8000")
    page.locator(".lookup-line").click()
    buttons = page.locator(".desk-actions button")
    expect(buttons.first).to_be_disabled()

    page.keyboard.press("Alt+h")
    held[0].continue_()
    expect(page.get_by_label("Caller", exact=True)).to_have_value("赵敏")
    expect(buttons.first).to_be_enabled()

    assert Call.objects.count() == 0


def test_after_hanging_up_the_form_is_empty_and_the_cursor_back_in_the_number(open_desk, receptionist):
    page = open_desk(receptionist)
    type_a_call(page, "王小明")

    page.keyboard.press("Alt+h")

    expect(page.locator("#owed .owed-line")).to_have_count(1)
    expect(page.get_by_label("Caller", exact=True)).to_have_value("")
    expect(page.get_by_label("Phone number")).to_be_focused()


def test_enter_in_a_field_goes_on_to_the_next_and_logs_nothing(open_desk, receptionist):
    page = open_desk(receptionist)
    page.get_by_label("Caller", exact=True).fill("王小明")

    page.keyboard.press("Enter")

    expect(page.get_by_label("Company")).to_be_focused()
    assert Call.objects.count() == 0


def test_a_mistake_is_shown_where_it_is_and_what_was_typed_stays(open_desk, receptionist):
    page = open_desk(receptionist)
    page.get_by_label("Caller", exact=True).fill("王小明")
    page.keyboard.press("Alt+1")

    page.keyboard.press("Alt+h")

    expect(page.locator(".desk-rings")).to_contain_text("How many times did it ring?")
    expect(page.get_by_label("Rings")).to_be_focused()
    expect(page.get_by_label("Caller", exact=True)).to_have_value("王小明")


def test_two_receptionists_see_each_others_calls_without_reloading(
    open_desk, receptionist, second_receptionist
):
    first, second = open_desk(receptionist), open_desk(second_receptionist)
    expect(second.locator("#owed")).to_contain_text("Nothing is owed")
    type_a_call(first, "王小明")

    first.keyboard.press("Alt+h")
    expect(first.locator("#owed .owed-line")).to_have_count(1)

    expect(second.locator("#owed .owed-line")).to_have_count(1)
    expect(second.locator("#desk-calls")).to_contain_text("王小明")


def test_feedback_being_edited_survives_the_other_desks_news(open_desk, receptionist, salesperson):
    make_call(receptionist, now(), transferred_to=salesperson).hang_up(by=receptionist)
    page = open_desk(receptionist)
    words = page.get_by_label("Feedback", exact=True)
    words.fill("王小明问报价，请十点前")

    make_call(receptionist, now(), transferred_to=salesperson, caller_name="李雷").hang_up(by=receptionist)
    expect(page.locator("#owed .owed-line")).to_have_count(2)
    page.keyboard.type("回电")

    expect(words.first).to_have_value("王小明问报价，请十点前回电")


def test_the_desk_sees_that_the_person_concerned_has_received_it(open_desk, receptionist, salesperson):
    call = make_call(receptionist, now(), transferred_to=salesperson).hang_up(by=receptionist)
    call.feed_back("请回电", by=receptionist)
    page = open_desk(receptionist)
    expect(page.locator("#desk-calls")).to_contain_text("fed back")

    Notice.objects.filter(kind="reception.feedback").get().acknowledge(by=salesperson, at=now())

    expect(page.locator("#desk-calls")).to_contain_text("received")


def test_a_countdown_changes_at_half_time_and_is_overdue_at_the_minute(open_desk, receptionist, salesperson):
    ended = now() - timedelta(seconds=27)
    make_call(receptionist, ended, transferred_to=salesperson).hang_up(by=receptionist, at=ended)
    ended = now() - timedelta(seconds=56)
    make_call(receptionist, ended, transferred_to=salesperson, caller_name="李雷").hang_up(
        by=receptionist, at=ended
    )
    page = open_desk(receptionist)
    urgent, other = page.locator("#owed .countdown").nth(0), page.locator("#owed .countdown").nth(1)

    expect(urgent).to_have_class(re.compile("is-overdue"))
    expect(urgent).to_contain_text("overdue")
    expect(other).to_have_class(re.compile("is-half"))
    expect(other).to_contain_text("left")


def test_a_missed_caller_is_called_back_by_keyboard_alone(open_desk, receptionist):
    call = make_missed_call(receptionist, now())
    page = open_desk(receptionist)
    expect(page.locator("#owed")).to_contain_text("Alt+B")

    page.keyboard.press("Alt+b")
    page.keyboard.type("已接通，约周四来访")
    page.keyboard.press("Enter")

    expect(page.locator("#owed")).to_contain_text("Nothing is owed")
    call.refresh_from_db()
    assert call.callback_outcome == "已接通，约周四来访"


def test_a_double_click_on_hang_up_makes_one_call(open_desk, receptionist):
    page = open_desk(receptionist)
    type_a_call(page, "王小明")

    page.get_by_role("button", name="Hang up").dblclick()

    expect(page.locator("#owed .owed-line")).to_have_count(1)
    assert Call.objects.count() == 1


def test_on_a_phone_nothing_is_wider_than_the_screen_and_hanging_up_is_in_reach(open_desk, receptionist):
    page = open_desk(receptionist, viewport=PHONE, has_touch=True)
    page.get_by_label("Caller", exact=True).fill("王小明")
    page.get_by_label("Rings").fill("2")
    page.get_by_text("老客户").tap()
    expect(page.locator(".advice-name")).to_contain_text("陈思远")

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.get_by_role("button", name="Hang up")).to_be_in_viewport()
    page.get_by_role("button", name="Hang up").tap()

    expect(page.locator("#owed .owed-line")).to_have_count(1)


def test_without_javascript_a_call_is_logged_and_fed_back(open_desk, receptionist, salesperson):
    page = open_desk(receptionist, java_script_enabled=False)
    page.get_by_label("Caller", exact=True).fill("王小明")
    page.get_by_label("Rings").fill("2")
    page.get_by_text("老客户").click()
    page.get_by_role("button", name="Show script and proposal").click()
    expect(page.locator(".advice-name")).to_contain_text("陈思远")

    page.get_by_role("button", name="Hang up").click()
    page.get_by_role("button", name="Feed back").click()

    expect(page.locator("#owed")).to_contain_text("Nothing is owed")
    assert Call.objects.get().fed_back_by == receptionist
