"""The demo office's audits and year-end plans: in every state, also in the first days of a year."""

from random import Random

import pytest

from organization import demo as people
from supplies.audits import measures
from supplies.demo import assets, audits, stock
from supplies.models import AssetAudit, Sighting, YearEndPlan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("instant", ["2026-11-27 10:00", "2027-01-01 09:00"])
def test_audits_and_plans_show_what_there_is(at, instant):
    now = at(instant)
    people.fill(Random(1), now)
    stock._categories()
    assets.fill(Random(41), now)

    audits.fill(Random(41), now)

    assert list(AssetAudit.objects.order_by("pk").values_list("status", flat=True)) == [
        "closed",
        "review",
        "open",
    ]
    assert {"found", "misplaced", "unknown"} <= set(Sighting.objects.values_list("meaning", flat=True))
    assert list(YearEndPlan.objects.order_by("year").values_list("year", "status")) == [
        (now.year - 1, "decided"),
        (now.year, "draft"),
    ]
    assert list(measures.assets_that_differ()) == []
