"""A purchase request from the wish to the approval, by its verbs."""

from decimal import Decimal

import pytest

from notices.models import Notice
from organization.roles import Role
from pages.history import history_of
from pages.refusals import Refused
from procurement.models import Approval, PurchaseRequest, RequestLine
from procurement.models.request_quotes import Choice
from sla.models import Timer
from tests.builders import make_department, make_user
from tests.supplies.builders import make_category, make_item

from .purchases import (
    make_approved,
    make_chosen,
    make_confirmed,
    make_draft,
    make_live_supplier,
    make_submitted,
    make_waiting,
    quote,
    step_of,
    want,
)

pytestmark = pytest.mark.django_db
Status = PurchaseRequest.Status


def running(request) -> list[tuple[str, object]]:
    """The promises that run about the request: key, and owner or role."""
    timers = Timer.objects.about(request).running()
    return [(timer.standard, timer.owner or timer.team) for timer in timers]


# -- the wish ----------------------------------------------------------------------------------------


def test_a_wish_is_a_draft_with_its_lines(salesperson, noon):
    request = make_draft(salesperson, noon, want("投影仪", 2), want("幕布", 1))

    assert request.status == Status.DRAFT
    assert [line.spelt for line in request.lines.all()] == ["投影仪 × 2 台", "幕布 × 1 台"]
    assert running(request) == []


def test_its_number_says_month_and_place(salesperson, noon):
    request = make_draft(salesperson, noon)

    assert request.number == f"CG202611-{request.pk:05}"


def test_the_same_form_sent_twice_makes_one_request(salesperson, noon):
    ticket = "6f1f3c9e-3c53-4f2b-9c4b-7c2f9a2f5e11"
    category = make_category()
    first = make_draft(salesperson, noon, want(category=category), once=ticket)

    assert make_draft(salesperson, noon, want(category=category), once=ticket) == first
    assert RequestLine.objects.count() == 1


@pytest.mark.parametrize("quantity", [0, -1, 1.5, 1_000_000, "3"])
def test_a_quantity_is_a_whole_number_from_one_on(salesperson, noon, quantity):
    with pytest.raises(Refused):
        make_draft(salesperson, noon, want(quantity=quantity))
    assert PurchaseRequest.objects.count() == 0


def test_what_is_kept_in_stock_is_asked_for_in_its_unit(salesperson, noon):
    item = make_item(unit="支")

    with pytest.raises(Refused, match="支"):
        make_draft(salesperson, noon, want(item=item, unit="盒", category=item.category))


def test_nothing_at_all_is_no_request(salesperson, noon):
    with pytest.raises(Refused):
        PurchaseRequest.draft(
            by=salesperson, title="空", department=salesperson.department, lines=[], at=noon
        )


# -- changing it -------------------------------------------------------------------------------------


def test_a_draft_is_changed_line_by_line(salesperson, noon):
    request = make_draft(salesperson, noon, want("投影仪", 2), want("幕布", 1))
    kept = request.lines.first()
    category = kept.category

    request.amend(
        {"title": "报告厅投影"},
        [want("投影仪", 3, category=category, pk=kept.pk), want("吊架", 1, category=category)],
        by=salesperson,
        expected_version=1,
        at=noon,
    )

    assert [line.spelt for line in request.lines.all()] == ["投影仪 × 3 台", "吊架 × 1 台"]
    assert request.lines.first() == kept
    assert request.title == "报告厅投影"


def test_the_history_tells_what_was_wanted_before(salesperson, noon):
    request = make_draft(salesperson, noon, want("投影仪", 2))
    line = request.lines.get()
    request.amend({}, [want("投影仪", 5, category=line.category, pk=line.pk)], by=salesperson, at=noon)

    told = [(change.before, change.after) for entry in history_of(request) for change in entry.fields]
    assert ("投影仪 × 2 台", "投影仪 × 5 台") in told


def test_who_saves_second_is_told_of_the_first(salesperson, noon):
    request = make_draft(salesperson, noon)
    lines = [want()]
    request.amend({}, lines, by=salesperson, expected_version=1, at=noon)

    with pytest.raises(Refused, match="has changed"):
        request.amend({}, lines, by=salesperson, expected_version=1, at=noon)


def test_what_is_confirmed_is_not_changed_any_more(salesperson, noon):
    request = make_confirmed(salesperson, noon)

    with pytest.raises(Refused):
        request.amend({}, [want()], by=salesperson, at=noon)


