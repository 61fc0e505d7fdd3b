import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notices.models import Delivery, Notice
from pages import clock, home, menu
from sla.misses import count_unacknowledged, next_deadline
from sla.models import Excuse, Timer
from sla.sweep import sweep
from sla.timers import start_timer
from tests.builders import make_department

from .conftest import KEY, MINUTE

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def overdue(policy, subject, receptionist) -> Timer:
    """A feedback owed by the receptionist, overdue for a minute; its first step was taken."""
    at = clock.now() - 2 * MINUTE
    timer = start_timer(subject, KEY, owner=receptionist, at=at, label="张三来电")
    sweep(at + MINUTE + SECOND)
    return timer


def listed(response) -> list[Timer]:
    return [line.timer for line in response.context["lines"]]


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_signed_out_one_is_asked_to_sign_in(client, db):
    assert client.get(reverse("escalations")).status_code == 302


def test_the_manager_sees_who_owes_what_since_when_and_who_was_told(overdue, admin_manager, signed_in):
    page = signed_in(admin_manager).get(reverse("escalations"))

    assert listed(page) == [overdue]
    shown = words(page)
    assert all(
        text in shown for text in ("Answer within a minute", "张三来电", "王晓梅", "at the deadline", "孙倩")
    )


def test_it_shows_how_far_each_message_got_and_who_has_read_it(
    overdue, admin_manager, receptionist, second_receptionist, signed_in
):
    Delivery.objects.filter(notice__recipient=receptionist).update(state="failed", reason="bad_address")
    Notice.objects.get(recipient=second_receptionist).read(by=second_receptionist, at=clock.now())

    shown = words(signed_in(admin_manager).get(reverse("escalations")))

    assert "e-mail · Failed" in shown
    assert "e-mail · Waiting" in shown
    assert shown.count("not read") == 1


def test_a_step_noticed_late_says_so(policy, subject, receptionist, admin_manager, signed_in):
    at = clock.now() - 10 * MINUTE
    start_timer(subject, KEY, owner=receptionist, at=at)
    sweep(at + MINUTE + 90 * SECOND)

    assert "noticed 1 minute 30 seconds late" in words(signed_in(admin_manager).get(reverse("escalations")))


def test_when_all_promises_are_kept_the_page_says_so(policy, admin_manager, signed_in):
    shown = words(signed_in(admin_manager).get(reverse("escalations")))

    assert "All promises are kept" in shown


def test_a_timer_that_still_has_time_or_stands_still_is_not_listed(
    amended, receptionist, admin_manager, signed_in
):
    amended(may_pause=True)
    now = clock.now()
    start_timer(make_department(), KEY, owner=receptionist, at=now)
    paused = start_timer(make_department(), KEY, owner=receptionist, at=now - 5 * MINUTE)
    paused.pause(at=now - 5 * MINUTE, by=receptionist, reason="等对方回电")

    assert listed(signed_in(admin_manager).get(reverse("escalations"))) == []


def test_a_line_manager_sees_the_reports_misses_and_no_others(
    overdue, salesperson, department_head, signed_in
):
    theirs = start_timer(
        make_department(), KEY, owner=salesperson, at=clock.now() - 2 * MINUTE, label="报价单"
    )

    assert listed(signed_in(department_head).get(reverse("escalations"))) == [theirs]


def test_the_menu_line_stands_for_managers_and_line_managers_only(
    admin_manager, department_head, salesperson, auditor
):
    def seen(user) -> bool:
        return user.has_perm("sla.follow_escalations")

    assert [seen(user) for user in (admin_manager, department_head, salesperson, auditor)] == [
        True, True, False, True,
    ]  # fmt: skip


def test_who_may_acknowledge_but_keeps_no_board_begins_the_day_here(admin_manager):
    assert home.url_name_for(admin_manager) == "board"

    role = admin_manager.groups.get()
    role.permissions.remove(*role.permissions.filter(codename="change_boardsettings"))
    assert home.url_name_for(type(admin_manager).objects.get(pk=admin_manager.pk)) == "escalations"


