"""Figures of each day: counted once, counted right, and counted anew when something changes later."""

import datetime as dt
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reception.models import CallCheck, DeskSettings
from sla import figures, rolling, standards
from sla.deadlines import Closing
from sla.figures import Figure
from sla.models import DailyFigure, DayOverride, Excuse, Invariant, StaleDay, Timer
from sla.models.figure import bounds, local_day
from sla.rolling import rebuild_everything
from sla.standards import Shape, Standard, Tally
from sla.timers import follow_calendars, start_timer
from tests.builders import make_user
from tests.reception.builders import make_call, make_missed_call

from .conftest import KEY, MINUTE

MONDAY = dt.date(2026, 11, 23)
TUESDAY = MONDAY + dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(policy, db):
    """`promise(noon, took=30 s)`: a promise of one minute given then; without `took` it still runs."""

    def give(at, took: dt.timedelta | None = None, owner=None) -> Timer:
        timer = start_timer(make_user(), KEY, owner=owner, at=at)
        if took is not None:
            timer.stop(at=at + took)
        return timer

    return give


def counted(key: str = KEY, first: dt.date = MONDAY, last: dt.date | None = None, **options) -> Figure:
    """The figure as the board reads it, after a roll-up."""
    at = options.pop("at", bounds(last or first)[1])
    figures.roll_up(at)
    return figures.totals(first, last or first, at=at, **options).get(key, Figure())


# -- what is counted ------------------------------------------------------------------


def test_a_kept_promise_counts_and_so_does_a_missed_one(promise, noon):
    promise(noon, took=MINUTE / 2)
    promise(noon, took=2 * MINUTE)

    assert counted() == Figure(counted=2, kept=1, excused=0, seconds=150)


def test_a_promise_counts_on_the_day_it_was_kept_or_broken(promise, at):
    promise(at("2026-11-22 23:59:30"), took=MINUTE / 4)
    promise(at("2026-11-22 23:59:30"), took=MINUTE)
    promise(at("2026-11-22 23:58:30"), took=HOUR)

    assert counted(first=MONDAY - dt.timedelta(days=1)) == Figure(2, 1, 0, 3615)
    assert counted(first=MONDAY) == Figure(1, 1, 0, 60)


def test_a_cancelled_promise_counts_nowhere(promise, noon):
    promise(noon).cancel(at=noon + HOUR, reason="误登")

    assert counted() == Figure()


def test_a_running_promise_counts_once_it_is_overdue(promise, noon):
    promise(noon)

    assert counted(at=noon + MINUTE) == Figure()
    assert counted(at=noon + 2 * MINUTE) == Figure(counted=1)


def test_what_is_overdue_is_counted_once_also_after_it_stopped(promise, noon):
    timer = promise(noon)
    assert counted(at=noon + HOUR) == Figure(counted=1)

    timer.stop(at=noon + HOUR)

    assert counted(at=noon + HOUR) == Figure(counted=1, seconds=3600)


def test_a_paused_promise_is_not_overdue(promise, amended, noon, admin_manager):
    amended(may_pause=True)
    promise(noon).pause(at=noon, by=admin_manager, reason="等对方回复")

    assert counted(at=noon + HOUR) == Figure()


def test_each_person_has_a_figure(promise, noon, receptionist, second_receptionist):
    promise(noon, took=MINUTE, owner=receptionist)
    promise(noon, took=2 * MINUTE, owner=second_receptionist)
    promise(noon, owner=second_receptionist)
    promise(noon, took=MINUTE)

    assert counted(people=[receptionist]) == Figure(1, 1, 0, 60)
    assert counted(people=[second_receptionist]) == Figure(2, 0, 0, 120)
    assert counted() == Figure(4, 2, 0, 240)


def test_a_department_is_asked_for_by_its_people(promise, noon, receptionist, salesperson, administration):
    promise(noon, took=MINUTE, owner=receptionist)
    promise(noon, took=MINUTE, owner=salesperson)

    assert counted(people=administration.members.all()).counted == 1


def test_days_weeks_and_months_stand_under_their_first_day(promise, at):
    for day in ("2026-11-01", "2026-11-02", "2026-11-23"):
        promise(at(f"{day} 12:00"), took=MINUTE)
    promise(at("2026-11-24 12:00"))
    figures.roll_up(at("2026-11-30 00:00"))

    found = {
        unit: {
            f"{day:%m-%d}": (figure.kept, figure.counted)
            for day, figure in figures.by(
                unit, dt.date(2026, 11, 1), dt.date(2026, 11, 30), at=at("2026-11-30 00:00")
            )[KEY].items()
        }
        for unit in ("day", "week", "month")
    }

    assert found == {
        "day": {"11-01": (1, 1), "11-02": (1, 1), "11-23": (1, 1), "11-24": (0, 1)},
        "week": {"10-26": (1, 1), "11-02": (1, 1), "11-23": (1, 2)},
        "month": {"11-01": (3, 4)},
    }


