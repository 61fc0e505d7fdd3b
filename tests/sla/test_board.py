"""The board: all clauses, none with a made-up figure, and each in the state its figure says."""

import datetime as dt

import pytest

from sla import figures, standards
from sla.board import Board, Period, State, state_of
from sla.figures import Figure
from sla.models import BoardSettings, DailyFigure, Policy
from tests.reception.builders import make_call, make_missed_call

NOVEMBER = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30), "month")
MONDAY = dt.date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(at):
    """`board()`: the board of November as it stands on Monday at 18:00."""

    def draw(period: Period = NOVEMBER, **options) -> Board:
        return Board(period, at=at("18:00"), **options)

    return draw


def count(key: str, *numbers: int, day: dt.date = MONDAY, person=None) -> None:
    DailyFigure.objects.create(
        standard=key,
        day=day,
        person=person,
        **dict(zip(("counted", "kept", "excused"), numbers, strict=False)),
    )


def state(board: Board, key: str) -> State:
    return board.line(key).state


def test_five_areas_23_items_and_71_clauses_stand_on_it(board):
    items = [item for area in board().areas for item in area.items]
    clauses = [measured.clause.number for item in items for measured in item.clauses]

    assert [area.number for area in board().areas] == ["1", "2", "3", "4", "5"]
    assert len(items) == 23
    assert len({number for number in clauses if number.count(".") == 2}) == 71


def test_nothing_counted_is_not_yet_measured(board):
    lines = board().lines

    assert {line.state for line in lines} == {State.UNMEASURED}
    assert {(line.figure, line.figure.share) for line in lines} == {(Figure(), None)}


def test_a_clause_without_a_standard_is_on_it_without_a_figure(board):
    line = next(line for line in board().lines if line.clause.number == "1.2.1")

    assert (line.standard, line.target, line.state, line.trend) == (None, None, State.UNMEASURED, [])


def test_the_effect_stands_last_with_a_line_for_each_of_its_standards(board):
    effect = board().areas[0].items[0].clauses[-1]

    assert effect.clause.number == "1.1"
    assert [line.key for line in effect.lines] == ["call-answered", "call-back"]


@pytest.mark.parametrize(
    ("figure", "target", "expected"),
    [
        (Figure(), 100, "unmeasured"),
        (Figure(10, 10), 100, "kept"),
        (Figure(1000, 999), 100, "at_risk"),
        (Figure(20, 19), 100, "at_risk"),
        (Figure(100, 94), 100, "broken"),
        (Figure(100, 94, 6), 100, "kept"),
        (Figure(3, 0, 3), 100, "kept"),
        (Figure(20, 16), 80, "kept"),
        (Figure(20, 15), 80, "at_risk"),
        (Figure(20, 14), 80, "broken"),
        (Figure(5, 0), 0, "kept"),
    ],
)
def test_the_state_is_by_the_adjusted_share_and_the_margin(figure, target, expected):
    assert state_of(figure, target, margin=5) == expected


def test_the_manager_moves_margin_and_target(board, at):
    count("call-feedback", 100, 92)
    count("call-answered", 100, 92)
    assert state(board(), "call-feedback") == State.BROKEN

    BoardSettings.objects.create(pk=1, margin=8)
    policy = Policy.objects.get(standard="call-answered")
    policy.amend(deadline=None, calendar=None, steps=[], target=90, at=at("12:00"))

    assert state(board(), "call-feedback") == State.AT_RISK
    assert (state(board(), "call-answered"), board().line("call-answered").target) == (State.KEPT, 90)


def test_only_the_days_of_the_period_count(board):
    for day in (dt.date(2026, 10, 31), dt.date(2026, 11, 1), dt.date(2026, 11, 30), dt.date(2026, 12, 1)):
        count("call-feedback", 10, 9, day=day)

    assert board().line("call-feedback").figure == Figure(20, 18)


def test_an_area_is_shown_alone(board):
    assert {line.clause.number[0] for line in board(area="2").lines} == {"2"}


def test_people_are_counted_alone(board, receptionist, second_receptionist, administration, sales):
    count("call-feedback", 10, 9, person=receptionist)
    count("call-feedback", 10, 5, person=second_receptionist)
    count("call-feedback", 10, 1)

    assert board(people=[receptionist]).line("call-feedback").figure == Figure(10, 9)
    assert board(people=administration.members.all()).line("call-feedback").figure == Figure(20, 14)
    assert board(people=sales.members.all()).line("call-feedback").state == State.UNMEASURED


