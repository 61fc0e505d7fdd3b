"""Costs out of a spreadsheet: looked through, each bad row with a sentence, and safe to bring twice."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from organization.roles import Role
from procurement.models import Budget, Cost
from tests.builders import make_user

from .money import kind, make_budget

pytestmark = pytest.mark.django_db
D = Decimal
HEAD = ["日期", "费用科目", "部门", "金额", "摘要", "单据号"]
GOOD = ["2026-11-05", "快递", "销售部", "1280.50", "10月顺丰月结", "SF-118"]


@pytest.fixture(autouse=True)
def monday(monkeypatch, noon):
    for module in ("models.cost", "cost_sheets"):
        monkeypatch.setattr(f"procurement.{module}.now", lambda: noon)


@pytest.fixture
def browser(administration, sales, signed_in):
    return signed_in(
        make_user("沈佳宜", role=Role.ADMIN_MANAGER, username="manager2", department=administration)
    )


def workbook(*rows, merge: str = "") -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("费用.xlsx", file.getvalue())


def look(browser, *rows, name="cost-import", **more):
    return browser.post(reverse(name), {"file": workbook(*rows, **more)})


def sentences(answer) -> dict[int, str]:
    return {mistake.number: mistake.sentence for mistake in answer.context["reading"].mistakes}


def test_a_list_is_looked_through_and_then_written(browser, sales):
    answer = look(browser, HEAD, GOOD, ["2026/11/6", "水电", "", 640, "11月水费", ""])
    assert Cost.objects.count() == 0

    ticket = answer.context["apply"].initial["ticket"]
    browser.post(reverse("cost-import-apply"), {"ticket": ticket})
    found = Cost.objects.order_by("day").values_list("category__name", "department", "amount", "document")
    assert list(found) == [("快递", sales.pk, D("1280.50"), "SF-118"), ("水电", None, D(640), "")]


def test_a_list_brought_twice_is_written_once(browser):
    ticket = look(browser, HEAD, GOOD).context["apply"].initial["ticket"]
    browser.post(reverse("cost-import-apply"), {"ticket": ticket})
    browser.post(reverse("cost-import-apply"), {"ticket": ticket})
    again = look(browser, HEAD, GOOD, [*GOOD[:5], "SF-119"])

    reading = again.context["reading"]
    assert (len(reading.fresh), len(reading.known), Cost.objects.count()) == (1, 1, 1)


def test_each_bad_row_gets_its_sentence_and_the_good_ones_go(browser):
    bad = {
        3: (GOOD, "The same as row 2."),
        4: ([GOOD[0], "飞机", *GOOD[2:]], "Kind of cost “飞机” is not known."),
        5: ([*GOOD[:2], "月球部", *GOOD[3:]], "Department “月球部” is not known."),
        6: ([*GOOD[:3], "=1+1", *GOOD[4:]], "“=1+1” is a formula; paste its value."),
        7: ([*GOOD[:3], "-5", *GOOD[4:]], "The amount -5 is out of range; it has to be at least 0.01."),
        8: ([*GOOD[:3], "1.234", *GOOD[4:]], "“1.234” has more than two places."),
        9: ([*GOOD[:3], "很多", *GOOD[4:]], "“很多” is no amount such as 1234.50."),
        10: (["昨天", *GOOD[1:]], "“昨天” is no day such as 2026-11-23."),
        11: (["2027-01-01", *GOOD[1:]], "2027-01-01 is still to come, or too long ago."),
        12: ([*GOOD[:4], "", "X"], "What for is missing; of merged cells only the first holds anything."),
    }
    answer = look(browser, HEAD, GOOD, *[row for row, _sentence in bad.values()])

    assert sentences(answer) == {number: sentence for number, (_row, sentence) in bad.items()}
    assert len(answer.context["reading"].fresh) == 1


def test_merged_cells_are_said_to_be_missing(browser):
    answer = look(browser, HEAD, GOOD, ["2026-11-06", "快递", "", 5, "同城", "B"], merge="B2:B3")

    assert sentences(answer) == {3: "Kind of cost is missing; of merged cells only the first holds anything."}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["日期", "金额"], ["2026-11-05", 5]], "There is no column “费用科目”."),
        ([HEAD], "There is no row below the headers."),
        ([HEAD, *[GOOD] * 2001], "The file has more than 2000 rows. Split it into several files."),
    ],
)
def test_what_is_no_list_of_costs_is_said_at_the_file(browser, rows, sentence):
    answer = look(browser, *rows)

    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, [sentence])


def test_a_preview_that_was_tampered_with_is_refused(browser):
    answer = browser.post(reverse("cost-import-apply"), {"ticket": "made:up:ticket"})

    assert (answer.status_code, Cost.objects.count()) == (422, 0)


def test_the_empty_sheet_can_be_brought_back(browser, administration):
    sheet = b"".join(browser.get(reverse("cost-import-template")).streaming_content)
    answer = browser.post(reverse("cost-import"), {"file": SimpleUploadedFile("费用.xlsx", sheet)})

    assert [row.document for row in answer.context["reading"].fresh] == ["SF202610-118"]


def test_budgets_are_taken_along_changed_and_brought_back(browser, sales):
    make_budget(100)
    make_budget(50, department=sales)
    url = reverse("budget-year-export", args=[2026])
    sheet = b"".join(browser.get(url).streaming_content)
    same = browser.post(reverse("budget-import"), {"file": SimpleUploadedFile("预算.xlsx", sheet)})
    assert (len(same.context["reading"].same), same.context["reading"].changed) == (2, [])

    head = ["年份", "期间", "月/季", "费用科目", "部门", "金额"]
    rows = [[2026, "月", 11, "快递", "全公司", 120], ["2026年", "季度", "4", "水电", "", "9000"]]
    changed = look(browser, head, *rows, name="budget-import")
    ticket = changed.context["apply"].initial["ticket"]
    browser.post(reverse("budget-import-apply"), {"ticket": ticket, "reason": "年中调整"})
    assert list(
        Budget.objects.filter(department=None).order_by("amount").values_list("amount", flat=True)
    ) == [120, 9000]


def test_bad_rows_of_budgets_get_their_sentences(browser):
    head = ["年份", "期间", "月/季", "费用科目", "部门", "金额"]
    answer = look(
        browser,
        head,
        [2026, "月", 13, "快递", "", 1],
        [2026, "周", 1, "快递", "", 1],
        [26, "年", "", "快递", "", 1],
        [2026, "年", "", "快递", "", 5],
        [2026, "年度", "", "快递", "全公司", 6],
        name="budget-import",
    )

    assert sentences(answer) == {
        2: "A month is 1 to 12, a quarter 1 to 4; a year has no number.",
        3: "“周” is neither 月, 季 nor 年.",
        4: "“26” is no year.",
        6: "The same budget as row 5.",
    }
    assert kind().budgets.count() == 0