# -- the confirmation --------------------------------------------------------------------------------


def test_a_wish_handed_in_waits_for_the_head(salesperson, department_head, noon):
    request = make_submitted(salesperson, noon)

    assert request.status == Status.SUBMITTED
    assert running(request) == [("purchase-confirmation", department_head)]
    assert [notice.kind for notice in Notice.objects.filter(recipient=department_head)] == [
        "procurement.confirmation_wanted"
    ]


def test_a_member_may_be_named_to_confirm(salesperson, colleague, noon):
    request = make_submitted(salesperson, noon, confirmer=colleague)

    assert running(request) == [("purchase-confirmation", colleague)]
    request.confirm_requirement(by=colleague, at=noon)
    assert request.confirmed_by == colleague


def test_a_heads_own_wish_is_confirmed_by_a_member(department_head, salesperson, noon):
    department_head.backup = salesperson
    department_head.save()
    request = make_submitted(department_head, noon)

    assert running(request) == [("purchase-confirmation", salesperson)]
    request.confirm_requirement(by=salesperson, at=noon)
    assert request.status == Status.QUOTING


def test_a_head_alone_in_the_department_is_confirmed_by_the_line_manager(noon, admin_manager):
    department = make_department("法务部")
    head = make_user("方律", department=department, manager=admin_manager)
    department.head = head
    department.save()

    request = make_submitted(head, noon)

    assert running(request) == [("purchase-confirmation", admin_manager)]


def test_where_nobody_is_left_to_confirm_handing_in_is_refused(noon):
    department = make_department("法务部")
    alone = make_user("方律", department=department)

    with pytest.raises(Refused, match="nobody besides you"):
        make_submitted(alone, noon)
    assert PurchaseRequest.objects.get().status == Status.DRAFT


def test_nobody_confirms_their_own_requirement(salesperson, department_head, noon):
    request = make_submitted(department_head, noon)

    with pytest.raises(Refused, match="Somebody else"):
        request.confirm_requirement(by=department_head, at=noon)


def test_an_outsider_confirms_nothing(salesperson, outsider, noon):
    request = make_submitted(salesperson, noon)

    with pytest.raises(Refused, match="using department"):
        request.confirm_requirement(by=outsider, at=noon)


def test_it_is_kept_who_confirmed_which_specification(salesperson, department_head, buyer, noon):
    request = make_submitted(salesperson, noon, want("投影仪", 2, specification="4000 流明"))
    request.confirm_requirement(by=department_head, at=noon, expected_version=request.version)

    assert (request.confirmed_by, request.confirmed_at) == (department_head, noon)
    assert request.confirmed_text == "投影仪 4000 流明 × 2 台"
    assert running(request) == [("purchase-quotation", "buyer")]
    assert Notice.objects.filter(recipient=buyer, kind="procurement.quotes_wanted").count() == 1


def test_nobody_confirms_what_has_changed_under_their_eyes(salesperson, department_head, noon):
    request = make_submitted(salesperson, noon)
    seen = request.version
    request.amend({}, [want("投影机", 9)], by=salesperson, at=noon)

    with pytest.raises(Refused, match="has changed"):
        request.confirm_requirement(by=department_head, at=noon, expected_version=seen)


def test_confirming_twice_changes_nothing(salesperson, department_head, noon):
    request = make_confirmed(salesperson, noon)
    version = request.version

    assert request.confirm_requirement(by=department_head, at=noon).version == version


def test_after_sending_back_it_is_confirmed_anew(salesperson, department_head, buyer, noon):
    request = make_confirmed(salesperson, noon)
    quote(request, buyer, noon, "300")
    request.send_back("规格写全", by=buyer, at=noon)

    assert (request.status, request.confirmed_by, request.confirmed_text) == (Status.DRAFT, None, "")
    assert running(request) == []
    assert Notice.objects.filter(recipient=salesperson, kind="procurement.request_sent_back").count() == 1
    request.submit(by=salesperson, at=noon)
    assert running(request) == [("purchase-confirmation", department_head)]