def test_the_trend_goes_up_to_today_with_gaps_where_nothing_was_counted(board):
    count("call-feedback", 10, 10, day=dt.date(2026, 11, 20))
    count("call-feedback", 10, 8, 1, day=MONDAY)

    trend = board().line("call-feedback").trend

    assert len(trend) == 23
    assert trend[-4:] == [("20 Nov", 1.0), ("21 Nov", None), ("22 Nov", None), ("23 Nov", 8 / 9)]


@pytest.mark.parametrize(
    ("period", "labels"),
    [
        (Period.named("quarter", MONDAY), ["1 Oct", "5 Oct", "12 Oct"]),
        (Period.named("year", MONDAY), ["Jan 2026", "Feb 2026", "Mar 2026"]),
        (Period.named("week", MONDAY), ["23 Nov"]),
    ],
)
def test_longer_periods_go_by_weeks_and_months(board, period, labels):
    count("call-feedback", 4, 3)

    trend = board(period).line("call-feedback").trend

    assert [label for label, _share in trend][:3] == labels
    assert trend[-1][1] == 0.75


def test_a_running_promise_past_its_time_is_broken_at_once(board, receptionist, at):
    make_missed_call(receptionist, at("09:00"))

    assert state(board(), "call-back") == State.BROKEN


def test_the_records_behind_a_figure_are_one_click_away(board):
    assert board().line("call-answered").records == (
        "/calls/?counts_for=call-answered&since=2026-11-01&until=2026-11-23"
    )


def test_clauses_are_counted_by_state(board):
    count("call-feedback", 10, 10)
    count("crm-entry", 10, 1)
    count("call-answered", 10, 10)
    count("call-back", 100, 99)

    counts = board().counts

    assert {state: counts[state] for state in (State.KEPT, State.AT_RISK, State.BROKEN)} == {
        "kept": 1, "at_risk": 1, "broken": 1
    }  # fmt: skip
    assert sum(counts.values()) == sum(len(item.clauses) for area in board().areas for item in area.items)


def test_a_rule_of_the_house_is_not_on_it(board, monkeypatch):
    house = standards.Standard("test-house", "", "", "", standards.Shape.RATE, measure=lambda start, end: ())
    monkeypatch.setitem(standards._registered, house.key, house)
    count(house.key, 3, 3)

    assert board().line(house.key) is None


def test_it_costs_as_many_queries_for_many_rows_as_for_one(
    board, receptionist, second_receptionist, at, django_assert_max_num_queries
):
    def fill(days: int) -> None:
        for number in range(days):
            day = at("12:00") - dt.timedelta(days=number)
            for person in (receptionist, second_receptionist):
                make_call(person, day, ended=True, no_feedback_reason="广告")
                make_missed_call(person, day)
        figures.roll_up(at("18:00"))

    fill(1)
    with django_assert_max_num_queries(9) as one:
        assert board().lines
    fill(5)
    with django_assert_max_num_queries(len(one)):
        assert board().counts


# -- periods -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", "2024-02-29", "2024-02-29"),
        ("week", "2024-02-26", "2024-03-03"),
        ("month", "2024-02-01", "2024-02-29"),
        ("last-month", "2024-01-01", "2024-01-31"),
        ("quarter", "2024-01-01", "2024-03-31"),
        ("year", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_period_has_its_days(name, first, last):
    period = Period.named(name, dt.date(2024, 2, 29))

    assert (f"{period.first}", f"{period.last}") == (first, last)


@pytest.mark.parametrize("name", ["range", "decade", ""])
def test_a_name_without_days_is_refused(name):
    with pytest.raises(ValueError, match=name or "not a valid"):
        Period.named(name, MONDAY)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-02", "2026-11-01"),
        ("2020-01-01", "2026-11-01"),
        ("0001-01-01", "0001-01-02"),
        ("9999-12-01", "9999-12-31"),
    ],
)
def test_a_stretch_that_makes_no_sense_is_refused_in_words(first, last):
    with pytest.raises(ValueError, match=r"\.$"):
        Period.between(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
