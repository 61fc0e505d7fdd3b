"""The demo office's purchases: every state is there, and none has broken a rule."""

from collections import Counter
from random import Random

import pytest

from organization import demo as organization_demo
from procurement.demo import purchases, purchases_today, suppliers
from procurement.models import Approval, PurchaseRequest
from sla.models import Timer
from supplies.demo import stock

pytestmark = pytest.mark.django_db
Status = PurchaseRequest.Status


@pytest.fixture
def quarter(db, at):
    """The company, its storerooms and suppliers, and what it bought up to a Monday noon."""
    now = at("2026-11-23 12:00")
    for part in (organization_demo, stock, suppliers, purchases, purchases_today):
        part.fill(Random(1), now)
    return now


def test_a_quarter_of_purchases(quarter):
    statuses = Counter(PurchaseRequest.objects.values_list("status", flat=True))
    bare = {Status.ORDERED, Status.CLOSED}

    assert set(statuses) == set(Status) - bare
    assert statuses[Status.APPROVED] >= 20
    own = Approval.objects.filter(decided_by__isnull=False).select_related("request")
    assert [step for step in own if step.decided_by_id == step.request.requester_id] == []
    assert Timer.objects.filter(standard="purchase-approval", stopped_at=None).count() >= 1
    late = PurchaseRequest.objects.filter(created_at__gt=quarter) | PurchaseRequest.objects.filter(
        approved_at__gt=quarter
    )
    assert list(late) == []