def test_another_specification_needs_other_quotes(salesperson, buyer, noon):
    request = make_chosen(salesperson, buyer, noon, want("投影仪"), want("幕布"))
    request.send_back("规格写全", by=buyer, at=noon)
    screen, cloth = request.lines.all()
    request.amend(
        {},
        [
            want("投影仪", 5, category=screen.category, pk=screen.pk),
            want("幕布", 2, specification="120 寸", category=cloth.category, pk=cloth.pk),
        ],
        by=salesperson,
        at=noon,
    )

    assert [line.quotes.count() for line in request.lines.all()] == [3, 0]
    assert [line.chosen_id is None for line in request.lines.all()] == [False, True]


# -- quotes ------------------------------------------------------------------------------------------


def test_who_quotes_first_is_the_buyer(salesperson, buyer, noon):
    request = make_confirmed(salesperson, noon)
    quote(request, buyer, noon, "300")

    assert request.buyer == buyer


def test_one_supplier_quotes_once(salesperson, buyer, noon):
    request = make_confirmed(salesperson, noon)
    supplier = make_live_supplier()
    first = quote(request, buyer, noon, "300", supplier=supplier)

    assert quote(request, buyer, noon, "300.00", supplier=supplier) == first
    with pytest.raises(Refused, match="there already"):
        quote(request, buyer, noon, "299", supplier=supplier)


@pytest.mark.parametrize("price", ["0", "-1", "9999999999999"])
def test_a_price_is_more_than_nothing_and_no_fortune(salesperson, buyer, noon, price):
    request = make_confirmed(salesperson, noon)

    with pytest.raises(Refused, match="price"):
        quote(request, buyer, noon, price)


def test_a_supplier_with_whom_it_ended_quotes_nothing(salesperson, buyer, noon):
    request = make_confirmed(salesperson, noon)
    ended = make_live_supplier(status="ended", left_on=noon.date(), status_reason="停业")

    with pytest.raises(Refused, match="nothing is ordered there"):
        quote(request, buyer, noon, "300", supplier=ended)


def test_a_quote_out_of_date_is_not_taken_down(salesperson, buyer, noon, at):
    request = make_confirmed(salesperson, noon)

    with pytest.raises(Refused, match="not valid"):
        quote(request, buyer, noon, "3", valid_until=at("2026-11-22 00:00").date())
    with pytest.raises(Refused, match="future"):
        quote(request, buyer, noon, "3", quoted_on=at("2026-11-24 00:00").date())


def test_the_cheapest_of_each_line_is_one_click(salesperson, buyer, noon):
    request = make_confirmed(salesperson, noon, want("投影仪", 2), want("幕布", 3))
    quote(request, buyer, noon, "300", "90")
    quote(request, buyer, noon, "280", "95")
    request.choose_cheapest(by=buyer, at=noon)

    assert [line.unit_price for line in request.lines.all()] == [Decimal("280.00"), Decimal("90.00")]
    assert request.total == Decimal("830.00")


def test_not_the_cheapest_needs_a_reason(salesperson, buyer, noon):
    request = make_confirmed(salesperson, noon)
    quote(request, buyer, noon, "280")
    dear = quote(request, buyer, noon, "300").lines.get()

    with pytest.raises(Refused, match="why not the cheapest"):
        request.choose({dear.line_id: Choice(dear)}, by=buyer, at=noon)
    request.choose({dear.line_id: Choice(dear, "质保三年")}, by=buyer, at=noon)
    assert request.lines.get().choice_reason == "质保三年"


def test_an_expired_quote_is_not_the_cheapest(salesperson, buyer, noon, at):
    request = make_confirmed(salesperson, noon)
    quote(request, buyer, noon, "280", valid_until=noon.date())
    quote(request, buyer, noon, "300")
    request.choose_cheapest(by=buyer, at=at("2026-11-24 09:00"))

    assert request.total == Decimal("600.00")


def test_a_changed_quote_changes_the_amount(salesperson, buyer, noon):
    request = make_chosen(salesperson, buyer, noon)
    cheapest = request.lines.get().chosen
    request.change_quote(
        cheapest.quote, prices={cheapest.line_id: Decimal("250")}, quoted_on=noon.date(), by=buyer, at=noon
    )

    assert request.total == Decimal("500.00")


def test_with_a_removed_quote_its_choice_goes(salesperson, buyer, noon):
    request = make_chosen(salesperson, buyer, noon)
    request.remove_quote(request.lines.get().chosen.quote, by=buyer, at=noon)

    assert request.lines.get().chosen is None
    assert request.total == Decimal("0.00")


