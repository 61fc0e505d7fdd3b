"""One standard of the board day by day and by person, and the promises behind its figure."""

import datetime as dt

import pytest
from django.urls import reverse

from pages import clock
from sla.models import Excuse, Timer
from sla.timers import start_timer
from tests.builders import make_department, make_user

FEEDBACK, ANSWERED = "call-feedback", "call-answered-in-rings"
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
STANDARD = f"/board/{FEEDBACK}/?period=today"
RECORDS = f"/board/{FEEDBACK}/records/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def screen(admin_manager, signed_in):
    return signed_in(admin_manager)


@pytest.fixture
def promise(subject):
    """`promise(owner, 30 s)`: a feedback that took so long; without a time it still runs, long overdue."""

    def give(owner, took: dt.timedelta | None = None, label: str = "张三来电") -> Timer:
        began = clock.now() - 5 * MINUTE
        timer = start_timer(make_department(), FEEDBACK, owner=owner, at=began, label=label)
        if took is not None:
            timer.stop(at=began + took)
        return timer

    return give


def words(page) -> str:
    return " ".join(page.content.decode().split())


# -- one standard ---------------------------------------------------------------------------------


def test_a_standard_shows_its_days_as_chart_and_as_table(screen, count, today):
    count(FEEDBACK, 4, 1, day=today - DAY)
    count(FEEDBACK, 6, 6)

    page = screen.get(f"/board/{FEEDBACK}/?period=range&first={today - 2 * DAY}&last={today}").context["page"]

    assert [(part.raw, part.counts) for part in page.parts] == [("100%", "6 of 6"), ("25%", "1 of 4")]
    assert page.chart["figure"] == [None, 25.0, 100.0]
    assert page.chart["counted"] == [None, 4, 6]
    assert page.chart["target"] == 100


def test_each_day_leads_to_its_own_records(screen, count, today):
    count(FEEDBACK, 4, 1, day=today - DAY)

    page = screen.get(f"/board/{FEEDBACK}/?period=range&first={today - 2 * DAY}&last={today}").context["page"]

    yesterday = today - DAY
    assert [part.records for part in page.parts] == [f"{RECORDS}?first={yesterday}&last={yesterday}"]


def test_each_person_stands_with_the_own_figure_the_lowest_first(screen, count, receptionist, salesperson):
    count(FEEDBACK, 10, 10, person=receptionist)
    count(FEEDBACK, 4, 1, person=salesperson)

    page = screen.get(STANDARD).context["page"]

    assert [(part.name, part.counts) for part in page.people] == [
        ("陈思远", "1 of 4"),
        ("王晓梅", "10 of 10"),
    ]


def test_what_is_overdue_now_counts_against_the_person_at_once(screen, promise, receptionist):
    promise(receptionist)

    page = screen.get(STANDARD).context["page"]

    assert [(part.name, part.counts) for part in page.people] == [("王晓梅", "0 of 1")]


def test_excuses_are_shown_to_those_who_may_read_them(screen, promise, receptionist, signed_in):
    officer = make_user(role="administration_officer")
    Excuse.ask(promise(receptionist), reason="消防演习", by=receptionist, at=clock.now())

    assert "消防演习" in words(screen.get(STANDARD))
    assert "消防演习" not in words(signed_in(officer).get(STANDARD))


def test_the_promise_in_force_is_told_and_leads_to_the_rule(screen):
    page = words(screen.get(STANDARD))

    assert "1 minute" in page
    assert reverse("policy", args=[FEEDBACK]) in page


def test_nothing_counted_is_said_so(screen):
    assert "Nothing was counted in these days." in words(screen.get(STANDARD))


@pytest.mark.parametrize("key", ["nothing", "test-answer"])
def test_what_is_not_on_the_board_has_no_page(key, screen):
    assert screen.get(f"/board/{key}/").status_code == 404
    assert screen.get(f"/board/{key}/records/").status_code == 404


# -- the records behind it -------------------------------------------------------------------------


def test_the_records_are_the_promises_of_these_days(screen, promise, receptionist):
    promise(receptionist, took=MINUTE / 2, label="按时的")
    promise(receptionist, took=3 * MINUTE, label="超时的")
    promise(receptionist, label="还没完的")

    listed = screen.get(RECORDS).context["list"]

    found = {row["object"].label: row["cells"][1]["value"] for row in listed.rows}
    assert found == {
        "按时的": "Kept in time", "超时的": "Not kept", "还没完的": "Overdue and still open",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "found"),
    [("met", ["按时的"]), ("missed", ["超时的"]), ("open", ["还没完的"]), ("excused", [])],
)
def test_the_records_can_be_narrowed_by_outcome(outcome, found, screen, promise, receptionist):
    promise(receptionist, took=MINUTE / 2, label="按时的")
    promise(receptionist, took=3 * MINUTE, label="超时的")
    promise(receptionist, label="还没完的")

    listed = screen.get(f"{RECORDS}?outcome={outcome}").context["list"]

    assert [row["object"].label for row in listed.rows] == found


def test_the_records_of_one_person_are_the_number_on_the_board(screen, promise, receptionist, salesperson):
    promise(receptionist, took=MINUTE / 2)
    promise(salesperson, took=MINUTE / 2)

    listed = screen.get(f"{RECORDS}?owner={receptionist.pk}").context["list"]

    assert [row["object"].owner for row in listed.rows] == [receptionist]


def test_many_records_are_paged_and_none_is_lost(screen, promise, receptionist):
    given = {promise(receptionist, took=MINUTE / 2).pk for _number in range(51)}

    first = screen.get(RECORDS).context["list"]
    second = screen.get(first.next_link).context["list"]

    assert (len(first.page.rows), len(second.page.rows)) == (50, 1)
    assert {timer.pk for timer in [*first.page.rows, *second.page.rows]} == given


def test_a_reader_without_the_right_to_all_sees_the_own_promises_only(promise, receptionist, signed_in):
    officer = make_user(role="administration_officer")
    promise(receptionist, took=MINUTE / 2)
    own = promise(officer, took=MINUTE / 2)

    assert signed_in(officer).get(RECORDS).context["list"].page.rows == [own]


def test_a_rate_has_records_of_its_own_and_none_here(screen):
    assert screen.get(f"/board/{ANSWERED}/records/").status_code == 404


# -- how much is asked -------------------------------------------------------------------------------


def test_a_standard_asks_the_same_questions_however_many_people(screen, count, django_assert_max_num_queries):
    count(FEEDBACK, 4, 1, person=make_user())
    screen.get(STANDARD)
    with django_assert_max_num_queries(60) as few:
        screen.get(STANDARD)
    for _number in range(5):
        count(FEEDBACK, 4, 1, person=make_user())
    with django_assert_max_num_queries(60) as many:
        screen.get(STANDARD)

    assert len(many) == len(few)
