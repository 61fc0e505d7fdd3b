import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from pages import clock
from sla.models import Excuse, Policy, Timer
from sla.sweep import sweep
from sla.timers import start_timer

from .conftest import KEY, MINUTE


@pytest.fixture
def timer(policy, subject, receptionist) -> Timer:
    """A timer with an escalation and a request for an excuse."""
    timer = start_timer(subject, KEY, owner=receptionist, at=clock.now() - 2 * MINUTE, label="张三来电")
    sweep(clock.now())
    Excuse.ask(timer, reason="总机断线", by=receptionist, at=clock.now())
    return timer


@pytest.fixture
def admin_site(timer, admin_manager, signed_in):
    """The manager as staff, with every right the roles could ever give."""
    admin_manager.is_staff = True
    admin_manager.save(update_fields=["is_staff"])
    admin_manager.user_permissions.set(Permission.objects.filter(content_type__app_label="sla"))
    return signed_in(admin_manager)


@pytest.mark.parametrize("model", ["timer", "escalation", "excuse", "policy", "policyversion"])
def test_each_list_opens_and_can_be_searched(admin_site, model):
    page = admin_site.get(reverse(f"admin:sla_{model}_changelist"), {"q": "test"})

    assert page.status_code == 200


def test_a_timer_is_looked_at_and_never_written(admin_site, timer):
    address = reverse("admin:sla_timer_change", args=[timer.pk])

    assert "张三来电" in admin_site.get(address).content.decode()
    assert admin_site.post(address, {"label": "别的"}).status_code == 403
    assert admin_site.post(reverse("admin:sla_timer_delete", args=[timer.pk])).status_code == 403
    assert admin_site.get(reverse("admin:sla_timer_add")).status_code == 403


def test_a_version_of_a_promise_is_looked_at_and_never_written(admin_site):
    version = Policy.objects.get(standard=KEY).current
    address = reverse("admin:sla_policyversion_change", args=[version.pk])

    assert admin_site.get(address).status_code == 200
    assert admin_site.post(address, {"target": 1}).status_code == 403
