"""Budgets in the browser: what stands there, who sees it, and what it asks of the database."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from procurement.models import Budget, Control
from procurement.spans import Span
from sla.calendars import write_missing

from .money import kind, make_budget, make_cost

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture(autouse=True)
def today(monkeypatch, noon, db):
    """The pages are opened on 23 November 2026."""
    write_missing()
    for module in ("budget_overview", "budget_lines", "costs"):
        monkeypatch.setattr(f"procurement.views.{module}.now", lambda: noon)
    monkeypatch.setattr("procurement.models.control.now", lambda: noon)


def rows(answer) -> dict:
    return {row.standing.category.name: row for row in answer.context["overview"].rows}


def test_the_overview_tells_how_a_line_stands_and_where_it_leads(admin_manager, signed_in):
    make_budget(1000)
    make_cost("767", by=admin_manager)
    make_cost("300", date(2026, 10, 3), by=admin_manager)

    answer = signed_in(admin_manager).get(reverse("budgets"))
    row = rows(answer)["快递"]
    assert (row.standing.left, row.standing.percent, row.last_period) == (D(233), 76, D(300))
    assert row.standing.words == "At this rate over the budget on 30 Nov."
    assert "no control yet" in answer.content.decode()


def test_a_quarter_without_a_line_of_its_own_is_what_its_months_add_up_to(admin_manager, signed_in):
    for number, amount in ((10, 100), (11, 200), (12, "300.50")):
        make_budget(amount, Span("month", 2026, number))

    answer = signed_in(admin_manager).get(reverse("budgets"), {"period": "quarter"})
    assert (rows(answer)["快递"].standing.amount, rows(answer)["快递"].is_added_up) == (D("600.50"), True)


def test_a_company_without_a_line_of_its_own_is_what_its_departments_add_up_to(
    admin_manager, sales, administration, signed_in
):
    make_budget(100, department=sales)
    make_budget(200, department=administration)

    answer = signed_in(admin_manager).get(reverse("budgets"))
    assert rows(answer)["快递"].standing.amount == 300


def test_an_empty_office_is_led_to_the_sheet_of_the_year(admin_manager, signed_in):
    answer = signed_in(admin_manager).get(reverse("budgets"))

    assert "Draw up the year" in answer.content.decode()


@pytest.mark.parametrize(
    "query", [{"period": "week"}, {"on": "soon"}, {"on": "1066-01-01"}, {"department": "99"}]
)
def test_what_is_no_period_is_not_found(admin_manager, signed_in, query):
    assert signed_in(admin_manager).get(reverse("budgets"), query).status_code == 404


def test_a_head_sees_the_department_alone(department_head, sales, administration, admin_manager, signed_in):
    own, other, whole = (
        make_budget(1, department=sales),
        make_budget(2, department=administration),
        make_budget(3),
    )
    browser = signed_in(department_head)

    assert browser.get(reverse("budgets")).context["department"] == sales
    assert browser.get(reverse("budgets"), {"department": administration.pk}).status_code == 404
    found = [browser.get(one.get_absolute_url()).status_code for one in (own, other, whole)]
    assert found == [200, 404, 404]
    assert browser.get(reverse("budget-revise", args=[own.pk])).status_code == 403
    assert browser.post(reverse("budget-year", args=[2026]), {}).status_code == 403


def test_others_see_nothing(colleague, signed_in):
    browser = signed_in(colleague)
    pages = [reverse("budgets"), reverse("cost-comparison"), reverse("budget-year", args=[2026])]

    assert [browser.get(page).status_code for page in pages] == [403, 403, 403]
    assert browser.get(make_budget().get_absolute_url()).status_code == 404


def test_whoever_answers_for_a_line_sees_it_and_notes_a_control(colleague, signed_in):
    line = make_budget(owner=colleague)
    browser = signed_in(colleague)

    assert browser.get(line.get_absolute_url()).status_code == 200
    form = {"explanation": "双十一", "action": "改走特惠", "until": "2026-11-30", "once": str(uuid4())}
    for _click in range(2):
        answer = browser.post(f"{reverse('control-new')}?budget={line.pk}", form)
    assert answer.url == line.get_absolute_url()
    control = Control.objects.get()
    assert (control.budget, control.month, control.noted_by) == (line, date(2026, 11, 1), colleague)


def test_a_control_that_has_ended_is_refused(colleague, signed_in):
    line = make_budget(owner=colleague)
    form = {"explanation": "双十一", "action": "改走特惠", "until": "2026-11-22"}

    assert signed_in(colleague).post(f"{reverse('control-new')}?budget={line.pk}", form).status_code == 409


def test_a_control_is_withdrawn_with_a_reason(admin_manager, signed_in):
    line = make_budget()
    control = Control.note(category=kind(), budget=line, explanation="a", action="b", by=admin_manager)
    browser = signed_in(admin_manager)

    assert browser.post(reverse("control-withdraw", args=[control.pk]), {"reason": ""}).status_code == 422
    browser.post(reverse("control-withdraw", args=[control.pk]), {"reason": "已恢复"})
    assert not Control.objects.standing().exists()


def test_the_page_shows_the_months_the_entries_and_the_revisions(admin_manager, signed_in):
    line = Budget.set(Span("month", 2026, 11), kind(), None, D(500), reason="年度预算", by=admin_manager)
    line.revise(D(600), reason="双十一", by=admin_manager)
    cost = make_cost("70.07", by=admin_manager)

    answer = signed_in(admin_manager).get(line.get_absolute_url())
    assert answer.context["page"].newest_costs == [cost]
    assert answer.context["page"].months[10]["spent"] == D("70.07")
    assert "双十一" in answer.content.decode()


def test_a_budget_is_drawn_up_once(admin_manager, signed_in):
    form = {
        "category": kind().pk, "department": "", "year": 2026, "period": "quarter", "number": 4,
        "amount": "9000", "reason": "年度预算", "warn_percent": 80, "on_request": "warn",
        "on_order": "ask", "on_invoice": "warn",
    }  # fmt: skip
    browser = signed_in(admin_manager)

    assert browser.post(reverse("budget-new"), form).status_code == 302
    again = browser.post(reverse("budget-new"), form)
    sentence = "There is a budget for this already; change its amount."
    assert (again.status_code, again.context["form"].non_field_errors()) == (422, [sentence])
    wrong = browser.post(reverse("budget-new"), form | {"number": 5})
    sentence = "A month is 1 to 12, a quarter 1 to 4; a year has no number."
    assert wrong.context["form"].non_field_errors() == [sentence]


def test_a_budget_with_controls_is_not_removed(admin_manager, signed_in):
    line, other = make_budget(), make_budget(5, Span("year", 2026))
    Control.note(category=kind(), budget=line, explanation="a", action="b", by=admin_manager)
    browser = signed_in(admin_manager)

    assert browser.post(reverse("budget-remove", args=[line.pk]), {"reason": "错"}).status_code == 409
    assert browser.post(reverse("budget-remove", args=[other.pk]), {"reason": "错"}).status_code == 302
    assert list(Budget.objects.all()) == [line]


def test_a_kind_of_cost_in_use_is_not_deleted(admin_manager, signed_in):
    make_budget()
    browser = signed_in(admin_manager)

    assert browser.post(reverse("cost-kind-remove", args=[kind().pk])).status_code == 409
    assert browser.post(reverse("cost-kind-remove", args=[kind("其他").pk])).status_code == 409
    assert browser.post(reverse("cost-kind-remove", args=[kind("水电").pk])).status_code == 302
    assert browser.get(reverse("cost-kinds")).status_code == 200


def queries(browser, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        browser.get(address)
    return len(caught)


def test_the_pages_ask_the_same_for_one_budget_and_for_three(admin_manager, sales, signed_in):
    browser = signed_in(admin_manager)
    line = make_budget(100)
    make_cost(90, by=admin_manager)
    pages = [reverse("budgets"), line.get_absolute_url(), reverse("cost-comparison")]
    pages.append(reverse("budget-year", args=[2026]))
    before = [queries(browser, page) for page in pages for _again in range(2)][1::2]

    for other in (make_budget(50, category=kind("水电")), make_budget(50, department=sales)):
        Control.note(category=other.category, budget=other, explanation="a", action="b", by=admin_manager)
    make_cost(90, by=admin_manager, category=kind("水电"), department=sales)
    assert [queries(browser, page) for page in pages] == before
