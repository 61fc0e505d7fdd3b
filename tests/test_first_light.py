"""The thinnest true product, lived through: a call, its promises, the people it climbs to, in a real browser.

Web, worker, beat, broker and mail server are real. The promises are shortened to seconds.
"""

import datetime as dt
import re
import time

import pytest
from playwright.sync_api import Page, expect

from reception.models import Call
from sla.deadlines import Within
from sla.models import Calendar, Escalation, Policy, StepDraft, Timer
from tests.patience import wait_until
from tests.reception.builders import make_rule
from tests.reception.customers import make_customer

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.django_db(transaction=True)]

PATIENCE = 15_000  # milliseconds; how quick it really is, the benchmarks tell
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def office(postbox, crew, receptionist, admin_manager, salesperson, colleague):
    """Everybody reads Chinese; one rule, one known customer; worker and beat at work."""
    for person in (receptionist, receptionist.backup, admin_manager, salesperson):
        person.language = "zh-hans"
        person.save(update_fields=["language"])
    make_rule(salesperson)
    make_customer("赵敏", "138 0013 8000", company="上海海纳贸易有限公司", owner=salesperson)
    crew.worker()
    crew.beat()


@pytest.fixture
def open_page(live_server, browser, signed_in, office):
    """`open_page(user, path, viewport)`: a page in a browser of that person's own."""
    contexts = []

    def open_for(user, path: str, viewport=DESKTOP) -> Page:
        context = browser.new_context(viewport=viewport, locale="zh-CN")
        contexts.append(context)
        session = signed_in(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_for
    for context in contexts:
        context.close()


def promise(key: str, *, seconds: int, pace: int) -> None:
    """Shorten a promise: due after `seconds`, climbing every `pace` seconds."""
    each = dt.timedelta(seconds=pace)
    Policy.objects.get(standard=key).amend(
        deadline=Within(seconds=seconds),
        calendar=Calendar.objects.get(key="always"),
        steps=[
            StepDraft(("owner", "backup"), None, dt.timedelta(0), ("inbox", "email")),
            StepDraft(("manager",), None, each, ("inbox", "email")),
            StepDraft(("role:admin_manager",), None, 2 * each, ("inbox", "email")),
        ],
        target=100,
        at=dt.datetime.now(dt.UTC),
    )


def take_a_call(page: Page, tail: str = "8000") -> None:
    """From the end of a number to hanging up, by keyboard."""
    page.keyboard.type(tail)
    expect(page.locator(".lookup-line")).to_have_count(1, timeout=PATIENCE)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("来电人", exact=True)).to_have_value("赵敏", timeout=PATIENCE)
    page.keyboard.press("Alt+1")
    expect(page.locator(".advice-name")).to_contain_text("陈思远", timeout=PATIENCE)
    page.get_by_label("响铃次数").fill("2")
    page.keyboard.press("Alt+h")
    expect(page.locator("#owed .countdown")).to_be_visible(timeout=PATIENCE)


def test_feedback_reaches_the_person_at_once_and_the_answer_reaches_the_desk(
    open_page, receptionist, salesperson
):
    inbox = open_page(salesperson, "/inbox/", PHONE)
    desk = open_page(receptionist, "/front-desk/")
    take_a_call(desk)

    desk.keyboard.press("Alt+f")

    expect(inbox.get_by_text("赵敏").first).to_be_visible(timeout=PATIENCE)
    inbox.get_by_role("button", name="已收到").click()
    expect(desk.get_by_text(re.compile("已收到")).first).to_be_visible(timeout=PATIENCE)
    assert Timer.objects.get(standard="call-feedback").outcome == "met"


def test_left_alone_a_promise_turns_breaks_and_climbs_to_everybody_once(
    open_page, receptionist, admin_manager, postbox
):
    promise("call-feedback", seconds=10, pace=3)
    board = open_page(admin_manager, "/escalations/")
    desk = open_page(receptionist, "/front-desk/")
    take_a_call(desk)
    clock = desk.locator("#owed .countdown")
    expect(clock).to_have_class(re.compile("is-half"), timeout=PATIENCE)

    expect(clock).to_have_class(re.compile("is-overdue"), timeout=PATIENCE)
    expect(board.locator("article")).to_contain_text("赵敏", timeout=PATIENCE)
    expect(board.locator("article")).to_contain_text("王晓梅")

    wait_until(lambda: len(postbox.mails) >= 4)
    time.sleep(4)
    assert Escalation.objects.count() == 3
    assert postbox.recipients() == ["manager", "manager", "reception", "reception2"]


def test_acknowledging_ends_the_climb_and_feeding_back_late_still_ends_the_timer(
    open_page, receptionist, admin_manager
):
    promise("call-feedback", seconds=2, pace=5)
    board = open_page(admin_manager, "/escalations/", PHONE)
    desk = open_page(receptionist, "/front-desk/")
    take_a_call(desk)
    expect(board.locator("article")).to_contain_text("赵敏", timeout=PATIENCE)

    wait_until(lambda: Escalation.objects.exists())
    board.get_by_role("button", name="知悉").first.click()
    wait_until(lambda: Timer.objects.get().acknowledged_by == admin_manager)
    time.sleep(6)
    assert Escalation.objects.count() == 1

    desk.keyboard.press("Alt+f")
    expect(desk.locator("#owed .owed-line")).to_have_count(0, timeout=PATIENCE)
    expect(board.locator("article")).to_have_count(0, timeout=PATIENCE)
    assert Timer.objects.get().outcome == "missed"


def test_a_new_customer_is_registered_from_the_call_and_stops_the_two_minutes(open_page, receptionist):
    desk = open_page(receptionist, "/front-desk/")
    desk.keyboard.type("13911112222")
    desk.keyboard.press("Alt+2")
    desk.get_by_label("来电人", exact=True).fill("钱进")
    desk.get_by_label("单位").fill("苏州远帆电子有限公司")
    desk.get_by_label("响铃次数").fill("1")
    expect(desk.locator(".advice-name")).to_contain_text("陈思远", timeout=PATIENCE)
    desk.keyboard.press("Alt+h")
    expect(desk.locator("#owed .owed-line")).to_have_count(2, timeout=PATIENCE)

    desk.keyboard.press("Alt+n")
    expect(desk.get_by_label("姓名")).to_have_value("钱进", timeout=PATIENCE)
    desk.get_by_role("button", name="登记").first.click()

    wait_until(lambda: Timer.objects.get(standard="crm-entry").outcome == "met")
    assert Call.objects.get().customer.name == "钱进"
