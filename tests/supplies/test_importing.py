"""Lists of items and opening stock by file: looked through, then all of it or nothing, and safely twice."""

import csv
import io
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from organization.sheets import Line
from supplies import importing
from supplies.models import Item, ItemImport, Movement, Posting
from tests.builders import make_place

from .builders import make_category, make_item, stock_up

pytestmark = pytest.mark.django_db
HEADERS = ["物品编码", "名称", "规格", "类别", "品类", "单位", "最低库存", "目标库存", "存放地点", "条码",
           "期初数量", "期初金额"]  # fmt: skip
PEN = ["BG0001", "中性笔", "黑色 0.5mm", "办公用品", "文具", "盒", "10", "40", "文具库", "6901234500017",
       "25", "450.00"]  # fmt: skip


@pytest.fixture
def office(clerk):
    make_category("文具", code="stationery")
    return make_place("文具库")


def lines(*rows: list[str]) -> list[Line]:
    return [Line(number, row) for number, row in enumerate([HEADERS, *rows], start=1)]


def with_cell(header: str, text: str, row: list[str] = PEN) -> list[str]:
    return [text if name == header else cell for name, cell in zip(HEADERS, row, strict=True)]


def taken_over(rows: list[Line], by, at) -> ItemImport:
    batch = ItemImport.keep("物品.xlsx", rows, by=by, at=at)
    batch.confirm(at=at)
    importing.take_over(batch, at=at)
    batch.refresh_from_db()
    return batch


def upload(rows: list[list], name: str = "物品.xlsx", merge: str = "") -> SimpleUploadedFile:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    book.save(file)
    return SimpleUploadedFile(name, file.getvalue())


def test_a_new_item_comes_in_with_its_opening_stock(office, clerk, noon):
    batch = taken_over(lines(PEN), clerk, noon)

    item = Item.objects.get(code="BG0001")
    assert (item.name, item.initials, item.kind, item.unit, item.place) == (
        "中性笔",
        "zxb",
        "office_supply",
        "盒",
        office,
    )
    assert (item.on_hand, item.value, item.moved_at) == (25, Decimal("450.00"), noon)
    assert (batch.created, batch.changed, batch.opened, batch.posting.kind) == (1, 0, 1, "opening")
    movement = Movement.objects.get()
    assert (movement.balance, movement.item_balance, movement.item_value) == (25, 25, Decimal("450.00"))


def test_the_second_import_of_a_list_changes_nothing(office, clerk, noon):
    taken_over(lines(PEN), clerk, noon)

    plan = importing.plan(lines(PEN))

    assert plan.counts == {"new": 0, "changed": 0, "unchanged": 1, "error": 0, "opening": 0}
    taken_over(lines(PEN), clerk, noon)
    assert (Posting.objects.count(), Item.objects.get().on_hand) == (1, 25)


def test_opening_stock_is_for_what_never_moved(office, clerk, noon):
    item = make_item(code="BG0001", place=office)

    taken_over(lines(PEN), clerk, noon)

    item.refresh_from_db()
    assert (item.on_hand, item.unit) == (25, "盒")


def test_what_is_imported_stands_in_the_history(office, clerk, noon):
    taken_over(lines(PEN), clerk, noon)
    taken_over(lines(with_cell("名称", "签字笔")), clerk, noon)

    item = Item.objects.get()
    entries = LogEntry.objects.get_for_object(item).order_by("pk")
    assert [entry.actor for entry in entries] == [clerk, clerk]
    assert [entry.additional_data["reason"] for entry in entries] == ["Import “物品.xlsx”"] * 2
    assert entries[0].changes["name"] == ["None", "中性笔"]
    assert entries[1].changes == {"name": ["中性笔", "签字笔"]}


