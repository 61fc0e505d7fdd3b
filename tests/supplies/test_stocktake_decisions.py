"""Deciding about a count in the browser: review, approval, sending back; papers, files, and who may what."""

import io
import subprocess
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from organization.roles import Role
from pages.clock import now
from supplies import stocktake_screens
from supplies.models import Item, Posting, Stock, Stocktake
from tests.builders import make_user

from .builders import make_item, stock_up

pytestmark = pytest.mark.django_db

BOOK = 7319
"""A stock that stands on a page by no accident."""


@pytest.fixture
def opened():
    """When the stocktake was opened."""
    return now() - timedelta(hours=2)


@pytest.fixture
def pens(clerk, opened) -> Item:
    item = make_item("中性笔", code="BG0001", barcode="6901234567892", shelf="A-03")
    stock_up(item, BOOK, by=clerk, at=opened - timedelta(days=1), amount=Decimal("7319.00"))
    return item


@pytest.fixture
def stocktake(pens, clerk, opened) -> Stocktake:
    return Stocktake.open(by=clerk, at=opened, title="十一月盘点")


@pytest.fixture
def line(stocktake):
    return stocktake.lines.get()


@pytest.fixture
def phone(signed_in, clerk):
    return signed_in(clerk)


def at(stocktake: Stocktake, verb: str = "") -> str:
    return f"{stocktake.get_absolute_url()}{verb}"


def handed_in(stocktake: Stocktake, quantity: int, by) -> None:
    """Found so many, also the second time; handed in."""
    line = stocktake.lines.get()
    stocktake.count(line, quantity, by=by)
    stocktake.submit(by=by)
    if stocktake.is_counting:
        stocktake.count(line, quantity, by=by)
        stocktake.submit(by=by)


