"""Several people at the same requisition at the same instant: it is decided once and handed out once."""

from uuid import uuid4

import pytest
from django.db.models import Sum

from supplies.models import Movement, Posting, Requisition
from supplies.models.requisition import Want
from supplies.models.requisition_issue import Part

from .builders import make_item, stock_up
from .test_asset_rivals import RIVALS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pen(clerk, noon):
    item = make_item()
    stock_up(item, 100, by=clerk, at=noon)
    return item


@pytest.fixture
def asked(salesperson, pen, noon):
    return Requisition.ask([Want(pen, 10)], by=salesperson, at=noon)


def refused(told: list) -> int:
    return sum(type(one).__name__ == "Refused" for one in told)


def fresh(requisition: Requisition) -> Requisition:
    return Requisition.objects.get(pk=requisition.pk)


def hand_out(requisition: Requisition, quantity: int, **more) -> Posting:
    line = requisition.lines.select_related("item__place").get()
    return requisition.hand_out([Part(line, quantity, line.item.place)], **more)


def test_what_was_approved_is_handed_out_once(asked, department_head, clerk, noon):
    asked.approve(by=department_head, at=noon)

    told = at_once(lambda number: hand_out(fresh(asked), 4, by=clerk, at=noon))

    assert refused(told) == RIVALS - 2  # twice four, and no third time
    assert asked.lines.get().issued == 8
    assert Movement.objects.filter(posting__kind="issue").aggregate(out=Sum("quantity"))["out"] == -8


def test_the_same_form_at_once_is_one_document(asked, department_head, clerk, noon):
    asked.approve(by=department_head, at=noon)
    once = uuid4()

    told = at_once(lambda number: hand_out(fresh(asked), 4, by=clerk, at=noon, once=once))

    assert (len({one.pk for one in told}), asked.lines.get().issued) == (1, 4)


def test_approved_and_refused_at_once_is_one_of_both(asked, department_head, admin_manager, noon):
    def decide(number: int) -> Requisition:
        if number % 2:
            return fresh(asked).approve(by=department_head, at=noon)
        return fresh(asked).refuse("超支", by=admin_manager, at=noon)

    assert refused(at_once(decide)) == RIVALS - 1


def test_the_same_basket_at_once_is_asked_for_once(salesperson, pen, noon):
    once = uuid4()

    at_once(lambda number: Requisition.ask([Want(pen, 1)], by=salesperson, at=noon, once=once))

    assert Requisition.objects.count() == 1