def test_shares_are_raw_and_adjusted():
    assert (Figure(10, 7, 2).share, Figure(10, 7, 2).adjusted) == (0.7, 0.875)
    assert (Figure().share, Figure(2, 0, 2).adjusted) == (None, None)


# -- what changes later ------------------------------------------------------------------


def test_an_excuse_granted_later_is_counted_on_the_day_of_the_miss(
    promise, noon, at, receptionist, admin_manager
):
    timer = promise(noon, took=2 * MINUTE, owner=receptionist)
    assert counted() == Figure(1, 0, 0, 120)

    excuse = Excuse.ask(timer, reason="电话系统中断", by=receptionist, at=noon)
    excuse.decide(granted=True, by=admin_manager, at=at("2026-11-30 09:00"))

    assert counted() == Figure(1, 0, 1, 120)


def test_an_excuse_granted_while_it_still_runs_is_counted_at_once(promise, noon, receptionist, admin_manager):
    timer = promise(noon, owner=receptionist)
    excuse = Excuse.ask(timer, reason="电话系统中断", by=receptionist, at=noon + HOUR)
    excuse.decide(granted=True, by=admin_manager, at=noon + HOUR)

    assert counted(at=noon + HOUR) == Figure(1, 0, 1, 0)


def test_a_day_declared_a_holiday_takes_the_miss_of_a_running_promise_away(
    promise, amended, at, admin_manager
):
    amended(deadline=Closing(), calendar="office")
    promise(at("10:00"))
    assert counted(at=at("20:00")) == Figure(counted=1)

    DayOverride.declare(MONDAY, is_working=False, reason="停电", by=admin_manager)
    follow_calendars()

    assert counted(at=at("20:00")) == Figure()
    assert counted(first=TUESDAY, at=at("2026-11-24 20:00")) == Figure(counted=1)


def test_a_corrected_call_is_counted_anew(receptionist, noon, at):
    call = make_call(receptionist, noon, rings=5)
    assert counted("call-answered-in-rings") == Figure(1, 0)

    call.correct({"rings": 2}, reason="听错", expected_version=1, by=receptionist, at=at("2026-11-30 09:00"))

    assert counted("call-answered-in-rings") == Figure(1, 1)


def test_a_correction_that_changes_no_figure_outdates_nothing(receptionist, noon):
    call = make_call(receptionist, noon)
    figures.roll_up(noon)

    call.correct({"purpose": "询价"}, reason="补记", expected_version=1, by=receptionist, at=noon)

    assert not StaleDay.objects.exists()


def test_hanging_up_changes_no_rate(receptionist, salesperson, noon):
    call = make_call(receptionist, noon, transferred_to=salesperson)
    rates = ("call-answered-in-rings", "call-transferred-as-proposed", "call-answered")
    before = [counted(key) for key in rates]

    call.hang_up(by=receptionist, at=noon + MINUTE)

    assert not StaleDay.objects.exists()
    rebuild_everything()
    assert [counted(key) for key in rates] == before


def test_a_withdrawn_call_leaves_the_figures_and_its_checks_with_it(receptionist, admin_manager, noon):
    call = make_call(receptionist, noon)
    marks = dict.fromkeys(CallCheck.ASPECTS, 4)
    CallCheck.record(call, by=admin_manager, at=noon, followed_script=True, **marks)
    assert (counted("call-answered"), counted("call-manner")) == (Figure(1, 1), Figure(20, 16))

    call.withdraw("误登", by=receptionist, at=noon)

    assert (counted("call-answered"), counted("call-manner")) == (Figure(), Figure())


def test_a_call_that_turns_out_to_have_rung_the_day_before_moves(receptionist, at):
    call = make_missed_call(receptionist, at("00:00:10"))
    assert counted("call-answered") == Figure(1, 0)

    call._lock(*call.Status)
    call._write({"rang_at": at("2026-11-22 23:59:50")}, reason="话机上报")

    sunday = MONDAY - dt.timedelta(days=1)
    assert (counted("call-answered"), counted("call-answered", sunday)) == (Figure(), Figure(1, 0))


def test_calls_are_judged_anew_when_the_manager_allows_more_rings(receptionist, noon):
    make_call(receptionist, noon, rings=5)
    assert counted("call-answered-in-rings") == Figure(1, 0)

    DeskSettings.objects.create(pk=1, ring_limit=5)

    assert counted("call-answered-in-rings") == Figure(1, 1)


