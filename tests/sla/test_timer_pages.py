import datetime as dt

import pytest
from django.urls import reverse

from pages import clock
from sla.deadlines import Within
from sla.models import Timer
from sla.timers import start_timer
from tests.builders import make_department, make_user

from .conftest import KEY, MINUTE


@pytest.fixture
def timer(amended, subject, receptionist) -> Timer:
    """An hour to answer, begun just now, which may be paused."""
    amended(deadline=Within(hours=1), may_pause=True)
    return start_timer(subject, KEY, owner=receptionist, at=clock.now(), label="张三来电")


@pytest.fixture
def missed(policy, subject, receptionist) -> Timer:
    return start_timer(subject, KEY, owner=receptionist, at=clock.now() - 2 * MINUTE, label="张三来电")


def address(verb: str, timer: Timer) -> str:
    return reverse(f"timer-{verb}", args=[timer.pk])


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_it_tells_the_whole_story_of_one_promise(timer, receptionist, colleague, admin_manager, signed_in):
    timer.reassign(to=colleague, at=clock.now(), by=admin_manager, reason="王晓梅去送快递")

    shown = words(signed_in(admin_manager).get(timer.get_absolute_url()))

    assert "The limit is 1 hour." in shown
    assert "王晓梅去送快递" in shown
    assert "5 minutes after the deadline" in shown
    assert "test-answer" not in shown.replace("/promises/test-answer/", "")


def test_it_counts_its_queries(timer, admin_manager, signed_in, django_assert_max_num_queries):
    browser = signed_in(admin_manager)
    browser.get(timer.get_absolute_url())

    with django_assert_max_num_queries(40):
        browser.get(timer.get_absolute_url())


