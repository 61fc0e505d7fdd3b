"""The menu, the quick "new" menu, and the first page of each person."""

import pytest
from django.urls import reverse

from pages import banners, home, menu

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_registries(monkeypatch):
    for name in ("_entries", "_new", "_own", "_badges"):
        monkeypatch.setattr(menu, name, {})
    monkeypatch.setattr(home, "_homes", {})
    monkeypatch.setattr(banners, "_banners", [])


def test_an_area_shows_its_entries_in_order(receptionist):
    menu.register(menu.SYSTEM, "Second", "account_login", "lock", order=2)
    menu.register(menu.SYSTEM, "First", "home", "home", order=1)
    (area,) = menu.areas_for(receptionist)
    assert [entry.label for entry in area.entries] == ["First", "Second"]


def test_areas_stand_in_the_order_of_the_office(receptionist):
    menu.register(menu.SYSTEM, "a", "home", "home")
    menu.register(menu.RECEPTION, "b", "pulse", "home")
    assert [area.key for area in menu.areas_for(receptionist)] == ["reception", "system"]


def test_an_entry_without_the_right_is_not_there_and_nor_is_its_area(outsider):
    menu.register(menu.COST, "Secret", "home", "lock", permission="organization.change_user")
    assert menu.areas_for(outsider) == []


def test_an_unknown_area_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="kitchen"):
        menu.register("kitchen", "x", "home", "home")


def test_the_new_menu_keeps_to_rights_too(outsider):
    menu.register_new("Anyone", "home", "plus")
    menu.register_new("Few", "pulse", "plus", permission="organization.add_user")
    assert [entry.label for entry in menu.new_for(outsider)] == ["Anyone"]


def test_pages_about_oneself_stand_under_ones_own_name(on_stage, signed_in, outsider):
    menu.register_own("Second", "pulse", "user", order=2)
    menu.register_own("My own page", "home", "user", order=1)
    assert [entry.label for entry in menu.own()] == ["My own page", "Second"]
    page = signed_in(outsider).get("/stage/desk/").content.decode()
    assert page.count("My own page") == 1


def test_a_badge_counts_for_the_person(receptionist):
    menu.badge("inbox", lambda user: 7 if user == receptionist else 0)
    assert menu.count("inbox", receptionist) == 7
    assert menu.count("elsewhere", receptionist) == 0


def test_the_page_one_is_on_is_marked(on_stage, signed_in, receptionist):
    menu.register(menu.SYSTEM, "Home", "home", "home")
    menu.register(menu.SYSTEM, "Stage", "stage-desk", "home")
    page = signed_in(receptionist).get("/stage/desk/").content.decode()
    assert page.count('aria-current="page"') == 1
    assert '<a href="/stage/desk/" aria-current="page">' in page


def test_the_first_page_is_the_first_that_fits(signed_in, outsider):
    home.register(2, None, "mfa_index")
    home.register(1, "organization.change_user", "account_logout")
    assert signed_in(outsider).get("/").url == reverse("mfa_index")


def test_a_role_without_a_screen_is_told_so(signed_in, outsider):
    response = signed_in(outsider).get("/")
    assert "No screen is set up for your role yet." in response.content.decode()


def test_a_banner_stands_on_every_page_while_it_holds(on_stage, signed_in, receptionist):
    banners.register(lambda request: banners.Banner("2027 is not yet published", "warning", "/days/", "Days"))
    banners.register(lambda request: None)
    page = signed_in(receptionist).get("/stage/desk/").content.decode()
    assert "2027 is not yet published" in page
    assert '<a href="/days/">Days</a>' in page


def test_what_a_banner_says_is_text_not_html(on_stage, signed_in, receptionist):
    banners.register(lambda request: banners.Banner("<script>x</script>"))
    assert "<script>x" not in signed_in(receptionist).get("/stage/desk/").content.decode()
