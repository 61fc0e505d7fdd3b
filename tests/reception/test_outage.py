"""The broker's machine is gone for a while: the desk goes on taking calls."""

import uuid

import pytest
from django.urls import reverse

from reception.models import Call
from sla.models import Timer
from tests.plugins.broker import cut_off

from .builders import make_caller_type, make_rule

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def test_calls_are_taken_and_promises_run_while_broker_and_cache_are_away(
    signed_in, receptionist, salesperson, shared_cache, broker
):
    desk = signed_in(receptionist)
    desk.get(reverse("front-desk"))

    make_rule(salesperson)
    typed = {
        "number": "138 0013 8000",
        "caller_name": "王小明",
        "caller_type": make_caller_type("老客户").pk,
        "rings": "2",
        "transferred_to": str(salesperson),
        "override_reason": "客户指定",
        "once": str(uuid.uuid4()),
        "do": "hang_up",
    }

    with cut_off(broker, seconds=4):
        answer = desk.post(reverse("call-log"), typed)

    assert answer.status_code == 302
    assert Call.objects.get().status == Call.Status.ENDED
    assert Timer.objects.filter(standard="call-feedback").count() == 1