@pytest.mark.parametrize("who", ["receptionist", "second_receptionist", "admin_manager", "auditor"])
def test_those_near_it_may_look(timer, who, request, signed_in):
    user = request.getfixturevalue(who)

    assert signed_in(user).get(timer.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("verb", ["acknowledge", "pause", "resume", "reassign", "excuse"])
def test_for_others_it_does_not_exist(timer, outsider, signed_in, verb):
    browser = signed_in(outsider)

    assert browser.get(timer.get_absolute_url()).status_code == 404
    assert browser.post(address(verb, timer), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("verb", ["acknowledge", "pause", "resume", "reassign", "excuse"])
def test_the_auditor_changes_nothing(timer, auditor, signed_in, verb):
    assert signed_in(auditor).post(address(verb, timer), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("verb", ["acknowledge", "pause", "resume", "reassign", "excuse"])
def test_signed_out_nothing_happens(timer, client, verb):
    assert client.post(address(verb, timer), {"reason": "x"}).status_code == 302


def test_a_promise_owed_by_a_team_is_seen_by_the_team(policy, subject, receptionist, outsider, signed_in):
    timer = start_timer(subject, KEY, team="receptionist", at=clock.now())

    assert signed_in(receptionist).get(timer.get_absolute_url()).status_code == 200
    assert signed_in(outsider).get(timer.get_absolute_url()).status_code == 404


def test_the_owner_pauses_with_a_reason_and_resumes(timer, receptionist, signed_in):
    browser = signed_in(receptionist)

    browser.post(address("pause", timer), {"reason": "等对方回电"})
    timer.refresh_from_db()
    assert (timer.paused_at is not None, timer.pauses.get().reason) == (True, "等对方回电")

    browser.post(address("resume", timer))
    timer.refresh_from_db()
    assert timer.paused_at is None


def test_while_it_is_paused_the_deadline_is_not_the_last_word(timer, receptionist, signed_in):
    timer.pause(at=clock.now(), by=receptionist, reason="等对方回电")

    shown = words(signed_in(receptionist).get(timer.get_absolute_url()))

    assert "and later by as long as the clock stands still." in shown


def test_a_pause_without_a_reason_is_asked_about(timer, receptionist, signed_in):
    page = signed_in(receptionist).post(address("pause", timer), {"reason": "  "})

    timer.refresh_from_db()
    assert (page.status_code, timer.paused_at) == (422, None)


def test_a_paused_timer_says_so_instead_of_counting(timer, receptionist, signed_in):
    timer.pause(at=clock.now(), by=receptionist, reason="等对方回电")

    shown = words(signed_in(receptionist).get(timer.get_absolute_url()))

    assert "paused since" in shown
    assert "data-due" not in shown


def test_the_manager_hands_it_over_to_whom_was_chosen(timer, colleague, admin_manager, signed_in):
    page = signed_in(admin_manager).post(
        address("reassign", timer), {"to": colleague.pk, "reason": "王晓梅请假"}
    )

    timer.refresh_from_db()
    assert (page.status_code, timer.owner) == (302, colleague)


def test_typing_a_name_that_fits_one_person_is_enough(timer, colleague, admin_manager, signed_in):
    signed_in(admin_manager).post(address("reassign", timer), {"person": "林悦", "reason": "王晓梅请假"})

    timer.refresh_from_db()
    assert timer.owner == colleague


def test_where_several_fit_they_are_offered(timer, receptionist, salesperson, admin_manager, signed_in):
    twin = make_user("陈思雨")

    page = signed_in(admin_manager).post(address("reassign", timer), {"person": "陈思", "reason": "请假"})

    timer.refresh_from_db()
    assert (page.status_code, timer.owner) == (422, receptionist)
    assert "Several people fit. Please choose one below." in words(page)
    assert {salesperson, twin} == set(page.context["form"].candidates)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": "请假"}, "Please choose who takes over."),
        ({"person": "无此人", "reason": "请假"}, "Nobody who works here fits this."),
        ({"to": "999999", "reason": "请假"}, "This person cannot take it over. Choose somebody else."),
        ({"to": "abc", "reason": "请假"}, "This person cannot take it over. Choose somebody else."),
    ],
)
def test_an_unclear_new_owner_is_asked_about(timer, admin_manager, signed_in, fields, sentence):
    page = signed_in(admin_manager).post(address("reassign", timer), fields)

    assert page.status_code == 422
    assert sentence in words(page)


def test_people_are_found_by_pinyin_while_typing(timer, salesperson, admin_manager, signed_in):
    found = signed_in(admin_manager).get(address("candidates", timer), {"person": "csy"})

    assert found.context["people"] == [salesperson]


def test_the_line_manager_may_hand_over_but_a_colleague_may_not(
    policy, salesperson, colleague, department_head, signed_in
):
    timer = start_timer(make_department(), KEY, owner=salesperson, at=clock.now())
    fields = {"to": department_head.pk, "reason": "出差"}

    assert signed_in(colleague).post(address("reassign", timer), fields).status_code == 403
    assert signed_in(department_head).post(address("reassign", timer), fields).status_code == 302


def test_whoever_missed_it_asks_for_an_excuse(missed, receptionist, signed_in):
    page = signed_in(receptionist).post(address("excuse", missed), {"reason": "总机断线"})

    assert (page.status_code, missed.excuses.get().reason) == (302, "总机断线")


def test_the_excuse_is_offered_only_after_a_miss(timer, missed_elsewhere, receptionist, signed_in):
    browser = signed_in(receptionist)

    assert browser.get(timer.get_absolute_url()).context["may_ask"] is False
    assert browser.get(missed_elsewhere.get_absolute_url()).context["may_ask"] is True


@pytest.fixture
def missed_elsewhere(timer, receptionist) -> Timer:
    at = clock.now() - dt.timedelta(hours=2)
    return start_timer(make_department(), KEY, owner=receptionist, at=at)


def test_a_link_to_elsewhere_is_not_put_on_the_page(timer, admin_manager, signed_in):
    page = signed_in(admin_manager).get(address("reassign", timer) + "?next=javascript:alert(1)")

    assert page.context["next"] == ""
    assert 'href="javascript:' not in words(page)
