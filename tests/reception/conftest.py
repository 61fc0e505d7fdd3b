"""The desk of the tests starts without the default kinds of callers and rules."""

import pytest

from reception.models import AllocationRule, CallerType, Product, Region


@pytest.fixture(autouse=True)
def _bare_desk(request):
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        for model in (AllocationRule, CallerType, Product, Region):
            model.objects.all().delete()