def test_a_check_entered_again_replaces_the_first(receptionist, admin_manager, noon):
    call, marks = make_call(receptionist, noon), dict.fromkeys(CallCheck.ASPECTS, 4)
    for script in (False, True):
        CallCheck.record(call, by=admin_manager, at=noon, followed_script=script, **marks)
        found = counted("call-script")

    assert found == Figure(1, 1)


# -- rolling up ------------------------------------------------------------------


def test_a_roll_up_takes_its_marks_away_and_tells_how_much_it_counted(promise, at):
    promise(at("12:00"), took=MINUTE)
    promise(at("2026-11-24 12:00"), took=MINUTE)
    promise(at("2026-11-24 13:00"), took=MINUTE)

    assert [figures.roll_up(at("2026-11-25 09:00")) for _ in range(2)] == [2, 0]
    assert not StaleDay.objects.exists()


def test_with_nothing_outdated_a_roll_up_asks_one_question(db, noon, django_assert_num_queries):
    with django_assert_num_queries(1):
        figures.roll_up(noon)


def test_a_mark_made_while_rolling_up_is_counted_next_time(promise, noon, monkeypatch):
    promise(noon, took=MINUTE)
    count = rolling._count

    def count_slowly(key, days):
        count(key, days)
        monkeypatch.setattr(rolling, "_count", count)
        promise(noon, took=2 * MINUTE)

    monkeypatch.setattr(rolling, "_count", count_slowly)
    list(rolling._batches(KEY))

    assert StaleDay.objects.filter(standard=KEY).count() == 1
    assert counted() == Figure(2, 1, 0, 180)


def test_a_standard_that_cannot_be_counted_holds_up_no_other_and_keeps_its_mark(promise, noon, broken_rate):
    promise(noon, took=MINUTE)
    figures.outdate(broken_rate, MONDAY)

    assert counted() == Figure(1, 1, 0, 60)
    assert list(StaleDay.objects.values_list("standard", "day")) == [(broken_rate, MONDAY)]


@pytest.fixture
def broken_rate(policy):
    """A rate whose records cannot be read, as after a mistake in an app."""

    def measure(start: dt.datetime, end: dt.datetime) -> list[Tally]:
        raise ZeroDivisionError

    standard = Standard("test-broken-rate", "9.9.8", "", "", Shape.RATE, measure=measure)
    standards.register(standard)
    policy.__class__.objects.get_or_create(standard=standard.key)
    yield standard.key
    del standards._registered[standard.key]


@pytest.mark.django_db(transaction=True)
def test_two_roll_ups_at_once_count_nothing_twice(policy, receptionist, noon):
    for number in range(6):
        timer = start_timer(make_user(), KEY, owner=receptionist, at=noon)
        timer.stop(at=noon + number * MINUTE / 2)
    start, done = Barrier(2), []

    def work() -> None:
        start.wait()
        done.append(figures.roll_up(noon))
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    figures.roll_up(noon)

    assert list(DailyFigure.objects.filter(standard=KEY).values_list("counted", "kept")) == [(6, 3)]


def test_a_mark_is_undone_with_the_change_it_belongs_to(promise, noon):
    timer = promise(noon)
    with transaction.atomic():
        timer.stop(at=noon)
        transaction.set_rollback(True)

    assert not StaleDay.objects.exists()


# -- the whole history ------------------------------------------------------------------


def test_a_rebuild_counts_a_history_nobody_marked(promise, receptionist, at):
    promise(at("2026-10-30 12:00"), took=MINUTE)
    make_call(receptionist, at("2026-11-02 12:00"))
    StaleDay.objects.all().delete()
    DailyFigure.objects.create(standard=KEY, day=MONDAY, counted=9, kept=9)
    steps = []

    rebuild_everything(progress=lambda done, total: steps.append((done, total)))

    assert counted(first=dt.date(2026, 10, 1), last=MONDAY) == Figure(1, 1, 0, 60)
    assert counted("call-answered", dt.date(2026, 11, 2)) == Figure(1, 1)
    assert steps[-1][0] == steps[-1][1] > 20


def test_an_office_never_counted_is_marked_once_after_migrating(promise, at):
    promise(at("2026-11-20 12:00"), took=MINUTE)
    StaleDay.objects.all().delete()

    rolling.mark_history()
    marked = StaleDay.objects.count()
    rolling.mark_history()

    assert StaleDay.objects.count() == marked > 1
    assert counted(first=dt.date(2026, 11, 20)) == Figure(1, 1, 0, 60)


def test_an_office_without_a_history_is_not_marked(policy):
    rolling.mark_history()

    assert not StaleDay.objects.exists()


