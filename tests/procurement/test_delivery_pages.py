"""The pages of orders, deliveries, claims and prices: who sees what, bad input, double clicks, queries."""

import subprocess
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.roles import Role
from procurement import order_paper
from procurement.models import Invoice, Order, Price, Receipt, Reimbursement
from tests.builders import make_place, make_user
from tests.supplies.builders import make_item

from .deliveries import arrive, deliver, enter_invoice, make_order, make_placed, pay, the_claim
from .purchases import make_approved, want

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch, noon):
    """The pages' clock stands at the noon of the tests."""
    monkeypatch.setattr("pages.clock.now", lambda: noon)
    for module in ("orders", "receipts", "invoices", "claims", "prices"):
        monkeypatch.setattr(f"procurement.views.{module}.now", lambda: noon)
    for module in ("deliveries", "prices"):
        monkeypatch.setattr(f"procurement.forms.{module}.now", lambda: noon)


@pytest.fixture
def clerk(administration):
    return make_user("顾明", role=Role.INVENTORY_CLERK, username="clerk", department=administration)


@pytest.fixture
def order(salesperson, buyer, noon):
    return make_placed(salesperson, buyer, noon)


@pytest.fixture
def receipt(order, buyer, noon):
    return arrive(order, by=buyer, at=noon)


# -- walls ------------------------------------------------------------------------------------------


def test_who_has_nothing_to_do_with_it_does_not_know_of_it(order, receipt, outsider, signed_in):
    browser = signed_in(outsider)

    for page in (order, receipt):
        assert browser.get(page.get_absolute_url()).status_code == 404
    for name in ("orders", "reimbursements", "reimbursements-today", "prices", "price-index", "price-enter"):
        assert browser.get(reverse(name)).status_code == 403


def test_the_using_department_sees_its_order_and_delivery(order, receipt, colleague, signed_in):
    browser = signed_in(colleague)

    assert browser.get(order.get_absolute_url()).status_code == 200
    assert browser.get(receipt.get_absolute_url()).context["form"] is not None
    assert browser.post(reverse("order-place", args=[order.pk])).status_code == 403
    assert browser.get(reverse("receipt-arrive", args=[order.pk])).status_code == 403
    assert browser.get(reverse("invoice-enter", args=[order.pk])).status_code == 403


def test_a_clerk_receives_but_neither_orders_nor_accepts_for_others(order, receipt, clerk, signed_in):
    browser = signed_in(clerk)

    assert browser.get(reverse("receipt-arrive", args=[order.pk])).status_code == 200
    assert browser.get(receipt.get_absolute_url()).context["form"] is None
    assert browser.post(reverse("receipt-accept", args=[receipt.pk])).status_code == 403
    assert browser.get(reverse("order-cancel", args=[order.pk])).status_code == 403


def test_only_a_manager_releases_and_settles(order, buyer, signed_in, salesperson, noon):
    deliver(order, by=buyer, to=salesperson, at=noon)
    browser = signed_in(buyer)

    assert browser.post(reverse("order-release", args=[order.pk])).status_code == 403
    assert browser.post(reverse("reimbursement-pay", args=[the_claim(order).pk])).status_code == 403


def test_an_auditor_reads_and_changes_nothing(order, receipt, signed_in):
    browser = signed_in(make_user("宋文", role=Role.AUDITOR))

    assert browser.get(order.get_absolute_url()).status_code == 200
    for name in ("order-revise", "order-cancel", "receipt-arrive", "invoice-enter"):
        assert browser.get(reverse(name, args=[order.pk])).status_code == 403
    assert browser.get(reverse("price-import")).status_code == 403


# -- a purchase in the browser ------------------------------------------------------------------------


def test_a_purchase_is_lived_through_in_the_browser(salesperson, buyer, signed_in, noon, admin_manager):
    request, place = make_approved(salesperson, buyer, noon), make_place()
    buying, using, managing = signed_in(buyer), signed_in(salesperson), signed_in(admin_manager)

    buying.post(reverse("order-draw-up", args=[request.pk]), {"once": uuid4()})
    order = Order.objects.get()
    line = order.lines.get()
    buying.post(
        reverse("order-revise", args=[order.pk]),
        {f"quantity_{line.pk}": 2, "expected_on": "2026-11-27", "terms": "送货上门"},
    )
    buying.post(reverse("order-place", args=[order.pk]))
    buying.post(
        reverse("receipt-arrive", args=[order.pk]), {f"came_{line.pk}": 2, "place": place.pk, "once": uuid4()}
    )
    receipt = Receipt.objects.get()
    (came,) = receipt.lines.all()
    using.post(
        reverse("receipt-accept", args=[receipt.pk]), {f"fits_{came.pk}": "on", f"rejected_{came.pk}": 0}
    )
    scan = SimpleUploadedFile("发票.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")
    buying.post(
        reverse("invoice-enter", args=[order.pk]),
        {"number": "25312000000001", "dated_on": "2026-11-23", "amount": "600.00", "file": scan},
    )
    invoice, claim = Invoice.objects.get(), Reimbursement.objects.get()
    buying.post(reverse("reimbursement-claim", args=[claim.pk]), {"invoice": invoice.pk, "number": "BX1"})
    managing.post(reverse("reimbursement-pay", args=[claim.pk]))

    order.refresh_from_db()
    claim.refresh_from_db()
    assert (order.status, order.terms, claim.status) == ("received", "送货上门", "paid")
    sent = buying.get(reverse("invoice-file", args=[invoice.pk]))
    assert (sent.status_code, sent["Content-Type"]) == (200, "application/pdf")


