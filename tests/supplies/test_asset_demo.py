"""The demo office's assets: in every state, late and in time, the same at the same instant."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from organization import demo as people
from sla.models import Timer
from supplies.demo import assets, stock
from supplies.models import Asset, Handover, MaintenancePlan

pytestmark = pytest.mark.django_db


def test_a_quarter_of_assets_shows_every_state(at):
    now = at("2026-11-27 10:00")
    people.fill(Random(1), now)
    stock._categories()

    assets.fill(Random(41), now)

    assert set(Asset.objects.values_list("status", flat=True)) == set(Asset.Status.values)
    assert set(Handover.objects.values_list("status", flat=True)) == {"waiting", "accepted", "declined"}
    assert 115 <= Asset.objects.count() <= 135
    assert Asset.objects.overdue(timezone.localdate(now)).count() == 1
    assert MaintenancePlan.objects.due_by(timezone.localdate(now) - timedelta(days=1)).count() == 1
    missed = Timer.objects.filter(outcome="missed", standard__startswith="asset-")
    assert set(missed.values_list("standard", flat=True)) == {"asset-acceptance", "asset-return"}
    assert not Asset.objects.filter(events__at__gt=now).exists()
