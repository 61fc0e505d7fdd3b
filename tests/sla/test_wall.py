"""The screen on the wall: let in by its own address, fresh by itself, and nobody's name on it."""

import datetime as dt
import re
from hashlib import sha256

import pytest
from auditlog.models import LogEntry
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages import clock, menu, pulse
from pages.refusals import Refused
from reception.overview import desk_now
from sla import wall
from sla.models import Calendar, DailyFigure, Display, Duty, Occurrence
from sla.timers import start_timer
from sla.wall import Wall
from tests.builders import make_department
from tests.reception.builders import make_call, make_missed_call

from .conftest import KEY, MINUTE

HOUR = dt.timedelta(hours=1)
ADDRESS = re.compile(r"http://testserver/wall/enter/#([\w-]{43})")


@pytest.fixture(autouse=True)
def _watched():
    """The sweep was here just now."""
    cache.set(pulse.SWEEP_KEY, timezone.now().isoformat())


@pytest.fixture
def put_up(admin_manager, noon):
    """(screen, token)"""
    return Display.create("前台大屏", by=admin_manager, at=noon)


@pytest.fixture
def display(put_up) -> Display:
    return put_up[0]


@pytest.fixture
def screen(put_up) -> Client:
    """The browser on the wall: nobody is signed in."""
    browser = Client()
    enter(browser, put_up[1])
    return browser


@pytest.fixture
def duty(receptionist, at) -> Duty:
    return Duty.objects.create(
        title="巡检会议室",
        standard=KEY,
        rule={"kind": "recurring", "rrule": "FREQ=DAILY", "anchor": "2026-11-01"},
        calendar=Calendar.objects.get(key="always"),
        assignment="person",
        person=receptionist,
        since=at("2026-11-01 08:00").date(),
    )


def fall(
    duty: Duty, opens_at: dt.datetime, due_at: dt.datetime, state: str = "planned", days_ago: int = 0
) -> Occurrence:
    """The duty falls due in that window, for a day of its own."""
    return Occurrence.objects.create(
        duty=duty,
        day=timezone.localtime(opens_at).date() - dt.timedelta(days=days_ago),
        opens_at=opens_at,
        due_at=due_at,
        state=state,
        ended_at=due_at if state in ("done", "skipped") else None,
        person=duty.person,
    )


def owe(owner, at: dt.datetime, due: dt.timedelta = MINUTE, label: str = "张三来电"):
    return start_timer(make_department(), KEY, owner=owner, at=at + due - MINUTE, label=label)


def enter(browser: Client, token: str, **how):
    """What the page at the address sends by itself."""
    return browser.post(reverse("wall-enter"), {"token": token}, **how)


def words(response) -> str:
    return " ".join(response.content.decode().split())


# -- being let in -----------------------------------------------------------------------------------