# -- asking for approval -----------------------------------------------------------------------------


def test_all_lines_are_chosen_before_it_is_approved(salesperson, buyer, noon):
    request = make_confirmed(salesperson, noon)
    for price in ("300", "310", "320"):
        quote(request, buyer, noon, price)

    with pytest.raises(Refused, match="choose a quote"):
        request.ask_for_approval(by=buyer, at=noon)


def test_three_suppliers_or_a_reason(salesperson, buyer, noon):
    request = make_confirmed(salesperson, noon)
    quote(request, buyer, noon, "300")
    request.choose_cheapest(by=buyer, at=noon)

    with pytest.raises(Refused, match="Only 1 supplier"):
        request.ask_for_approval(by=buyer, at=noon)
    request.ask_for_approval(by=buyer, at=noon, few_quotes_reason="独家代理")
    assert (request.status, request.few_quotes_reason) == (Status.APPROVAL, "独家代理")


def test_a_quote_that_ran_out_is_not_approved(salesperson, buyer, noon, at):
    request = make_confirmed(salesperson, noon)
    for price in ("300", "310", "320"):
        quote(request, buyer, noon, price, valid_until=noon.date())
    request.choose_cheapest(by=buyer, at=noon)

    with pytest.raises(Refused, match="not valid any more"):
        request.ask_for_approval(by=buyer, at=at("2026-11-24 09:00"))


def test_a_quote_that_came_in_cheaper_later_needs_a_reason(salesperson, buyer, noon):
    request = make_chosen(salesperson, buyer, noon)
    quote(request, buyer, noon, "200")

    with pytest.raises(Refused, match="why not the cheapest"):
        request.ask_for_approval(by=buyer, at=noon)


def test_the_head_has_a_day_to_decide(salesperson, buyer, department_head, noon, at):
    request = make_waiting(salesperson, buyer, noon)
    timer = Timer.objects.about(step_of(request)).running().get()

    assert (timer.standard, timer.owner) == ("purchase-approval", department_head)
    assert timer.due_at == at("2026-11-24 13:30")
    assert running(request) == []


def test_approved_by_the_head_it_may_be_ordered(salesperson, buyer, department_head, noon):
    request = make_approved(salesperson, buyer, noon)

    assert (request.status, request.approved_at) == (Status.APPROVED, noon)
    told = Notice.objects.filter(kind="procurement.request_approved")
    assert {notice.recipient for notice in told} == {salesperson, buyer}
    (line,) = request.lines_to_order()
    assert (line.quantity, line.unit_price) == (2, Decimal("300.00"))


def test_refused_it_is_at_its_end(salesperson, buyer, department_head, noon):
    request = make_waiting(salesperson, buyer, noon)
    step_of(request).refuse("本季度不购置", by=department_head, at=noon)
    request.refresh_from_db()

    assert (request.status, request.end_reason) == (Status.REFUSED, "本季度不购置")
    assert request.lines_to_order() == []
    assert Timer.objects.running().count() == 0


def test_refusing_needs_a_reason(salesperson, buyer, department_head, noon):
    request = make_waiting(salesperson, buyer, noon)

    with pytest.raises(Refused, match="why"):
        step_of(request).refuse("  ", by=department_head, at=noon)


def test_the_approver_may_ask_for_other_prices(salesperson, buyer, department_head, noon):
    request = make_waiting(salesperson, buyer, noon)
    request.quote_again("再问一家", by=department_head, at=noon)

    assert (request.status, request.confirmed_by) == (Status.QUOTING, department_head)
    assert running(request) == [("purchase-quotation", buyer)]
    assert [step.status for step in request.approvals.all()] == [Approval.Status.DROPPED]


def test_a_withdrawn_request_owes_nothing(salesperson, buyer, noon):
    request = make_waiting(salesperson, buyer, noon)
    request.withdraw("改租用", by=salesperson, at=noon)

    assert (request.status, request.end_reason) == (Status.WITHDRAWN, "改租用")
    assert Timer.objects.running().count() == 0


def test_the_quotation_is_the_buyers_promise(salesperson, buyer, noon):
    second = make_user(role=Role.BUYER)
    request = make_confirmed(salesperson, noon)

    assert running(request) == [("purchase-quotation", "buyer")]
    assert Notice.objects.filter(recipient=second, kind="procurement.quotes_wanted").exists()
