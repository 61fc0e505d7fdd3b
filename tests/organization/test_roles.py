"""Roles exist from the first start, and hold what every app grants."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from organization.roles import Role, autodiscover, holders, label

pytestmark = pytest.mark.django_db


def permissions_of(role: str) -> set[str]:
    rows = Permission.objects.filter(group__name=role).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_every_role_is_a_group():
    assert set(Role.values) <= set(Group.objects.values_list("name", flat=True))


@pytest.mark.parametrize("role", Role.values)
def test_a_role_holds_what_the_apps_grant(role):
    assert autodiscover()[role] - permissions_of(role) == set()


def test_the_auditor_changes_nothing():
    assert [name for name in permissions_of(Role.AUDITOR) if not name.split(".")[1].startswith("view")] == []


def test_migrating_again_keeps_what_was_added_by_hand():
    group = Group.objects.get(name=Role.HR)
    extra = Permission.objects.get(codename="view_place")
    group.permissions.add(extra)

    call_command("migrate", verbosity=0)

    assert extra in group.permissions.all()


def test_migrating_again_adds_what_is_missing():
    Group.objects.get(name=Role.HR).permissions.clear()

    call_command("migrate", verbosity=0)

    assert autodiscover()[Role.HR] - permissions_of(Role.HR) == set()


def test_holders_of_many_roles_take_one_query(
    receptionist, second_receptionist, auditor, django_assert_num_queries
):
    second_receptionist.leave(by=None)

    with django_assert_num_queries(1):
        found = holders([Role.RECEPTIONIST, Role.AUDITOR, Role.BUYER])

    assert found == {"receptionist": [receptionist.pk], "auditor": [auditor.pk], "buyer": []}


def test_a_group_made_by_hand_keeps_its_name():
    assert label("Night watch") == "Night watch"
