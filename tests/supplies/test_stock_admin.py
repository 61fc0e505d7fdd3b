"""The clerk in Django's admin: items are edited, stock is posted, nothing in use is lost."""

from decimal import Decimal

import pytest
from django.contrib.admin import site
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organization.roles import Role
from supplies.models import Item, Movement, Posting, Shortage
from tests.builders import make_place, make_user

from .builders import make_category, make_item, stock_up

pytestmark = pytest.mark.django_db
ITEMS = "/admin/supplies/item/"


@pytest.fixture
def browser(clerk, signed_in):
    return signed_in(clerk)


def told(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def choose(browser, action: str, *items: Item):
    return browser.post(ITEMS, {"action": action, "_selected_action": [item.pk for item in items]})


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("receive", "receive"),
        ("issue", "issue"),
        ("take_back", "return"),
        ("send_back", "send_back"),
        ("transfer", "transfer"),
        ("correct", "correct"),
    ],
)
def test_chosen_items_come_to_a_page_with_a_line_for_each(browser, action, kind):
    items = [make_item(code="A1"), make_item(code="A2")]

    answer = choose(browser, action, *items)

    assert answer.url == f"/admin/supplies/item/post/{kind}/?ids={items[0].pk},{items[1].pk}"
    assert [line.item for line in browser.get(answer.url).context["form"].lines] == items


def test_goods_are_received_with_their_price(browser):
    item = make_item()
    line = {
        f"item{item.pk}-quantity": "12",
        f"item{item.pk}-place": item.place_id,
        f"item{item.pk}-price": "1.505",
    }

    answer = browser.post(f"{ITEMS}post/receive/?ids={item.pk}", line)

    item.refresh_from_db()
    assert answer.url == Posting.objects.get().get_absolute_url()
    assert (item.on_hand, item.value) == (12, Decimal("18.06"))


def test_more_than_there_is_is_refused_on_the_page_and_what_was_typed_stays(browser, clerk, sales, noon):
    item = make_item()
    stock_up(item, 2, by=clerk, at=noon)
    line = {f"item{item.pk}-quantity": "3", f"item{item.pk}-place": item.place_id, "department": sales.pk}

    form = browser.post(f"{ITEMS}post/issue/?ids={item.pk}", line).context["form"]

    assert form.head.non_field_errors() == [f"{item}: there are only 2 支 at {item.place}."]
    assert form.lines[0]["quantity"].value() == "3"


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "1000000", "1e400", "NaN", "", "三"])
def test_a_quantity_without_sense_is_refused_at_its_field(browser, typed):
    item = make_item()
    line = {f"item{item.pk}-quantity": typed, f"item{item.pk}-place": item.place_id}

    form = browser.post(f"{ITEMS}post/receive/?ids={item.pk}", line).context["form"]

    assert (list(form.lines[0].errors), Posting.objects.count()) == (["quantity"], 0)


def test_a_double_click_posts_once(browser, clerk, noon):
    item = make_item()
    line = {
        f"item{item.pk}-quantity": "3",
        f"item{item.pk}-place": item.place_id,
        "once": "5b0ec1ce-6d7e-4b0e-8a52-2f4f5c2f7a10",
    }

    answers = [browser.post(f"{ITEMS}post/receive/?ids={item.pk}", line).url for _click in range(2)]

    assert (answers[0], Movement.objects.count()) == (answers[1], 1)


def test_a_correction_goes_down_with_a_reason(browser, clerk, noon):
    item = make_item()
    stock_up(item, 5, by=clerk, at=noon)
    line = {f"item{item.pk}-quantity": "-2", f"item{item.pk}-place": item.place_id}

    without = browser.post(f"{ITEMS}post/correct/?ids={item.pk}", line)
    browser.post(f"{ITEMS}post/correct/?ids={item.pk}", {**line, "reason": "破损"})

    item.refresh_from_db()
    assert (list(without.context["form"].head.errors), item.on_hand) == (["reason"], 3)


def test_a_transfer_goes_somewhere_else(browser, clerk, noon):
    item, desk = make_item(), make_place("前台柜")
    stock_up(item, 5, by=clerk, at=noon)
    line = {
        f"item{item.pk}-quantity": "2",
        f"item{item.pk}-place": item.place_id,
        f"item{item.pk}-to": item.place_id,
    }

    same = browser.post(f"{ITEMS}post/transfer/?ids={item.pk}", line)
    browser.post(f"{ITEMS}post/transfer/?ids={item.pk}", {**line, f"item{item.pk}-to": desk.pk})

    assert list(same.context["form"].lines[0].errors) == ["to"]
    assert item.stocks.get(place=desk).quantity == 2


