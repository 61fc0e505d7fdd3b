"""The demo company: whole, believable, and the same every time."""

from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command

from organization import demo
from organization.models import Absence, Department, Place, User
from organization.roles import Role
from tests.builders import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(noon):
    demo.fill(Random(1), noon)


def test_the_company_has_eighty_people_in_eight_departments(company):
    assert User.objects.active().count() == demo.PEOPLE_IN_ALL
    assert Department.objects.exclude(parent=None).count() == 8


def test_every_department_has_a_head_and_everybody_a_backup(company):
    assert Department.objects.filter(head=None).count() == 0
    assert set(User.objects.filter(backup=None).values_list("username", flat=True)) == {"boss"}


def test_everybody_reports_up_to_the_general_manager(company):
    above = dict(User.objects.values_list("pk", "manager_id"))
    boss = User.objects.get(username="boss").pk
    for person in above:
        steps = 0
        while above[person] is not None and steps < 5:
            person, steps = above[person], steps + 1
        assert person == boss


def test_every_role_is_held(company):
    assert {role for role in Role.values if not User.objects.in_role(role).exists()} == set()


def test_every_record_keeps_the_rules_of_its_model(company):
    for model in (User, Department, Place, Absence):
        for record in model.objects.all():
            record.full_clean(exclude=["password"])


def test_nobody_with_an_account_is_away_on_the_first_day(company, noon):
    accounts = [username for username, _name, _role in demo.demo_accounts()]

    assert User.objects.present(noon).filter(username__in=accounts).count() == len(accounts)


def test_somebody_is_away_on_the_first_day(company, noon):
    assert Absence.objects.covering(noon).count() == 4


def test_the_accounts_sign_in(company, client):
    assert [
        username
        for username, _name, _role in demo.demo_accounts()
        if not client.login(username=username, password=demo.DEMO_PASSWORD)
    ] == []


def snapshot():
    return (
        list(
            User.objects.order_by("pk").values_list(
                "username", "name", "manager__username", "title", "mobile"
            )
        ),
        list(Absence.objects.order_by("pk").values_list("user__username", "starts_at", "ends_at", "reason")),
    )


def test_the_company_is_the_same_every_time(noon):
    from django.db import transaction

    with transaction.atomic():
        demo.fill(Random(7), noon)
        first = snapshot()
        transaction.set_rollback(True)
    demo.fill(Random(7), noon)

    assert snapshot() == first


def test_the_command_refuses_a_database_with_people():
    make_user()

    with pytest.raises(CommandError):
        call_command("demo_office")


def test_the_command_refuses_a_strange_instant():
    with pytest.raises(CommandError):
        call_command("demo_office", now="yesterday")


def test_the_command_prints_the_accounts():
    out = StringIO()
    call_command("demo_office", now="2026-11-23T12:00+08:00", stdout=out)

    assert [name for name, *_rest in demo.demo_accounts() if name not in out.getvalue()] == []
    assert demo.DEMO_PASSWORD in out.getvalue()
