"""Everybody's own page: what one owes and is owed, by due time, with the deed beside it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organization.roles import Role
from pages import clock, home, menu, pulse
from sla import mine
from sla.models import Calendar, Duty, Excuse, Occurrence, Timer
from sla.timers import start_timer
from tests.builders import make_absence, make_department

from .conftest import KEY, MINUTE

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def owe(user=None, *, at=None, due: dt.timedelta = MINUTE, label="张三来电", team="") -> Timer:
    """A promise on a record of its own, due so long after now."""
    started = (at or clock.now()) + due - MINUTE
    return start_timer(make_department(), KEY, owner=user, team=team, at=started, label=label)


@pytest.fixture
def make_duty(db, at):
    """`make_duty("每周例会", person=…)` or with `team=`: a duty and `fall(opens_at, due_at)` for its days."""

    def make(title: str = "巡检会议室", *, person=None, team: str = "") -> Duty:
        return Duty.objects.create(
            title=title,
            standard=KEY,
            rule={"kind": "recurring", "rrule": "FREQ=DAILY", "anchor": "2026-11-01"},
            calendar=Calendar.objects.get(key="always"),
            assignment="person" if person else "role",
            person=person,
            team=team,
            since=at("2026-11-01 08:00").date(),
        )

    return make


def fall(duty: Duty, opens_at: dt.datetime, due_at: dt.datetime, **fields) -> Occurrence:
    """The duty falls due; it is planned unless told otherwise."""
    fields = {"person": duty.person, "team": duty.team, **fields}
    day = timezone.localtime(due_at).date()
    return Occurrence.objects.create(duty=duty, day=day, opens_at=opens_at, due_at=due_at, **fields)


def keys(user, at) -> dict[str, list[str]]:
    groups = mine.grouped(mine.owed_by(user, at).lines, at)
    return {group.key: [line.key for line in group.lines] for group in groups}


def words(response) -> str:
    return " ".join(response.content.decode().split())


# -- what I owe -------------------------------------------------------------------------------------


def test_what_one_owes_is_grouped_by_how_near_it_is(policy, receptionist, noon):
    late, today, week, later = (
        owe(receptionist, at=noon, due=due) for due in (-MINUTE, HOUR, 2 * DAY, 8 * DAY)
    )

    assert keys(receptionist, noon) == {
        "overdue": [f"timer-{late.pk}"],
        "today": [f"timer-{today.pk}"],
        "week": [f"timer-{week.pk}"],
        "later": [f"timer-{later.pk}"],
    }


def test_what_is_due_at_this_very_moment_is_overdue_no_earlier(policy, receptionist, noon):
    timer = owe(receptionist, at=noon, due=dt.timedelta(0))

    assert keys(receptionist, noon - dt.timedelta(seconds=1)) == {"today": [f"timer-{timer.pk}"]}
    assert keys(receptionist, noon) == {"overdue": [f"timer-{timer.pk}"]}


def test_a_promise_of_the_role_is_everybodys_in_it(policy, receptionist, second_receptionist, outsider, noon):
    timer = owe(team=Role.RECEPTIONIST, at=noon)

    assert keys(second_receptionist, noon) == {"today": [f"timer-{timer.pk}"]}
    assert keys(outsider, noon) == {}


def test_a_promise_of_the_role_that_somebody_took_is_only_theirs(
    policy, receptionist, second_receptionist, noon
):
    owe(receptionist, team=Role.RECEPTIONIST, at=noon)

    assert keys(second_receptionist, noon) == {}


def test_what_has_stopped_is_owed_no_more(policy, receptionist, noon):
    owe(receptionist, at=noon).stop(at=noon, by=receptionist)

    assert keys(receptionist, noon) == {}


def test_what_stands_still_presses_nobody(amended, receptionist, noon):
    amended(may_pause=True)
    timer = owe(receptionist, at=noon)
    timer.pause(at=noon, by=receptionist, reason="等对方回电")

    assert keys(receptionist, noon + HOUR) == {"later": [f"timer-{timer.pk}"]}


def test_a_duty_of_the_next_days_is_there_before_it_opens(policy, make_duty, receptionist, noon):
    duty = make_duty(person=receptionist)
    near = fall(duty, noon + DAY, noon + DAY + HOUR)
    fall(duty, noon + 20 * DAY, noon + 20 * DAY + HOUR)

    (line,) = mine.owed_by(receptionist, noon).lines

    assert (line.key, line.opens_at, line.about) == (f"occurrence-{near.pk}", noon + DAY, "巡检会议室")
    assert line.link == reverse("occurrence", args=[near.pk])


def test_a_duty_that_comes_every_day_fills_one_line_not_fourteen(policy, make_duty, receptionist, noon):
    duty = make_duty(person=receptionist)
    first, *_rest = [fall(duty, noon + days * DAY, noon + days * DAY + HOUR) for days in (1, 2, 3, 20)]

    (line,) = mine.owed_by(receptionist, noon).lines

    assert (line.key, line.times_more) == (f"occurrence-{first.pk}", 2)


def test_in_a_rotation_ones_own_next_turn_counts(policy, make_duty, receptionist, second_receptionist, noon):
    duty = make_duty(person=receptionist)
    fall(duty, noon + DAY, noon + DAY + HOUR, person=second_receptionist)
    own = fall(duty, noon + 2 * DAY, noon + 2 * DAY + HOUR)

    assert keys(receptionist, noon) == {"week": [f"occurrence-{own.pk}"]}


def test_a_duty_that_is_open_stands_there_once_under_its_clock(policy, make_duty, receptionist, noon):
    occurrence = fall(make_duty(person=receptionist), noon, noon + HOUR, state="open")
    timer = start_timer(occurrence, KEY, owner=receptionist, at=noon, label="巡检会议室")

    assert keys(receptionist, noon) == {"today": [f"timer-{timer.pk}"]}


def test_a_duty_whose_promise_is_switched_off_is_still_a_duty(policy, make_duty, receptionist, noon):
    occurrence = fall(make_duty(person=receptionist), noon - 2 * HOUR, noon - HOUR, state="open")

    assert keys(receptionist, noon) == {"overdue": [f"occurrence-{occurrence.pk}"]}


def test_a_duty_of_the_role_is_everybodys_and_one_done_or_skipped_nobodys(
    policy, make_duty, receptionist, second_receptionist, outsider, noon
):
    duty = make_duty(team=Role.RECEPTIONIST)
    ahead = fall(duty, noon, noon + HOUR)
    fall(duty, noon + DAY, noon + DAY + HOUR, state="skipped", ended_at=noon)

    for person in (receptionist, second_receptionist):
        assert keys(person, noon) == {"today": [f"occurrence-{ahead.pk}"]}
    assert keys(outsider, noon) == {}


def test_timers_and_duties_stand_in_one_order(policy, make_duty, receptionist, noon):
    duty = make_duty(person=receptionist)
    first, third = owe(receptionist, at=noon, due=HOUR), owe(receptionist, at=noon, due=3 * HOUR)
    second = fall(duty, noon + HOUR, noon + 2 * HOUR)

    lines = mine.owed_by(receptionist, noon).lines

    assert [line.key for line in lines] == [
        f"timer-{first.pk}", f"occurrence-{second.pk}", f"timer-{third.pk}",
    ]  # fmt: skip


# -- the page ---------------------------------------------------------------------------------------


def test_signed_out_one_is_asked_to_sign_in(client, db):
    assert client.get(reverse("mine")).status_code == 302
    assert client.get(reverse("mine-now")).status_code == 302


def test_each_line_has_its_clause_what_it_is_about_its_clock_and_its_deed(policy, receptionist, signed_in):
    timer = owe(receptionist, due=HOUR)

    shown = words(signed_in(receptionist).get(reverse("mine")))

    for part in ("Answer within a minute", "9.9.9", "张三来电", "data-due=", "Open the record"):
        assert part in shown
    assert f'href="{timer.link}"' in shown


def test_the_deed_is_named_by_the_standard():
    from sla import standards

    assert [str(standards.get(key).action) for key in ("call-feedback", "crm-entry", "call-back")] == [
        "Feed back", "Register customer", "Call back",
    ]  # fmt: skip


def test_who_owes_nothing_is_told_so_kindly(policy, outsider, signed_in):
    assert "You owe nothing at the moment." in words(signed_in(outsider).get(reverse("mine")))


def test_nobody_sees_on_it_what_others_owe(policy, receptionist, second_receptionist, signed_in):
    owe(receptionist)

    assert "张三来电" not in words(signed_in(second_receptionist).get(reverse("mine")))


def test_hundreds_of_lines_come_a_page_at_a_time(policy, receptionist, signed_in):
    for number in range(mine.PER_PAGE + 1):
        owe(receptionist, due=HOUR, label=f"来电{number}")
    browser = signed_in(receptionist)

    first, more = browser.get(reverse("mine")), browser.get(reverse("mine"), {"show": 100})

    assert [words(page).count("mine-timer-") for page in (first, more)] == [50, 51]
    assert "?show=100" in words(first)
    assert "Show more" not in words(more)


@pytest.mark.parametrize("show", ["", "-1", "x", "٣", "0", "99999999999999999999", "9" * 5000, "\x00"])
def test_a_senseless_number_of_lines_is_a_page(policy, receptionist, signed_in, show):
    assert signed_in(receptionist).get(reverse("mine"), {"show": show}).status_code == 200


@pytest.mark.parametrize("name", ["mine", "mine-now"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_lines(
    policy, make_duty, receptionist, second_receptionist, signed_in, name
):
    at, browser, counts = clock.now(), signed_in(second_receptionist), []
    duty = make_duty(person=second_receptionist)
    make_absence(receptionist, at - HOUR)
    for rows in (1, 2):
        for number in range(rows):
            owe(second_receptionist, due=HOUR)
            owe(team=Role.RECEPTIONIST, due=HOUR)
            owe(receptionist)
            owe(second_receptionist, due=-HOUR).stop(at=clock.now(), by=second_receptionist)
            fall(duty, at + (rows + number) * DAY, at + (rows + number) * DAY + HOUR)
        browser.get(reverse(name))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(reverse(name))
        counts.append(len(queries))

    assert counts[0] == counts[1]


# -- owed to me, standing in, excuses ---------------------------------------------------------------


def test_what_others_owe_to_one_is_announced_by_their_area(
    policy, receptionist, salesperson, signed_in, monkeypatch
):
    monkeypatch.setattr(mine, "_owed_to", [])
    timer = owe(receptionist, due=HOUR)
    mine.register(owed_to=lambda user: Timer.objects.filter(pk=timer.pk if user == salesperson else None))

    assert [line.owner for line in mine.owed_to(salesperson, clock.now()).lines] == [receptionist]
    shown = words(signed_in(salesperson).get(reverse("mine")))
    assert "Owed to me" in shown
    assert "王晓梅" in shown
    assert mine.owed_to(receptionist, clock.now()).lines == []


def test_the_backup_sees_what_somebody_away_owes(policy, receptionist, second_receptionist, signed_in, noon):
    at = clock.now()
    timer = owe(receptionist, due=HOUR)
    make_absence(receptionist, at - HOUR, at + HOUR)

    (away,) = mine.stood_in_for(second_receptionist, at)

    assert (away.person, away.until) == (receptionist, at + HOUR)
    assert [line.key for line in away.lines] == [f"timer-{timer.pk}"]
    assert "Standing in for 王晓梅" in words(signed_in(second_receptionist).get(reverse("mine")))


def test_nobody_stands_in_for_whoever_is_here(policy, receptionist, second_receptionist, noon):
    make_absence(receptionist, noon - DAY, noon)

    assert mine.stood_in_for(second_receptionist, noon) == []


def test_what_was_missed_lately_may_be_excused_until_one_has_asked(policy, receptionist, signed_in):
    at = clock.now()
    lately, kept = owe(receptionist, due=-HOUR), owe(receptionist, due=HOUR)
    long_ago = owe(receptionist, due=-9 * DAY)
    for timer in (lately, kept, long_ago):
        timer.stop(at=at, by=receptionist)

    assert list(mine.to_excuse(receptionist, at)) == [lately]
    assert "Ask for an excuse" in words(signed_in(receptionist).get(reverse("mine")))
    Excuse.ask(lately, reason="总机断线", by=receptionist, at=at)
    assert list(mine.to_excuse(receptionist, at)) == []


# -- around the page --------------------------------------------------------------------------------


def test_who_has_no_screen_of_their_own_begins_here(outsider, receptionist, signed_in):
    assert home.url_name_for(outsider) == "mine"
    assert home.url_name_for(receptionist) == "front-desk"


def test_the_number_in_the_menu_is_what_is_overdue_or_due_today(policy, make_duty, receptionist):
    at = clock.now()
    owe(receptionist, due=-HOUR)
    owe(receptionist, due=3 * DAY)
    fall(make_duty(person=receptionist), at - 2 * HOUR, at - HOUR, state="open")

    assert menu.count("mine", receptionist) == 2


def test_an_open_page_hears_of_a_duty_handed_over_moved_or_done(
    policy, make_duty, receptionist, second_receptionist, noon
):
    def token() -> str:
        return pulse.tokens(receptionist)["duties"]

    seen = [token()]
    occurrence = fall(make_duty(person=receptionist), noon, noon + HOUR)
    seen.append(token())
    for change in ({"due_at": noon + 2 * HOUR}, {"state": "open"}, {"person": second_receptionist}):
        Occurrence.objects.filter(pk=occurrence.pk).update(**change)
        seen.append(token())

    assert len(set(seen[:-1])) == 4
    assert seen[-1] == seen[0]
