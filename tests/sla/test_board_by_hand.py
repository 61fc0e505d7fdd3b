"""Five clauses of the demo office, counted by hand from the raw records, are what the board says.

The counting is as plain as can be: SQL over the tables, or a loop over rows; none of the code of the figures.
"""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.db import connection, transaction

from organization import demo as organization_demo
from reception import demo as reception_demo
from reception.models import CallCheck
from sla import demo, figures
from sla.board import Board, Line, Period
from sla.models import Occurrence, Timer
from tests.conftest import SHANGHAI

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 16, 30, tzinfo=SHANGHAI)
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """The demo office on a Tuesday afternoon, once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        random = Random(7)
        organization_demo.fill(random, AT)
        demo.fill(random, AT)
        reception_demo.fill(random, AT)
        demo.look_back(random, AT)
        figures.rebuild_everything()
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=[OCTOBER, NOVEMBER], ids=["a past month", "this month so far"])
def month(office, request):
    return request.param


def on_the_board(key: str, month: tuple[date, date]) -> Line:
    return Board(Period.between(*month), at=AT).line(key)


def instants(month: tuple[date, date]) -> tuple[datetime, datetime]:
    first, last = month
    start = datetime(first.year, first.month, first.day, tzinfo=SHANGHAI)
    return start, datetime(last.year, last.month, last.day, tzinfo=SHANGHAI) + timedelta(days=1)


def counted(sql: str, month: tuple[date, date]) -> tuple[int, ...]:
    """The numbers a statement gives for a month; %s stands for its beginning and its end."""
    moments = [connection.ops.adapt_datetimefield_value(moment) for moment in instants(month)]
    with connection.cursor() as cursor:
        cursor.execute(sql, moments)
        return tuple(int(number or 0) for number in cursor.fetchone())


def test_calls_answered_within_three_rings(month):
    found = counted(
        """
        SELECT COUNT(*), SUM(CASE WHEN status <> 'missed' AND rings <= 3 THEN 1 ELSE 0 END)
        FROM reception_call WHERE status <> 'withdrawn' AND rang_at >= %s AND rang_at < %s
        """,
        month,
    )

    figure = on_the_board("call-answered-in-rings", month).figure
    assert (figure.counted, figure.kept) == found
    assert figure.counted > 500


def test_points_of_the_telephone_manner(month):
    start, end = instants(month)
    points = [
        check.voice + check.pace + check.diction + check.warmth
        for check in CallCheck.objects.select_related("call")
        if start <= check.checked_at < end and check.call.status != "withdrawn"
    ]

    figure = on_the_board("call-manner", month).figure
    assert (figure.counted, figure.kept) == (20 * len(points), sum(points))
    assert points


def test_feedback_within_a_minute_of_hanging_up(month):
    found = counted(
        """
        SELECT COUNT(*), SUM(CASE WHEN outcome = 'met' THEN 1 ELSE 0 END),
               SUM(CASE WHEN excused THEN 1 ELSE 0 END)
        FROM sla_timer WHERE standard = 'call-feedback' AND outcome <> 'cancelled'
        AND CASE WHEN stopped_at < due_at THEN stopped_at ELSE due_at END >= %s
        AND CASE WHEN stopped_at < due_at THEN stopped_at ELSE due_at END < %s
        """,
        month,
    )

    figure = on_the_board("call-feedback", month).figure
    assert (figure.counted, figure.kept, figure.excused) == found
    assert 0 < figure.kept < figure.counted


def test_morning_inspections_done_by_ten(month):
    start, end = instants(month)
    inspections = [
        one
        for one in Occurrence.objects.filter(duty__standard="morning-inspection").exclude(state="skipped")
        if start <= min(one.ended_at or AT, one.due_at) < end and (one.ended_at or one.due_at < AT)
    ]
    in_time = [one for one in inspections if one.ended_at and one.ended_at <= one.due_at]

    figure = on_the_board("morning-inspection", month).figure
    assert (figure.counted, figure.kept) == (len(inspections), len(in_time))
    assert len(inspections) > 10


def test_missed_callers_called_back_with_those_still_waiting(month):
    start, end = instants(month)
    promises = Timer.objects.filter(standard="call-back").exclude(outcome="cancelled")
    decided = [
        one
        for one in promises
        if start <= min(one.stopped_at or AT, one.due_at) < end and (one.stopped_at or one.due_at < AT)
    ]
    kept = [one for one in decided if one.stopped_at and one.stopped_at <= one.due_at]
    excused = [one for one in decided if one.excused]

    line = on_the_board("call-back", month)
    assert (line.figure.counted, line.figure.kept, line.figure.excused) == (
        len(decided),
        len(kept),
        len(excused),
    )
    assert line.figure.share == len(kept) / len(decided)
    assert line.figure.adjusted == len(kept) / (len(decided) - len(excused))
