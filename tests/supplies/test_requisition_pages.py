"""Asking, deciding and handing out in the browser, with and without a script."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from pages.clock import now
from supplies.basket import KEY
from supplies.models import Posting, Quota, Requisition
from supplies.models.requisition import Want
from tests.builders import make_user

from .builders import make_item, stock_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_now():
    return now() - timedelta(hours=1)


@pytest.fixture
def pen(clerk, at_now):
    item = make_item(minimum=5)
    stock_up(item, 100, by=clerk, at=at_now)
    return item


@pytest.fixture
def asked(salesperson, pen, at_now):
    return Requisition.ask([Want(pen, 10)], by=salesperson, at=at_now, purpose="季度培训")


@pytest.fixture
def approved(asked, department_head, at_now):
    return asked.approve(by=department_head, at=at_now)


def url(name: str, requisition: Requisition) -> str:
    return reverse(f"requisition-{name}" if name else "requisition", args=[requisition.pk])


# -- choosing and asking ------------------------------------------------------------------------------


def test_the_catalogue_shows_what_may_be_asked_for_and_no_numbers(salesperson, pen, signed_in):
    make_item("印台", requestable=False)
    make_item("旧款", active=False)

    page = signed_in(salesperson).get(reverse("catalogue"))

    assert [card.item for card in page.context["list"].cards] == [pen]
    assert b"on hand" not in page.content


@pytest.mark.parametrize(("on_hand", "stock"), [(0, "none"), (4, "few"), (5, "some")])
def test_stock_is_shown_in_a_word(salesperson, clerk, signed_in, at_now, on_hand, stock):
    item = make_item(minimum=5)
    if on_hand:
        stock_up(item, on_hand, by=clerk, at=at_now)

    cards = signed_in(salesperson).get(reverse("catalogue")).context["list"].cards

    assert [card.stock for card in cards] == [stock]


@pytest.mark.parametrize(
    ("query", "found"), [("q=zxb", 1), ("q=中性", 1), ("q=qqq", 0), ("kind=consumable", 0)]
)
def test_the_catalogue_is_searched_by_initials_name_and_kind(salesperson, pen, signed_in, query, found):
    page = signed_in(salesperson).get(f"{reverse('catalogue')}?{query}")

    assert len(page.context["list"].cards) == found


def test_nothing_of_the_catalogue_is_taken_along(salesperson, pen, signed_in):
    page = signed_in(salesperson).get(f"{reverse('catalogue')}?export=xlsx")

    assert page["Content-Type"].startswith("text/html")


def test_from_the_catalogue_to_the_requisition_without_a_script(salesperson, pen, signed_in):
    browser = signed_in(salesperson)

    chosen = browser.post(reverse("catalogue"), {f"quantity_{pen.pk}": "3", "ask": "1"}, follow=True)
    sent = browser.post(reverse("basket"), {f"quantity_{pen.pk}": "4", "purpose": "培训", "once": uuid4()})

    made = Requisition.objects.get()
    assert [(row.item, row.quantity.value()) for row in chosen.context["form"].rows] == [(pen, 3)]
    assert (sent.url, made.lines.get().asked, made.purpose) == (made.get_absolute_url(), 4, "培训")
    assert KEY not in browser.session


def test_quantities_typed_on_several_pages_are_kept_together(salesperson, pen, signed_in):
    other, browser = make_item("订书钉"), signed_in(salesperson)

    browser.post(reverse("catalogue"), {f"quantity_{pen.pk}": "3"}, headers={"HX-Request": "true"})
    browser.post(f"{reverse('catalogue')}?q=订", {f"quantity_{other.pk}": "2"})

    assert browser.session[KEY] == {str(pen.pk): 3, str(other.pk): 2}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-1", "At least 0."),
        ("1.5", "Enter a whole number."),
        ("abc", "Enter a whole number."),
        ("1000000", "At most 999999."),
    ],
)
def test_a_bad_quantity_is_named_at_its_item_and_nothing_typed_is_lost(
    salesperson, pen, signed_in, text, sentence
):
    page = signed_in(salesperson).post(reverse("catalogue"), {f"quantity_{pen.pk}": text, "ask": "1"})

    card = page.context["list"].cards[0]
    assert (page.status_code, card.quantity, card.error) == (422, text, sentence)


def test_more_than_the_quota_asks_for_a_reason_at_its_line(salesperson, pen, sales, signed_in):
    Quota.objects.create(department=sales, item=pen, monthly=2)
    browser = signed_in(salesperson)
    browser.post(reverse("catalogue"), {f"quantity_{pen.pk}": "3"})

    page = browser.post(reverse("basket"), {f"quantity_{pen.pk}": "3", "purpose": "培训"})

    row = next(page.context["form"].rows)
    assert (page.status_code, row.asks_why, page.context["form"]["purpose"].value()) == (422, True, "培训")
    assert row.reason.errors == ["More than the 2 left of the quota: please say why."]
    browser.post(reverse("basket"), {f"quantity_{pen.pk}": "3", f"reason_{pen.pk}": "新人入职"})
    assert Requisition.objects.get().lines.get().over_reason == "新人入职"


def test_one_item_is_taken_out_and_the_rest_stays_as_typed(salesperson, pen, signed_in):
    other, browser = make_item("订书钉"), signed_in(salesperson)
    browser.post(reverse("catalogue"), {f"quantity_{pen.pk}": "3", f"quantity_{other.pk}": "2"})

    typed = {f"quantity_{pen.pk}": "3", f"quantity_{other.pk}": "9", "purpose": "培训", "remove": pen.pk}
    page = browser.post(reverse("basket"), typed)

    rows = [(row.item, str(row.quantity.value())) for row in page.context["form"].rows]
    assert (page.status_code, rows, page.context["form"]["purpose"].value()) == (200, [(other, "9")], "培训")


def test_what_was_put_out_of_use_meanwhile_is_not_in_the_basket(salesperson, pen, signed_in):
    browser = signed_in(salesperson)
    browser.post(reverse("catalogue"), {f"quantity_{pen.pk}": "3"})
    pen.active = False
    pen.save(update_fields=["active"])

    assert browser.get(reverse("basket")).context["form"].items == []


def test_a_double_click_asks_once(salesperson, pen, signed_in):
    browser, form = signed_in(salesperson), {f"quantity_{pen.pk}": "3", "once": str(uuid4())}
    for _click in range(2):
        browser.post(reverse("catalogue"), {f"quantity_{pen.pk}": "3"})
        browser.post(reverse("basket"), form)

    assert Requisition.objects.count() == 1


def test_the_catalogue_costs_the_same_for_one_and_three(
    salesperson, pen, signed_in, django_assert_num_queries, django_assert_max_num_queries
):
    browser = signed_in(salesperson)
    browser.get(reverse("catalogue"))
    with django_assert_max_num_queries(40) as one:
        browser.get(reverse("catalogue"))
    make_item(), make_item()

    with django_assert_num_queries(len(one)):
        browser.get(reverse("catalogue"))


# -- who sees what ---------------------------------------------------------------------------------------


def test_an_outsider_finds_no_such_requisition(asked, outsider, signed_in):
    browser = signed_in(outsider)

    assert [browser.get(url(name, asked)).status_code for name in ("", "slip")] == [404, 404]
    assert [browser.post(url(name, asked)).status_code for name in ("approve", "refuse", "withdraw")] == [
        404
    ] * 3
    assert browser.get(url("hand-out", asked)).status_code == 403


@pytest.mark.parametrize("who", ["salesperson", "department_head", "clerk", "admin_manager"])
def test_whom_it_concerns_sees_it(asked, signed_in, who, request):
    browser = signed_in(request.getfixturevalue(who))

    assert [browser.get(url(name, asked)).status_code for name in ("", "slip")] == [200, 200]


def test_who_asked_cannot_decide(asked, salesperson, signed_in):
    page = signed_in(salesperson).post(url("approve", asked))

    asked.refresh_from_db()
    assert (page.status_code, asked.status) == (403, "waiting")


def test_the_department_is_its_heads_to_see(asked, department_head, salesperson, signed_in):
    of_head = signed_in(department_head).get(f"{reverse('requisitions')}?of=department")
    of_other = signed_in(salesperson).get(f"{reverse('requisitions')}?of=every")

    assert (of_head.context["tab"], list(of_head.context["list"].page.rows)) == ("department", [asked])
    assert of_other.context["tab"] == "own"


# -- deciding -----------------------------------------------------------------------------------------------


def test_one_tap_on_the_list_approves_all_of_it(asked, department_head, signed_in):
    browser = signed_in(department_head)
    listed = browser.get(reverse("requisitions-waiting")).context["cards"]

    answer = browser.post(url("approve", asked), {"from_list": "1"})

    assert [card[0] for card in listed] == [asked]
    assert (answer.url, asked.lines.get().approved) == (reverse("requisitions-waiting"), 10)


def test_on_its_page_the_head_agrees_to_less(asked, department_head, signed_in):
    line = asked.lines.get()

    signed_in(department_head).post(url("approve", asked), {f"quantity_{line.pk}": "4", "remark": "先发"})

    line.refresh_from_db()
    assert line.approved == 4


@pytest.mark.parametrize("quantity", ["11", "-1", "x"])
def test_a_bad_number_stays_with_its_mistake(asked, department_head, signed_in, quantity):
    name = f"quantity_{asked.lines.get().pk}"

    page = signed_in(department_head).post(url("approve", asked), {name: quantity})

    form = page.context["approval_form"]
    assert (page.status_code, len(form.errors[name]), form[name].value()) == (422, 1, quantity)


def test_refusing_needs_a_reason(asked, department_head, signed_in):
    browser = signed_in(department_head)

    assert browser.post(url("refuse", asked), {"reason": " "}).status_code == 422
    browser.post(url("refuse", asked), {"reason": "上周刚领过"})
    asked.refresh_from_db()
    assert asked.status == "refused"


def test_decided_by_two_at_once_the_second_is_told(asked, department_head, admin_manager, signed_in):
    signed_in(department_head).post(url("approve", asked))

    page = signed_in(admin_manager).post(url("refuse", asked), {"reason": "超支"})

    assert page.status_code == 409


def test_withdrawing_in_the_browser(asked, salesperson, department_head, signed_in):
    assert signed_in(department_head).post(url("withdraw", asked)).status_code == 403

    signed_in(salesperson).post(url("withdraw", asked))

    asked.refresh_from_db()
    assert asked.status == "withdrawn"


# -- the counter -----------------------------------------------------------------------------------


def test_the_queue_and_the_form_of_handing_out(approved, clerk, pen, signed_in):
    browser, line = signed_in(clerk), approved.lines.get()
    queue = browser.get(reverse("requisitions-to-hand-out")).context["list"].page.rows
    form = browser.get(url("hand-out", approved)).context["form"]

    browser.post(
        url("hand-out", approved),
        {f"quantity_{line.pk}": "4", f"place_{line.pk}": pen.place_id, "once": str(uuid4())},
    )

    line.refresh_from_db()
    assert queue == [approved]
    assert [(row.there, row.quantity.value()) for row in form.rows] == [(100, 10)]
    assert line.issued == 4


@pytest.mark.parametrize("quantity", ["", "0", "-2", "11", "2.5"])
def test_a_bad_quantity_hands_out_nothing(approved, clerk, pen, signed_in, quantity):
    line = approved.lines.get()
    given = {f"quantity_{line.pk}": quantity, f"place_{line.pk}": pen.place_id}

    page = signed_in(clerk).post(url("hand-out", approved), given)

    assert (page.status_code, Posting.objects.filter(kind="issue").count()) == (422, 0)


def test_the_rest_is_called_off_and_goods_come_back(approved, clerk, pen, signed_in):
    browser, line = signed_in(clerk), approved.lines.get()
    given = {f"quantity_{line.pk}": "4", f"place_{line.pk}": pen.place_id}
    browser.post(url("hand-out", approved), given)

    browser.post(url("call-off", approved), {"reason": "停产"})
    browser.post(url("take-back", approved), {**given, f"quantity_{line.pk}": "1"})

    approved.refresh_from_db()
    line.refresh_from_db()
    assert (approved.status, line.issued, line.returned) == ("called_off", 4, 1)


@pytest.mark.parametrize("name", ["requisitions-to-hand-out", "quotas", "quota-set", "quotas-propose"])
def test_the_stores_and_the_managers_pages_are_theirs(salesperson, signed_in, name):
    assert signed_in(salesperson).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["requisitions", "requisitions-waiting", "requisitions-to-hand-out"])
def test_lists_cost_the_same_for_one_and_three(
    approved,
    admin_manager,
    pen,
    at_now,
    signed_in,
    name,
    django_assert_num_queries,
    django_assert_max_num_queries,
):
    browser, address = signed_in(admin_manager), f"{reverse(name)}?of=every"
    browser.get(address)
    first = Requisition.ask([Want(pen, 1)], by=approved.requester, at=at_now)
    with django_assert_max_num_queries(60) as one:
        browser.get(address)
    for number in range(2):
        person = make_user(f"员工{number}", department=first.department)
        more = Requisition.ask([Want(pen, 1), Want(make_item(), 2)], by=person, at=at_now)
        Requisition.ask([Want(pen, 1)], by=person, at=at_now).approve(by=first.department.head, at=at_now)
    assert more.is_waiting

    with django_assert_num_queries(len(one)):
        browser.get(address)


# -- quotas and use -----------------------------------------------------------------------------------


def test_the_manager_sets_changes_and_removes_a_quota(admin_manager, sales, pen, signed_in):
    browser = signed_in(admin_manager)
    browser.post(reverse("quota-set"), {"department": sales.pk, "item": pen.pk, "monthly": "5"})
    quota = Quota.objects.get()
    browser.post(quota.get_absolute_url(), {"monthly": "7"})

    listed = browser.get(reverse("quotas")).context["list"].page.rows
    bad = browser.post(quota.get_absolute_url(), {"monthly": "-1"})
    browser.post(reverse("quota-remove", args=[quota.pk]))

    assert ([one.monthly for one in listed], bad.status_code, Quota.objects.count()) == ([7], 422, 0)


def test_past_use_is_proposed_for_a_whole_department(admin_manager, clerk, approved, pen, sales, signed_in):
    from supplies import ledger, quotas

    last_month = quotas.beginning(quotas.months_back(quotas.month_of(now()), 1)) + timedelta(hours=10)
    item = make_item("订书钉")
    stock_up(item, 50, by=clerk, at=last_month)
    ledger.issue([ledger.Line(item, item.place, 10)], department=sales, by=clerk, at=last_month)
    browser, address = signed_in(admin_manager), f"{reverse('quotas-propose')}?department={sales.pk}"

    rows = browser.get(address).context["form"].rows
    browser.post(address, {f"monthly_{item.pk}": "6"})

    assert [(row.item, row.proposed) for row in rows] == [(item, 4)]
    assert Quota.objects.get().monthly == 6


def test_use_is_ones_own_departments(salesperson, approved, clerk, pen, outsider, signed_in):
    page = signed_in(salesperson).get(reverse("department-use"))
    other = signed_in(salesperson).get(f"{reverse('department-use')}?department={outsider.department_id}")
    file = signed_in(clerk).get(
        f"{reverse('department-use')}?department={salesperson.department_id}&export=csv"
    )

    assert (page.context["department"], other.status_code) == (salesperson.department, 404)
    assert file["Content-Disposition"].startswith("attachment")
