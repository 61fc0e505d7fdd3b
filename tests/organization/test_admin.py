"""The administration pages: roles are given to others, rights never taken for oneself."""

import pytest
from django.urls import reverse

from organization.models import Department, User
from tests.builders import make_user

CHANGE = "admin:organization_user_change"


@pytest.fixture
def officer(admin_manager, administration):
    return make_user("沈佳宜", role="administration_officer", is_staff=True, department=administration)


def change(signed_in, by, person, **data):
    form = {"staff_no": person.staff_no, "name": person.name, "username": person.username, "language": "en"}
    return signed_in(by).post(reverse(CHANGE, args=[person.pk]), form | data)


def group(name: str):
    from django.contrib.auth.models import Group

    return Group.objects.get(name=name).pk


def test_the_officer_gives_a_role(signed_in, officer, outsider):
    assert change(signed_in, officer, outsider, groups=[group("archivist")]).status_code == 302
    assert User.objects.get(pk=outsider.pk).role_names == {"archivist"}


def test_nobody_gives_themselves_a_role(signed_in, officer):
    change(signed_in, officer, officer, groups=[group("admin_manager")], is_superuser="on")

    person = User.objects.get(pk=officer.pk)
    assert (person.role_names, person.is_superuser) == ({"administration_officer"}, False)


def test_nobody_but_a_superuser_makes_superusers(signed_in, officer, outsider):
    change(signed_in, officer, outsider, is_superuser="on")

    assert User.objects.get(pk=outsider.pk).is_superuser is False


def test_the_officer_does_not_make_admin_managers(signed_in, officer, outsider):
    change(signed_in, officer, outsider, groups=[group("admin_manager")])

    assert User.objects.get(pk=outsider.pk).role_names == set()


def test_the_officer_does_not_change_how_the_admin_manager_signs_in(signed_in, officer, admin_manager):
    assert change(signed_in, officer, admin_manager, email="mine@example.com").status_code == 403
    url = reverse("admin:auth_user_password_change", args=[admin_manager.pk])
    assert signed_in(officer).get(url).status_code == 403


def test_hr_does_not_give_roles(signed_in, outsider):
    hr = make_user(role="hr", is_staff=True)
    change(signed_in, hr, outsider, groups=[group("archivist")])

    assert User.objects.get(pk=outsider.pk).role_names == set()


def test_people_are_not_deleted(signed_in, outsider):
    root = make_user(is_superuser=True, is_staff=True)

    response = signed_in(root).post(
        reverse("admin:organization_user_delete", args=[outsider.pk]), {"post": "yes"}
    )

    assert response.status_code == 403


@pytest.mark.parametrize("model", ["user", "department", "place", "absence", "stafflist"])
def test_every_table_opens(signed_in, model, salesperson, noon):
    root = make_user(is_superuser=True, is_staff=True)

    assert (
        signed_in(root).get(reverse(f"admin:organization_{model}_changelist"), {"q": "a"}).status_code == 200
    )


@pytest.mark.parametrize("page", ["admin:organization_user_add", "admin:organization_department_import"])
def test_the_forms_open(signed_in, officer, page):
    assert signed_in(officer).get(reverse(page)).status_code == 200


def test_a_person_added_by_hand_has_no_password(signed_in, officer):
    data = {
        "staff_no": "N1",
        "name": "新人",
        "username": "new",
        "email": "n@example.com",
        "usable_password": "false",
    }

    signed_in(officer).post(reverse("admin:organization_user_add"), data)

    assert User.objects.get(staff_no="N1").has_usable_password() is False


def test_departments_come_in_by_spreadsheet(db):
    from organization.resources import DepartmentResource

    head = make_user(staff_no="H1")
    data = DepartmentResource().export(Department.objects.none())
    data.append(["legal", "法务部", "", "H1"])

    assert DepartmentResource().import_data(data, raise_errors=True).totals["new"] == 1
    assert Department.objects.get(code="legal").head == head


def test_roles_are_called_as_people_call_them(signed_in, officer, outsider):
    browser = signed_in(officer)
    form = browser.get(reverse(CHANGE, args=[outsider.pk])).content.decode()
    listed = browser.get(reverse("admin:organization_user_changelist")).content.decode()

    assert ("Inventory clerk" in form, "inventory_clerk" in form) == (True, False)
    assert ("Inventory clerk" in listed, "inventory_clerk" in listed) == (True, False)
