import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pages import clock
from sla.models import Excuse, Timer
from sla.timers import start_timer
from tests.builders import make_department

from .conftest import KEY, MINUTE


@pytest.fixture
def missed(policy, subject, receptionist) -> Timer:
    timer = start_timer(subject, KEY, owner=receptionist, at=clock.now() - 5 * MINUTE, label="张三来电")
    timer.stop(at=clock.now())
    return timer


@pytest.fixture
def excuse(missed, receptionist) -> Excuse:
    return Excuse.ask(missed, reason="总机断线十分钟", by=receptionist, at=clock.now())


def decide(browser, excuse: Excuse, htmx: bool = False, **fields):
    headers = {"HX-Request": "true"} if htmx else {}
    return browser.post(reverse("excuse-decide", args=[excuse.pk]), fields, headers=headers)


def listed(response) -> list[Excuse]:
    return [line["excuse"] for line in response.context["lines"]]


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_signed_out_one_is_asked_to_sign_in(client, excuse):
    assert client.get(reverse("excuses")).status_code == 302
    assert decide(client, excuse, decision="granted").status_code == 302


def test_the_manager_sees_what_waits(excuse, admin_manager, signed_in):
    page = signed_in(admin_manager).get(reverse("excuses"))

    assert listed(page) == [excuse]
    assert "总机断线十分钟" in words(page)


def test_one_tap_grants(excuse, admin_manager, signed_in):
    page = decide(signed_in(admin_manager), excuse, htmx=True, decision="granted")

    excuse.refresh_from_db()
    assert (excuse.state, excuse.timer.excused, page.status_code) == ("granted", True, 200)
    assert "Granted" in words(page)


def test_refusing_takes_a_remark(excuse, admin_manager, signed_in):
    browser = signed_in(admin_manager)

    page = decide(browser, excuse, decision="refused")
    assert page.status_code == 422
    assert "Please say why it is refused." in words(page)

    decide(browser, excuse, decision="refused", remark="当日无报修记录")
    excuse.refresh_from_db()
    assert (excuse.state, excuse.remark) == ("refused", "当日无报修记录")


def test_what_is_decided_leaves_the_list_and_stands_in_the_other(excuse, admin_manager, signed_in):
    browser = signed_in(admin_manager)
    excuse.decide(granted=True, by=admin_manager, at=clock.now())

    assert listed(browser.get(reverse("excuses"))) == []
    assert listed(browser.get(reverse("excuses-decided"))) == [excuse]


def test_a_second_decision_is_refused_in_words(excuse, admin_manager, signed_in):
    excuse.decide(granted=True, by=admin_manager, at=clock.now())

    assert decide(signed_in(admin_manager), excuse, decision="granted").status_code == 409


def test_people_see_their_own_and_do_not_decide(excuse, receptionist, signed_in):
    browser = signed_in(receptionist)

    assert listed(browser.get(reverse("excuses-mine"))) == [excuse]
    assert decide(browser, excuse, decision="granted").status_code == 403


def test_the_auditor_looks_only(excuse, auditor, signed_in):
    browser = signed_in(auditor)

    assert listed(browser.get(reverse("excuses"))) == [excuse]
    assert decide(browser, excuse, decision="granted").status_code == 403


def test_for_others_it_does_not_exist(excuse, outsider, signed_in):
    browser = signed_in(outsider)

    assert listed(browser.get(reverse("excuses"))) == []
    assert decide(browser, excuse, decision="granted").status_code == 404


@pytest.mark.parametrize(("query", "found"), [("q=断线", 1), ("q=张三", 1), ("q=晓梅", 1), ("q=没有", 0)])
def test_they_can_be_searched(excuse, admin_manager, signed_in, query, found):
    assert len(listed(signed_in(admin_manager).get(f"{reverse('excuses')}?{query}"))) == found


def test_they_can_be_taken_along(excuse, admin_manager, signed_in):
    sheet = signed_in(admin_manager).get(f"{reverse('excuses')}?export=csv")

    lines = b"".join(sheet.streaming_content).decode("utf-8-sig").splitlines()
    assert (len(lines), "总机断线十分钟" in lines[1]) == (2, True)


def test_the_number_of_queries_does_not_grow(
    excuse, receptionist, admin_manager, signed_in, django_assert_num_queries, policy
):

    browser, address = signed_in(admin_manager), reverse("excuses")
    browser.get(address)
    with CaptureQueriesContext(connection) as with_one:
        browser.get(address)
    for _ in range(2):
        timer = start_timer(make_department(), KEY, owner=receptionist, at=clock.now() - 5 * MINUTE)
        Excuse.ask(timer, reason="断线", by=receptionist, at=clock.now())

    with django_assert_num_queries(len(with_one)):
        assert len(listed(browser.get(address))) == 3
