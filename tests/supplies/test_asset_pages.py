"""Assets in the browser: who may see and do what, what is typed is not lost, and how much a page asks."""

import io
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from supplies.models import Asset, Handover, MaintenancePlan
from tests.builders import make_place

from .builders import make_asset, make_category
from .test_labels import scanned

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006"
    "0005577fab0b0000000049454e44ae426082"
)


@pytest.fixture
def asset(sales):
    return make_asset(department=sales)


@pytest.fixture
def held(asset, clerk, salesperson, noon):
    """In the custody of the salesperson."""
    asset.hand_over(taker=salesperson, by=clerk, at=noon).accept(by=salesperson, at=noon)
    asset.refresh_from_db()
    return asset


def words(response) -> str:
    return response.content.decode()


def test_the_register_is_for_those_who_keep_or_read_it(asset, clerk, auditor, outsider, signed_in):
    found = {
        person.username: [row["object"] for row in signed_in(person).get("/assets/").context["list"].rows]
        for person in (clerk, auditor, outsider)
    }

    assert found == {"clerk": [asset], "auditor": [asset], "outsider": []}


@pytest.mark.parametrize("who", ["salesperson", "department_head"])
def test_custodian_and_head_open_the_page(held, who, request, signed_in):
    page = signed_in(request.getfixturevalue(who)).get(held.get_absolute_url())

    assert page.status_code == 200
    assert page.context["worth"] is None


def test_it_is_nobody_elses_business(held, outsider, colleague, signed_in):
    assert signed_in(outsider).get(held.get_absolute_url()).status_code == 404
    assert signed_in(colleague).get(held.get_absolute_url()).status_code == 404
    assert signed_in(outsider).get(reverse("asset-picture", args=[held.pk])).status_code == 404
    assert signed_in(outsider).get(reverse("asset-code", args=[held.pk])).status_code == 404


def test_what_it_cost_is_for_those_who_may_see_it(held, it_admin, clerk, signed_in):
    price = "6,000.00"

    assert price in words(signed_in(clerk).get(held.get_absolute_url()))
    assert price in words(signed_in(clerk).get("/assets/"))
    assert price not in words(signed_in(it_admin).get(held.get_absolute_url()))
    assert price not in words(signed_in(it_admin).get("/assets/"))
    assert "6000" not in b"".join(signed_in(it_admin).get("/assets/?export=csv").streaming_content).decode()
    assert signed_in(it_admin).get(reverse("depreciation")).status_code == 403


@pytest.mark.parametrize("deed", ["lend", "move", "take-back", "repair", "scrap", "maintain"])
def test_a_custodian_does_not_do_what_the_keeper_does(held, salesperson, signed_in, deed):
    assert signed_in(salesperson).post(reverse(f"asset-{deed}", args=[held.pk])).status_code == 403


@pytest.mark.parametrize(
    "name", ["asset-new", "handover-new", "assets-lent", "maintenance", "depreciation", "asset-labels"]
)
def test_pages_of_the_keeper_are_shut_to_others(salesperson, signed_in, name):
    assert signed_in(salesperson).get(reverse(name)).status_code == 403


def test_a_custodian_reports_a_fault_and_hands_over(held, salesperson, colleague, signed_in):
    browser = signed_in(salesperson)

    browser.post(reverse("asset-hand-over", args=[held.pk]), {"taker": "林悦", "once": uuid4()})
    assert Handover.objects.waiting().get().taker == colleague
    refused = browser.post(reverse("asset-fault", args=[held.pk]), {"fault": "屏幕闪烁"})

    assert refused.status_code == 409
    assert "屏幕闪烁" in words(refused)
    Handover.objects.waiting().get().withdraw(by=salesperson)
    browser.post(reverse("asset-fault", args=[held.pk]), {"fault": "屏幕闪烁"})
    held.refresh_from_db()
    assert held.status == Asset.Status.IN_REPAIR


def test_what_waits_for_me_is_accepted_together(asset, clerk, salesperson, signed_in, sales):
    other = make_asset("显示器", department=sales)
    form = {"tags": f"{asset.tag}\n{other.tag.lower()}", "taker": "陈思远", "once": uuid4()}

    sent = signed_in(clerk).post(reverse("handover-new"), form)
    waiting = Handover.objects.to_accept(salesperson)
    assert sent.url == waiting.order_by("asset").first().get_absolute_url()
    browser = signed_in(salesperson)
    assert len(browser.get(reverse("my-assets")).context["to_accept"]) == 2
    browser.post(reverse("handovers-accept"), {"handover": list(waiting.values_list("pk", flat=True))})

    assert Asset.objects.filter(custodian=salesperson, status=Asset.Status.IN_USE).count() == 2


