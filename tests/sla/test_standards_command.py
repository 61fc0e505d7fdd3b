"""`manage.py standards` and `manage.py figures`: the board's numbers at a terminal."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from pages import clock
from sla.board import Board, Period
from sla.models import DailyFigure
from tests.reception.builders import make_call

pytestmark = pytest.mark.django_db

NOVEMBER = ("--first=2026-11-01", "--last=2026-11-30")


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def counted(at):
    DailyFigure.objects.create(
        standard="call-feedback", day=dt.date(2026, 11, 23), counted=1000, kept=985, excused=5
    )


def test_json_has_every_line_of_the_board_in_its_order(counted, at):
    told = json.loads(run("standards", "--format=json", "--month=2026-11"))

    board = Board(Period.month(dt.date(2026, 11, 5)), at=clock.now())
    assert [(one["clause"], one["key"]) for one in told] == [
        (line.clause.number, line.key or None) for line in board.lines
    ]
    assert len({one["clause"] for one in told if one["clause"].count(".") == 2}) == 71


def test_a_line_says_all_there_is_to_a_figure(counted):
    told = {one["key"]: one for one in json.loads(run("standards", "--format=json", *NOVEMBER))}

    assert told["call-feedback"] == {
        "clause": "1.1.6",
        "key": "call-feedback",
        "title": "Feed back after a call",
        "shape": "timer",
        "target": 100,
        "figure": 98.5,
        "adjusted": 98.9,
        "numerator": 985,
        "denominator": 1000,
        "excused": 5,
        "state": "at_risk",
        "period": {"first": "2026-11-01", "last": "2026-11-30"},
    }


def test_what_is_not_measured_has_no_figure(counted):
    told = {one["clause"]: one for one in json.loads(run("standards", "--format=json", *NOVEMBER))}

    assert [told["1.2.1"][name] for name in ("key", "target", "figure", "adjusted", "state")] == [
        None, None, None, None, "unmeasured"
    ]  # fmt: skip


def test_the_table_shows_the_same_numbers(counted):
    lines = run("standards", *NOVEMBER).splitlines()

    assert lines[0] == "2026-11-01 – 2026-11-30"
    row = next(line for line in lines if "call-feedback" in line)
    assert row.split()[:9] == ["1.1.6", "call-feedback", "timer", "100", "98.5", "98.9", "985", "1000", "5"]


def test_this_month_is_what_is_told_without_a_word():
    first = clock.now().astimezone(dt.timezone(dt.timedelta(hours=8))).date().replace(day=1)

    assert run("standards").startswith(f"{first} – ")


@pytest.mark.parametrize(
    "words",
    [["--month=2026-13"], ["--month=2026-11", "--first=2026-11-01"], ["--first=2026-11-01"], ["--last=x"]],
)
def test_days_that_make_no_sense_are_refused(words):
    with pytest.raises(CommandError):
        run("standards", *words)


def test_figures_are_rolled_up_and_rebuilt_by_command(receptionist, noon):
    make_call(receptionist, noon)

    assert run("figures") == "Counted: 3 standards and days.\n"

    DailyFigure.objects.update(counted=99, kept=99)
    assert "\n" in run("figures", "--rebuild", "--since=2026-11-23")
    assert set(DailyFigure.objects.values_list("counted", flat=True)) == {1}


@pytest.mark.parametrize("words", [["--since=2026-11-23"], ["--rebuild", "--since=gestern"]])
def test_a_rebuild_that_makes_no_sense_is_refused(words):
    with pytest.raises(CommandError):
        run("figures", *words)


def test_a_day_that_does_not_exist_is_told_in_a_sentence():
    with pytest.raises(CommandError, match="is no day; write 2026-11-23"):
        run("standards", "--first=gestern", "--last=2026-11-23")


def test_a_month_that_does_not_exist_is_told_in_a_sentence():
    with pytest.raises(CommandError, match="“2026-13” is no month; write 2026-11"):
        run("standards", "--month=2026-13")
