"""The stock asks by itself: once, at once, for as many as are lacking."""

import pytest

from organization.models import User
from pages.refusals import Refused
from procurement.models import PurchaseRequest
from sla.models import Timer
from supplies import ledger, shortages
from supplies.models import Item, Shortage
from tests.supplies.builders import make_item, stock_up

from .purchases import make_submitted, want

pytestmark = pytest.mark.django_db
Status = PurchaseRequest.Status


@pytest.fixture
def pens(clerk, noon) -> Item:
    """Thirty pens; less than ten are too few, forty are enough."""
    item = make_item("中性笔", minimum=10, target=40)
    stock_up(item, 30, by=clerk, at=noon)
    return item


def issue(item: Item, quantity: int, *, by: User, at) -> None:
    ledger.issue([ledger.Line(item, item.place, quantity)], department=by.department, by=by, at=at)


def running(subject) -> list[str]:
    return [timer.standard for timer in Timer.objects.about(subject).running()]


def test_above_the_minimum_nothing_is_asked(pens, clerk, noon):
    issue(pens, 20, by=clerk, at=noon)

    assert PurchaseRequest.objects.count() == 0


def test_below_the_minimum_it_asks_for_what_is_lacking(pens, clerk, noon):
    issue(pens, 21, by=clerk, at=noon)
    request = PurchaseRequest.objects.get()

    assert (request.requester, request.department, request.status) == (
        None,
        clerk.department,
        Status.SUBMITTED,
    )
    assert [(line.item, line.quantity, line.unit) for line in request.lines.all()] == [(pens, 31, "支")]
    assert request.title == "Restock: 中性笔"


def test_the_promise_to_replenish_is_kept_and_a_clerk_is_to_confirm(pens, clerk, noon):
    issue(pens, 21, by=clerk, at=noon)
    shortage, request = Shortage.objects.get(), PurchaseRequest.objects.get()

    assert shortage.asked_at == noon
    assert running(shortage) == []
    assert (running(request), request.confirmer) == (["purchase-confirmation"], clerk)
    request.confirm_requirement(by=clerk, at=noon)
    assert request.status == Status.QUOTING


def test_falling_further_asks_no_second_time(pens, clerk, noon):
    issue(pens, 21, by=clerk, at=noon)
    issue(pens, 5, by=clerk, at=noon)

    assert PurchaseRequest.objects.count() == 1


def test_the_sweep_asks_where_the_minimum_was_raised_once(pens, clerk, noon):
    pens.minimum = 35
    pens.save()
    shortages.sweep(noon)
    shortages.sweep(noon)

    assert PurchaseRequest.objects.count() == 1


def test_a_request_under_way_is_enough(pens, clerk, salesperson, noon):
    asked = make_submitted(salesperson, noon, want("中性笔", unit="支", item=pens, category=pens.category))
    issue(pens, 21, by=clerk, at=noon)

    assert PurchaseRequest.objects.get() == asked
    assert Shortage.objects.get().asked_at == noon


def test_a_draft_is_not_enough(pens, clerk, salesperson, noon):
    PurchaseRequest.draft(
        by=salesperson,
        title="笔",
        department=salesperson.department,
        lines=[want("中性笔", unit="支", item=pens, category=pens.category)],
        at=noon,
    )
    issue(pens, 21, by=clerk, at=noon)

    assert PurchaseRequest.objects.filter(shortage__isnull=False).count() == 1


def test_asking_by_hand_keeps_the_promise_too(pens, clerk, salesperson, noon):
    pens.reorders = False
    pens.save()
    issue(pens, 21, by=clerk, at=noon)
    shortage = Shortage.objects.get()
    assert (PurchaseRequest.objects.count(), running(shortage)) == (0, ["replenish-stock"])

    make_submitted(salesperson, noon, want("中性笔", unit="支", item=pens, category=pens.category))
    shortage.refresh_from_db()
    assert (shortage.asked_at, running(shortage)) == (noon, [])


def test_enough_again_is_marked_and_may_be_withdrawn(pens, clerk, noon):
    issue(pens, 21, by=clerk, at=noon)
    request = PurchaseRequest.objects.get()
    assert request.is_no_longer_short is False

    stock_up(pens, 30, by=clerk, at=noon)
    request = PurchaseRequest.objects.get()
    assert request.is_no_longer_short is True
    request.withdraw("已有足够库存", by=clerk, at=noon)
    assert request.status == Status.WITHDRAWN


def test_falling_short_again_later_is_another_request(pens, clerk, noon):
    issue(pens, 21, by=clerk, at=noon)
    PurchaseRequest.objects.get().withdraw("盘点有误", by=clerk, at=noon)
    stock_up(pens, 30, by=clerk, at=noon)
    issue(pens, 30, by=clerk, at=noon)

    assert [request.status for request in PurchaseRequest.objects.order_by("pk")] == [
        Status.WITHDRAWN,
        Status.SUBMITTED,
    ]


def test_what_is_not_issued_is_not_asked_for(pens, clerk, noon):
    with pytest.raises(Refused):
        issue(pens, 31, by=clerk, at=noon)

    assert PurchaseRequest.objects.count() == 0


def test_it_asks_in_the_language_of_the_office(pens, clerk, noon, settings):
    settings.LANGUAGE_CODE = "en"
    issue(pens, 21, by=clerk, at=noon)

    assert PurchaseRequest.objects.get().purpose == "Below the minimum: 9 of 10 支 left."


def test_an_office_without_anybody_for_the_stock_still_issues(noon, salesperson):
    item = make_item("中性笔", minimum=10, target=40)
    stock_up(item, 30, by=salesperson, at=noon)
    issue(item, 25, by=salesperson, at=noon)

    assert PurchaseRequest.objects.count() == 0
    assert running(Shortage.objects.get()) == ["replenish-stock"]
