"""What the office will not do now is said in the caller's own form."""

import json

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_stage")]
SENTENCE = "This call has ended already."


def test_htmx_gets_a_toast_and_swaps_nothing(signed_in, receptionist):
    response = signed_in(receptionist).post("/stage/refuse/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Reswap"]) == (409, "none")
    assert json.loads(response["HX-Trigger"]) == {"toast": {"message": SENTENCE, "level": "error"}}


def test_a_program_gets_json(signed_in, receptionist):
    response = signed_in(receptionist).post("/stage/refuse/", headers={"Accept": "application/json"})
    assert (response.status_code, response.json()) == (409, {"error": SENTENCE})


def test_a_browser_gets_a_page_with_the_way_back(signed_in, receptionist):
    page = "http://testserver/stage/desk/"
    response = signed_in(receptionist).post(
        "/stage/refuse/", headers={"Accept": "text/html", "Referer": page}
    )
    assert response.status_code == 409
    assert SENTENCE in response.content.decode()
    assert f'href="{page}"' in response.content.decode()


def test_the_way_back_never_leads_elsewhere(signed_in, receptionist):
    response = signed_in(receptionist).post("/stage/refuse/", headers={"Referer": "https://evil.example/"})
    assert "evil.example" not in response.content.decode()


def test_signed_out_htmx_is_told_so_instead_of_getting_a_login_page_inside():
    response = Client().get("/stage/desk/", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert json.loads(response["HX-Trigger"]) == {"signed-out": True}


def test_a_signed_out_browser_is_sent_to_the_login():
    response = Client().get("/stage/desk/")
    assert response.url == "/accounts/login/?next=/stage/desk/"


@pytest.mark.parametrize("path", ["/nothing/", "/stage/nothing/"])
def test_an_address_without_a_page_says_so(signed_in, receptionist, path):
    response = signed_in(receptionist).get(path)
    assert response.status_code == 404
    assert "There is nothing at this address, or it is not for you to see." in response.content.decode()


def test_a_missing_right_is_a_page_with_words(signed_in, outsider):
    response = signed_in(outsider).get("/stage/forbidden/")
    assert response.status_code == 403
    assert "Your role does not include this." in response.content.decode()


def test_a_missing_right_is_json_for_a_program(signed_in, outsider):
    response = signed_in(outsider).get("/stage/forbidden/", headers={"Accept": "application/json"})
    assert response.json() == {
        "error": "Your role does not include this. If you need it, ask the admin manager."
    }


def test_a_crash_is_a_page_without_anything_of_the_crash(signed_in, receptionist):
    browser = signed_in(receptionist)
    browser.raise_request_exception = False
    response = browser.get("/stage/crash/")
    assert response.status_code == 500
    assert "It is our fault, not yours" in response.content.decode()
    assert "secret detail" not in response.content.decode()


def test_a_stale_form_is_told_to_send_again(receptionist):
    browser = Client(enforce_csrf_checks=True)
    response = browser.post("/language/", {"language": "en"})
    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()
