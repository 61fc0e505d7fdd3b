"""People: their initials, their standing, their leaving."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organization.models import User
from organization.roles import Role
from pages.refusals import Refused
from tests.builders import make_absence, make_user


def test_initials_follow_the_name(db):
    person = make_user("张三")
    person.name = "李四"
    person.save(update_fields=["name"])

    person.refresh_from_db()
    assert (person.initials, person.pinyin) == ("ls", "lisi")


@pytest.mark.parametrize("field", ["manager", "backup"])
def test_the_database_refuses_nobody_but_oneself(db, field):
    person = make_user()
    setattr(person, field, person)

    with pytest.raises(IntegrityError), transaction.atomic():
        person.save()


def test_the_database_refuses_an_active_account_of_somebody_who_left(db):
    person = make_user()

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=person.pk).update(status="left", is_active=True)


def test_two_people_cannot_share_a_staff_number(db):
    make_user(staff_no="A1")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(staff_no="A1")


def test_a_reporting_line_is_no_circle(salesperson, department_head):
    department_head.manager = salesperson

    with pytest.raises(ValidationError) as caught:
        department_head.full_clean()
    assert list(caught.value.message_dict) == ["manager"]


def test_status_left_closes_the_account(db):
    person = make_user()
    person.status = User.Status.LEFT
    person.save()

    assert User.objects.get(pk=person.pk).is_active is False


def test_leaving_lists_what_lies_open(department_head, salesperson, colleague, sales, admin_manager):
    sentences = department_head.leave(by=admin_manager)

    sales.refresh_from_db()
    assert sales.head is None
    assert sorted(sentences) == sorted(
        [
            "销售部 has no head.",
            "林悦 has no line manager.",
            "陈思远 has no line manager.",
            "Nobody holds the role “Department head”.",
        ]
    )


def test_reports_of_a_leaver_pass_to_the_next_manager(department_head, salesperson, admin_manager):
    department_head.manager = admin_manager
    department_head.save()

    department_head.leave(by=admin_manager)

    salesperson.refresh_from_db()
    assert salesperson.manager == admin_manager


def test_a_leaver_backs_nobody_up(salesperson, colleague, admin_manager):
    sentences = colleague.leave(by=admin_manager)

    salesperson.refresh_from_db()
    assert (salesperson.backup, sentences) == (None, ["陈思远 has no backup."])


def test_nobody_leaves_twice(outsider, admin_manager):
    outsider.leave(by=admin_manager)

    with pytest.raises(Refused):
        outsider.leave(by=admin_manager)


def test_nobody_records_their_own_leaving(outsider):
    with pytest.raises(Refused):
        outsider.leave(by=outsider)


def test_coming_back_opens_the_account(outsider, admin_manager):
    outsider.leave(by=admin_manager)
    outsider.rejoin(by=admin_manager)

    outsider.refresh_from_db()
    assert (outsider.status, outsider.is_active, outsider.left_at) == ("active", True, None)


def test_present_people_are_active_and_not_away(noon, salesperson, colleague, department_head):
    make_absence(colleague, noon)
    department_head.leave(by=None)

    assert list(User.objects.present(noon)) == [salesperson]


def test_an_absence_ends_at_its_end(salesperson, at):
    make_absence(salesperson, at("08:00"), at("12:00"))

    assert [salesperson.is_absent(at(t)) for t in ("07:59", "08:00", "11:59", "12:00")] == [
        False,
        True,
        True,
        False,
    ]


def test_in_role_leaves_out_those_who_left(receptionist, second_receptionist):
    second_receptionist.leave(by=None)

    assert list(User.objects.in_role(Role.RECEPTIONIST)) == [receptionist]


def test_search_is_among_those_who_work_here(receptionist, second_receptionist):
    second_receptionist.leave(by=None)

    assert list(User.objects.search("前台")) == []
    assert list(User.objects.search("wxm")) == [receptionist]