def text_of(pdf: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


# -- deciding -----------------------------------------------------------------------------------------------


def test_the_count_is_handed_in_once(phone, stocktake, line, clerk):
    stocktake.count(line, 5, by=clerk)

    answers = [phone.post(at(stocktake, "submit/"), {"was": "counting"}).status_code for _click in range(2)]

    stocktake.refresh_from_db()
    assert (answers, stocktake.status) == ([302, 409], "recounting")


def test_the_review_shows_ledger_count_variance_and_worth(signed_in, stocktake, clerk, admin_manager):
    handed_in(stocktake, BOOK - 20, clerk)

    page = signed_in(admin_manager).get(at(stocktake)).content.decode()

    assert [words in page for words in (str(BOOK), str(BOOK - 20), ">-20<", "-¥20.00")] == [True] * 4


def test_the_review_is_narrowed_to_what_is_beyond_the_tolerance(signed_in, stocktake, clerk, admin_manager):
    handed_in(stocktake, BOOK - 1, clerk)

    shown = {
        only: signed_in(admin_manager).get(at(stocktake), {"only": only}).content.decode()
        for only in ("", "beyond")
    }
    assert ["BG0001" in page for page in shown.values()] == [True, False]


def test_the_manager_explains_and_approves_in_one_go(signed_in, stocktake, line, clerk, admin_manager):
    handed_in(stocktake, BOOK - 20, clerk)

    signed_in(admin_manager).post(at(stocktake, "approve/"), {f"explanation-{line.pk}": "展会领用未登记"})

    stocktake.refresh_from_db()
    assert (stocktake.status, stocktake.lines.get().explanation) == ("posted", "展会领用未登记")
    assert Stock.objects.get().quantity == BOOK - 20


def test_approving_twice_posts_once(signed_in, stocktake, clerk, admin_manager):
    handed_in(stocktake, BOOK - 1, clerk)

    answers = [signed_in(admin_manager).post(at(stocktake, "approve/")).status_code for _click in range(2)]

    assert (answers, Posting.objects.filter(kind="count").count()) == ([302, 409], 1)


def test_who_counted_sees_why_there_is_nothing_to_approve(signed_in, stocktake, admin_manager):
    handed_in(stocktake, BOOK, admin_manager)

    page = signed_in(admin_manager).get(at(stocktake)).content.decode()
    answer = signed_in(admin_manager).post(at(stocktake, "approve/"))

    assert ("You have counted yourself" in page, "Approve and post" in page) == (True, False)
    assert answer.status_code == 409


def test_chosen_lines_are_sent_back(signed_in, stocktake, line, clerk, admin_manager):
    handed_in(stocktake, BOOK, clerk)

    signed_in(admin_manager).post(at(stocktake, "send-back/"), {"line": [line.pk], "reason": "请两人同点"})

    stocktake.refresh_from_db()
    assert (stocktake.status, stocktake.remark, stocktake.lines.get().recount) == (
        "recounting",
        "请两人同点",
        True,
    )


def test_a_stocktake_is_cancelled_with_a_reason(phone, stocktake):
    silent = phone.post(at(stocktake, "cancel/"), {"reason": ""})
    phone.post(at(stocktake, "cancel/"), {"reason": "范围选错"})

    stocktake.refresh_from_db()
    assert (silent.status_code, stocktake.status) == (422, "cancelled")
    assert "范围选错" in phone.get(at(stocktake)).content.decode()


# -- papers and files ---------------------------------------------------------------------------------------


def test_the_signed_sheet_and_the_spreadsheet_tell_the_figures(
    signed_in, stocktake, line, clerk, admin_manager
):
    handed_in(stocktake, BOOK - 20, clerk)
    stocktake.explain({line.pk: "展会领用"}, by=clerk)
    stocktake.approve(by=admin_manager)
    manager = signed_in(admin_manager)

    text = text_of(manager.get(at(stocktake, "result.pdf")).content)
    answer = manager.get(at(stocktake, "result.xlsx"))

    assert [words in text for words in (str(BOOK), "-20", "展会领用", "顾明", "郑国强")] == [True] * 5
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[1][:2] + rows[1][7:12] == ("BG0001", "中性笔", BOOK, BOOK - 20, -20, 1, -20)


# -- who may ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["", "count/", "sheet/", "count-sheet.pdf", "cancel/"])
def test_an_employee_knows_of_no_stocktake(signed_in, stocktake, outsider, verb):
    assert signed_in(outsider).get(at(stocktake, verb)).status_code == 404


@pytest.mark.parametrize(
    "verb", ["scan/", "add/", "submit/", "explain/", "approve/", "send-back/", "cancel/"]
)
def test_an_auditor_looks_on(signed_in, stocktake, auditor, verb):
    assert signed_in(auditor).get(at(stocktake)).status_code == 200
    assert signed_in(auditor).post(at(stocktake, verb)).status_code == 403


def test_a_clerk_does_not_approve(phone, stocktake, clerk):
    handed_in(stocktake, BOOK, clerk)

    assert [phone.post(at(stocktake, verb)).status_code for verb in ("approve/", "send-back/")] == [403, 403]


def test_the_menu_counts_what_waits_for_this_persons_word(stocktake, clerk, admin_manager):
    officer = make_user(role=Role.ADMINISTRATION_OFFICER)
    line = stocktake.lines.get()
    stocktake.count(line, BOOK, by=officer)
    stocktake.submit(by=officer)

    assert [stocktake_screens.to_approve(user) for user in (clerk, officer, admin_manager)] == [0, 0, 1]


def test_the_list_takes_as_many_queries_for_three_as_for_one(phone, stocktake, clerk, opened):
    phone.get("/stocktakes/")
    with CaptureQueriesContext(connection) as one:
        phone.get("/stocktakes/")
    for number in range(2):
        stocktake.cancel(reason="重开", by=clerk)
        stocktake = Stocktake.open(by=clerk, at=opened, title=f"第{number}次")
    with CaptureQueriesContext(connection) as three:
        answer = phone.get("/stocktakes/")

    assert (len(three), answer.content.decode().count("row-link")) == (len(one), 3)


@pytest.mark.parametrize("verb", ["", "count/", "sheet/"])
def test_a_page_takes_as_many_queries_for_three_lines_as_for_one(phone, stocktake, line, clerk, verb):
    phone.get(at(stocktake, verb))
    with CaptureQueriesContext(connection) as one:
        phone.get(at(stocktake, verb))
    for _number in range(2):
        stocktake.add(make_item("订书机"), line.place, by=clerk)
    with CaptureQueriesContext(connection) as three:
        phone.get(at(stocktake, verb))

    assert len(three) == len(one)