def test_the_number_in_the_menu_counts_what_nobody_took_notice_of(overdue, admin_manager):
    assert menu.count("escalations", admin_manager) == 1

    overdue.acknowledge(at=clock.now(), by=admin_manager)

    assert count_unacknowledged(admin_manager) == 0


def test_one_tap_acknowledges_and_answers_with_the_line(overdue, admin_manager, signed_in):
    page = signed_in(admin_manager).post(
        reverse("timer-acknowledge", args=[overdue.pk]), headers={"HX-Request": "true"}
    )

    overdue.refresh_from_db()
    assert (overdue.acknowledged_by, overdue.is_running, page.status_code) == (admin_manager, True, 200)
    assert f'id="timer-{overdue.pk}"' in words(page)
    assert "Acknowledged" in words(page)


def test_without_javascript_acknowledging_leads_back_to_the_list(overdue, admin_manager, signed_in):
    page = signed_in(admin_manager).post(
        reverse("timer-acknowledge", args=[overdue.pk]), {"next": reverse("escalations")}
    )

    assert (page.status_code, page.url) == (302, reverse("escalations"))


def test_a_next_page_of_another_site_is_not_followed(overdue, admin_manager, signed_in):
    page = signed_in(admin_manager).post(
        reverse("timer-acknowledge", args=[overdue.pk]), {"next": "https://evil.example/"}
    )

    assert page.url == overdue.get_absolute_url()


def test_a_second_acknowledgement_is_refused_in_words(overdue, admin_manager, receptionist, signed_in):
    overdue.acknowledge(at=clock.now(), by=receptionist)

    page = signed_in(admin_manager).post(reverse("timer-acknowledge", args=[overdue.pk]))

    assert page.status_code == 409
    assert "王晓梅 has acknowledged this already." in words(page)


def test_the_auditor_looks_but_does_not_acknowledge(overdue, auditor, signed_in):
    browser = signed_in(auditor)

    assert listed(browser.get(reverse("escalations"))) == [overdue]
    assert browser.post(reverse("timer-acknowledge", args=[overdue.pk])).status_code == 403


