"""The desk of the tests starts without the default kinds of callers, but for the demo's."""

import pytest

from reception.models import AllocationRule, CallerType, Product, Region

DEMO = {"ninety_days", "desk_at_rest"}


@pytest.fixture(autouse=True)
def _bare_desk(request):
    wants_database = "db" in request.fixturenames or request.node.get_closest_marker("django_db")
    if wants_database and not DEMO.intersection(request.fixturenames):
        request.getfixturevalue("db")
        for model in (AllocationRule, CallerType, Product, Region):
            model.objects.all().delete()