def test_of_several_all_are_handed_over_or_none(asset, held, clerk, colleague, signed_in, sales):
    lent = make_asset("投影仪", department=sales, status=Asset.Status.LENT, custodian=clerk,
                      due_back_on=date(2026, 12, 1))  # fmt: skip
    other = make_asset("显示器", department=sales)

    page = signed_in(clerk).post(
        reverse("handover-new"), {"tags": f"{other.tag} {lent.tag}", "taker": "林悦", "reason": "换岗"}
    )

    assert (page.status_code, Handover.objects.waiting().count()) == (409, 0)
    assert "换岗" in words(page)
    assert "is lent to" in words(page)


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [("ZC999999", "There is no asset ZC999999 in the register."), ("", "This field is required.")],
)
def test_a_foreign_tag_is_named(clerk, colleague, signed_in, tags, sentence):
    page = signed_in(clerk).post(reverse("handover-new"), {"tags": tags, "taker": "林悦"})

    assert page.context["form"].errors["tags"] == [sentence]


def test_the_double_click_hands_over_once(asset, clerk, colleague, signed_in):
    form, browser = {"tags": asset.tag, "taker": "林悦", "once": uuid4()}, signed_in(clerk)

    urls = {browser.post(reverse("handover-new"), form).url for _click in range(2)}

    assert (len(urls), Handover.objects.count()) == (1, 1)


def test_only_the_taker_answers_in_the_browser(asset, clerk, salesperson, outsider, signed_in, noon):
    handover = asset.hand_over(taker=salesperson, by=clerk, at=noon)

    assert signed_in(outsider).get(handover.get_absolute_url()).status_code == 404
    assert signed_in(outsider).post(reverse("handover-accept", args=[handover.pk])).status_code == 404
    assert signed_in(clerk).post(reverse("handover-accept", args=[handover.pk])).status_code == 409
    assert signed_in(clerk).get(reverse("handover-decline", args=[handover.pk])).status_code == 403
    assert signed_in(salesperson).get(reverse("handover-withdraw", args=[handover.pk])).status_code == 403
    declined = signed_in(salesperson).post(reverse("handover-decline", args=[handover.pk]), {"reason": ""})
    assert declined.status_code == 422


def test_the_sheet_to_sign_is_a_pdf(asset, clerk, salesperson, signed_in, noon):
    handover = asset.hand_over(taker=salesperson, by=clerk, at=noon)

    sheet = signed_in(clerk).get(reverse("handover-sheet", args=[handover.pk]))

    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.fixture
def new_form(sales):
    return {
        "name": "显示器", "category": make_category(useful_months=36).pk, "department": sales.pk,
        "place": make_place().pk, "price": "1299.00", "bought_on": "2026-11-20", "pieces": "3",
        "once": uuid4(),
    }  # fmt: skip


def test_several_alike_are_registered_at_once_and_once(clerk, signed_in, new_form):
    for _click in range(2):
        assert signed_in(clerk).post(reverse("asset-new"), new_form).status_code == 302

    assert Asset.objects.count() == 3
    assert set(Asset.objects.values_list("residual", "useful_months")) == {(Decimal("64.95"), 36)}


def test_a_new_one_is_handed_over_where_a_taker_is_named(clerk, colleague, signed_in, new_form):
    signed_in(clerk).post(reverse("asset-new"), {**new_form, "taker": "林悦"})

    assert Handover.objects.waiting().filter(taker=colleague).count() == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [("price", "-1"), ("price", "1.999"), ("price", "99999999999999"), ("pieces", "0"), ("pieces", "101"),
     ("residual", "1300"), ("in_use_on", "2026-11-19"), ("bought_on", "昨天"), ("serial", "PF123")],
)  # fmt: skip
def test_bad_input_is_said_at_its_field_and_nothing_is_lost(clerk, signed_in, new_form, field, value):
    page = signed_in(clerk).post(reverse("asset-new"), {**new_form, field: value})

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert 'value="显示器"' in words(page)
    assert Asset.objects.count() == 0