def test_the_address_lets_a_browser_in_for_a_year_without_signing_in(put_up):
    browser = Client()

    answer = enter(browser, put_up[1])

    assert (answer.status_code, answer.url) == (302, reverse("wall"))
    cookie = browser.cookies["wall"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/wall/")
    assert cookie["max-age"] == 365 * 24 * 3600
    assert browser.get(reverse("wall")).status_code == 200


def test_the_cookie_is_kept_to_https_where_the_office_is(put_up, settings):
    settings.SESSION_COOKIE_SECURE = True
    browser = Client()

    enter(browser, put_up[1], secure=True)

    assert browser.cookies["wall"]["secure"] is True


def test_the_year_begins_anew_whenever_the_page_is_loaded(screen):
    assert screen.get(reverse("wall")).cookies["wall"]["max-age"] == 365 * 24 * 3600


def test_the_page_at_the_address_lets_nobody_in_before_it_has_sent_the_token(db):
    strict = Client(enforce_csrf_checks=True)

    page = strict.get(reverse("wall-enter"))

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "wall" not in page.cookies
    assert enter(strict, "x").status_code == 403


def test_only_the_digest_of_the_token_is_kept(display, put_up):
    stored = [str(value) for value in Display.objects.filter(pk=display.pk).values_list()[0]]

    assert display.digest == sha256(put_up[1].encode()).hexdigest()
    assert len(put_up[1]) == 43
    assert not any(put_up[1] in value for value in stored)


@pytest.mark.parametrize("token", ["x", "x" * 43, "测" * 20, "a b", "0" * 5000])
def test_an_unknown_address_is_told_so(db, token):
    answer = enter(Client(), token)

    assert answer.status_code == 403
    assert "This screen is not known here" in words(answer)
    assert "wall" not in answer.cookies


@pytest.mark.parametrize("cookie", ["", "x", "\xe9\xff", "'; drop table"])
def test_without_its_cookie_a_browser_sees_nothing(db, cookie):
    browser = Client()
    browser.cookies["wall"] = cookie

    assert browser.get(reverse("wall")).status_code == 403
    assert browser.get(reverse("wall-now")).status_code == 403
    assert browser.get(reverse("wall-now")).content == b""


def test_a_revoked_screen_says_so_plainly(screen, display, put_up, admin_manager, noon):
    display.revoke(by=admin_manager, at=noon)

    assert screen.get(reverse("wall-now")).status_code == 403
    for answer in (screen.get(reverse("wall")), enter(screen, put_up[1])):
        assert answer.status_code == 403
        assert "This screen has been taken down" in words(answer)
        assert "Running now" not in words(answer)


def test_a_screen_is_revoked_once(display, admin_manager, noon):
    display.revoke(by=admin_manager, at=noon)

    with pytest.raises(Refused, match="revoked already"):
        display.revoke(by=admin_manager, at=noon)


def test_whoever_looks_after_the_screens_may_see_what_they_show(admin_manager, outsider, signed_in):
    assert signed_in(admin_manager).get(reverse("wall")).status_code == 200
    assert signed_in(outsider).get(reverse("wall")).status_code == 403


def test_nothing_may_be_sent_to_the_wall(screen):
    assert [screen.post(reverse(name)).status_code for name in ("wall", "wall-now")] == [405, 405]


def test_when_a_screen_was_last_seen_is_noted_once_a_minute(display, at):
    for moment in ("12:00", "12:00:59", "12:01"):
        display.note_seen(at=at(f"2026-11-23 {moment}"))
        display.refresh_from_db()
        assert display.seen_at in (at("12:00"), at("12:01"))

    assert display.seen_at == at("12:01")


def test_each_opening_of_the_address_stands_in_the_history(screen, display):
    looks = LogEntry.objects.get_for_object(display).filter(action=LogEntry.Action.ACCESS)

    assert [entry.additional_data["looked_at"] for entry in looks] == ["the wall, opened on a screen"]
    assert LogEntry.objects.get_for_object(display).count() == 2


# -- what it shows ----------------------------------------------------------------------------------


def test_the_nearest_clocks_stand_there_by_title_alone(policy, receptionist, noon):
    owe(receptionist, noon, due=HOUR)
    owe(receptionist, noon)
    owe(receptionist, noon, due=dt.timedelta(days=3))

    shown = Wall(noon).clocks

    assert [(one.title, one.due_at) for one in shown] == [
        ("Answer within a minute", noon + MINUTE), ("Answer within a minute", noon + HOUR),
    ]  # fmt: skip


def test_a_promise_just_broken_stays_in_sight_for_ten_minutes(policy, receptionist, noon):
    timer = owe(receptionist, noon)

    seen = [len(Wall(timer.due_at + minutes * MINUTE).clocks) for minutes in (0, 9, 10)]

    assert seen == [1, 1, 0]
    assert Wall(timer.due_at + 600 * MINUTE).overdue == 1


def test_what_can_still_be_kept_has_room_however_much_is_broken(policy, receptionist, noon):
    for minutes in (-5, -4, -3, -2, -1, 1, 2):
        owe(receptionist, noon, due=minutes * MINUTE)

    def minutes(shown) -> list[int]:
        return [round((clock.due_at - noon).total_seconds() / 60) for clock in shown]

    assert minutes(Wall(noon).clocks) == [-3, -2, -1, 1, 2]
    for _ in range(5):
        owe(receptionist, noon, due=3 * MINUTE)
    assert minutes(Wall(noon).clocks) == [-2, -1, 1, 2, 3]


def test_what_stands_still_or_has_stopped_is_not_there(amended, receptionist, noon):
    amended(may_pause=True)
    owe(receptionist, noon).pause(at=noon, by=receptionist, reason="等对方回电")
    owe(receptionist, noon).stop(at=noon, by=receptionist)

    assert (Wall(noon).clocks, Wall(noon + HOUR).overdue) == ([], 0)


def test_todays_duties_stand_there_with_the_most_pressing_first(policy, duty, noon):
    states = [(-3, -2, "open"), (-1, 1, "open"), (2, 3, "planned"), (-5, -4, "done"), (-7, -6, "skipped")]
    for number, (opens, due, state) in enumerate(states):
        fall(duty, noon + opens * HOUR, noon + due * HOUR, state, days_ago=number)

    assert [one.state for one in Wall(noon).duties] == ["late", "open", "planned", "skipped", "done"]
    assert Wall(noon).duties_done == 2


def test_a_duty_of_tomorrow_or_yesterday_is_not_todays_but_one_over_midnight_is(policy, duty, noon):
    fall(duty, noon - 36 * HOUR, noon - 24 * HOUR)
    fall(duty, noon + 13 * HOUR, noon + 14 * HOUR)
    over_midnight = fall(duty, noon + 10 * HOUR, noon + 18 * HOUR)

    assert [one.due_at for one in Wall(noon).duties] == [over_midnight.due_at]


def test_a_duty_has_its_place_among_the_duties_and_not_among_the_clocks(policy, duty, noon):
    occurrence = fall(duty, noon, noon + HOUR, "open")
    start_timer(occurrence, KEY, owner=duty.person, at=noon, label=str(duty))

    assert (Wall(noon).clocks, len(Wall(noon).duties)) == ([], 1)


@pytest.mark.parametrize(("clocks", "shown"), [(0, 7), (3, 7), (5, 5)])
def test_duties_take_the_room_that_the_clocks_leave(policy, duty, noon, clocks, shown):
    for number in range(9):
        fall(duty, noon, noon + HOUR, days_ago=number)
    for _ in range(clocks):
        owe(duty.person, noon)
    wall = Wall(noon)

    assert (len(wall.duties_shown), wall.duties_left) == (shown, 9 - shown)


def test_the_work_areas_say_what_is_going_on(monkeypatch, noon, db):
    monkeypatch.setattr(wall, "_providers", [])
    wall.register(lambda at: [wall.Fact("在岗", 2, wall.GOOD)])

    assert Wall(noon).facts == [("在岗", 2, "good")]


def test_the_desk_tells_who_is_on_the_line_and_waits_to_be_called_back(receptionist, noon):
    make_call(receptionist, noon)
    make_missed_call(receptionist, noon)

    assert [tuple(fact) for fact in desk_now(noon)] == [
        ("On the line", 1, ""), ("To be called back", 1, "warning"),
    ]  # fmt: skip


def test_the_board_stands_there_in_brief_with_the_clauses_that_are_broken(db, noon):
    day = timezone.localtime(noon).date()
    DailyFigure.objects.create(standard="call-feedback", day=day, counted=10, kept=1)
    DailyFigure.objects.create(standard="crm-entry", day=day, counted=10, kept=10)

    clauses = Wall(noon).clauses

    assert clauses == (1, 0, 1, (("1.1.6", "Feed back after a call"),))
    assert clauses.worst_left == 0


def test_the_board_is_worked_out_once_for_all_screens_in_half_a_minute(db, noon):
    Wall(noon).clauses  # noqa: B018
    with CaptureQueriesContext(connection) as queries:
        assert Wall(noon).clauses == (0, 0, 0, ())

    assert len(queries) == 0


def test_nobodys_name_number_or_company_is_on_the_wall(
    policy, duty, screen, receptionist, salesperson, second_receptionist
):
    at = clock.now()
    owe(receptionist, at, label="赵敏 · 上海海纳贸易有限公司")
    owe(receptionist, at, due=-HOUR, label="赵敏 · 上海海纳贸易有限公司")
    fall(duty, at, at + HOUR, "open")
    fields = {"caller_name": "赵敏", "company": "上海海纳贸易有限公司", "transferred_to": salesperson}
    make_call(receptionist, at, number="138 0013 8000", **fields)
    make_call(receptionist, at, number="138 0013 8000", ended=True, **fields)
    make_missed_call(receptionist, at, caller_name="赵敏")

    page, now = words(screen.get(reverse("wall"))), words(screen.get(reverse("wall-now")))

    assert "Feed back after a call" in now
    assert "巡检会议室" in now
    people = [receptionist, salesperson, second_receptionist]
    personal = [
        "赵敏",
        "海纳",
        "8000",
        "张三",
        *(part for one in people for part in (one.name, one.username)),
    ]
    for secret in personal:
        assert secret not in page + now


def test_the_wall_says_when_nobody_watches_the_deadlines(screen):
    assert "Deadlines are not being watched" not in words(screen.get(reverse("wall-now")))

    cache.set(pulse.SWEEP_KEY, (timezone.now() - 40 * dt.timedelta(seconds=1)).isoformat())

    assert "Deadlines are not being watched" in words(screen.get(reverse("wall-now")))


# -- how it keeps itself fresh ----------------------------------------------------------------------


def seen(page) -> str:
    return re.search(r'data-seen="(\w+)"', page.content.decode())[1]


def test_nothing_new_is_answered_with_nothing(screen):
    page = screen.get(reverse("wall"))

    answer = screen.get(reverse("wall-now"), {"seen": seen(page)})

    assert (answer.status_code, answer.content) == (204, b"")
    assert dt.datetime.fromisoformat(answer["X-Now"])
    assert answer["X-Build"] == re.search(r'data-build="(\w+)"', page.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]


def test_a_new_promise_is_news(policy, screen, receptionist):
    before = seen(screen.get(reverse("wall")))
    owe(receptionist, clock.now())

    answer = screen.get(reverse("wall-now"), {"seen": before})

    assert answer.status_code == 200
    assert "Answer within a minute" in words(answer)


def test_seconds_going_by_are_no_news_but_a_deadline_and_midnight_are(policy, receptionist, noon):
    owe(receptionist, noon)

    def at(seconds: int) -> str:
        cache.set(pulse.SWEEP_KEY, (noon + dt.timedelta(seconds=seconds)).isoformat())
        return Wall(noon + dt.timedelta(seconds=seconds)).seen

    assert at(1) == at(59)
    assert at(59) != at(60)
    assert at(11 * 3600) != at(12 * 3600)


def test_a_poll_that_finds_nothing_new_asks_the_same_few_questions_however_much_there_is(
    policy, duty, screen, receptionist
):
    counts = []
    for rows in (1, 3):
        at = clock.now()
        for number in range(rows):
            owe(receptionist, at, due=HOUR)
            fall(duty, at, at + HOUR, days_ago=rows + number)
        shown = seen(screen.get(reverse("wall-now")))
        with CaptureQueriesContext(connection) as queries:
            assert screen.get(reverse("wall-now"), {"seen": shown}).status_code == 204
        counts.append(len(queries))

    assert counts == [7, 7]


# -- the manager's list -----------------------------------------------------------------------------


def test_the_manager_puts_a_screen_up_and_sees_its_address_once(admin_manager, signed_in):
    browser = signed_in(admin_manager)

    page = browser.post(reverse("display-new"), {"name": "三楼电梯口"})

    token = ADDRESS.search(page.content.decode())[1]
    assert "data:image/svg+xml;base64," in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert enter(Client(), token).status_code == 302
    display = Display.objects.get()
    assert (display.name, display.created_by) == ("三楼电梯口", admin_manager)
    later = browser.get(reverse("display", args=[display.pk])).content.decode()
    assert not ADDRESS.search(later)
    assert "三楼电梯口" in browser.get(reverse("displays")).content.decode()


@pytest.mark.parametrize("name", ["", " ", "前台大屏", "x" * 61, "a\x00b"])
def test_a_screen_needs_a_name_of_its_own(display, admin_manager, signed_in, name):
    answer = signed_in(admin_manager).post(reverse("display-new"), {"name": name})

    assert answer.status_code == 422
    assert Display.objects.count() == 1


def test_the_name_of_a_revoked_screen_is_free_again(display, admin_manager, signed_in, noon):
    display.revoke(by=admin_manager, at=noon)

    assert signed_in(admin_manager).post(reverse("display-new"), {"name": "前台大屏"}).status_code == 200


def test_the_manager_revokes_a_screen_and_it_stands_in_its_history(display, admin_manager, signed_in):
    browser = signed_in(admin_manager)

    assert browser.post(reverse("display-revoke", args=[display.pk])).url == reverse("displays")

    display.refresh_from_db()
    assert (display.is_let_in, display.revoked_by) == (False, admin_manager)
    shown = words(browser.get(reverse("display", args=[display.pk])))
    assert "Revoked" in shown
    assert 'action="/displays/' not in shown


def test_the_auditor_looks_and_changes_nothing(display, auditor, signed_in):
    browser = signed_in(auditor)

    assert browser.get(reverse("displays")).status_code == 200
    assert browser.get(reverse("display", args=[display.pk])).status_code == 200
    assert browser.post(reverse("display-new"), {"name": "x"}).status_code == 403
    assert browser.post(reverse("display-revoke", args=[display.pk])).status_code == 403


@pytest.mark.parametrize("name", ["displays", "display-new"])
def test_others_have_no_business_with_the_screens(receptionist, signed_in, client, name):
    assert signed_in(receptionist).get(reverse(name)).status_code == 403
    assert client.get(reverse(name)).status_code == 302


def test_the_menu_line_stands_for_the_manager(admin_manager, receptionist):
    def lines(user) -> list[str]:
        return [entry.url_name for area in menu.areas_for(user) for entry in area.entries]

    assert "displays" in lines(admin_manager)
    assert "displays" not in lines(receptionist)
