"""The people of the storerooms."""

import pytest

from organization.roles import Role
from tests.builders import make_user


@pytest.fixture
def clerk(administration):
    """库管: keeps the storerooms."""
    return make_user(
        "顾明",
        role=Role.INVENTORY_CLERK,
        username="clerk",
        department=administration,
        title="库管",
        is_staff=True,
    )
