"""The board on the screen: who sees it, what the filters show, and that the spreadsheet says the same."""

import datetime as dt
from io import BytesIO

import pytest
from openpyxl import load_workbook

from pages import clock
from sla.board import Board, State
from sla.board.page import BoardPage
from sla.forms.board import BoardFilter
from sla.models import BoardSettings, Policy
from sla.periods import Period
from tests.builders import make_user

FEEDBACK, ENTRY, ANSWERED, MANNER = "call-feedback", "crm-entry", "call-answered-in-rings", "call-manner"
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
BOARD = "/board/?period=today"
STANDARD = f"/board/{FEEDBACK}/?period=today"
RECORDS = f"/board/{FEEDBACK}/records/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def screen(admin_manager, signed_in):
    return signed_in(admin_manager)


def words(page) -> str:
    return " ".join(page.content.decode().split())


def rows_of(page) -> dict:
    return {row.key: row for row in page.context["page"].rows if row.key}


def tiles_of(page) -> dict:
    return {tile.state: tile.count for tile in page.context["page"].tiles}


def sheet(answer) -> list[tuple]:
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return list(book.active.iter_rows(values_only=True))


# -- who sees it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [BOARD, STANDARD, RECORDS, "/board/settings/"])
def test_signed_out_one_is_asked_to_sign_in(address, client):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", [BOARD, STANDARD, RECORDS, "/board/settings/"])
def test_without_the_right_and_without_people_nobody_sees_it(address, outsider, signed_in):
    assert signed_in(outsider).get(address).status_code == 403


def test_the_auditor_reads_the_board_and_changes_no_settings(auditor, signed_in):
    screen = signed_in(auditor)

    assert screen.get(BOARD).status_code == 200
    assert screen.get("/board/settings/").status_code == 403
    assert screen.post("/board/settings/", {"margin": 1}).status_code == 403


def test_the_admin_manager_begins_the_day_with_it(screen):
    assert screen.get("/").url == "/board/"


def test_a_line_manager_sees_the_figures_of_the_own_people_only(
    count, receptionist, salesperson, department_head, signed_in
):
    count(FEEDBACK, 10, 10, person=receptionist)
    count(FEEDBACK, 4, 1, person=salesperson)

    page = signed_in(department_head).get(BOARD)

    assert rows_of(page)[FEEDBACK].counts == "1 of 4"
    assert "Your people" in words(page)


def test_a_line_manager_cannot_ask_for_somebody_elses_figures(
    count, receptionist, salesperson, department_head, signed_in
):
    count(FEEDBACK, 10, 10, person=receptionist)

    page = signed_in(department_head).get(f"{BOARD}&person={receptionist.pk}")

    assert rows_of(page)[FEEDBACK].state == State.UNMEASURED


# -- what stands on it ----------------------------------------------------------------------------


def test_all_clauses_stand_on_it_and_none_has_a_made_up_figure(screen):
    page = screen.get(BOARD)

    shown = page.context["page"]
    assert (shown.clauses, len([item for area in shown.areas for item in area.items])) == (71, 23)
    assert {row.state for row in shown.rows} == {State.UNMEASURED}
    assert {(row.raw, row.adjusted, row.counts) for row in shown.rows} == {("–", "–", "")}
    assert "clauses not yet measured" in words(page)


def test_a_clause_shows_raw_and_adjusted_figure_target_state_and_the_way_to_its_records(screen, count, today):
    count(FEEDBACK, 200, 197, 2)

    row = rows_of(screen.get(BOARD))[FEEDBACK]

    assert (row.number, row.target_words, row.raw, row.adjusted) == ("1.1.6", "100%", "98.5%", "99.4%")
    assert (row.counts, row.state) == ("197 of 200", State.AT_RISK)
    assert row.records == f"{RECORDS}?first={today}&last={today}"


def test_the_state_is_said_by_a_word_and_a_sign(screen, count):
    count(FEEDBACK, 10, 5)

    page = words(screen.get(BOARD))

    assert '<span class="state is-broken"><svg class="icon"' in page
    assert "</svg>Broken</span>" in page


def test_a_share_is_never_rounded_up_to_all(screen, count):
    count(ANSWERED, 10_000, 9_999)

    assert rows_of(screen.get(BOARD))[ANSWERED].raw == "99.9%"


def test_the_tiles_count_what_the_board_counts(screen, count, today):
    count(FEEDBACK, 10, 5)
    count(ENTRY, 10, 10)
    count(MANNER, 100, 78)

    tiles = tiles_of(screen.get(BOARD))

    assert tiles == Board(Period.named("today", today), at=clock.now()).counts
    assert [tiles[state] for state in (State.KEPT, State.AT_RISK, State.BROKEN)] == [1, 1, 1]


# -- filters --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", State)
def test_a_state_shows_the_clauses_in_it_and_the_tiles_stay_as_they_are(state, screen, count):
    count(FEEDBACK, 10, 5)
    count(ENTRY, 10, 10)

    page = screen.get(f"{BOARD}&state={state}")

    shown = {row.number for row in page.context["page"].rows}
    everything = page.context["page"].board
    expected = {
        measured.clause.number
        for area in everything.areas
        for item in area.items
        for measured in item.clauses
        if measured.state == state
    }
    assert shown == expected
    assert tiles_of(page)[state] == len(expected)


def test_no_clause_in_a_state_offers_the_way_back(screen):
    page = words(screen.get(f"{BOARD}&state=broken"))

    assert "No clause is in this state." in page
    assert "Show all clauses" in page


