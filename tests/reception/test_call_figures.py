"""The rate and sample clauses of 1.1, counted from calls and spot checks."""

from datetime import date, timedelta

import pytest

from reception.allocation import Proposal
from reception.measures import MEASURES
from reception.models import Call, CallCheck, DeskSettings
from sla import standards
from sla.models.figure import bounds

from .builders import make_call, make_missed_call

pytestmark = pytest.mark.django_db

RATES = {"call-answered-in-rings", "call-transferred-as-proposed", "call-answered"}
MONDAY = bounds(date(2026, 11, 23))
FOURS = dict.fromkeys(CallCheck.ASPECTS, 4)


def figure(key: str) -> tuple[int, int]:
    """(kept, counted) of a rate or sample on that Monday."""
    tallies = MEASURES[key](*MONDAY)
    return sum(tally.kept for tally in tallies), sum(tally.counted for tally in tallies)


def test_every_rate_and_sample_says_how_it_is_counted_and_where_its_records_are():
    counted = {
        s.key: s for s in standards.every() if s.shape in ("rate", "sample") and s.clause.startswith("1.1")
    }

    assert set(MEASURES) == set(counted)
    assert all(standard.measure and standard.records for standard in counted.values())


def test_all_seven_clauses_and_the_effect_are_declared():
    assert {s.clause for s in standards.every() if s.clause.startswith("1.1")} == {
        "1.1", "1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5", "1.1.6", "1.1.7"
    }  # fmt: skip


@pytest.mark.parametrize(("rings", "kept"), [(0, 1), (3, 1), (4, 0), (None, 0)])
def test_a_call_is_answered_in_time_within_three_rings(receptionist, noon, rings, kept):
    make_call(receptionist, noon, rings=rings)

    assert figure("call-answered-in-rings") == (kept, 1)


def test_the_manager_may_allow_more_rings(receptionist, noon):
    DeskSettings.objects.create(pk=1, ring_limit=5)
    make_call(receptionist, noon, rings=5)

    assert figure("call-answered-in-rings") == (1, 1)


def test_missed_calls_count_against_answering(receptionist, noon):
    make_call(receptionist, noon)
    make_missed_call(receptionist, noon)

    assert figure("call-answered") == (1, 2)
    assert figure("call-answered-in-rings") == (1, 2)


def test_withdrawn_calls_count_nowhere(receptionist, noon):
    make_call(receptionist, noon).withdraw("误登", by=receptionist)

    assert [figure(key) for key in sorted(RATES)] == [(0, 0), (0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("to", "reason", "kept"), [("salesperson", "", 1), ("colleague", "点名找他", 1), ("colleague", "", 0)]
)
def test_a_transfer_is_right_as_proposed_or_with_a_reason(
    request, receptionist, salesperson, noon, to, reason, kept
):
    make_call(
        receptionist,
        noon,
        proposal=Proposal(salesperson),
        transferred_to=request.getfixturevalue(to),
        override_reason=reason,
    )

    assert figure("call-transferred-as-proposed") == (kept, 1)


def test_transfers_without_a_proposal_are_not_judged(receptionist, salesperson, noon):
    make_call(receptionist, noon, transferred_to=salesperson)

    assert figure("call-transferred-as-proposed") == (0, 0)


def test_spot_checks_give_an_average_for_each_aspect(receptionist, admin_manager, noon):
    marks = [
        {"voice": 5, "pace": 4, "diction": 3, "warmth": 5},
        {"voice": 4, "pace": 4, "diction": 5, "warmth": 5},
    ]
    for given in marks:
        CallCheck.objects.create(call=make_call(receptionist, noon), checker=admin_manager, **given)

    assert CallCheck.objects.scores() == {"voice": 4.5, "pace": 4.0, "diction": 4.0, "warmth": 5.0}


def test_spot_checks_are_counted_by_script_and_by_who_hung_up_first(receptionist, admin_manager, noon):
    marks = dict.fromkeys(("voice", "pace", "diction", "warmth"), 4)
    for script, first in [(True, True), (True, False), (False, False)]:
        call = make_call(receptionist, noon)
        CallCheck.objects.create(
            call=call, checker=admin_manager, followed_script=script, caller_hung_up_first=first, **marks
        )

    assert CallCheck.objects.script_followed().count() == 2
    assert CallCheck.objects.caller_hung_up_first().count() == 1


def test_each_receptionist_has_her_own_figure(receptionist, second_receptionist, noon):
    make_call(receptionist, noon)
    make_call(second_receptionist, noon, rings=7)
    make_missed_call(second_receptionist, noon)

    assert sorted(MEASURES["call-answered-in-rings"](*MONDAY)) == sorted(
        [(receptionist.pk, 1, 1), (second_receptionist.pk, 2, 0)]
    )


def test_manner_is_counted_in_points_of_twenty(receptionist, admin_manager, noon):
    for points in (4, 5):
        CallCheck.record(make_call(receptionist, noon), by=admin_manager, at=noon, **FOURS | {"pace": points})

    assert figure("call-manner") == (33, 40)


def test_checks_count_on_the_day_of_the_call_and_not_once_it_is_withdrawn(receptionist, admin_manager, at):
    call, other = make_call(receptionist, at("12:00")), make_call(receptionist, at("12:00"))
    for each in (call, other):
        CallCheck.record(each, by=admin_manager, at=at("2026-11-24 09:00"), followed_script=True, **FOURS)
    other.withdraw("误登", by=receptionist, at=at("2026-11-24 10:00"))

    assert figure("call-script") == (1, 1)


@pytest.mark.parametrize(
    ("kept", "rings"), [("", {2, 7}), ("yes", {2}), ("no", {7})], ids=["all", "kept", "not kept"]
)
def test_the_records_behind_a_figure_are_the_calls_counted(
    receptionist, second_receptionist, admin_manager, signed_in, at, kept, rings
):
    for count in (2, 7):
        make_call(receptionist, at("12:00"), rings=count)
    make_call(receptionist, at("12:00")).withdraw("误登", by=receptionist)
    make_call(second_receptionist, at("12:00"), rings=9)
    make_call(receptionist, at("2026-11-22 12:00"), rings=8)
    address = standards.get("call-answered-in-rings").records(
        MONDAY[0].date(), MONDAY[0].date(), receptionist.pk
    )

    page = signed_in(admin_manager).get(f"{address}&kept={kept}")

    assert {call.rings for call in page.context["list"].page.rows} == rings


def test_calls_of_a_day_are_those_of_the_local_day(receptionist, at):
    before, first = at("2026-11-22 23:59"), at("2026-11-23 00:00")
    for moment in (before, first, first + timedelta(hours=23, minutes=59), first + timedelta(days=1)):
        make_call(receptionist, moment, rings=0)

    assert Call.objects.on_day(at("12:00")).count() == 2
