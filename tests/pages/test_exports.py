"""Spreadsheets that open in Excel and WPS, and do nothing there."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from pages.exports import Column, export, plain

COLUMNS = [
    Column("name", "姓名"),
    Column("amount", "金额"),
    Column("at", "时间"),
    Column("page", "页", export=False),
]
ROW = {
    "name": "王晓梅",
    "amount": Decimal("12.50"),
    "at": datetime(2026, 11, 23, 4, 0, 9, 5, tzinfo=UTC),
    "page": "",
}


def rows(*changes):
    return [SimpleNamespace(**{**ROW, **change}) for change in changes or [{}]]


def cells_of(response) -> list[tuple]:
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [tuple(cell.value for cell in row) for row in book.active.iter_rows()]


def lines_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_a_workbook_has_the_headers_and_local_times():
    assert cells_of(export(rows(), COLUMNS, "来电", "xlsx")) == [
        ("姓名", "金额", "时间"),
        ("王晓梅", 12.5, datetime(2026, 11, 23, 12, 0, 9)),
    ]


def test_a_csv_opens_in_excel_as_utf_8():
    response = export(rows(), COLUMNS, "来电", "csv")
    raw = b"".join(response.streaming_content)
    assert raw.startswith("\ufeff姓名,金额,时间\r\n".encode())
    assert "王晓梅,12.50,2026-11-23 12:00:09" in raw.decode()


DANGEROUS = ["=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_that_would_calculate_is_text_in_a_csv(text):
    assert lines_of(export(rows({"name": text}), COLUMNS, "x", "csv"))[1][0] == f"'{text}"


@pytest.mark.parametrize("text", DANGEROUS[:4])
def test_a_cell_that_would_calculate_is_text_in_a_workbook(text):
    response = export(rows({"name": text}), COLUMNS, "x", "xlsx")
    cell = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active["A2"]
    assert (cell.value, cell.data_type) == (f"'{text}", "s")


def test_characters_a_workbook_cannot_hold_are_left_out():
    assert cells_of(export(rows({"name": "王\x00\x08梅"}), COLUMNS, "x", "xlsx"))[1][0] == "王梅"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (-5, -5),
        (date(2026, 11, 23), date(2026, 11, 23)),
        ("a", "a"),
    ],
)
def test_values_keep_their_kind(value, expected):
    assert plain(value) == expected


def test_the_file_is_named_after_the_list_and_the_day():
    header = export(rows(), COLUMNS, "来电", "csv")["Content-Disposition"]
    assert header.startswith("attachment; filename*=UTF-8''%E6%9D%A5%E7%94%B5-20")


def test_a_name_that_no_sheet_may_bear_is_mended():
    assert cells_of(export(rows(), COLUMNS, "a/b[c]:" + "长" * 40, "xlsx"))[0][0] == "姓名"


def test_another_format_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="pdf"):
        export(rows(), COLUMNS, "x", "pdf")


def test_a_path_through_nothing_is_empty():
    assert Column("head", "", "department.head.name").of(SimpleNamespace(department=None)) is None


def test_a_choice_is_exported_by_its_label():
    row = SimpleNamespace(status="left", get_status_display=lambda: "Left")
    assert Column("status", "").of(row) == "Left"


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_signs_that_no_spreadsheet_can_hold_are_left_out(format):
    response = export(rows({"name": "王\x00晓\uffff梅\ud800"}), COLUMNS, "x", format)

    assert (cells_of if format == "xlsx" else lines_of)(response)[1][0] == "王晓梅"
