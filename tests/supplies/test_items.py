"""The stock in the browser: what there is, what there was, and by which documents it came and went."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from supplies import ledger
from supplies.ledger import Line
from supplies.models import Posting, Stocktake
from tests.builders import make_place

from .builders import make_category, make_item, stock_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(clerk, signed_in):
    return signed_in(clerk)


def names(answer) -> list[str]:
    return [row["object"].name for row in answer.context["list"].rows]


@pytest.mark.parametrize("text", ["性笔", "zxb", "WP77", "6901234567890", "0.5mm"])
def test_an_item_is_found_by_what_people_know_of_it(browser, text):
    make_item("中性笔", code="WP77", barcode="6901234567890", specification="黑色 0.5mm")
    make_item("订书钉")

    assert names(browser.get("/supplies/items/", {"q": text})) == ["中性笔"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["订书钉", "面巾纸"]),
        ({"kind": "consumable"}, ["面巾纸"]),
        ({"state": "short"}, ["订书钉"]),
        ({"state": "none"}, ["订书钉"]),
        ({"state": "unused"}, ["旧账本"]),
    ],
)
def test_the_list_is_narrowed(browser, clerk, noon, asked, found):
    make_item("订书钉", code="A1", minimum=5)
    stock_up(make_item("面巾纸", code="A2", kind="consumable"), 3, by=clerk, at=noon)
    make_item("旧账本", code="A3", active=False)

    assert names(browser.get("/supplies/items/", asked)) == found


def test_the_list_shows_what_stood_on_a_past_evening(browser, clerk, sales, at):
    item = make_item()
    stock_up(item, 10, by=clerk, at=at("2026-11-18 09:00"), amount=Decimal("25.00"))
    ledger.issue([Line(item, item.place, 4)], department=sales, by=clerk, at=at("2026-11-20 10:00"))

    stood = [
        browser.get("/supplies/items/", {"day": day}).context["list"].rows[0]["object"].stood
        for day in ("2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20")
    ]

    assert stood == [None, 10, 10, 6]


def test_the_page_of_an_item_tells_where_it_lay_on_a_past_evening(browser, clerk, at):
    item, desk = make_item(), make_place("前台柜")
    stock_up(item, 10, by=clerk, at=at("2026-11-18 09:00"), amount=Decimal("25.00"))
    ledger.transfer([Line(item, item.place, 4, to=desk)], by=clerk, at=at("2026-11-20 10:00"))

    before = browser.get(item.get_absolute_url(), {"day": "2026-11-19"}).context
    today = browser.get(item.get_absolute_url()).context

    assert (before["stood"], before["stood_worth"]) == (10, Decimal("25.00"))
    assert before["stocks"] == [(item.place, 10)]
    assert today["stocks"] == [(desk, 4), (item.place, 6)]


@pytest.mark.parametrize("day", ["2026-13-40", "yesterday", "0000-00-00"])
def test_a_day_that_does_not_exist_is_no_day(browser, day):
    item = make_item()

    assert browser.get(item.get_absolute_url(), {"day": day}).context["day"] is None
    assert browser.get("/supplies/items/", {"day": day}).status_code == 200


def test_the_ledger_has_a_running_balance_and_is_narrowed(browser, clerk, sales, noon):
    item = make_item()
    posting = stock_up(item, 10, by=clerk, at=noon)
    ledger.issue([Line(item, item.place, 4)], department=sales, by=clerk, at=noon + timedelta(minutes=1))

    def balances(**asked) -> list[int]:
        rows = browser.get(item.get_absolute_url(), asked).context["list"].rows
        return [row["object"].item_balance for row in rows]

    assert balances() == [6, 10]
    assert balances(kind="issue") == [6]
    assert balances(q=posting.number) == [10]
    assert balances(until="2026-11-22") == []
    assert balances(place=item.place_id, since="2026-11-23") == [6, 10]


@pytest.mark.parametrize("address", ["/supplies/items/", "/supplies/postings/", "item"])
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(
    browser, clerk, sales, noon, django_assert_num_queries, address
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    item = make_item()

    def fill() -> None:
        other = make_item(category=make_category())
        stock_up(other, 5, by=clerk, at=noon)
        stock_up(item, 5, by=clerk, at=noon, place=other.place)
        ledger.issue([Line(item, other.place, 1)], department=sales, person=clerk, by=clerk, at=noon)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(item.get_absolute_url() if address == "item" else address)
        return len(asked)

    fill()
    browser.get(address if address != "item" else item.get_absolute_url())
    first = queries()
    fill()
    fill()
    assert queries() == first


def test_the_page_of_a_document_and_its_paper(browser, clerk, sales, noon):
    item = make_item()
    stock_up(item, 5, by=clerk, at=noon)
    posting = ledger.issue([Line(item, item.place, 2)], department=sales, person=clerk, by=clerk, at=noon)

    page = browser.get(posting.get_absolute_url())
    paper = browser.get(reverse("posting-paper", args=[posting.pk]))

    assert [row["object"].quantity for row in page.context["list"].rows] == [-2]
    assert paper.content.startswith(b"%PDF")


def test_a_document_is_reversed_with_a_reason(browser, clerk, noon):
    item = make_item()
    posting = stock_up(item, 5, by=clerk, at=noon)
    address = reverse("posting-reverse", args=[posting.pk])

    nothing = browser.post(address, {"reason": " "})
    done = browser.post(address, {"reason": "重复录入"})

    item.refresh_from_db()
    opposite = Posting.objects.get(reverses=posting)
    assert (nothing.status_code, done.status_code, done.url) == (422, 302, opposite.get_absolute_url())
    assert (item.on_hand, opposite.reason) == (0, "重复录入")


def test_a_document_of_a_stocktake_is_not_taken_back_by_hand(browser, clerk, admin_manager, noon):
    item = make_item()
    stock_up(item, 5, by=clerk, at=noon)
    counted = Stocktake.open(by=clerk, at=noon, title="月末盘点")
    counted.count(counted.lines.get(), 4, by=clerk, at=noon)
    counted.submit(by=clerk, at=noon)
    counted.approve(by=admin_manager, at=noon)

    refused = browser.post(reverse("posting-reverse", args=[counted.posting.pk]), {"reason": "数错了"})

    item.refresh_from_db()
    assert (refused.status_code, item.on_hand) == (409, 4)


@pytest.mark.parametrize("name", ["items", "postings", "items-import"])
def test_those_without_the_right_see_nothing_of_the_stock(colleague, signed_in, name):
    assert signed_in(colleague).get(reverse(name)).status_code == 403