def test_the_request_leads_to_what_is_left_to_be_ordered(salesperson, buyer, signed_in, noon):
    request, browser = make_approved(salesperson, buyer, noon), signed_in(buyer)
    address = f"{reverse('order-new')}?request={request.pk}"

    assert [len(lines) for lines in browser.get(address).context["by_supplier"].values()] == [1]
    browser.post(reverse("order-draw-up", args=[request.pk]))
    assert browser.get(address).context["by_supplier"] == {}
    for nonsense in ("", "?request=x", "?request=99999999999999999999"):
        assert browser.get(reverse("order-new") + nonsense).status_code == 404


def test_a_double_click_draws_up_one_order(salesperson, buyer, signed_in, noon):
    request, once = make_approved(salesperson, buyer, noon), uuid4()
    browser = signed_in(buyer)

    for _click in range(2):
        browser.post(reverse("order-draw-up", args=[request.pk]), {"once": once})

    assert Order.objects.count() == 1


def test_a_double_click_notes_one_arrival(order, buyer, signed_in):
    browser, place, once = signed_in(buyer), make_place(), uuid4()
    line = order.lines.get()

    for _click in range(2):
        browser.post(
            reverse("receipt-arrive", args=[order.pk]),
            {f"came_{line.pk}": 1, "place": place.pk, "once": once},
        )

    assert Receipt.objects.count() == 1


# -- bad input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", ["-1", "1.5", "99999999", "abc", "0", ""])
def test_a_senseless_count_is_answered_at_its_field(order, buyer, signed_in, count):
    line = order.lines.get()

    answer = signed_in(buyer).post(
        reverse("receipt-arrive", args=[order.pk]),
        {f"came_{line.pk}": count, "place": make_place().pk, "remark": "随货有赠品"},
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert answer.context["form"]["remark"].value() == "随货有赠品"
    assert not Receipt.objects.exists()


def test_too_many_are_refused_in_the_form(order, buyer, signed_in):
    line = order.lines.get()

    answer = signed_in(buyer).post(
        reverse("receipt-arrive", args=[order.pk]), {f"came_{line.pk}": 3, "place": make_place().pk}
    )

    assert "only 2 are outstanding" in answer.context["form"].non_field_errors()[0]


def test_what_is_wrong_has_to_be_said_in_the_form(receipt, salesperson, signed_in):
    (line,) = receipt.lines.all()

    answer = signed_in(salesperson).post(
        reverse("receipt-accept", args=[receipt.pk]), {f"rejected_{line.pk}": 1, f"fits_{line.pk}": "on"}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"defect_{line.pk}"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"number": ""}, "number"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1.234"}, "amount"),
        ({"dated_on": "2026-12-24"}, "dated_on"),
        ({"amount": "601"}, "__all__"),
    ],
)
def test_a_wrong_invoice_is_answered_at_its_field(order, buyer, salesperson, signed_in, noon, typed, field):
    deliver(order, by=buyer, to=salesperson, at=noon)
    whole = {"number": "2531", "dated_on": "2026-11-23", "amount": "600"}

    answer = signed_in(buyer).post(reverse("invoice-enter", args=[order.pk]), whole | typed)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_program_is_no_invoice(order, buyer, salesperson, signed_in, noon):
    deliver(order, by=buyer, to=salesperson, at=noon)
    file = SimpleUploadedFile("发票.pdf", b"MZ\x90\x00", "application/pdf")

    answer = signed_in(buyer).post(
        reverse("invoice-enter", args=[order.pk]),
        {"number": "2531", "dated_on": "2026-11-23", "amount": "600", "file": file},
    )

    assert list(answer.context["form"].errors) == ["file"]


# -- lists --------------------------------------------------------------------------------------------


