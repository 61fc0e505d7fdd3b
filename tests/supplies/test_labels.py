"""Labels as they come out of the printer: a phone reads their codes, people read their words."""

import io
import subprocess

import pytest
import zxingcpp
from PIL import Image

from supplies import labels
from supplies.labels import ROLL, SHEET, Label

from .builders import make_asset, make_item

OFFICE = "https://office.example"


def scanned(pdf: bytes, tmp_path, dpi: int = 300) -> list[tuple[str, str]]:
    """(format, text) of every code on every page, read from a picture of it."""
    file = tmp_path / "labels.pdf"
    file.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", file, tmp_path / "page"], check=True)
    found = []
    for page in sorted(tmp_path.glob("page*.png")):
        codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.read_bytes())).convert("L"))
        found += [(str(code.format).rpartition(".")[2], code.text) for code in codes]
    return sorted(found)


def label(code: str) -> Label:
    return Label(code, "中性笔（黑色）", ["0.5mm 12支/盒", code, "文具库 A-01"], f"/s/{code}/")


def is_there(found: list, code: str) -> bool:
    kinds = {kind.replace(" ", "").lower() for kind, text in found if text in (code, f"{OFFICE}/s/{code}/")}
    return kinds == {"qrcode", "code128"}


@pytest.mark.parametrize("layout", [SHEET, ROLL])
def test_both_codes_of_a_label_are_read(layout, tmp_path):
    found = scanned(labels.pdf([label("WP0001")], layout, base_url=OFFICE), tmp_path)

    assert is_there(found, "WP0001")


def test_a_whole_sheet_and_the_beginning_of_the_next_are_read(tmp_path):
    codes = [f"WP{number:04}" for number in range(1, 26)]

    found = scanned(labels.pdf([label(code) for code in codes], SHEET, base_url=OFFICE), tmp_path)

    assert [code for code in codes if not is_there(found, code)] == []


def test_a_long_code_keeps_its_qr(tmp_path):
    code = "BG-2026-ABCDEFGH-0123456789"

    found = scanned(labels.pdf([label(code)], ROLL, base_url=OFFICE), tmp_path, dpi=600)

    assert f"{OFFICE}/s/{code}/" in [text for _kind, text in found]


@pytest.mark.parametrize(
    ("read", "code"),
    [
        ("WP0001", "WP0001"),
        ("https://office.example/s/WP0001/", "WP0001"),
        ("http://10.0.0.8:8000/s/%E7%BA%B81/", "纸1"),
        ("https://elsewhere.example/", "https://elsewhere.example/"),
        (" WP0001\r", "WP0001"),
    ],
)
def test_what_a_scanner_reads_becomes_a_code(read, code):
    assert labels.code_of(read) == code


def test_the_clerk_prints_the_labels_of_chosen_items(db, clerk, signed_in, tmp_path):
    item = make_item("中性笔", code="WP0042")

    answer = signed_in(clerk).get("/supplies/items/labels/", {"ids": f"{item.pk},999999,x"})

    found = scanned(answer.content, tmp_path)
    assert ("http://testserver/s/WP0042/" in [text for _kind, text in found]) is True


@pytest.mark.parametrize("typed", ["WP0042", "6901234567890", "http://testserver/s/WP0042/"])
def test_a_scanned_code_opens_the_item(db, clerk, signed_in, typed):
    item = make_item(code="WP0042", barcode="6901234567890")

    assert signed_in(clerk).get("/s/", {"code": typed}).url == item.get_absolute_url()


def test_a_scanned_tag_opens_the_asset(clerk, sales, signed_in):
    asset = make_asset(department=sales)

    assert signed_in(clerk).get(f"/s/{asset.tag}/").url == asset.get_absolute_url()


@pytest.mark.parametrize(
    "address", ["/s/NOBODYS/", "/s/?code=4006381333931", "/s/?code=http://evil.example/s/a/b/"]
)
def test_a_foreign_code_is_said_to_be_one(db, clerk, signed_in, address):
    answer = signed_in(clerk).get(address)

    assert (answer.status_code, answer.templates[0].name) == (404, "supplies/scan_unknown.html")
