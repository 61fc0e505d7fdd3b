"""The demo's last two hours at the telephone, at hours when no desk is open."""

from datetime import timedelta
from random import Random

import pytest

from notices.models import Delivery, Notice
from organization import demo as organization_demo
from organization.models import User
from reception import demo, demo_just_now
from reception.models import Call
from sla.models import Timer

from .customers import make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["2026-11-24 00:20", "2026-10-03 02:30", "2026-11-22 13:00"])
def desk_at_rest(request, at):
    """The last two hours of a desk that is not open: at night, on a holiday, on a Sunday."""
    moment = at(request.param)
    random = Random(7)
    organization_demo.fill(random, moment)
    demo.arrange(random)
    customers = [make_customer(name, f"1380013800{name[-1]}", owner=seller()) for name in ("赵1", "钱2")]
    demo_just_now.ring(random, moment, customers)
    return moment


def outcomes() -> list[str]:
    return sorted(Timer.objects.values_list("outcome", flat=True))


def seller() -> User:
    return User.objects.get(username="sales")


def test_the_desk_is_never_empty_whatever_the_hour(desk_at_rest):
    lately = Call.objects.filter(rang_at__gte=desk_at_rest - timedelta(hours=2), rang_at__lt=desk_at_rest)

    assert lately.ended().filter(fed_back_at__lt=desk_at_rest).count() == 4
    assert lately.filter(received_at__lt=desk_at_rest).count() == 1
    assert lately.to_call_back().count() == 1
    assert outcomes() == ["", "met", "met", "met", "met", "met"]


def test_the_demo_salesperson_has_feedback_to_answer_and_nobody_invented_is_mailed(desk_at_rest):
    waiting = Notice.objects.filter(recipient=seller(), kind="reception.feedback", acknowledged_at=None)

    assert waiting.exists()
    assert Delivery.objects.count() == 0
