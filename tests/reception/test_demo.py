"""The demo office at the telephone: ninety days that add up, the same every time, quickly."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from random import Random

import pytest
from django.db import transaction
from django.db.models import Count, F, Q

from organization import demo as organization_demo
from reception import demo
from reception.models import AllocationRule, Call, CallCheck, Customer
from sla.models import Calendar, Escalation, Timer
from tests.conftest import SHANGHAI

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ninety_days(django_db_setup, django_db_blocker):
    """The company and its calls on a Tuesday afternoon, ninety_days once for this module."""
    at = datetime(2026, 11, 24, 16, 30, tzinfo=SHANGHAI)
    with django_db_blocker.unblock(), transaction.atomic():
        random = Random(7)
        organization_demo.fill(random, at)
        demo.fill(random, at)
        yield at
        transaction.set_rollback(True)


def share(part: int, whole: int) -> float:
    return part / whole


def outcomes(key: str) -> dict[str, int]:
    rows = Timer.objects.filter(standard=key).values_list("outcome").annotate(number=Count("pk"))
    return dict(rows.order_by())


def test_there_are_forty_to_seventy_calls_a_working_day_and_none_on_others(ninety_days):
    hours = Calendar.objects.get(key="desk").hours()
    per_day: dict = {}
    for rang_at in Call.objects.values_list("rang_at", flat=True):
        day = rang_at.astimezone(ninety_days.tzinfo).date()
        per_day[day] = per_day.get(day, 0) + 1
    full_days = [number for day, number in per_day.items() if day < ninety_days.date()]

    assert all(hours.is_working_day(day) for day in per_day)
    assert 40 <= min(full_days) <= max(full_days) <= 70


@pytest.mark.parametrize(("key", "kept"), [("call-feedback", 0.96), ("crm-entry", 0.93)])
def test_most_promises_were_kept(ninety_days, key, kept):
    stopped = outcomes(key)

    assert share(stopped["met"], sum(stopped.values())) == pytest.approx(kept, abs=0.035)


def test_timers_say_the_same_as_the_calls_they_are_about(ninety_days):
    told = Call.objects.exclude(fed_back_at=None).count()

    assert Timer.objects.filter(standard="call-feedback").exclude(stopped_at=None).count() == told
    assert not Timer.objects.filter(outcome="met", stopped_at__gt=F("due_at")).exists()
    assert not Timer.objects.filter(outcome="missed", stopped_at__lte=F("due_at")).exists()


def test_every_missed_promise_has_climbed_and_no_kept_one(ninety_days):
    missed = Timer.objects.filter(outcome="missed")

    assert not missed.filter(escalations=None).exists()
    assert not Escalation.objects.filter(timer__outcome="met").exists()


def test_missed_calls_were_mostly_called_back(ninety_days):
    missed = Call.objects.missed()

    assert share(missed.exclude(called_back_at=None).count(), missed.count()) > 0.9


def test_there_are_about_three_hundred_customers_and_new_callers_are_among_them(ninety_days):
    assert 250 <= Customer.objects.count() <= 380
    assert not Call.objects.ended().filter(caller_type__is_new_customer=True, customer=None).exists()


def test_some_entries_were_put_right_and_some_withdrawn_and_checked(ninety_days):
    assert Call.objects.filter(version__gt=1).count() >= 14
    assert Call.objects.filter(status="withdrawn").count() == 10
    assert CallCheck.objects.count() == 40


def test_nothing_happens_after_the_instant_the_demo_is_lived_at(ninety_days):
    instants = ("rang_at", "ended_at", "fed_back_at", "received_at", "called_back_at")
    later = reduce(or_, (Q(**{f"{name}__gt": ninety_days}) for name in instants))

    assert not Call.objects.filter(later).exists()
    assert Call.objects.filter(rang_at__gt=ninety_days - timedelta(hours=8)).exists()


def test_every_call_finds_a_rule(ninety_days):
    last = AllocationRule.objects.get(caller_type=None, product=None, region=None)

    assert last.targets.exists()


def test_the_same_seed_rings_the_same(ninety_days):
    first, again = demo.Desk(Random(3), ninety_days), demo.Desk(Random(3), ninety_days)

    assert [(call.rang_at, call.number) for call in first.ring()] == [
        (c.rang_at, c.number) for c in again.ring()
    ]