def test_an_area_shows_its_own_work_items(screen):
    page = screen.get(f"{BOARD}&area=3")

    assert [area.number for area in page.context["page"].areas] == ["3"]


def test_a_person_or_a_department_narrows_the_figures(screen, count, receptionist, salesperson, sales):
    count(FEEDBACK, 10, 9, person=receptionist)
    count(FEEDBACK, 4, 1, person=salesperson)

    assert rows_of(screen.get(BOARD))[FEEDBACK].counts == "10 of 14"
    assert rows_of(screen.get(f"{BOARD}&person={receptionist.pk}"))[FEEDBACK].counts == "9 of 10"
    assert rows_of(screen.get(f"{BOARD}&department={sales.pk}"))[FEEDBACK].counts == "1 of 4"


def test_days_can_be_chosen(screen, count, today):
    count(FEEDBACK, 4, 1, day=today - 9 * DAY)
    count(FEEDBACK, 6, 6)

    page = screen.get(f"/board/?period=range&first={today - 9 * DAY}&last={today - DAY}")

    assert rows_of(page)[FEEDBACK].counts == "1 of 4"


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("first=2026-11-20&last=2026-11-10", "The last day is before the first."),
        ("first=2001-01-01&last=2026-11-10", "More than five years cannot be shown at once."),
        ("first=yesterday&last=2026-11-10", "This is not a day. Write it like 2026-11-27."),
    ],
)
def test_days_that_make_no_stretch_are_said_so(days, sentence, screen):
    page = screen.get(f"/board/?period=range&{days}")

    assert page.status_code == 200
    assert sentence in words(page)


@pytest.mark.parametrize("nonsense", ["period=%00", "area=9", "person=x", "department=-1", "state=good"])
def test_nonsense_in_the_address_breaks_nothing(nonsense, screen):
    assert screen.get(f"/board/?{nonsense}").status_code == 200


# -- taken along ----------------------------------------------------------------------------------


def test_the_spreadsheet_holds_what_the_page_shows(screen, count):
    count(FEEDBACK, 200, 197, 2)
    count(ENTRY, 10, 10)
    address = f"{BOARD}&area=1"

    shown = list(screen.get(address).context["page"].rows)
    head, *lines = sheet(screen.get(f"{address}&export=xlsx"))

    number, title, share, adjusted, state = (
        head.index(name)
        for name in ("Clause", "Standard", "Figure in percent", "Adjusted in percent", "State")
    )
    assert [(line[number], line[title], line[state]) for line in lines] == [
        (row.number, str(row.title), row.state.label) for row in shown
    ]
    feedback = next(line for line in lines if line[number] == "1.1.6")
    assert (feedback[share], feedback[adjusted]) == (98.5, 99.4)


def test_the_file_is_named_after_the_days_asked_for(screen):
    header = screen.get("/board/?period=range&first=2026-10-01&last=2026-10-31&export=xlsx")[
        "Content-Disposition"
    ]

    assert "2026-10-01_2026-10-31.xlsx" in header


def test_the_spreadsheet_keeps_to_the_state_asked_for(screen, count):
    count(FEEDBACK, 10, 5)

    _head, *lines = sheet(screen.get(f"{BOARD}&state=broken&export=xlsx"))

    assert [line[0] for line in lines] == ["1.1.6"]


# -- settings ---------------------------------------------------------------------------------------


def test_a_wider_margin_makes_broken_into_at_risk_and_is_in_the_history(screen, count):
    count(FEEDBACK, 10, 9)
    assert rows_of(screen.get(BOARD))[FEEDBACK].state == State.BROKEN

    screen.post(
        "/board/settings/", {"margin": 10, "repeated_misses": 3, "repeated_days": 7, "weeks_ahead": 8}
    )

    assert rows_of(screen.get(BOARD))[FEEDBACK].state == State.AT_RISK
    assert "At risk up to so many points below the target" in words(screen.get("/board/settings/"))


def test_a_figure_out_of_bounds_is_refused_and_nothing_is_saved(screen):
    page = screen.post(
        "/board/settings/", {"margin": 51, "repeated_misses": 1, "repeated_days": 0, "weeks_ahead": 60}
    )

    assert (page.status_code, sorted(page.context["form"].errors)) == (
        422, ["margin", "repeated_days", "repeated_misses", "weeks_ahead"],
    )  # fmt: skip
    assert not BoardSettings.objects.exists()


# -- how much is asked -------------------------------------------------------------------------------


def test_the_figures_take_fewer_than_ten_questions(admin_manager, count, django_assert_max_num_queries):
    count(FEEDBACK, 4, 1)
    form = BoardFilter({"period": "today"}, user=admin_manager, at=clock.now())

    with django_assert_max_num_queries(9):
        page = BoardPage(form, clock.now(), "/board/")
        assert len(list(page.rows)) >= 84
        assert sum(tile.count for tile in page.tiles) == page.count


def test_the_page_asks_the_same_questions_however_many_rows(screen, count, django_assert_max_num_queries):
    count(FEEDBACK, 4, 1)
    screen.get(BOARD)
    with django_assert_max_num_queries(60) as few:
        screen.get(BOARD)
    people = [make_user() for _number in range(5)]
    for standard in Policy.objects.values_list("standard", flat=True):
        for person in people:
            count(standard, 4, 2, person=person)
    with django_assert_max_num_queries(60) as many:
        screen.get(BOARD)

    assert len(many) == len(few)
