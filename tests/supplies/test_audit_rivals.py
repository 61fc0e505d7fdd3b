"""Several phones at the same label, and several clicks on the same form, at the same instant."""

from uuid import uuid4

import pytest

from supplies.models import AssetAudit, YearEndPlan

from .builders import make_asset
from .test_asset_rivals import RIVALS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_several_phones_at_one_label_one_finds_it_and_the_others_are_told(clerk, sales, noon):
    asset = make_asset(department=sales)
    audit = AssetAudit.open(by=clerk, at=noon)

    scans = at_once(
        lambda number: AssetAudit.objects.get(pk=audit.pk).scan(asset.tag, asset.place, by=clerk, at=noon)
    )

    assert sorted(scan.meaning for scan in scans) == [*["again"] * (RIVALS - 1), "found"]
    assert asset.events.filter(kind="seen").count() == 1


def test_several_clicks_open_one_audit(clerk, sales, noon):
    make_asset(department=sales)
    ticket = uuid4()

    at_once(lambda number: AssetAudit.open(by=clerk, at=noon, once=ticket))

    assert [audit.lines.count() for audit in AssetAudit.objects.all()] == [1]


def test_several_people_draw_up_one_plan(clerk, sales, noon):
    make_asset(department=sales)

    at_once(lambda number: YearEndPlan.draw_up(2026, by=clerk, at=noon))

    assert [plan.lines.count() for plan in YearEndPlan.objects.all()] == [1]
