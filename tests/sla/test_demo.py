"""The demo office's duties: ninety days that add up, the same every time, and something to do today."""

from datetime import datetime
from random import Random

import pytest
from django.db import transaction
from django.db.models import Count, F

from organization import demo as organization_demo
from sla import demo
from sla.demo.obligations import OBLIGATIONS
from sla.evidence import Kind, load_asks, missing
from sla.models import (
    Attendance,
    DailyFigure,
    Draw,
    Duty,
    Escalation,
    Excuse,
    Occurrence,
    RepeatedMiss,
    Timer,
)
from tests.conftest import SHANGHAI

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 26, 16, 30, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def ninety_days(django_db_setup, django_db_blocker):
    """The company and its duties on a Thursday afternoon, once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        random = Random(7)
        organization_demo.fill(random, AT)
        demo.fill(random, AT)
        demo.look_back(random, AT)
        yield AT
        transaction.set_rollback(True)


def in_state(state: str) -> int:
    return Occurrence.objects.filter(state=state).count()


def test_a_dozen_duties_recur_and_are_laid_out_weeks_ahead(ninety_days):
    assert Duty.objects.count() == len(OBLIGATIONS) == 13
    assert not Duty.objects.filter(laid_until=None).exists()
    assert in_state("planned") > 150


def test_nothing_that_is_over_is_still_planned(ninety_days):
    assert not Occurrence.objects.filter(state="planned", opens_at__lte=ninety_days).exists()
    assert not Occurrence.objects.filter(ended_at__gt=ninety_days).exists()


def test_most_was_done_in_time_some_late_some_by_others_some_left_out(ninety_days):
    done = Occurrence.objects.filter(state="done")

    assert in_state("done") > 350
    assert 0 < in_state("skipped") < 20
    assert 5 < done.filter(ended_at__gt=F("due_at")).count() < done.count() / 10
    assert done.exclude(ended_by=F("person")).count() > 5


def test_whoever_left_something_out_said_why(ninety_days):
    assert not Occurrence.objects.filter(state="skipped", remark="").exists()
    assert not Timer.objects.filter(outcome="cancelled", stop_reason="").exists()


def test_something_is_open_today_and_something_overdue(ninety_days):
    still = Occurrence.objects.filter(state="open")

    assert still.filter(due_at__gt=ninety_days).exists()
    assert still.filter(due_at__lt=ninety_days, duty__standard="archive-spot-check").count() == 1


def test_each_time_has_one_timer_that_ended_as_it_did(ninety_days):
    begun = Occurrence.objects.exclude(state="planned").select_related("duty")
    timers = {timer.subject_id: timer for timer in Timer.objects.filter(standard__in=keys())}

    assert len(timers) == Timer.objects.filter(standard__in=keys()).count() == begun.count()
    for occurrence in begun:
        assert timers[occurrence.pk].outcome == expected_outcome(occurrence)
        assert timers[occurrence.pk].due_at == occurrence.due_at


def expected_outcome(occurrence: Occurrence) -> str:
    if occurrence.state == "done":
        return "missed" if occurrence.was_late() else "met"
    return "cancelled" if occurrence.state == "skipped" else ""


def keys() -> set[str]:
    return {obligation.standard for obligation in OBLIGATIONS}


def test_what_was_done_shows_what_was_asked_but_for_photos(ninety_days):
    there = dict(Attendance.objects.values_list("occurrence").annotate(Count("pk")))
    for occurrence in Occurrence.objects.filter(state="done").select_related("duty"):
        asks = [ask for ask in load_asks(occurrence.duty.evidence) if ask.kind != Kind.PHOTO]
        assert missing(asks, occurrence.answers, range(there.get(occurrence.pk, 0)), []) == []


def test_those_concerned_were_told_of_what_still_runs(ninety_days):
    overdue = Timer.objects.get(standard="archive-spot-check", stopped_at=None)

    assert overdue.escalations.count() == 3
    assert not Timer.objects.due(ninety_days).exists()
    assert Escalation.objects.filter(timer__outcome="met").count() == 0


def test_excuses_were_granted_refused_and_wait(ninety_days):
    states = dict(Excuse.objects.values_list("state").annotate(Count("pk")).order_by())

    assert states["asked"] == 3
    assert states["granted"] > states["refused"] > 0
    assert Timer.objects.filter(excused=True).count() == states["granted"]
    assert not Excuse.objects.filter(decided_by=F("asked_by")).exists()


def test_anybody_can_draw_the_two_samples_again(ninety_days):
    draws = list(Draw.objects.all())

    assert [draw.agrees() for draw in draws] == [True, True]
    assert [draw.drawn.filter(result="").count() for draw in draws] == [3, 0]


def test_what_was_broken_again_and_again_is_noticed_once_it_is_counted(ninety_days):
    day = ninety_days.date()
    DailyFigure.objects.create(standard="morning-inspection", day=day, counted=5, kept=2)

    demo.notice_misses(ninety_days)

    assert [str(one.standard) for one in RepeatedMiss.objects.all()] == ["morning-inspection"]