def test_who_may_only_look_posts_nothing(signed_in, administration):
    auditor = make_user(role=Role.AUDITOR, is_staff=True)
    item = make_item()

    answer = signed_in(auditor).get(f"{ITEMS}post/receive/?ids={item.pk}")

    assert answer.status_code == 403


def fields_of(item: Item, **changes) -> dict:
    names = ["code", "name", "specification", "kind", "category_id", "unit", "minimum", "target", "place_id",
             "shelf", "remark"]  # fmt: skip
    data = {name.removesuffix("_id"): getattr(item, name) for name in names}
    stocks = {"stocks-TOTAL_FORMS": 0, "stocks-INITIAL_FORMS": 0}
    return data | {"barcode": "", "active": "on", "reorders": "on", "requestable": "on"} | stocks | changes


def test_the_unit_stays_once_the_item_moved(browser, clerk, noon):
    item = make_item()
    browser.post(f"{ITEMS}{item.pk}/change/", fields_of(item, unit="盒"))
    item.refresh_from_db()
    assert item.unit == "盒"
    stock_up(item, 1, by=clerk, at=noon)

    browser.post(f"{ITEMS}{item.pk}/change/", fields_of(item, unit="箱"))

    item.refresh_from_db()
    assert item.unit == "盒"


@pytest.mark.parametrize("name", ["place", "category"])
def test_the_clerk_looks_places_and_categories_up_by_typing(browser, name):
    item = make_item()
    asked = {"app_label": "supplies", "model_name": "item", "field_name": name, "term": ""}

    found = browser.get("/admin/autocomplete/", asked).json()["results"]

    assert [one["text"] for one in found] == [str(getattr(item, name))]


def test_raising_the_minimum_is_noticed_at_once(browser):
    item = make_item(reorders=False)

    browser.post(f"{ITEMS}{item.pk}/change/", fields_of(item, minimum=5, target=9, reorders=""))

    assert Shortage.objects.get().minimum == 5


@pytest.mark.parametrize("way", ["page", "action"])
def test_deleting_what_is_in_use_ends_in_a_sentence(browser, clerk, noon, way):
    item, unused = make_item(), make_item("胶带")
    stock_up(item, 1, by=clerk, at=noon)

    if way == "page":
        answer = browser.post(f"{ITEMS}{item.pk}/delete/", {"post": "yes"})
    else:
        answer = choose(browser, "delete_selected", item, unused)

    assert told(answer) == [f"{item}: in use, so nothing was deleted. Take it out of use instead."]
    assert Item.objects.count() == 2


def test_a_category_in_use_stays(browser):
    category = make_category("文具")
    make_item(category=category)

    answer = browser.post(f"/admin/supplies/category/{category.pk}/delete/", {"post": "yes"})

    assert told(answer) == ["文具: in use, so nothing was deleted. Take it out of use instead."]


def test_a_posted_document_has_no_buttons(browser, clerk, noon):
    posting = stock_up(make_item(), 1, by=clerk, at=noon)

    page = browser.get(f"/admin/supplies/posting/{posting.pk}/change/")

    assert (page.context["has_change_permission"], page.context["has_delete_permission"]) == (False, False)
    assert browser.post(f"/admin/supplies/posting/{posting.pk}/change/", {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("noun", ["item", "posting", "movement", "shortage", "category"])
def test_a_table_asks_the_database_as_often_for_three_rows_as_for_one(browser, clerk, noon, noun):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/admin/supplies/{noun}/").status_code == 200
        return len(asked)

    stock_up(make_item(minimum=5, reorders=False), 1, by=clerk, at=noon)
    queries()
    first = queries()
    for _number in range(2):
        stock_up(make_item(minimum=5, reorders=False), 1, by=clerk, at=noon)
    assert queries() == first


def test_what_the_ledger_writes_while_the_clerk_types_is_not_lost(browser, clerk, noon, monkeypatch):
    item = make_item()
    item_admin = site._registry[Item]
    write = item_admin.save_model

    def meanwhile(*args, **kwargs):
        stock_up(Item.objects.get(pk=item.pk), 7, by=clerk, at=noon)
        write(*args, **kwargs)

    monkeypatch.setattr(item_admin, "save_model", meanwhile)
    browser.post(f"{ITEMS}{item.pk}/change/", fields_of(item, shelf="B-07"))

    item.refresh_from_db()
    assert (item.shelf, item.on_hand) == ("B-07", 7)