def test_a_picture_is_looked_into_and_shown(clerk, signed_in, new_form, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    form = {**new_form, "pieces": "1", "picture": io.BytesIO(PNG)}
    form["picture"].name = "x.png"
    signed_in(clerk).post(reverse("asset-new"), form)
    asset = Asset.objects.get()

    shown = signed_in(clerk).get(reverse("asset-picture", args=[asset.pk]))
    page = io.BytesIO(b"<html>")
    page.name = "x.png"
    refused = signed_in(clerk).post(reverse("asset-new"), {**new_form, "once": uuid4(), "picture": page})

    assert (shown["Content-Type"], b"".join(shown.streaming_content)) == ("image/png", PNG)
    assert list(refused.context["form"].errors) == ["picture"]


def correction(asset, **changes) -> dict:
    return {
        "name": asset.name, "category": asset.category_id, "price": asset.price, "residual": asset.residual,
        "useful_months": asset.useful_months, "bought_on": asset.bought_on, "in_use_on": asset.in_use_on,
        "version": asset.version, "reason": "录入错误", **changes,
    }  # fmt: skip


def test_a_correction_tells_the_slower_one(asset, clerk, signed_in):
    browser, address = signed_in(clerk), reverse("asset-correct", args=[asset.pk])

    assert browser.post(address, correction(asset, remark="甲")).status_code == 302
    slower = browser.post(address, correction(asset, remark="乙"))

    assert slower.status_code == 409
    assert 'value="乙"' in words(slower)
    asset.refresh_from_db()
    assert asset.remark == "甲"


@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=bjbdn", 1), ("?q=csy", 1), ("?q=T14", 0), ("?asks=overdue", 0), ("?status=standing", 1),
     ("?status=scrapped", 0), ("?asks=leavers", 0), ("?asks=warranty", 0), ("?asks=waiting", 0)],
)  # fmt: skip
def test_searching_and_narrowing(held, clerk, signed_in, query, found):
    assert len(signed_in(clerk).get(f"/assets/{query}").context["list"].rows) == found


def test_the_depreciation_of_a_month_adds_up(asset, clerk, signed_in, sales, administration):
    terms = {"price": Decimal("100.00"), "residual": Decimal(0), "useful_months": 3}
    make_asset("投影仪", department=administration, bought_on=date(2026, 9, 10), **terms)

    page = signed_in(clerk).get("/assets/depreciation/?month=2026-11").context
    sheet = signed_in(clerk).get("/assets/depreciation/?month=2026-11&by=asset&export=xlsx")

    assert {line.label: line.amount for line in page["rows"]} == {
        "行政部": Decimal("33.34"),
        "销售部": Decimal("158.33"),
    }
    assert (page["whole"].pieces, page["whole"].amount) == (2, Decimal("191.67"))
    rows = list(load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).active.values)
    assert (len(rows), rows[-1][1]) == (4, 2)


def test_maintenance_is_planned_done_and_due_again(asset, clerk, signed_in, noon):
    browser = signed_in(clerk)
    due = date.today() + timedelta(days=10)
    browser.post(
        reverse("plan-new", args=[asset.pk]),
        {"title": "清洗滤网", "every_months": 6, "next_due_on": due, "responsible": "顾明", "once": uuid4()},
    )
    plan = MaintenancePlan.objects.get()
    assert len(browser.get(reverse("maintenance")).context["groups"]) == 1

    browser.post(reverse("plan-done", args=[plan.pk]), {"done": "清洗滤网", "cost": "180"})
    browser.post(reverse("plan-end", args=[plan.pk]), {"reason": "外包"})

    plan.refresh_from_db()
    assert (plan.next_due_on > due, plan.active, asset.repairs.get().cost) == (True, False, 180)


def test_the_labels_lead_to_the_asset(asset, clerk, signed_in, tmp_path):
    page = signed_in(clerk).get(f"{reverse('asset-labels')}?asset={asset.pk}")

    address = f"http://testserver/s/{asset.tag}/"
    assert address in [text for _kind, text in scanned(page.content, tmp_path)]
    assert signed_in(clerk).get(f"/s/{asset.tag}/").url == asset.get_absolute_url()
    assert signed_in(clerk).get(f"{reverse('asset-labels')}?asset=x").status_code == 404


def questions(browser, address, django_assert_max_num_queries) -> int:
    browser.get(address)
    with django_assert_max_num_queries(200) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["/assets/", "/assets/mine/", "/assets/lent/", "/assets/depreciation/",
                                     "/assets/maintenance/"])  # fmt: skip
def test_three_rows_ask_no_more_than_one(
    address, clerk, sales, signed_in, noon, django_assert_max_num_queries
):
    def live(number: int) -> None:
        asset = make_asset(f"投影仪{number}", department=sales)
        MaintenancePlan.set_up(asset, title="除尘", every_months=3, next_due_on=date(2027, 1, 1),
                               responsible=clerk, by=clerk, at=noon)  # fmt: skip
        asset.lend(taker=clerk, due_back_on=date(2026, 12, 1), by=clerk, at=noon)
        make_asset(f"椅子{number}", department=sales, custodian=clerk, status=Asset.Status.IN_USE)

    browser = signed_in(clerk)
    live(1)
    one = questions(browser, address, django_assert_max_num_queries)
    live(2)
    live(3)

    assert questions(browser, address, django_assert_max_num_queries) == one
