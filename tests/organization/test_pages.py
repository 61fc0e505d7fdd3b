"""Every page of the organization opens for those it is for, and for nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.builders import make_absence, make_place, make_user

OPEN_PAGES = [
    "people",
    "profile",
    "away",
    "absences",
    "absence-new",
    "absence-stand-in",
    "departments",
    "places",
]
IMPORT_PAGES = ["people-import", "people-import-template"]


@pytest.mark.parametrize("name", OPEN_PAGES + IMPORT_PAGES)
def test_a_page_asks_strangers_to_sign_in(client, db, name):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_everybody_opens_the_common_pages(signed_in, salesperson, name):
    assert signed_in(salesperson).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", IMPORT_PAGES)
def test_the_import_is_not_for_everybody(signed_in, salesperson, name):
    assert signed_in(salesperson).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", IMPORT_PAGES)
def test_the_admin_manager_may_import(signed_in, admin_manager, name):
    assert signed_in(admin_manager).get(reverse(name)).status_code == 200


def test_a_place_stands_under_the_one_it_is_inside(signed_in, salesperson):
    office = make_place("上海总部", kind="office")
    room = make_place("前台", kind="room", parent=office)
    salesperson.place = room
    salesperson.save()

    tree = signed_in(salesperson).get(reverse("places")).context["tree"]

    assert [(place, place.inside) for place in tree] == [(office, [room])]


def test_a_department_page_shows_its_members(
    signed_in, salesperson, colleague, department_head, sales, outsider
):
    members = signed_in(outsider).get(sales.get_absolute_url()).context["members"]

    assert set(members) == {salesperson, colleague, department_head}


def test_a_department_that_is_not_there_is_not_found(signed_in, outsider):
    assert signed_in(outsider).get(reverse("department", args=[99999])).status_code == 404


def grow(count, department, at):
    for _number in range(count):
        person = make_user(department=department, backup=make_user(), role="receptionist")
        make_absence(person, at("2026-11-23 08:00"), at("2026-11-24 08:00"))


def questions(browser, url) -> int:
    browser.get(url)  # what the whole office has to read anew is read here, once
    with CaptureQueriesContext(connection) as asked:
        browser.get(url)
        return len(asked)


@pytest.mark.parametrize("name", ["people", "absences", "away", "departments", "places"])
def test_a_list_asks_as_many_questions_for_three_rows_as_for_one(
    signed_in, admin_manager, administration, at, name
):
    browser = signed_in(admin_manager)
    url = reverse(name) + ("?week=2026-11-23" if name == "away" else "")
    grow(1, administration, at)
    one = questions(browser, url)
    grow(2, administration, at)

    assert questions(browser, url) == one
