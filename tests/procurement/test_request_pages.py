"""Purchase requests in the browser: finding, asking, confirming, quoting, approving."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.person_field import spell
from pages import clock
from procurement.models import PurchaseRequest
from tests.supplies.builders import make_category, make_item

from .purchases import (
    day,
    make_approved,
    make_chosen,
    make_draft,
    make_submitted,
    make_waiting,
    quote,
    step_of,
    url,
    want,
)

pytestmark = pytest.mark.django_db
Status = PurchaseRequest.Status


@pytest.fixture
def noon():
    """The pages look at the real clock: here everything happens just now."""
    return clock.now()


@pytest.fixture
def desk(signed_in, salesperson):
    return signed_in(salesperson)


@pytest.fixture
def buying(signed_in, buyer):
    return signed_in(buyer)


def typed(department, *lines: dict, **fields) -> dict:
    """The form as a browser sends it: the lines, and one that stayed empty."""
    data = {"title": "会议室投影仪", "department": department.pk, **fields}
    rows = [*lines, {}]
    data |= {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": 0}
    return data | {
        f"lines-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()
    }


def line(kind, **fields) -> dict:
    return {"name": "投影仪", "quantity": "2", "unit": "台", "category": kind.pk, **fields}


# -- asking --------------------------------------------------------------------------------------------


def test_the_form_has_five_empty_lines(desk):
    answer = desk.get(reverse("purchase-request-new"))

    assert len(answer.context["form"].lines.forms) == 5


def test_saved_it_is_a_draft(desk, sales):
    answer = desk.post(reverse("purchase-request-new"), typed(sales, line(make_category())))
    request = PurchaseRequest.objects.get()

    assert answer.headers["Location"] == request.get_absolute_url()
    assert (request.status, [one.spelt for one in request.lines.all()]) == (Status.DRAFT, ["投影仪 × 2 台"])


def test_handed_in_it_waits_for_the_head(desk, sales, department_head):
    desk.post(reverse("purchase-request-new"), typed(sales, line(make_category()), hand_in="1"))

    request = PurchaseRequest.objects.get()
    assert (request.status, request.confirmer) == (Status.SUBMITTED, department_head)


def test_a_double_click_makes_one_request(desk, sales):
    data = typed(sales, line(make_category()), once="6f1f3c9e-3c53-4f2b-9c4b-7c2f9a2f5e11", hand_in="1")
    answers = [desk.post(reverse("purchase-request-new"), data) for _click in range(2)]

    assert PurchaseRequest.objects.count() == 1
    assert [answer.status_code for answer in answers] == [302, 302]


def test_an_item_brings_its_name_unit_and_category(desk, sales):
    item = make_item("中性笔", code="BG7", unit="支")
    desk.post(reverse("purchase-request-new"), typed(sales, {"item": "BG7 中性笔", "quantity": "10"}))
    found = PurchaseRequest.objects.get().lines.get()

    assert (found.item, found.name, found.unit, found.category) == (item, "中性笔", "支", item.category)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "-3"}, "quantity"),
        ({"quantity": "1.5"}, "quantity"),
        ({"quantity": "1000000"}, "quantity"),
        ({"quantity": ""}, "quantity"),
        ({"unit": ""}, "unit"),
        ({"category": ""}, "category"),
        ({"name": ""}, "name"),
        ({"expected_price": "-1"}, "expected_price"),
        ({"item": "没有这种东西"}, "item"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(desk, sales, wrong, field):
    data = typed(sales, line(make_category(), **wrong), purpose="三层会议室")
    answer = desk.post(reverse("purchase-request-new"), data)
    form = answer.context["form"]

    assert answer.status_code == 422
    assert list(form.lines[0].errors) == [field]
    assert form["purpose"].value() == "三层会议室"
    assert PurchaseRequest.objects.count() == 0


def test_another_unit_than_the_stocks_is_a_mistake(desk, sales):
    item = make_item("中性笔", unit="支")
    data = typed(sales, {"item": item.code, "quantity": "10", "unit": "盒"})
    answer = desk.post(reverse("purchase-request-new"), data)

    assert answer.context["form"].lines[0].errors == {"unit": ["It is kept in 支; ask for it in that unit."]}


def test_nothing_to_buy_is_a_mistake(desk, sales):
    answer = desk.post(reverse("purchase-request-new"), typed(sales))

    assert answer.status_code == 422
    assert "at least one thing" in answer.content.decode()


def test_more_lines_keep_what_was_typed(desk, sales):
    answer = desk.post(reverse("purchase-request-new"), typed(sales, line(make_category()), more="1"))
    form = answer.context["form"]

    assert answer.status_code == 200
    assert len(form.lines.forms) == 7
    assert form.lines[0]["name"].value() == "投影仪"
    assert form["title"].value() == "会议室投影仪"


def test_one_asks_for_ones_own_department(desk, administration):
    answer = desk.post(reverse("purchase-request-new"), typed(administration, line(make_category())))

    assert list(answer.context["form"].errors) == ["department"]


def test_the_confirmer_belongs_to_the_department(desk, sales, outsider, salesperson):
    for person in (outsider, salesperson):
        data = typed(sales, line(make_category()), confirmer=spell(person))
        answer = desk.post(reverse("purchase-request-new"), data)
        assert list(answer.context["form"].errors) == ["confirmer"]


def test_a_change_over_anothers_change_is_told_with_all_that_was_typed(desk, salesperson, sales, noon):
    request = make_draft(salesperson, noon)
    old = request.version
    request.amend({"title": "别的"}, [want()], by=salesperson, at=noon)
    data = typed(sales, line(make_category()), version=old)
    answer = desk.post(url("purchase-request-amend", request), data)

    assert answer.status_code == 409
    assert answer.context["form"]["title"].value() == "会议室投影仪"
    request.refresh_from_db()
    assert request.title == "别的"


def test_a_change_is_saved(desk, salesperson, sales, noon):
    request = make_draft(salesperson, noon)
    kept = request.lines.get()
    answer = desk.get(url("purchase-request-amend", request))
    assert answer.context["form"].lines[0]["name"].value() == "投影仪"

    data = typed(sales, line(kept.category, pk=kept.pk, quantity="7"), version=request.version)
    desk.post(url("purchase-request-amend", request), data)
    assert request.lines.get() == kept
    assert request.lines.get().quantity == 7


# -- who sees and does what ------------------------------------------------------------------------------


def test_other_departments_requests_are_not_there(signed_in, outsider, salesperson, noon):
    request = make_submitted(salesperson, noon)
    other = signed_in(outsider)

    assert other.get(request.get_absolute_url()).status_code == 404
    assert other.get(url("purchase-request-sheet", request)).status_code == 404
    assert other.post(url("purchase-request-confirm", request)).status_code == 404
    assert list(other.get(reverse("purchase-requests")).context["list"].page.rows) == []


def test_colleagues_see_what_was_handed_in(signed_in, colleague, salesperson, noon):
    draft, request = make_draft(salesperson, noon), make_submitted(salesperson, noon)
    other = signed_in(colleague)

    assert other.get(draft.get_absolute_url()).status_code == 404
    assert other.get(request.get_absolute_url()).status_code == 200


def test_the_auditor_sees_all_and_changes_nothing(signed_in, auditor, salesperson, buyer, noon):
    request = make_waiting(salesperson, buyer, noon)
    browser = signed_in(auditor)

    assert browser.get(request.get_absolute_url()).status_code == 200
    assert browser.get(url("quote-new", request)).status_code == 403
    assert browser.get(url("purchase-request-withdraw", request)).status_code == 403
    assert browser.post(url("approval-approve", step_of(request))).status_code == 409
    assert browser.get(reverse("approval-rules")).status_code == 403


def test_only_who_asked_changes_and_hands_in(signed_in, department_head, salesperson, noon):
    request = make_submitted(salesperson, noon)
    browser = signed_in(department_head)

    assert browser.get(url("purchase-request-amend", request)).status_code == 403
    assert browser.post(url("purchase-request-submit", request)).status_code == 403


def test_the_head_confirms_what_was_seen(signed_in, department_head, salesperson, noon):
    request = make_submitted(salesperson, noon)
    browser = signed_in(department_head)
    stale = {"seen": request.version - 1}
    assert browser.post(url("purchase-request-confirm", request), stale).status_code == 409

    browser.post(url("purchase-request-confirm", request), {"seen": request.version})
    request.refresh_from_db()
    assert request.status == Status.QUOTING


def test_who_asked_cannot_confirm(desk, salesperson, noon):
    request = make_submitted(salesperson, noon)

    assert desk.post(url("purchase-request-confirm", request)).status_code == 409


def test_sending_back_needs_a_reason(signed_in, department_head, salesperson, noon):
    request = make_submitted(salesperson, noon)
    browser = signed_in(department_head)
    assert browser.post(url("purchase-request-send-back", request), {"reason": ""}).status_code == 422

    browser.post(url("purchase-request-send-back", request), {"reason": "写明流明"})
    request.refresh_from_db()
    assert (request.status, request.sent_back_reason) == (Status.DRAFT, "写明流明")


def test_who_asked_withdraws(desk, salesperson, noon):
    request = make_submitted(salesperson, noon)
    desk.post(url("purchase-request-withdraw", request), {"reason": "不需要了"})

    request.refresh_from_db()
    assert request.status == Status.WITHDRAWN


# -- the list --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("q", ["投影", "吊架", "hystyy", "dj", "number"])
def test_requests_are_found(desk, salesperson, noon, q):
    request = make_draft(salesperson, noon, want("吊架"))
    make_draft(salesperson, noon, want("纸"), title="打印纸")
    answer = desk.get(reverse("purchase-requests"), {"q": request.number if q == "number" else q})

    assert [row.pk for row in answer.context["list"].page.rows] == [request.pk]


def test_the_list_is_narrowed(buying, buyer, salesperson, noon):
    draft, waiting = make_draft(salesperson, noon), make_waiting(salesperson, buyer, noon)
    waiting.over_budget = True
    waiting.save()

    def found(**asked) -> list[int]:
        return [row.pk for row in buying.get(reverse("purchase-requests"), asked).context["list"].page.rows]

    assert found(status="approval") == [waiting.pk]
    assert found(status="open") == [waiting.pk, draft.pk]
    assert found(which="bought") == [waiting.pk]
    assert found(which="over_budget") == [waiting.pk]
    assert found(which="shortage") == []
    assert found(since=day(1)) == []


def test_the_list_is_taken_along(buying, salesperson, noon):
    request = make_submitted(salesperson, noon)
    answer = buying.get(reverse("purchase-requests"), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode()

    assert request.number in text
    assert "投影仪 × 2 台" in text


@pytest.mark.parametrize("address", ["purchase-requests", "approvals"])
def test_a_longer_list_asks_no_more_questions(signed_in, department_head, buyer, salesperson, noon, address):
    browser = signed_in(department_head)

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(reverse(address))
        return len(asked)

    make_waiting(salesperson, buyer, noon)
    make_submitted(salesperson, noon)
    questions()
    one = questions()
    for _more in range(2):
        make_waiting(salesperson, buyer, noon)
        make_submitted(salesperson, noon)
    assert questions() == one


def test_more_lines_and_quotes_ask_no_more_questions(buying, buyer, salesperson, noon):
    def questions(request) -> int:
        buying.get(request.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            buying.get(request.get_absolute_url())
        return len(asked)

    category = make_category()
    short = make_chosen(salesperson, buyer, noon, want(category=category))
    long = make_chosen(salesperson, buyer, noon, *[want(f"物品{n}", category=category) for n in range(3)])
    for _more in range(2):
        quote(long, buyer, noon, "500", "500", "500")

    assert questions(long) == questions(short)


def test_the_sheet_for_paper_names_who_approved(buying, buyer, salesperson, noon):
    request = make_approved(salesperson, buyer, noon)
    text = buying.get(url("purchase-request-sheet", request)).content.decode()

    assert request.number in text
    assert "何建明" in text
    assert "¥600.00" in text