def test_somebody_elses_timer_does_not_exist_for_an_outsider(overdue, outsider, signed_in):
    assert signed_in(outsider).post(reverse("timer-acknowledge", args=[overdue.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=张三", 1),
        ("q=晓梅", 1),
        ("q=Answer", 1),
        ("q=李四", 0),
        ("standard=test-answer", 1),
        ("standard=call-feedback", 0),
        ("acknowledged=no", 1),
        ("acknowledged=yes", 0),
    ],
)
def test_search_and_filters_narrow_the_list(overdue, admin_manager, signed_in, query, found):
    page = signed_in(admin_manager).get(f"{reverse('escalations')}?{query}")

    assert len(listed(page)) == found


def test_it_filters_by_person_and_department(overdue, admin_manager, colleague, signed_in):
    browser, address = signed_in(admin_manager), reverse("escalations")

    assert listed(browser.get(address, {"owner": overdue.owner_id})) == [overdue]
    assert listed(browser.get(address, {"owner": colleague.pk})) == []
    assert listed(browser.get(address, {"department": overdue.owner.department_id})) == [overdue]
    assert listed(browser.get(address, {"department": colleague.department_id})) == []


def test_what_is_seen_can_be_taken_along(overdue, admin_manager, signed_in):
    sheet = signed_in(admin_manager).get(f"{reverse('escalations')}?export=csv")

    lines = b"".join(sheet.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Answer within a minute,张三来电,王晓梅,行政部,")


def test_the_number_of_queries_does_not_grow_with_the_misses(
    overdue, receptionist, admin_manager, signed_in, django_assert_num_queries
):
    browser, address = signed_in(admin_manager), reverse("escalations")

    browser.get(address)
    with CaptureQueriesContext(connection) as with_one:
        browser.get(address)
    at = clock.now() - 30 * MINUTE
    for _ in range(2):
        start_timer(make_department(), KEY, owner=receptionist, at=at)
    sweep(clock.now())

    with django_assert_num_queries(len(with_one)):
        assert len(listed(browser.get(address))) == 3


def test_the_list_asks_again_when_the_next_promise_falls_due(policy, subject, receptionist, noon):
    timer = start_timer(subject, KEY, owner=receptionist, at=noon)

    assert next_deadline(noon) == timer.due_at
    assert next_deadline(noon + 2 * MINUTE) is None


def test_the_page_is_refreshed_by_the_pulse_and_at_the_next_deadline(
    policy, subject, receptionist, admin_manager, signed_in
):
    start_timer(subject, KEY, owner=receptionist, at=clock.now() - 50 * SECOND)

    page = signed_in(admin_manager).get(reverse("escalations"))

    assert page.context["again"] in (10, 11)
    assert f"pulse:timers from:body, load delay:{page.context['again']}s" in words(page)
    assert 'hx-disinherit="*"' in words(page)  # the refresh is the list's own; a line answers for itself


def test_promises_kept_late_have_a_list_of_their_own(overdue, receptionist, admin_manager, signed_in):
    overdue.stop(at=clock.now(), by=receptionist)
    browser = signed_in(admin_manager)

    assert listed(browser.get(reverse("escalations"))) == []
    page = browser.get(reverse("escalations-ended"))
    assert page.context["list"].page.rows == [overdue]
    assert "张三来电" in words(page)


def test_steps_noticed_late_have_a_list_of_their_own(overdue, policy, receptionist, admin_manager, signed_in):
    at = clock.now() - 30 * MINUTE
    late = start_timer(make_department(), KEY, owner=receptionist, at=at, label="断电期间来电")
    sweep(at + 2 * MINUTE)

    page = signed_in(admin_manager).get(reverse("escalations-lagging"))

    assert [row.timer for row in page.context["list"].page.rows] == [late]
    assert "1 minute" in words(page)


@pytest.fixture
def asked(overdue, receptionist) -> Excuse:
    return Excuse.ask(overdue, reason="停电", by=receptionist, at=clock.now())


def test_excuses_that_wait_are_decided_on_this_page(asked, admin_manager, signed_in):
    browser = signed_in(admin_manager)
    page = browser.get(reverse("escalations"))
    assert [line["excuse"] for line in page.context["excuses"]] == [asked]
    assert reverse("excuse-decide", args=[asked.pk]) in words(page)

    answered = browser.post(
        reverse("excuse-decide", args=[asked.pk]), {"decision": "granted", "next": reverse("escalations")}
    )

    asked.refresh_from_db()
    assert (answered.url, asked.state) == (reverse("escalations"), Excuse.State.GRANTED)
    assert browser.get(reverse("escalations")).context["excuses"] == []


def test_a_refusal_without_a_word_keeps_the_way_back(asked, admin_manager, signed_in):
    page = signed_in(admin_manager).post(
        reverse("excuse-decide", args=[asked.pk]),
        {"decision": "refused", "next": reverse("escalations")},
        headers={"HX-Request": "true"},
    )

    assert page.status_code == 422
    assert f'name="next" value="{reverse("escalations")}"' in words(page)


def test_who_does_not_decide_on_excuses_is_not_asked(asked, auditor, receptionist, signed_in):
    for user in (auditor, receptionist):
        assert signed_in(user).get(reverse("escalations")).context["excuses"] == []


def test_of_many_excuses_the_five_that_wait_longest_stand_here(
    policy, receptionist, admin_manager, signed_in
):
    at = clock.now() - 10 * MINUTE
    for number in range(7):
        timer = start_timer(make_department(), KEY, owner=receptionist, at=at)
        Excuse.ask(timer, reason=f"原因{number}", by=receptionist, at=at + 5 * MINUTE + number * SECOND)

    page = signed_in(admin_manager).get(reverse("escalations"))

    assert [line["excuse"].reason for line in page.context["excuses"]] == [f"原因{n}" for n in range(5)]
    assert page.context["excuses_waiting"] == 7
