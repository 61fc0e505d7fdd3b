"""Signing in: who may not, is told so in clear words; who tries too often, waits."""

import pytest
from django.core.cache import cache

from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_tried_before():
    cache.clear()
    yield
    cache.clear()


def try_to_sign_in(client, user, password: str):
    return client.post("/accounts/login/", {"login": user.username, "password": password})


def test_the_login_page_bears_the_products_name_in_both_languages(client):
    page = client.get("/accounts/login/").content.decode()
    assert "行政办公室" in page
    assert "Admin Office" in page


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(client, receptionist):
    known = try_to_sign_in(client, receptionist, "wrong").context["form"].non_field_errors()
    receptionist.username = "nobody"
    unknown = try_to_sign_in(client, receptionist, "wrong").context["form"].non_field_errors()
    assert known == unknown
    assert len(known) == 1


def test_after_five_wrong_passwords_even_the_right_one_waits(client, receptionist):
    for _attempt in range(5):
        try_to_sign_in(client, receptionist, "wrong")
    response = try_to_sign_in(client, receptionist, PASSWORD)
    assert response.context["form"].non_field_errors() == ["Too many failed login attempts. Try again later."]
    assert "_auth_user_id" not in client.session


def test_the_right_password_leads_to_ones_first_page(client, receptionist):
    assert try_to_sign_in(client, receptionist, PASSWORD).url == "/"


@pytest.mark.parametrize("path", ["/accounts/2fa/", "/accounts/password/change/", "/accounts/logout/"])
def test_the_account_pages_wear_the_offices_look(client, receptionist, path):
    try_to_sign_in(client, receptionist, PASSWORD)
    response = client.get(path)
    assert response.status_code == 200
    assert 'class="topbar"' in response.content.decode()


def test_the_authenticator_is_set_up_after_the_password_alone(client, receptionist):
    try_to_sign_in(client, receptionist, PASSWORD)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    assert "Scan this picture with an authenticator app on your phone." in page
    assert 'src="data:image/svg+xml' in page
