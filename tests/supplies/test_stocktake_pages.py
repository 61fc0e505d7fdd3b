"""Counting in the browser: blind, by scanning, by two people at once, and from paper."""

import subprocess
from datetime import timedelta
from decimal import Decimal

import pytest

from organization.roles import Role
from pages.clock import now
from supplies import counting
from supplies.models import Item, Stocktake
from tests.builders import make_place, make_user

from .builders import make_asset, make_item, stock_up

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


def text_of(pdf: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


# -- opening -------------------------------------------------------------------------------------------


def test_a_stocktake_is_opened_once_however_often_one_clicks(phone, pens):
    ticket = "0b1f0f0e-5a3e-4a53-9d4b-2d8f7f0a1c11"

    for _click in range(2):
        answer = phone.post("/stocktakes/open/", {"kind": "office_supply", "once": ticket})

    stocktake = Stocktake.objects.get()
    assert answer.headers["Location"] == stocktake.get_absolute_url()
    assert stocktake.title == "Count: Office supply"


def test_nothing_to_count_is_said_clearly(phone, pens):
    answer = phone.post("/stocktakes/open/", {"kind": "spare_part"})

    assert (answer.status_code, "nothing in stock to count" in answer.content.decode()) == (409, True)


# -- counting blind -------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["", "count/", "sheet/", "line"])
@pytest.mark.parametrize("again", [False, True])
def test_whoever_counts_sees_no_figure_of_the_ledger(phone, stocktake, line, clerk, verb, again):
    if again:
        stocktake.count(line, 5, by=clerk)
        stocktake.submit(by=clerk)

    address = line.get_absolute_url() if verb == "line" else at(stocktake, verb)
    answer = phone.get(address)

    assert answer.status_code == 200
    assert str(BOOK) not in answer.content.decode()


def test_whoever_counts_again_does_not_see_the_first_count(phone, stocktake, line, clerk):
    stocktake.count(line, 4713, by=clerk)
    stocktake.submit(by=clerk)

    pages = [phone.get(address).content.decode() for address in (at(stocktake), line.get_absolute_url())]
    assert ["4713" in page for page in pages] == [False, False]


def test_results_are_not_given_out_before_counting_is_over(phone, stocktake):
    files = ["result.pdf", "result.xlsx", "result.csv"]

    assert [phone.get(at(stocktake, file)).status_code for file in files] == [404, 404, 404]


def test_the_count_sheet_has_a_line_for_everything_and_no_figure(phone, stocktake):
    make_item("停用")
    answer = phone.get(at(stocktake, "count-sheet.pdf"))

    text = text_of(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "BG0001" in text
    assert "A-03" in text
    assert str(BOOK) not in text


def test_a_count_leads_on_to_the_next_line(phone, stocktake, line, clerk, opened):
    answer = phone.post(line.get_absolute_url(), {"quantity": "12"})

    line.refresh_from_db()
    assert (line.counted, line.counted_by) == (12, clerk)
    assert answer.headers["Location"] == f"{at(stocktake, 'count/')}?place={line.place_id}"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Say how many are there, 0 for none."),
        ("-1", "A count is not less than 0."),
        ("1.5", "A count is a whole number."),
        ("十二", "A count is a whole number."),
        ("1000000", "A count is at most 999,999."),
        ("6901234567892", "That is the code of 中性笔, not a quantity."),
    ],
)
def test_a_bad_count_comes_back_with_a_sentence_and_what_was_typed(phone, line, typed, sentence):
    answer = phone.post(line.get_absolute_url(), {"quantity": typed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{typed}"' in page


def test_full_width_digits_are_digits(phone, line):
    phone.post(line.get_absolute_url(), {"quantity": "１２"})

    line.refresh_from_db()
    assert line.counted == 12


def test_the_second_phone_is_told_of_the_first_count_and_adds_to_it(phone, stocktake, line, signed_in):
    other = make_user("陆文静", role=Role.INVENTORY_CLERK)
    phone.post(line.get_absolute_url(), {"quantity": "6"})

    warned = signed_in(other).post(line.get_absolute_url(), {"quantity": "4", "seen": ""})
    assert (warned.status_code, "顾明 has counted 中性笔 meanwhile: 6 支" in warned.content.decode()) == (
        422,
        True,
    )
    assert 'name="seen" value="6"' in warned.content.decode()

    signed_in(other).post(line.get_absolute_url(), {"quantity": "4", "seen": "6", "how": "add"})
    line.refresh_from_db()
    assert (line.counted, line.counted_by) == (10, other)


def test_a_line_counted_before_asks_whether_to_replace_or_to_add(phone, line):
    phone.post(line.get_absolute_url(), {"quantity": "6"})
    page = phone.get(line.get_absolute_url()).content.decode()

    asked = phone.post(line.get_absolute_url(), {"quantity": "8", "seen": "6"})
    replaced = phone.post(line.get_absolute_url(), {"quantity": "8", "seen": "6", "how": "replace"})

    line.refresh_from_db()
    assert ("顾明 counted 6 支" in page, asked.status_code, replaced.status_code) == (True, 422, 302)
    assert line.counted == 8


def test_a_line_is_left_out_with_a_reason(phone, stocktake, line):
    silent = phone.post(f"{line.get_absolute_url()}leave-out/", {"reason": " "})
    phone.post(f"{line.get_absolute_url()}leave-out/", {"reason": "柜子钥匙不在"})

    line.refresh_from_db()
    assert (silent.status_code, line.left_out) == (422, "柜子钥匙不在")


# -- scanning ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code", ["BG0001", "bg0001", "6901234567892", " BG0001\r", "http://office.example/s/BG0001/"]
)
def test_a_code_leads_to_its_line(phone, stocktake, line, code):
    answer = phone.post(at(stocktake, "scan/"), {"code": code, "place": line.place_id})

    assert answer.headers["Location"] == f"{line.get_absolute_url()}?by=scan"


def test_who_scans_comes_back_to_the_scanner(phone, stocktake, line, clerk, opened):
    stocktake.add(make_item("订书机"), line.place, by=clerk)

    answer = phone.post(line.get_absolute_url(), {"quantity": "3", "by": "scan"})

    assert answer.headers["Location"] == f"{at(stocktake, 'count/')}?place={line.place_id}"


def test_a_foreign_code_is_told_and_kept_once(phone, stocktake, clerk):
    for _scan in range(2):
        answer = phone.post(at(stocktake, "scan/"), {"code": "4006381333931"}, follow=True)

    assert "4006381333931 belongs to no item" in answer.content.decode()
    assert [(stray.code, stray.scanned_by) for stray in stocktake.strays.all()] == [("4006381333931", clerk)]


def test_the_tag_of_an_asset_is_told_as_such(phone, stocktake, administration):
    make_asset("投影仪", department=administration, tag="ZC000042")

    answer = phone.post(at(stocktake, "scan/"), {"code": "zc000042"}, follow=True)

    assert "is the tag of a fixed asset (投影仪)" in answer.content.decode()


def test_nothing_scanned_is_told(phone, stocktake):
    answer = phone.post(at(stocktake, "scan/"), {"code": "  "})

    assert (answer.status_code, "Scan or type a code." in answer.content.decode()) == (422, True)


def test_an_item_found_where_nobody_expected_it_is_added(phone, stocktake, pens):
    desk = make_place("前台柜")

    asked = phone.post(at(stocktake, "scan/"), {"code": "BG0001", "place": desk.pk})
    phone.post(at(stocktake, "add/"), {"item": pens.pk, "place": desk.pk})

    line = stocktake.lines.get(place=desk)
    assert "Not expected at 前台柜" in asked.content.decode()
    assert (line.frozen, line.added) == (0, True)


def test_a_code_that_need_not_be_counted_again_says_so(phone, stocktake, line, clerk):
    other = make_item("订书机", code="BG0002", place=line.place)
    added = stocktake.add(other, line.place, by=clerk)
    stocktake.count(line, 5, by=clerk)
    stocktake.count(added, 0, by=clerk)
    stocktake.submit(by=clerk)

    answer = phone.post(at(stocktake, "scan/"), {"code": "BG0002", "place": line.place_id}, follow=True)

    assert "need not be counted again" in answer.content.decode()


# -- from paper -------------------------------------------------------------------------------------------


def sheet(line, **more) -> dict:
    return {
        "counted_by": "顾明",
        "place": line.place_id,
        f"count-{line.pk}": "12",
        f"seen-{line.pk}": "",
        **more,
    }


def test_a_sheet_is_typed_in_with_who_counted_and_when(
    signed_in, stocktake, line, clerk, admin_manager, opened
):
    hour_ago = now() - timedelta(hours=1)
    typed = sheet(line, counted_at=hour_ago.astimezone().strftime("%Y-%m-%dT%H:%M"))

    signed_in(admin_manager).post(at(stocktake, "sheet/"), typed)

    line.refresh_from_db()
    assert (line.counted, line.counted_by) == (12, clerk)
    assert abs(line.counted_at - hour_ago) < timedelta(minutes=1)
    assert set(stocktake.counters.all()) == {clerk, admin_manager}


def test_a_sheet_with_mistakes_is_written_in_not_at_all(phone, stocktake, line, clerk):
    other = stocktake.add(make_item("订书机"), line.place, by=clerk)

    answer = phone.post(at(stocktake, "sheet/"), sheet(line, **{f"count-{other.pk}": "三"}))

    page = answer.content.decode()
    assert (answer.status_code, "A count is a whole number." in page, 'value="三"' in page) == (
        422,
        True,
        True,
    )
    assert stocktake.lines.filter(counted__isnull=False).exists() is False


def test_a_sheet_does_not_write_over_a_count_made_meanwhile(phone, stocktake, line, clerk):
    other = make_user("陆文静", role=Role.INVENTORY_CLERK)
    stocktake.count(line, 9, by=other)

    answer = phone.post(at(stocktake, "sheet/"), sheet(line))

    line.refresh_from_db()
    assert (answer.status_code, line.counted) == (422, 9)
    assert "陆文静 has counted" in answer.content.decode()


def test_a_sheet_of_tomorrow_or_without_a_count_is_refused(phone, stocktake, line):
    tomorrow = (now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")

    late = phone.post(at(stocktake, "sheet/"), sheet(line, counted_at=tomorrow))
    empty = phone.post(at(stocktake, "sheet/"), sheet(line, **{f"count-{line.pk}": ""}))

    assert ("That is still to come." in late.content.decode(), late.status_code) == (True, 422)
    assert ("No count was entered." in empty.content.decode(), empty.status_code) == (True, 422)


def test_a_long_sheet_has_pages_so_that_the_form_can_be_sent(phone, stocktake, line, monkeypatch, clerk):
    monkeypatch.setattr(counting, "SHEET", 1)
    stocktake.add(make_item("订书机", shelf="Z-99"), line.place, by=clerk)

    pages = [phone.get(at(stocktake, "sheet/"), {"page": page}).content.decode() for page in (1, 2)]

    assert [("BG0001" in page, "Z-99" in page) for page in pages] == [(True, False), (False, True)]
