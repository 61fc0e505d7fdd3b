"""The board in a real browser: its chart drawn under our content policy, from the numbers of the table."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from pages import clock
from sla.models import DailyFigure
from sla.models.figure import local_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FEEDBACK = "call-feedback"
DAY = dt.timedelta(days=1)
DRAWN = """canvas => {
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.some((value, place) => place % 4 === 3 && value > 0);
}"""
CHARTED = "() => Chart.getChart(document.querySelector('canvas')).data.datasets[0].data"
TABLED = """() => [...document.querySelectorAll("#days tbody tr")]
  .map(row => parseFloat(row.cells[1].textContent))"""


@pytest.fixture
def five_days(db):
    """Five days of feedback up to today, one of them without any call."""
    today = local_day(clock.now())
    for back, kept in ((0, 9), (1, 7), (3, 10), (4, 8)):
        DailyFigure.objects.create(standard=FEEDBACK, day=today - back * DAY, counted=10, kept=kept)
    return f"period=range&first={today - 4 * DAY}&last={today}"


@pytest.fixture
def screen(live_server, page: Page, signed_in, admin_manager):
    """The admin manager's browser; it complains of nothing."""
    complaints = []
    session = signed_in(admin_manager).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Policy" in line.text else None)
    yield page
    assert complaints == []


def test_the_chart_is_drawn_and_says_what_the_table_says(screen, live_server, five_days):
    screen.goto(f"{live_server.url}/board/{FEEDBACK}/?{five_days}")

    canvas = screen.locator("canvas[data-drawn]")
    expect(canvas).to_be_visible()
    assert canvas.evaluate(DRAWN)
    assert screen.evaluate(CHARTED) == [80, 100, None, 70, 90]
    assert screen.evaluate(TABLED) == [90, 70, 100, 80]


def test_another_period_draws_another_chart_without_a_new_page(screen, live_server, five_days):
    screen.goto(f"{live_server.url}/board/{FEEDBACK}/?{five_days}")
    expect(screen.locator("canvas[data-drawn]")).to_be_visible()

    screen.get_by_text("Today", exact=True).click()

    expect(screen.locator("#days tbody tr")).to_have_count(1)
    expect(screen.locator("canvas[data-drawn]")).to_be_visible()
    assert screen.evaluate(CHARTED) == [90]
    assert "period=today" in screen.url


def test_what_was_unfolded_stays_so_while_figures_change(screen, live_server, five_days):
    screen.goto(f"{live_server.url}/board/?period=today")
    screen.locator("#wording-call-feedback summary").click()
    screen.locator("#quiet-3\\.2 summary").click()

    DailyFigure.objects.create(standard="crm-entry", day=local_day(clock.now()), counted=4, kept=4)

    expect(screen.locator("#clause-crm-entry .board-figure")).to_have_text("100%")
    expect(screen.locator("#wording-call-feedback p")).to_be_visible()
    expect(screen.locator("#quiet-3\\.2 ul")).to_be_visible()
    expect(screen.locator("#quiet-3\\.2 summary")).to_be_focused()


def test_on_a_phone_nothing_is_wider_than_the_screen(screen, live_server, five_days):
    screen.set_viewport_size({"width": 390, "height": 844})

    for address in (f"/board/?{five_days}", f"/board/{FEEDBACK}/?{five_days}"):
        screen.goto(live_server.url + address)
        assert screen.evaluate("document.documentElement.scrollWidth") == 390