def queries(browser, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(address).status_code == 200
    return len(caught)


def test_lists_cost_as_many_queries_with_three_rows_as_with_one(salesperson, buyer, signed_in, noon):
    pages = [
        "orders",
        "receipts",
        "receipt-lines",
        "reimbursements",
        "reimbursements-today",
        "prices",
        "price-index",
    ]
    browser = signed_in(buyer)

    def live_through() -> None:
        order = make_placed(salesperson, buyer, noon)
        deliver(order, by=buyer, to=salesperson, at=noon)

    live_through()
    one = {name: queries(browser, reverse(name)) for name in pages}
    live_through()
    live_through()

    assert {name: queries(browser, reverse(name)) for name in pages} == one
    assert Receipt.objects.count() == 3


def test_lists_are_taken_along(order, buyer, signed_in):
    pay(make_item(), "20.00", date(2026, 11, 20), last_year=Decimal("19.00"))

    for name in ("orders", "receipts", "reimbursements", "prices", "price-index"):
        sheet = signed_in(buyer).get(reverse(name), {"export": "xlsx"})
        assert sheet["Content-Type"].startswith("application/vnd.openxmlformats")


def test_the_list_of_prices_is_narrowed_to_what_counted(buyer, signed_in):
    dear = pay(make_item("中性笔"), "20.00", date(2026, 11, 20), last_year=Decimal("19.00"))
    pay(make_item("复印纸"), "18.00", date(2026, 11, 20), last_year=Decimal("19.00"))
    pay(make_item("拖把", kind="consumable"), "30.00", date(2026, 11, 20), last_year=Decimal("19.00"))
    pay(make_item("新品"), "18.00", date(2026, 11, 20))

    page = signed_in(buyer).get(
        reverse("prices"),
        {
            "counts_for": "office-supplies-below-last-year",
            "since": "2026-11-20",
            "until": "2026-11-20",
            "kept": "no",
        },
    )

    assert [row["object"] for row in page.context["list"].rows] == [dear]


@pytest.mark.parametrize(
    "asked", ["?unit=week&day=x&by=y", "?day=0001-01-01", "?category=99999", "?group=zzz"]
)
def test_whatever_is_asked_of_the_index_is_answered(buyer, signed_in, asked):
    assert signed_in(buyer).get(reverse("price-index") + asked).status_code == 200


def test_a_thing_has_a_page_of_its_prices(buyer, signed_in):
    item = make_item()
    for year, price in ((2025, "20.00"), (2026, "21.00")):
        pay(item, price, date(year, 11, 20))

    page = signed_in(buyer).get(Price.objects.first().get_absolute_url())

    assert page.context["chart"]["price"] == [20.0, 21.0]
    assert page.context["hint"].index == Decimal("1.0500")
    assert signed_in(buyer).get(reverse("price-history"), {"of": "item:0"}).status_code == 404


def test_past_purchases_are_imported_after_a_look(buyer, signed_in):
    make_item(code="WP0001")
    browser, address = signed_in(buyer), reverse("price-import")
    content = "采购日期,物品编码,数量,单价\n2025-11-03,WP0001,10,20.00\n2025-11-04,WP0002,10,20.00\n"

    preview = browser.post(address, {"file": SimpleUploadedFile("往年.csv", content.encode("gb18030"))})
    assert preview.context["counts"] == {"new": 1, "known": 0, "error": 1}
    assert not Price.objects.exists()

    for _click in range(2):
        browser.post(address, {"kept": preview.context["kept"]})
    assert Price.objects.count() == 1
    assert browser.post(address, {"kept": "erfunden"}).status_code == 422


def test_a_past_purchase_is_typed_once(buyer, signed_in):
    make_item(code="WP0001")
    typed = {"code": "WP0001", "day": "2025-11-03", "quantity": 5, "unit_price": "20", "once": uuid4()}

    for _click in range(2):
        signed_in(buyer).post(reverse("price-enter"), typed)

    assert Price.objects.get().amount == Decimal("100.00")


# -- paper --------------------------------------------------------------------------------------------


def text_of(pdf: bytes) -> str:
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return read.stdout.decode()


def test_the_order_goes_on_paper_in_chinese(salesperson, buyer, noon):
    order = make_placed(salesperson, buyer, noon, want("投影仪", 3, specification="4000 流明"))

    text = text_of(order_paper.pdf(order))

    for words in (
        order.number,
        str(order.supplier),
        "投影仪",
        "4000 流明",
        "¥900.00",
        "人民币玖佰元整",
        "采购订单",
    ):
        assert words in text
    assert "草稿" not in text


def test_a_draft_says_so_on_paper(salesperson, buyer, noon, signed_in):
    order = make_order(salesperson, buyer, noon)

    sent = signed_in(buyer).get(reverse("order-paper", args=[order.pk]))

    assert sent["Content-Type"] == "application/pdf"
    assert "草稿" in text_of(sent.content)


# -- the day's end --------------------------------------------------------------------------------------


def test_what_is_not_claimed_is_listed_as_the_day_ends(
    order, buyer, salesperson, signed_in, noon, admin_manager
):
    deliver(order, by=buyer, to=salesperson, at=noon)
    page = signed_in(admin_manager).get(reverse("reimbursements-today"))
    assert (page.context["claims"], page.context["total"]) == ([the_claim(order)], Decimal("600.00"))

    the_claim(order).claim(
        invoice=enter_invoice(order, "600", by=buyer, at=noon), number="BX1", by=buyer, at=noon
    )
    assert signed_in(admin_manager).get(reverse("reimbursements-today")).context["claims"] == []
