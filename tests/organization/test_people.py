"""The directory and a person's page."""

from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.core import mail
from django.urls import reverse
from openpyxl import load_workbook

from organization.models import User
from organization.roles import Role
from tests.builders import make_user

MOBILE = "+8619000000001"


def found(browser, **query):
    rows = browser.get(reverse("people"), query).context["list"].rows
    return {row["object"] for row in rows}


@pytest.mark.parametrize("text", ["思远", "csy", "chensiyuan", "8123"])
def test_the_directory_finds_a_person(signed_in, salesperson, colleague, text):
    assert found(signed_in(colleague), q=text) == {salesperson}


def test_the_directory_finds_by_staff_number(signed_in, salesperson, colleague):
    assert found(signed_in(colleague), q=salesperson.staff_no) == {salesperson}


def test_the_directory_filters_by_role(signed_in, receptionist, second_receptionist, salesperson):
    assert found(signed_in(salesperson), role="receptionist") == {receptionist, second_receptionist}


def test_those_who_left_are_not_shown_to_everybody(signed_in, salesperson, outsider):
    outsider.leave(by=None)

    browser = signed_in(salesperson)

    assert found(browser, q="高翔") == set()
    assert browser.get(outsider.get_absolute_url()).status_code == 404


def test_those_who_left_are_shown_to_the_auditor(signed_in, auditor, outsider):
    outsider.leave(by=None)

    assert found(signed_in(auditor), status="left") == {outsider}


def test_a_mobile_number_is_masked(signed_in, salesperson):
    person = make_user(mobile=MOBILE)

    body = signed_in(salesperson).get(person.get_absolute_url()).content.decode()

    assert "19000000001" not in body
    assert "190****0001" in body


def test_a_look_at_a_mobile_number_is_recorded(signed_in, receptionist):
    person = make_user(mobile=MOBILE)

    response = signed_in(receptionist).post(reverse("person-mobile", args=[person.pk]))

    assert "190 0000 0001" in response.content.decode()
    look = LogEntry.objects.get_for_object(person).get(action=LogEntry.Action.ACCESS)
    assert look.actor == receptionist


def test_a_mobile_number_is_refused_to_those_without_the_right(signed_in, salesperson):
    person = make_user(mobile=MOBILE)

    assert signed_in(salesperson).post(reverse("person-mobile", args=[person.pk])).status_code == 403


def exported_mobiles(browser):
    response = browser.get(reverse("people"), {"export": "xlsx"})
    rows = load_workbook(BytesIO(b"".join(response.streaming_content))).active.values
    header = next(rows)
    return {row[header.index("Mobile")] for row in rows} - {None, ""}


def test_an_export_masks_mobile_numbers(signed_in, salesperson):
    make_user(mobile=MOBILE)

    assert exported_mobiles(signed_in(salesperson)) == {"190****0001"}


def test_an_export_in_clear_records_each_look(signed_in, admin_manager):
    person = make_user(mobile=MOBILE)

    assert {number.lstrip("'") for number in exported_mobiles(signed_in(admin_manager))} == {MOBILE}
    assert LogEntry.objects.get_for_object(person).filter(action=LogEntry.Action.ACCESS).count() == 1


def test_the_history_holds_the_mobile_number_masked_only(db):
    person = make_user(mobile=MOBILE)

    assert MOBILE not in str(LogEntry.objects.get_for_object(person).get().changes)


def test_the_profile_saves_language_and_backup(signed_in, salesperson, outsider):
    data = {"language": "zh-hans", "backup": outsider.pk, "im_id": "csy"}

    signed_in(salesperson).post(reverse("profile"), data)

    salesperson.refresh_from_db()
    assert (salesperson.language, salesperson.backup, salesperson.im_id) == ("zh-hans", outsider, "csy")


def test_the_profile_does_not_change_roles_or_rights(signed_in, salesperson):
    data = {"language": "en", "is_superuser": "on", "title": "总裁", "im_id": ""}

    signed_in(salesperson).post(reverse("profile"), data)

    salesperson.refresh_from_db()
    assert (salesperson.is_superuser, salesperson.title) == (False, "销售代表")


def test_nobody_chooses_themselves_as_backup(signed_in, salesperson):
    response = signed_in(salesperson).post(reverse("profile"), {"language": "en", "backup": salesperson.pk})

    assert response.status_code == 422


def test_a_password_link_is_sent_and_works(signed_in, admin_manager, client):
    person = make_user()
    person.set_unusable_password()
    person.save()

    signed_in(admin_manager).post(reverse("person-password-link", args=[person.pk]))

    link = next(line for line in mail.outbox[0].body.splitlines() if "://" in line)
    form = client.get("/" + link.split("/", 3)[3], follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "a-long-Word-77", "password2": "a-long-Word-77"})
    assert User.objects.get(pk=person.pk).check_password("a-long-Word-77") is True


def test_a_person_without_address_gets_no_link(signed_in, admin_manager):
    person = make_user(email="")

    response = signed_in(admin_manager).post(reverse("person-password-link", args=[person.pk]))

    assert response.status_code == 409


def test_leaving_is_recorded_on_the_page(signed_in, admin_manager, salesperson):
    signed_in(admin_manager).post(reverse("person-leave", args=[salesperson.pk]))

    salesperson.refresh_from_db()
    assert (salesperson.status, salesperson.is_active) == ("left", False)


def test_leaving_is_not_recorded_by_just_anybody(signed_in, department_head, salesperson):
    assert signed_in(department_head).post(reverse("person-leave", args=[salesperson.pk])).status_code == 403


@pytest.mark.parametrize("name", ["person-leave", "person-password-link"])
def test_nobody_reaches_above_themselves(signed_in, admin_manager, name):
    officer = make_user(role=Role.ADMINISTRATION_OFFICER)

    assert signed_in(officer).post(reverse(name, args=[admin_manager.pk])).status_code == 403
