"""The manager's morning and month-end in the demo office, and a colleague's phone, in a real browser.

Web, worker, beat, broker and mail server are real; the office is the one that `manage.py demo_office` fills.
"""

import datetime as dt
import re
from base64 import b64decode
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Sum
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from organization.demo import DEMO_PASSWORD
from organization.models import User
from sla.board import Board, Period
from sla.evidence import Ask, Kind
from sla.models import Calendar, DailyFigure, Duty, Excuse, Timer
from sla.models.figure import bounds, local_day
from sla.recurrence import Recurring
from tests.patience import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.django_db(transaction=True)]

PATIENCE = 30_000  # milliseconds; how quick it really is, the benchmarks tell
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
DAY = dt.timedelta(days=1)
PHOTO = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def open_page(live_server, browser):
    """`open_page(viewport)`: a page in a browser of somebody's own, who reads Chinese."""
    contexts = []

    def open_for(viewport=DESKTOP) -> Page:
        context = browser.new_context(viewport=viewport, locale="zh-CN", accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_for
    for context in contexts:
        context.close()


@pytest.fixture
def demo_office(postbox, crew):
    """The demo company, with worker and beat at work."""
    call_command("demo_office", stdout=StringIO())
    crew.worker()
    crew.beat()


@pytest.fixture
def manager(demo_office) -> User:
    return User.objects.get(username="manager")


def every_day(by: User, *, since: dt.date, title: str, **particulars) -> Duty:
    """A duty of every day, round the clock unless told otherwise, so that the test may run at any hour."""
    given = {"opens": "00:00", "closes": "24:00", "assignment": "person", "person": by, **particulars}
    return Duty.set_up(
        by=by,
        at=bounds(since)[0],
        title=title,
        standard="carpet-cleaning",
        rule=Recurring("FREQ=DAILY", since),
        calendar=Calendar.objects.get(key="always"),
        roll="keep",
        since=since,
        **given,
    )


def sign_in(page: Page, address: str, user: str) -> None:
    page.goto(address)
    page.locator("input[name=login]").fill(user)
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.keyboard.press("Enter")


def shown(page: Page, fact: str) -> str:
    """What stands under a word among the facts of a clause."""
    return (
        page.locator(".standard-facts div", has=page.get_by_text(fact, exact=True)).locator("dd").inner_text()
    )


def look_into_a_broken_clause(page: Page) -> None:
    """From the board of last month to the clause, its chart and table, and the records behind it."""
    page.get_by_text("上月", exact=True).click()
    row = page.locator("#clause-call-back")
    expect(row).to_have_class(re.compile("is-broken"))
    page.locator("#open-call-back").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("未接来电回拨")
    expect(page.locator("canvas[role=img]")).to_be_visible()
    assert page.locator("#days tbody tr").count() > 10
    page.get_by_role("link", name="明细", exact=True).first.click()
    expect(page.locator("#list tbody tr").first).to_be_visible()


def see_who_was_told(page: Page, timer: Timer) -> None:
    page.get_by_role("link", name=re.compile("超时升级")).click()
    climb = page.locator(f"#timer-{timer.pk}")
    expect(climb).to_contain_text("地毯吸尘")
    wait_until(lambda: timer.escalations.count() == 3)
    page.reload()
    expect(climb.locator(".climb-steps")).to_contain_text("顾明")
    expect(climb.locator(".climb-steps")).to_contain_text("郑国强")
    page.locator(f"#acknowledge-{timer.pk}").click()
    expect(climb).to_contain_text("已知悉")


def grant(page: Page, excuse: Excuse) -> None:
    page.get_by_role("link", name=re.compile("免责申请")).first.click()
    asked = page.locator(f"#excuse-{excuse.pk}")
    asked.get_by_label("备注").fill("情况属实")
    asked.get_by_role("button", name="批准", exact=True).click()
    wait_until(lambda: Excuse.objects.get(pk=excuse.pk).state == "granted")


def test_the_managers_morning(open_page, live_server, manager):
    clerk = User.objects.get(username="clerk")
    yesterday = local_day(dt.datetime.now(dt.UTC)) - DAY
    every_day(clerk, since=yesterday, title="地毯吸尘", closes="00:01", until=yesterday)
    excuse = Excuse.objects.filter(state="asked").latest("asked_at")
    page = open_page()

    sign_in(page, live_server.url, "manager")
    expect(page).to_have_url(f"{live_server.url}/board/")
    look_into_a_broken_clause(page)
    wait_until(lambda: Timer.objects.filter(label="地毯吸尘").exists())
    see_who_was_told(page, Timer.objects.get(label="地毯吸尘"))

    key, day = excuse.timer.standard, excuse.timer.decided_on
    clause = f"{live_server.url}/board/{key}/?period=range&first={day:%Y-%m-%d}&last={day:%Y-%m-%d}"
    page.goto(clause)
    raw, adjusted, before = shown(page, "实际值"), shown(page, "免责后"), excused_on(key, day)
    grant(page, excuse)
    wait_until(lambda: excused_on(key, day) == before + 1)
    page.goto(clause)
    assert shown(page, "实际值") == raw
    assert float(shown(page, "免责后").rstrip("%")) > float(adjusted.rstrip("%"))


def excused_on(key: str, day: dt.date) -> int:
    """What the figures of that day say, as counted by the worker."""
    return DailyFigure.objects.filter(standard=key, day=day).aggregate(sum=Sum("excused"))["sum"]


def set_up_the_daily_tea_round(page: Page) -> None:
    """A new duty of every day, for two people in turn."""
    page.get_by_role("link", name=re.compile("职责")).first.click()
    page.locator("a[href='/duties/new/']").first.click()
    page.locator("#id_title").fill("茶水间巡查")
    page.locator("#id_standard").select_option("carpet-cleaning")
    page.locator("#id_repeats").select_option("days")
    page.locator("#id_assignment").select_option("rotation")
    turns = page.locator("#turns input[list=people]")
    for number, name in enumerate(("沈佳宜", "顾明")):
        if turns.count() <= number:
            page.locator("button[value=add-turn]").click()
        turns.nth(number).fill(name)
    expect(page.locator("#preview .dates li").nth(9)).to_be_visible()
    page.locator("button[name=do][value=save]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("茶水间巡查")


def test_the_manager_sets_up_a_duty_in_turn_and_sees_it_in_the_calendar(open_page, live_server, manager):
    page = open_page()
    sign_in(page, live_server.url, "manager")

    set_up_the_daily_tea_round(page)

    page.goto(f"{live_server.url}/duties/calendar/")
    lines = page.locator(".month-line", has_text="茶水间巡查")
    expect(lines.first).to_be_visible()
    duty = Duty.objects.get(title="茶水间巡查")
    assert set(duty.occurrences.values_list("person__name", flat=True)) == {"沈佳宜", "顾明"}


def test_month_end_brings_a_scorecard_that_says_what_the_board_says(open_page, live_server, manager):
    first_of_last = (local_day(dt.datetime.now(dt.UTC)).replace(day=1) - DAY).replace(day=1)
    month = (first_of_last - DAY).replace(day=1)  # the last one comes by itself
    page = open_page()
    sign_in(page, live_server.url, "manager")
    page.get_by_role("link", name="月度成绩单").click()

    row = page.locator(f"#scorecard-{month:%Y-%m}")
    row.locator("button[type=submit]").click()
    expect(row.locator("progress")).to_be_visible()
    expect(row.get_by_role("link", name="PDF")).to_be_visible(timeout=2 * PATIENCE)

    with page.expect_download() as pdf:
        row.get_by_role("link", name="PDF").click()
    with page.expect_download() as sheet:
        row.get_by_role("link", name="XLSX").click()
    assert Path(pdf.value.path()).read_bytes().startswith(b"%PDF-")
    figure = Board(Period.month(month), at=dt.datetime.now(dt.UTC)).line("call-feedback").figure
    assert (figure.counted, figure.kept) in numbers_of("1.1.6", Path(sheet.value.path()).read_bytes())


def numbers_of(clause: str, book: bytes) -> set[tuple]:
    """Each pair of numbers that stand side by side on the lines of a clause: among them counted and kept."""
    rows = [row for sheet in load_workbook(BytesIO(book)) for row in sheet.iter_rows(values_only=True)]
    lines = [row for row in rows if clause in row]
    return {pair for line in lines for pair in pairwise(line)}


def test_an_employee_does_an_open_duty_from_the_phone(open_page, live_server, signed_in, crew, colleague):
    today = local_day(dt.datetime.now(dt.UTC))
    asks = (
        Ask(Kind.TEXT, "检查情况"),
        Ask(Kind.NUMBER, "温度", least=16, most=30),
        Ask(Kind.PHOTO, "现场照片"),
    )
    duty = every_day(colleague, since=today, title="市场区用电检查", evidence=asks)
    crew.worker()
    crew.beat()
    wait_until(lambda: duty.occurrences.filter(day=today, state="open").exists())
    page = open_page(PHONE)
    session = signed_in(colleague).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    page.goto(f"{live_server.url}/")
    expect(page).to_have_url(f"{live_server.url}/mine/")
    line = page.locator(".mine-line", has_text="市场区用电检查").first
    expect(line.locator(".countdown")).to_be_visible()
    line.locator(".mine-deed").click()
    page.get_by_label(re.compile("检查情况")).fill("正常，最后离开已关灯")
    page.get_by_label(re.compile("温度")).fill("40")
    page.locator("input[data-keeper]").set_input_files(
        {"name": "现场.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    page.locator(".evidence-send").click()
    expect(page.locator(".errorlist, .form-error").first).to_be_visible()
    page.get_by_label(re.compile("温度")).fill("24")
    page.locator(".evidence-send").click()

    wait_until(lambda: duty.occurrences.filter(day=today, state="done").exists())
    assert Timer.objects.get(label="市场区用电检查", started_at=bounds(today)[0]).outcome == "met"
    assert no_wider_than_the_phone(page)
    page.goto(f"{live_server.url}/mine/")
    expect(page.locator(".mine-line .countdown")).to_have_count(0)


def no_wider_than_the_phone(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
