"""Two at once: an approver beside another, a form beside itself, two who issue the last pens."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, connections

from organization.roles import Role
from pages.refusals import Refused
from procurement.models import Approval, ApprovalRule, PurchaseRequest
from supplies import ledger
from supplies.models import Shortage
from tests.builders import make_user
from tests.supplies.builders import make_category, make_item, stock_up

from .purchases import make_draft, make_waiting, step_of, want

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds) -> list:
    """Run each in a thread of its own, all from one start; gives what they answered or raised."""
    start, answers = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int, deed) -> None:
        try:
            start.wait()
            answers[place] = deed()
        except Refused as refusal:
            answers[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def managers_rule(db):
    """A transactional test begins with empty tables: one rule of approval is all there is."""
    ApprovalRule.objects.all().delete()
    return ApprovalRule.objects.create(from_amount=0, approver="admin_manager")


def test_of_two_approvers_at_once_one_decides(managers_rule, salesperson, buyer, admin_manager, noon):
    second = make_user("沈经理", role=Role.ADMIN_MANAGER)
    request = make_waiting(salesperson, buyer, noon)
    one, other = step_of(request), step_of(request)
    connection.close()

    answers = at_once(
        lambda: one.approve(by=admin_manager, at=noon), lambda: other.refuse("不同意", by=second, at=noon)
    )

    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    step = Approval.objects.get()
    request.refresh_from_db()
    assert (step.status, request.status) in (("approved", "approved"), ("refused", "refused"))


def test_one_form_sent_twice_at_once_makes_one_request(salesperson, noon):
    ticket, category = uuid4(), make_category()
    connection.close()

    def send():
        return make_draft(salesperson, noon, want(category=category), once=ticket)

    first, second = at_once(send, send)
    assert first == second
    assert [request.lines.count() for request in PurchaseRequest.objects.all()] == [1]


def test_two_who_issue_the_last_pens_ask_for_more_once(clerk, noon):
    item = make_item("中性笔", minimum=10, target=40)
    stock_up(item, 12, by=clerk, at=noon)
    connection.close()

    def take():
        line = ledger.Line(item, item.place, 3)
        return ledger.issue([line], department=clerk.department, by=clerk, at=noon)

    at_once(take, take)
    assert Shortage.objects.count() == 1
    (request,) = PurchaseRequest.objects.all()
    assert request.shortage == Shortage.objects.get()
