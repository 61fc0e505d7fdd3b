"""What the desk adds to everybody's own page: the feedback that is coming."""

import pytest
from django.urls import reverse

from pages import clock
from sla import mine

from .builders import make_call

pytestmark = pytest.mark.django_db


def owed(user) -> list[str]:
    return [line.about for line in mine.owed_to(user, clock.now()).lines]


def test_whom_a_call_concerns_sees_the_feedback_coming_until_it_is_there(
    receptionist, salesperson, colleague
):
    call = make_call(receptionist, clock.now(), ended=True, transferred_to=salesperson)

    assert owed(salesperson) == ["王小明 · 北京远景科技有限公司"]
    assert owed(colleague) == []
    call.feed_back("询问报价", by=receptionist, at=clock.now())
    assert owed(salesperson) == []


def test_a_withdrawn_call_is_owed_to_nobody(receptionist, salesperson):
    call = make_call(receptionist, clock.now(), ended=True, transferred_to=salesperson)

    call.withdraw("记错了", by=receptionist, at=clock.now())

    assert owed(salesperson) == []


def test_every_address_beside_it_opens_for_whom_it_concerns(receptionist, salesperson, signed_in):
    call = make_call(receptionist, clock.now(), ended=True, transferred_to=salesperson)
    browser = signed_in(salesperson)

    page = browser.get(reverse("mine")).content.decode()

    assert page.count(f'href="{call.get_absolute_url()}"') == 2
    assert "/timers/" not in page
    assert browser.get(call.get_absolute_url()).status_code == 200
