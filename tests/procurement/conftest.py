"""The people who buy."""

import pytest

from organization.roles import Role
from tests.builders import make_department, make_user


@pytest.fixture
def buyer(db):
    """采购: asks suppliers for their prices, and orders."""
    department = make_department("采购部", code="purchasing")
    return make_user("冯志伟", role=Role.BUYER, username="buyer", department=department, title="采购经理")


@pytest.fixture
def clerk(administration):
    """库管: keeps the storerooms."""
    return make_user(
        "顾明", role=Role.INVENTORY_CLERK, username="clerk", department=administration, title="库管"
    )
