"""A verb's answer: a fragment for htmx, a message and a redirect for a plain browser."""

import json

from django.contrib.messages import get_messages
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from pages.answers import answer, toast_headers


def request(htmx: bool):
    made = RequestFactory().post("/", headers={"HX-Request": "true"} if htmx else {})
    made.htmx = HtmxDetails(made)
    made._messages = Messages()
    return made


class Messages(list):
    """The message store of a request, without a session."""

    def add(self, level, message, extra_tags=""):
        self.append(str(message))


def test_htmx_gets_the_fragment_with_a_toast_and_the_events():
    response = answer(request(True), "pages/_once.html", {"ticket": "t"}, message="Saved", trigger="calls")
    assert response.content.decode().strip() == '<input type="hidden" name="once" value="t">'
    events = json.loads(response["HX-Trigger"])
    assert events == {"calls": True, "toast": {"message": "Saved", "level": "success"}}


def test_a_plain_browser_is_sent_on_with_the_message():
    plain = request(False)
    response = answer(plain, "pages/_once.html", to="home", message="Saved")
    assert (response.status_code, response.url) == (302, "/")
    assert list(get_messages(plain)) == ["Saved"]


def test_a_form_with_mistakes_comes_back_to_a_plain_browser_too():
    response = answer(request(False), "pages/_once.html", {"ticket": "t"}, to="home", status=422)
    assert response.status_code == 422
    assert b'value="t"' in response.content


def test_a_mistake_is_a_red_toast():
    response = answer(request(True), "pages/_once.html", {}, status=422, message="Look again")
    assert json.loads(response["HX-Trigger"])["toast"]["level"] == "error"


def test_without_words_and_events_there_is_no_header():
    assert toast_headers("") == {}
