"""Everyone reads in the language he or she chose."""

import pytest

pytestmark = pytest.mark.django_db


def language_of(response) -> str:
    return response["Content-Language"]


def test_the_persons_own_language_wins_over_the_browsers(signed_in, receptionist):
    receptionist.language = "zh-hans"
    receptionist.save(update_fields=["language"])
    response = signed_in(receptionist).get("/accounts/2fa/", headers={"Accept-Language": "en"})
    assert language_of(response) == "zh-hans"


def test_signed_out_the_office_speaks_chinese_whatever_the_browser_says(client, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    assert language_of(client.get("/accounts/login/", headers={"Accept-Language": "en-US"})) == "zh-hans"


def test_the_choice_on_the_login_page_stays_with_the_browser(client, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    client.post("/language/", {"language": "en"})
    assert language_of(client.get("/accounts/login/")) == "en"


def test_the_choice_stays_with_the_person_and_leads_back(signed_in, receptionist):
    response = signed_in(receptionist).post(
        "/language/", {"language": "zh-hans", "next": "/accounts/2fa/?a=1"}
    )
    receptionist.refresh_from_db()
    assert (receptionist.language, response.url) == ("zh-hans", "/accounts/2fa/?a=1")


def test_an_unknown_language_changes_nothing(signed_in, receptionist):
    signed_in(receptionist).post("/language/", {"language": "xx"})
    receptionist.refresh_from_db()
    assert receptionist.language == "en"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_elsewhere(client, target):
    assert client.post("/language/", {"language": "en", "next": target}).url == "/"


def test_a_language_is_not_chosen_by_a_link(client):
    assert client.get("/language/").status_code == 405