def test_a_rebuild_since_a_day_leaves_what_is_older(policy):
    for day in (MONDAY, TUESDAY):
        DailyFigure.objects.create(standard=KEY, day=day, counted=9, kept=9)

    rebuild_everything(since=TUESDAY)

    assert list(DailyFigure.objects.values_list("day", flat=True)) == [MONDAY]


# -- invariants ------------------------------------------------------------------


@pytest.fixture
def invariant(amended, at) -> Invariant:
    """One that was first looked at on Monday at 08:00 and last on Tuesday at 12:00."""
    amended()
    standards._registered["test-state"] = Standard(
        "test-state", "9.9.7", "", "", Shape.STATE, offenders=lambda: ()
    )
    yield Invariant.objects.create(
        standard="test-state", observed_since=at("08:00"), checked_at=at("2026-11-24 12:00")
    )
    del standards._registered["test-state"]


def broken(invariant: Invariant, since: dt.datetime, until: dt.datetime | None = None) -> None:
    timer = start_timer(make_user(), KEY, at=since)
    timer.standard, timer.subject = invariant.standard, invariant
    timer.save()
    if until:
        timer.stop(at=until)


def minutes(first: dt.date, last: dt.date, at: dt.datetime) -> tuple[int, int]:
    figure = figures.totals(first, last, at=at).get("test-state", Figure())
    return figure.kept, figure.counted


def test_an_invariant_is_counted_in_minutes_from_its_first_look_to_its_latest(invariant, at):
    noon = at("2026-11-24 12:00")

    assert minutes(MONDAY, MONDAY, noon) == (16 * 60, 16 * 60)
    assert minutes(TUESDAY, TUESDAY, noon + HOUR) == (12 * 60, 12 * 60)
    assert minutes(MONDAY - dt.timedelta(days=7), MONDAY - dt.timedelta(days=1), noon) == (0, 0)


def test_a_breach_costs_the_minutes_it_lasted_on_each_day(invariant, at):
    broken(invariant, at("23:00"), at("2026-11-24 01:30:20"))
    broken(invariant, at("2026-11-24 11:30"))
    now = at("2026-11-24 12:00")

    assert minutes(MONDAY, MONDAY, now) == (15 * 60, 16 * 60)
    assert minutes(TUESDAY, TUESDAY, now) == (12 * 60 - 91 - 30, 12 * 60)


def test_an_invariant_belongs_to_nobody(invariant, at, receptionist):
    found = figures.totals(MONDAY, MONDAY, at=at("2026-11-24 12:00"), people=[receptionist])

    assert "test-state" not in found


# -- whatever happens ------------------------------------------------------------------

ENDINGS = st.one_of(st.none(), st.just("cancelled"), st.integers(0, 3 * 86_400))
PROMISES = st.lists(
    st.tuples(
        st.integers(0, 2 * 86_400), st.integers(1, 86_400), ENDINGS, st.booleans(), st.sampled_from([0, 1])
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(promises=PROMISES)
def test_figures_are_what_the_rows_say(promises, policy, receptionist, second_receptionist):
    start, people = bounds(MONDAY)[0], [receptionist, second_receptionist]
    now = start + dt.timedelta(days=3)
    Timer.objects.all().delete()
    DailyFigure.objects.all().delete()
    for begin, limit, ending, excused, owner in promises:
        given = start + dt.timedelta(seconds=begin)
        timer = start_timer(make_user(), KEY, at=given, owner=people[owner])
        Timer.objects.filter(pk=timer.pk).update(due_at=given + dt.timedelta(seconds=limit), excused=excused)
        timer.refresh_from_db()
        if ending == "cancelled":
            timer.cancel(at=given, reason="不需要了")
        elif ending is not None:
            timer.stop(at=given + dt.timedelta(seconds=ending))
    figures.roll_up(now)

    found = figures.by_day(MONDAY, MONDAY + dt.timedelta(days=5), at=now).get(KEY, {})

    assert {day: figure[:3] for day, figure in found.items()} == expected(now)


def expected(now: dt.datetime) -> dict[dt.date, tuple[int, int, int]]:
    """Counted one by one, in Python, from the rows."""
    days: dict[dt.date, tuple[int, int, int]] = {}
    for timer in Timer.objects.exclude(outcome=Timer.Outcome.CANCELLED):
        if timer.stopped_at is None and timer.due_at >= now:
            continue
        day, kept = local_day(min(timer.stopped_at or timer.due_at, timer.due_at)), timer.outcome == "met"
        counted, met, excused = days.get(day, (0, 0, 0))
        days[day] = (counted + 1, met + kept, excused + (timer.excused and not kept))
    return days
