"""An old register comes in from a spreadsheet: looked at first, told what is wrong, safe to bring twice."""

from datetime import date
from decimal import Decimal

import pytest
import tablib

from supplies.asset_resources import AssetResource
from supplies.models import Asset
from tests.builders import make_place

from .builders import make_category

pytestmark = pytest.mark.django_db
HEADERS = [
    "资产编号",
    "资产名称",
    "类别",
    "规格型号",
    "序列号",
    "使用人",
    "使用部门",
    "存放地点",
    "原值",
    "购置日期",
]


@pytest.fixture
def office(sales, salesperson):
    make_category("电脑设备", useful_months=36, residual_percent=Decimal(5))
    return make_place("销售区")


def row(**changes) -> list:
    usual = {
        "tag": "GD-0007", "name": "笔记本电脑", "category": "电脑设备", "model": "T14", "serial": "PF123",
        "custodian": "陈思远", "department": "销售部", "place": "销售区", "price": "6,000.00",
        "bought_on": "2024/3/5",
    }  # fmt: skip
    return list({**usual, **changes}.values())


def bring(clerk, *rows, headers=HEADERS, dry_run=False):
    data = tablib.Dataset(*rows, headers=headers)
    return AssetResource().import_data(data, dry_run=dry_run, raise_errors=False, user=clerk)


def mistakes(result) -> list[str]:
    """What is wrong with cells, with rows, and with the file as a whole."""
    cells = [str(message) for line in result.invalid_rows for message in line.error.messages]
    rows = [str(error.error) for line in result.rows for error in line.errors]
    return [*cells, *rows, *(str(error.error) for error in result.base_errors)]


def test_a_row_becomes_an_asset_with_whoever_has_it(office, clerk, salesperson):
    bring(clerk, row())

    asset = Asset.objects.get()
    assert (asset.tag, asset.custodian, asset.status) == ("GD-0007", salesperson, Asset.Status.IN_USE)
    assert (asset.price, asset.residual, asset.bought_on) == (6000, 300, date(2024, 3, 5))
    assert asset.events.count() == 1


def test_the_preview_changes_nothing(office, clerk):
    result = bring(clerk, row(), dry_run=True)

    assert (result.totals["new"], Asset.objects.count()) == (1, 0)


def test_the_second_time_nothing_happens(office, clerk):
    bring(clerk, row(), row(tag="", serial="PF124", custodian=""))

    again = bring(clerk, row(), row(tag="", serial="PF124", custodian=""))

    assert (again.totals["skip"], Asset.objects.count()) == (2, 2)
    assert set(Asset.objects.values_list("tag", "version")) == {("GD-0007", 1), ("ZC000001", 1)}


def test_what_differs_is_corrected_and_moved(office, clerk):
    bring(clerk, row())
    make_place("19层会议区")

    result = bring(clerk, row(model="T14 Gen 3", place="19层会议区"))

    asset = Asset.objects.get()
    assert (result.totals["update"], asset.model, asset.place.name) == (1, "T14 Gen 3", "19层会议区")
    assert list(asset.events.order_by("pk").values_list("kind", flat=True)) == [
        "registered",
        "moved",
        "corrected",
    ]


def test_an_empty_cell_leaves_what_is_known(office, clerk):
    bring(clerk, row())

    assert bring(clerk, row(model="", custodian="")).totals["skip"] == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"category": "飞机"}, "飞机"),
        ({"department": "航天部"}, "There is no department “航天部”."),
        ({"place": "月球"}, "There is no place “月球”."),
        ({"custodian": "无此人"}, "Nobody who works here fits this."),
        ({"price": "-5"}, "must not be negative"),
        ({"price": "贵"}, "“贵” is not a number."),
        ({"price": "=1+1"}, "This is a formula. Paste the value instead."),
        ({"bought_on": "三月"}, "“三月” is no day"),
        ({"name": "", "price": ""}, "For a new asset this is missing"),
        ({"tag": "", "serial": ""}, "Neither asset tag nor serial number"),
    ],
)
def test_a_bad_row_is_named_before_anything_is_entered(office, clerk, changes, sentence):
    result = bring(clerk, row(), row(**{"tag": "GD-0008", "serial": "PF125", **changes}), dry_run=True)

    assert len(mistakes(result)) == 1
    assert sentence in mistakes(result)[0]
    assert result.has_errors() or result.has_validation_errors()


def test_the_same_tag_twice_is_named(office, clerk):
    assert mistakes(bring(clerk, row(), row())) == ["GD-0007 stands in this file twice."]


def test_another_custodian_is_handed_over_not_imported(office, clerk, colleague):
    bring(clerk, row())

    assert mistakes(bring(clerk, row(custodian="林悦"))) == [
        "By the register 陈思远 has it. Hand it over instead."
    ]


def test_without_a_tag_or_a_serial_number_a_file_is_refused(office, clerk):
    result = bring(clerk, ["笔记本电脑"], headers=["名称"])

    assert mistakes(result)[-1] == "There is no column “Asset tag”."


def test_what_is_exported_comes_in_again_unchanged(office, clerk):
    bring(clerk, row(), row(tag="GD-0009", serial="-1+2", custodian=""))

    data = AssetResource().export()

    assert AssetResource().import_data(data, user=clerk).totals["skip"] == 2


def test_the_clerk_imports_in_the_administration(office, clerk, salesperson, signed_in):
    assert signed_in(clerk).get("/admin/supplies/asset/import/").status_code == 200
    assert signed_in(clerk).get("/admin/supplies/asset/export/").status_code == 200
    bring(clerk, row())
    listed = signed_in(clerk).get("/admin/supplies/asset/")
    assert listed.status_code == 200
    chosen = {"action": "label_sheet", "_selected_action": [Asset.objects.get().pk]}
    assert signed_in(clerk).post("/admin/supplies/asset/", chosen).content[:5] == b"%PDF-"
    changed = signed_in(clerk).get(f"/admin/supplies/asset/{Asset.objects.get().pk}/change/")
    assert changed.status_code == 200
