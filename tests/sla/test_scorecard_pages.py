"""The months on paper in the browser: who sees them, how far one is, and who took a file along."""

from datetime import date

import pytest
from django.urls import reverse

from pages import clock
from pages.history import history_of
from sla.models import Scorecard
from sla.models.figure import local_day

from .scorecard_month import feedback, made


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def month() -> date:
    return local_day(clock.now()).replace(day=1)


@pytest.fixture
def key(month) -> str:
    return f"{month:%Y-%m}"


@pytest.fixture
def card(month, sales, receptionist, admin_manager) -> Scorecard:
    """This month so far, with one call fed back in time."""
    feedback(sales, receptionist, clock.now(), minutes=0)
    return made(month, by=admin_manager, at=clock.now())


def words(response) -> str:
    return " ".join(response.content.decode().split())


def make(browser, key: str, htmx: bool = False):
    headers = {"HX-Request": "true"} if htmx else {}
    return browser.post(reverse("scorecard-make", args=[key]), headers=headers)


def test_managers_and_auditors_see_them_and_nobody_else(admin_manager, auditor, receptionist, signed_in):
    answers = [signed_in(user).get(reverse("scorecards")) for user in (admin_manager, auditor, receptionist)]

    assert [answer.status_code for answer in answers] == [200, 200, 403]


def test_signed_out_one_is_asked_to_sign_in(client, db, key):
    addresses = [reverse("scorecards"), reverse("scorecard", args=[key])]

    assert [client.get(address).status_code for address in addresses] == [302, 302]
    assert make(client, key).status_code == 302


def test_this_month_is_offered_so_far(admin_manager, signed_in, key):
    page = signed_in(admin_manager).get(reverse("scorecards"))

    assert [month.key for month in page.context["months"]] == [key]
    assert "Make it so far" in words(page)


def test_one_click_asks_for_it(admin_manager, signed_in, key, month):
    answer = make(signed_in(admin_manager), key)

    card = Scorecard.objects.get()
    assert (card.month, card.state, card.asked_by) == (month, "waiting", admin_manager)
    assert answer.url == card.get_absolute_url()


def test_with_htmx_the_page_fetches_how_far_it_is(admin_manager, signed_in, key):
    answer = make(signed_in(admin_manager), key, htmx=True)

    assert (answer.status_code, "scorecards-changed" in answer["HX-Trigger"]) == (204, True)


def test_the_auditor_looks_only(auditor, signed_in, key):
    assert make(signed_in(auditor), key).status_code == 403


@pytest.mark.parametrize("month", ["2099-01", "2199-12"])
def test_a_month_that_has_not_begun_is_refused(admin_manager, signed_in, month):
    assert make(signed_in(admin_manager), month).status_code == 409
    assert signed_in(admin_manager).get(reverse("scorecard", args=[month])).status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "november", "0000-01", "0001-01", "9999-12"])
def test_what_is_no_month_is_not_there(admin_manager, signed_in, month):
    browser, address = signed_in(admin_manager), f"/scorecards/{month}/"

    assert browser.get(address).status_code == 404
    assert browser.post(f"{address}make/").status_code == 404


def test_the_page_asks_again_only_while_it_is_being_made(admin_manager, signed_in, key, card):
    browser = signed_in(admin_manager)
    addresses = [reverse("scorecards"), reverse("scorecard", args=[key])]
    assert ["every 2s" in words(browser.get(address)) for address in addresses] == [False, False]

    make(browser, key)
    Scorecard.take_up(clock.now()).advance(50)
    for address in addresses:
        page = words(browser.get(address))
        assert ("every 2s" in page, 'value="50"' in page) == (True, True)


def test_making_it_anew_asks_first(admin_manager, signed_in, key, card):
    assert "data-confirm" in words(signed_in(admin_manager).get(reverse("scorecard", args=[key])))


def test_the_month_stands_in_the_browser_as_on_the_board(admin_manager, signed_in, key, card):
    page = words(signed_in(admin_manager).get(reverse("scorecard", args=[key])))

    assert f"/board/call-feedback/?period=range&amp;first={key}-01" in page
    assert "1 of 1" in page


def test_both_files_are_taken_along_and_that_is_recorded(auditor, signed_in, key, card):
    browser = signed_in(auditor)
    files = [browser.get(reverse("scorecard-file", args=[key, kind])) for kind in ("pdf", "xlsx")]

    assert [b"".join(file.streaming_content)[:4] for file in files] == [b"%PDF", b"PK\x03\x04"]
    assert [file["Content-Disposition"] for file in files] == [
        f'attachment; filename="scorecard-{key}.{kind}"' for kind in ("pdf", "xlsx")
    ]
    looks = [(entry.by, entry.looked_at) for entry in history_of(card) if entry.looked_at]
    assert looks == [(str(auditor), "scorecard as XLSX"), (str(auditor), "scorecard as PDF")]


def test_nobody_else_gets_a_file(receptionist, client, signed_in, key, card):
    address = reverse("scorecard-file", args=[key, "pdf"])

    assert client.get(address).status_code == 302
    assert signed_in(receptionist).get(address).status_code == 403


def test_a_file_that_is_not_made_is_not_there(admin_manager, signed_in, key, month):
    browser = signed_in(admin_manager)
    assert browser.get(reverse("scorecard-file", args=[key, "pdf"])).status_code == 404

    Scorecard.ask(month, by=admin_manager, at=clock.now())
    addresses = [reverse("scorecard-file", args=[key, kind]) for kind in ("pdf", "csv")]
    assert [browser.get(address).status_code for address in addresses] == [404, 404]


def test_a_file_that_was_lost_is_said_in_words(admin_manager, signed_in, key, card):
    card.pdf.storage.delete(card.pdf.name)

    answer = signed_in(admin_manager).get(reverse("scorecard-file", args=[key, "pdf"]))
    assert (answer.status_code, "made anew" in words(answer)) == (404, True)


def test_what_went_wrong_stands_on_the_page(admin_manager, signed_in, key, month):
    Scorecard.ask(month, by=admin_manager, at=clock.now())
    Scorecard.take_up(clock.now()).fail("OSError: [Errno 28] No space left on device")

    page = words(signed_in(admin_manager).get(reverse("scorecard", args=[key])))
    assert "It could not be made." in page
    assert "No space left on device" in page