@pytest.mark.parametrize(
    ("header", "text", "sentence"),
    [
        ("物品编码", "", "This cell must not be empty."),
        ("名称", "", "This cell must not be empty."),
        ("名称", "=A1&B1", "This is a formula. Paste the value instead."),
        ("名称", "笔" * 81, "At most 80 characters."),
        ("类别", "固定资产", "“固定资产” is no kind; write 办公用品, 低值易耗品, 接待用品 or 备件."),
        ("品类", "家具", "There is no category “家具”."),
        ("存放地点", "地下室", "There is no place “地下室”."),
        ("最低库存", "-1", "This must not be negative."),
        ("最低库存", "1.5", "Only whole numbers are counted."),
        ("最低库存", "很多", "“很多” is not a number."),
        ("最低库存", "1000000", "At most 999999."),
        ("目标库存", "5", "The stock to fill up to is at least the minimum."),
        ("期初数量", "1e99", "At most 999999."),
        ("期初数量", "", "An opening amount needs an opening stock."),
        ("期初金额", "1.005", "An amount has at most two decimals."),
        ("期初金额", "NaN", "“NaN” is not a number."),
    ],
)
def test_a_mistake_is_said_at_its_cell(office, header, text, sentence):
    plan = importing.plan(lines(with_cell(header, text)))

    assert sentence in plan.entries[0].errors.values()
    assert [cell.error for cell in plan.entries[0].cells if cell.error] == [sentence]


def test_two_rows_of_one_item_or_one_barcode_are_refused(office):
    other = with_cell("物品编码", "BG0002")

    plan = importing.plan(lines(PEN, PEN, other))

    assert [entry.errors for entry in plan.entries] == [
        {},
        {"code": "This item number stands in row 2 already."},
        {"barcode": "This barcode belongs to item BG0001."},
    ]


def test_what_has_been_counted_in_boxes_is_not_imported_in_pieces(office, clerk, noon):
    item = make_item(code="BG0001", unit="支", place=office)
    stock_up(item, 3, by=clerk, at=noon)

    plan = importing.plan(lines(PEN))

    assert plan.entries[0].errors == {"unit": "It has been counted in 支; the unit stays."}


def test_how_far_it_is_can_be_seen(office, clerk, noon):
    rows = [with_cell("条码", "", with_cell("物品编码", f"BG{number}")) for number in range(3)]
    batch = ItemImport.keep("物品.xlsx", lines(*rows), by=clerk, at=noon)
    assert importing.progress(batch) == (0, 0)

    importing.take_over(batch, at=noon)

    assert importing.progress(batch) == (3, 3)


def test_one_mistake_and_nothing_is_written(office, clerk, noon):
    rows = lines(PEN, with_cell("品类", "家具", with_cell("物品编码", "BG0002")))
    batch = ItemImport.keep("物品.xlsx", rows, by=clerk, at=noon)
    batch.confirm(at=noon)

    assert importing.take_over_confirmed() == 0

    batch.refresh_from_db()
    assert (Item.objects.count(), batch.applied_at) == (0, None)
    assert batch.failed.startswith("Nothing was taken over: some rows have mistakes by now.")


def test_what_somebody_confirmed_is_taken_over_once(office, clerk, noon):
    ItemImport.keep("物品.xlsx", lines(PEN), by=clerk, at=noon).confirm(at=noon)

    assert [importing.take_over_confirmed(), importing.take_over_confirmed()] == [1, 0]
    assert Item.objects.get().on_hand == 25


def test_merged_cells_are_named(office):
    with pytest.raises(ValidationError, match=r"merged over several rows \(E2:E3\)"):
        importing.read(upload([HEADERS, PEN, with_cell("物品编码", "BG0002")], merge="E2:E3"))


def test_a_heading_merged_over_columns_is_no_harm(office):
    rows = importing.read(upload([["物品清单", "", ""], HEADERS, PEN], merge="A1:C1"))

    assert importing.plan(rows).entries[0].state == "new"


def test_a_hundred_thousand_rows_are_refused_in_a_sentence():
    content = "物品编码,名称\n" + "".join(f"A{number},笔\n" for number in range(100_000))

    with pytest.raises(ValidationError, match="more than 30000 rows"):
        importing.read(SimpleUploadedFile("大.csv", content.encode()))


def test_the_first_row_must_name_the_columns():
    with pytest.raises(ValidationError, match="The first row must name the columns"):
        importing.plan([Line(1, ["中性笔", "盒"])])


def test_what_is_exported_can_be_imported_again(office, clerk, noon, signed_in):
    taken_over(lines(with_cell("规格", "-20℃ 专用")), clerk, noon)

    answer = signed_in(clerk).get("/supplies/items/?export=csv")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = [Line(number, row) for number, row in enumerate(csv.reader(io.StringIO(text)), start=1)]
    plan = importing.plan(rows)
    assert (plan.counts["unchanged"], plan.counts["error"], plan.unused) == (1, 0, [])
