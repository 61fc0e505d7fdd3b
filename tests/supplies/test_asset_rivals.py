"""Several people at the same asset, and several registering, at the same instant."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from pages.refusals import Refused
from supplies.models import Asset, Handover
from tests.builders import make_user

from .builders import make_asset
from .test_assets import particulars

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 4


def at_once(deed) -> list:
    """What `deed(number)` gave each of the rivals, or how it was refused."""
    start = Barrier(RIVALS)

    def rival(number: int):
        try:
            start.wait(10)
            return deed(number)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(RIVALS) as pool:
        return list(pool.map(rival, range(RIVALS)))


def test_one_of_several_hand_overs_waits_and_the_others_are_told(clerk, sales, noon):
    asset, takers = make_asset(department=sales), [make_user() for _number in range(RIVALS)]

    told = at_once(
        lambda number: Asset.objects.get(pk=asset.pk).hand_over(taker=takers[number], by=clerk, at=noon)
    )

    assert sorted(type(one).__name__ for one in told) == ["Handover", *["Refused"] * (RIVALS - 1)]
    assert Handover.objects.count() == 1


def test_tags_are_given_once_and_without_gaps(clerk, sales, noon):
    wanted = particulars(sales)

    at_once(lambda number: Asset.register(**wanted, by=clerk, at=noon))

    assert list(Asset.objects.order_by("tag").values_list("tag", flat=True)) == [
        "ZC000001",
        "ZC000002",
        "ZC000003",
        "ZC000004",
    ]
