"""What things cost: which purchases are alike, last year's price, the cheapest lately, and the index."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from pages.refusals import Refused
from procurement import past_prices, prices, year_on_year
from procurement.models import Price
from sla.models import StaleDay
from tests.supplies.builders import make_category, make_item

from .deliveries import deliver, make_placed, pay, want_item
from .purchases import make_approved, make_live_supplier, want

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def paper():
    return make_item("A4复印纸", specification="70g 500张", code="WP0001", unit="包")


# -- likeness ---------------------------------------------------------------------------------------


def test_an_item_is_like_itself_alone(paper):
    assert prices.likeness(paper) == f"item:{paper.pk}"


def test_other_things_are_alike_in_whatever_notation():
    goods = make_category()

    one = prices.likeness(None, goods, "Ａ4 纸", "70 G")

    assert one == prices.likeness(None, goods, "a4纸", "70g")
    assert one != prices.likeness(None, make_category(), "a4纸", "70g")


def test_long_names_stay_different():
    goods = make_category()
    long = "很长的名称" * 16

    alike = [prices.likeness(None, goods, long, "规格" * 100 + end) for end in ("甲", "乙")]

    assert len(set(alike)) == 2
    assert max(map(len, alike)) <= prices.LONGEST


# -- last year --------------------------------------------------------------------------------------


def test_last_years_price_is_that_of_the_same_quarter_weighted_by_quantity(paper):
    pay(paper, "20.00", date(2025, 10, 1), 30)
    pay(paper, "24.00", date(2025, 12, 31), 10)
    pay(paper, "99.00", date(2025, 9, 30), 10)

    assert prices.last_year(prices.likeness(paper), DAY) == Decimal("21.00")


def test_where_the_quarter_has_none_it_is_that_of_the_whole_year(paper):
    pay(paper, "18.00", date(2025, 1, 5), 1)
    pay(paper, "21.00", date(2025, 4, 5), 2)

    assert prices.last_year(prices.likeness(paper), DAY) == Decimal("20.00")


def test_where_nothing_alike_was_bought_there_is_none(paper):
    pay(paper, "18.00", date(2024, 11, 5))
    pay(make_item(), "18.00", date(2025, 11, 5))

    assert prices.last_year(prices.likeness(paper), DAY) is None


# -- hints ------------------------------------------------------------------------------------------


def test_a_hint_knows_last_year_the_cheapest_lately_and_the_index(paper):
    supplier = make_live_supplier("晨光文具")
    pay(paper, "20.00", date(2025, 11, 3))
    pay(paper, "17.00", date(2026, 3, 1), supplier=supplier)
    pay(paper, "21.00", date(2026, 11, 1))
    alike = prices.likeness(paper)

    hint = prices.hints([(alike, DAY)])[alike]

    assert hint.last_year == Decimal("20.00")
    assert hint.cheapest_recent == (Decimal("17.00"), "晨光文具", date(2026, 3, 1))
    assert hint.index == Decimal("1.0500")
    assert (hint.is_dear(Decimal("20.01")), hint.is_dear(Decimal("20.00"))) == (True, False)
    assert hint.against(Decimal("19.00")) == Decimal("0.9500")


def test_quotes_of_decided_requests_count_as_cheap(salesperson, buyer, noon):
    line = make_approved(salesperson, buyer, noon, want("投影仪")).lines.get()
    alike = prices.likeness(None, line.category, "投影仪", "")

    assert prices.hints([(alike, DAY)])[alike].cheapest_recent.price == Decimal("300.00")


def test_hints_cost_three_queries_however_many(paper, django_assert_num_queries):
    items = [paper, make_item("中性笔"), make_item("订书钉")]
    for item in items:
        pay(item, "5.00", date(2025, 11, 3))

    with django_assert_num_queries(3):
        assert len(prices.hints([(prices.likeness(item), DAY) for item in items])) == 3


def test_no_wants_no_hints():
    assert prices.hints([]) == {}


# -- the memory of deliveries -----------------------------------------------------------------------


def test_an_accepted_delivery_notes_its_price_beside_last_years(salesperson, buyer, noon, paper):
    order = make_placed(salesperson, buyer, noon, want_item(paper))
    pay(paper, "310.00", date(2025, 11, 3))

    deliver(order, by=buyer, to=salesperson, at=noon)

    price = Price.objects.get(receipt_line__isnull=False)
    assert (price.unit_price, price.last_year, price.buyer) == (Decimal("300"), Decimal("310"), buyer)
    assert price.index == Decimal("0.9677")
    assert set(StaleDay.objects.filter(day=DAY).values_list("standard", flat=True)) >= {
        *prices.STANDARDS, "goods-fit",
    }  # fmt: skip


def test_a_past_price_found_later_is_compared_after_all(paper, buyer):
    now = pay(paper, "22.00", DAY)
    entered = past_prices.Purchase(
        paper, paper.category, paper.name, "", paper.kind, None, date(2025, 11, 1), 5, Decimal("20.00")
    )

    past_prices.enter(entered, by=buyer)

    now.refresh_from_db()
    assert now.last_year == Decimal("20.00")


def test_why_it_was_dearer_may_be_said_afterwards(paper, buyer):
    price = pay(paper, "22.00", DAY, last_year=Decimal("20.00"))

    assert price.explain("纸浆涨价", by=buyer).reason == "纸浆涨价"
    with pytest.raises(Refused):
        price.explain("  ", by=buyer)
    with pytest.raises(Refused):
        pay(paper, "20.00", DAY, last_year=Decimal("20.00")).explain("无", by=buyer)


# -- a list of past purchases -----------------------------------------------------------------------

HEAD = "采购日期,物品编码,名称,规格,品类,类别,供应商,数量,单价\n"


def read(text: str) -> past_prices.Plan:
    upload = SimpleUploadedFile("往年采购.csv", (HEAD + text).encode())
    return past_prices.plan(past_prices.read(upload))


def test_a_list_is_taken_over_once_however_often_it_comes(paper, buyer):
    make_category("办公家具")
    text = (
        "2025-11-03,WP0001,,,,,,10,20.00\n"
        "2025/12/1,,A4复印纸,70g 500张,,,,10,¥21.00\n"
        "2025年12月1日,,人体工学椅,,办公家具,固定资产,,2,899.5\n"
        "2025-11-03,WP0001,,,,,,10,20.00\n"
    )

    assert past_prices.take_over(read(text), by=buyer) == 4
    assert read(text).counts == {"known": 4}
    assert past_prices.take_over(read(text), by=buyer) == 0
    assert [one.group for one in Price.objects.order_by("pk")] == [
        "office_supply", "office_supply", "asset", "office_supply",
    ]  # fmt: skip


def test_years_in_one_list_are_compared_with_each_other(paper, buyer):
    past_prices.take_over(read("2025-11-03,WP0001,,,,,,10,20\n2026-11-03,WP0001,,,,,,10,21\n"), by=buyer)

    assert Price.objects.get(day__year=2026).last_year == Decimal("20.00")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (",WP0001,,,,,,10,20", "day"),
        ("2025-13-03,WP0001,,,,,,10,20", "day"),
        ("2027-01-01,WP0001,,,,,,10,20", "day"),
        ("2025-11-03,WP9999,,,,,,10,20", "code"),
        ("2025-11-03,,,,,,,10,20", "name"),
        ("2025-11-03,,白板,,,,,10,20", "category"),
        ("2025-11-03,,白板,,没有的品类,,,10,20", "category"),
        ("2025-11-03,WP0001,,,,,没有的供应商,10,20", "supplier"),
        ("2025-11-03,WP0001,,,,,,0,20", "quantity"),
        ("2025-11-03,WP0001,,,,,,-1,20", "quantity"),
        ("2025-11-03,WP0001,,,,,,1.5,20", "quantity"),
        ("2025-11-03,WP0001,,,,,,9999999,20", "quantity"),
        ("2025-11-03,WP0001,,,,,,10,-20", "unit_price"),
        ("2025-11-03,WP0001,,,,,,10,二十", "unit_price"),
        ("2025-11-03,WP0001,,,,,,10,0.125", "unit_price"),
        ("2025-11-03,WP0001,,,,,,=A1,20", "quantity"),
        ("2025-11-03,WP0001,,,,固定资产,,10,20", "group"),
    ],
)
def test_what_is_wrong_is_said_of_its_cell(paper, row, field):
    (found,) = read(row).rows

    assert list(found.errors) == [field]


def test_what_is_right_is_taken_over_beside_what_is_wrong(paper, buyer):
    plan = read("2025-11-03,WP0001,,,,,,10,20\n2025-11-03,WP0001,,,,,,0,20\n")

    assert plan.counts == {"new": 1, "error": 1}
    assert past_prices.take_over(plan, by=buyer) == 1


def test_a_list_without_headings_is_not_understood():
    with pytest.raises(ValidationError, match="No line with the headings"):
        past_prices.read(SimpleUploadedFile("x.csv", b"a,b\n1,2\n"))


def test_a_list_of_too_many_rows_is_refused():
    rows = "2025-11-03,WP0001,,,,,,10,20\n" * (past_prices.MOST_ROWS + 1)

    with pytest.raises(ValidationError, match="more than 5000 rows"):
        past_prices.read(SimpleUploadedFile("x.csv", (HEAD + rows).encode()))


def test_a_preview_cannot_be_changed_on_its_way():
    kept = past_prices.keep([["", "day"], ["2", "2025-11-03"]])

    assert past_prices.kept(kept) == [["", "day"], ["2", "2025-11-03"]]
    with pytest.raises(ValidationError, match="too old"):
        past_prices.kept(kept[:-2])


# -- the index --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_period(unit, first, last):
    period = year_on_year.around(unit, DAY)

    assert period[1:] == (first, last)
    assert period.before.after == period


def test_the_index_is_what_it_cost_now_by_what_it_would_have_cost(paper):
    pen = make_item("中性笔", kind="consumable")
    pay(paper, "22.00", DAY, 10, last_year=Decimal("20.00"))
    pay(paper, "18.00", DAY, 20, last_year=Decimal("20.00"))
    pay(pen, "3.00", DAY, 100, last_year=Decimal("2.00"))
    pay(pen, "9.00", DAY, 100)

    rows = year_on_year.between(DAY, DAY)
    by_group = {line.key: line for line in year_on_year.table(rows, "group")}

    assert by_group["office_supply"].index == Decimal("0.9667")  # 580 ÷ 600
    assert by_group["consumable"].index == Decimal("1.5000")
    assert (by_group["consumable"].lines, by_group["consumable"].new) == (2, 1)
    assert year_on_year.total(rows).index == Decimal("1.1000")  # 880 ÷ 800
    assert year_on_year.total(rows).money == Decimal("1780.00")


def test_single_goods_are_one_line_however_they_were_spelt(paper):
    pay(paper, "22.00", DAY, 10, last_year=Decimal("20.00"))
    again = pay(paper, "22.00", DAY, 10, last_year=Decimal("20.00"))
    Price.objects.filter(pk=again.pk)
    again.name = "复印纸"
    again.save(update_fields=["name"])

    (line,) = year_on_year.table(year_on_year.between(DAY, DAY), "item")

    assert (line.lines, line.index) == (2, Decimal("1.1000"))


def test_the_course_goes_period_by_period(paper):
    pay(paper, "22.00", date(2026, 5, 1), 10, last_year=Decimal("20.00"))
    pay(paper, "18.00", DAY, 10, last_year=Decimal("20.00"))

    course = year_on_year.course(year_on_year.between(date(2026, 1, 1), DAY), "quarter")

    assert [(first, line.index) for first, line in course] == [
        (date(2026, 4, 1), Decimal("1.1000")),
        (date(2026, 10, 1), Decimal("0.9000")),
    ]
