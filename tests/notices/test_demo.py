import random

import pytest

from notices import demo
from notices.models import Delivery, Notice

pytestmark = pytest.mark.django_db


def test_everybody_is_welcomed_once_and_nobody_is_mailed(receptionist, admin_manager, noon):
    demo.fill(random.Random(7), noon)
    demo.fill(random.Random(7), noon)

    told = Notice.objects.filter(kind="notices.welcome").values_list("recipient", flat=True)
    assert sorted(told) == sorted([receptionist.pk, admin_manager.pk, receptionist.backup_id])
    assert not Delivery.objects.exists()
