"""Systems that are let in: what a token opens, who may hand it on, and that it is shown once."""

import re
from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.urls import reverse

from organization.models import ApiClient
from pages.refusals import Refused

pytestmark = pytest.mark.django_db

SHOWN = re.compile(r"ao_\d+_[\w-]{43}")


@pytest.fixture
def issued(admin_manager, noon):
    return ApiClient.issue("总机", ["phone-events"], by=admin_manager, at=noon)


@pytest.fixture
def client(issued):
    return issued[0]


def test_a_token_is_recognised_and_nothing_like_it_is_stored(issued):
    client, token = issued
    stored = [str(value) for value in ApiClient.objects.filter(pk=client.pk).values_list()[0]]

    assert ApiClient.named_in(token) == client
    assert client.recognises(token)
    assert not any(token[6:-4] in value for value in stored)
    assert client.hint == token[-4:]


@pytest.mark.parametrize(
    "wrong", ["", "ao_1_", "Bearer x", "ao_99999_" + "x" * 43, "ao_1_" + "测" * 43, "\x00"]
)
def test_what_is_no_token_belongs_to_nobody(client, wrong):
    assert ApiClient.named_in(wrong) is None


def test_another_secret_is_not_the_token(issued):
    client, token = issued
    assert client.recognises(token[:-1] + ("a" if token[-1] != "a" else "b")) is False


def test_a_new_token_makes_the_old_one_worthless(issued, admin_manager, noon):
    client, old = issued

    new = client.rotate(by=admin_manager, at=noon)

    client.refresh_from_db()
    assert (client.recognises(old), client.recognises(new), client.rotated_at) == (False, True, noon)


def test_a_revoked_token_is_not_recognised_and_cannot_be_renewed(issued, admin_manager, noon):
    client, token = issued
    client.revoke(by=admin_manager, at=noon)

    assert client.recognises(token) is False
    with pytest.raises(Refused, match="was revoked"):
        client.rotate(by=admin_manager, at=noon)


def test_two_systems_in_use_do_not_share_a_name(issued, admin_manager, noon):
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiClient.issue("总机", ["phone-events"], by=admin_manager, at=noon)


def test_nobody_hands_on_what_they_may_not_do(it_admin, noon):
    with pytest.raises(Refused, match="cannot hand on"):
        ApiClient.issue("外部系统", ["customers", "numbers"], by=it_admin, at=noon)


def test_nobody_takes_over_a_token_that_opens_more_than_they_may_do(admin_manager, it_admin, noon):
    client, _token = ApiClient.issue("客户系统", ["customers", "numbers"], by=admin_manager, at=noon)

    with pytest.raises(Refused, match="cannot hand on"):
        client.rotate(by=it_admin, at=noon)


def test_its_last_use_is_written_at_most_once_a_minute(client, noon, django_assert_num_queries):
    client.note_use(at=noon)
    with django_assert_num_queries(0):
        client.note_use(at=noon + timedelta(seconds=59))
    client.note_use(at=noon + timedelta(seconds=60))

    assert ApiClient.objects.get().last_used_at == noon + timedelta(seconds=60)


def test_the_history_knows_who_did_what_and_no_token(issued, admin_manager, noon):
    client, token = issued
    client.rotate(by=admin_manager, at=noon)
    client.revoke(by=admin_manager, at=noon)

    entries = LogEntry.objects.get_for_object(client)
    assert {entry.actor for entry in entries} == {admin_manager}
    assert any("hint" in entry.changes for entry in entries)
    written = " ".join(str(entry.changes) for entry in entries)
    assert (token in written, client.digest in written) == (False, False)


# -- in the browser ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["admin_manager", "it_admin"])
def test_the_token_is_shown_once_to_who_lets_the_system_in(signed_in, request, name):
    browser = signed_in(request.getfixturevalue(name))

    answer = browser.post(reverse("api-client-new"), {"name": "总机", "scopes": ["phone-events"]})

    client = ApiClient.objects.get()
    token = SHOWN.search(answer.content.decode())[0]
    assert client.recognises(token)
    assert "no-store" in answer.headers["Cache-Control"]
    assert SHOWN.search(browser.get(client.get_absolute_url()).content.decode()) is None


def test_renewing_shows_the_new_token_once(signed_in, admin_manager, client):
    answer = signed_in(admin_manager).post(reverse("api-client-rotate", args=[client.pk]))

    client.refresh_from_db()
    assert client.recognises(SHOWN.search(answer.content.decode())[0])


def test_revoking_in_the_browser(signed_in, it_admin, client):
    signed_in(it_admin).post(reverse("api-client-revoke", args=[client.pk]))

    client.refresh_from_db()
    assert (client.enabled, client.revoked_by) == (False, it_admin)


def test_the_form_offers_only_what_one_may_do_oneself(signed_in, it_admin):
    answer = signed_in(it_admin).get(reverse("api-client-new"))

    assert [key for key, _label in answer.context["form"].fields["scopes"].choices] == ["phone-events"]


@pytest.mark.parametrize(
    "typed", [{"name": "", "scopes": ["phone-events"]}, {"name": "总机", "scopes": ["root"]}]
)
def test_a_form_with_mistakes_lets_nobody_in(signed_in, admin_manager, typed):
    answer = signed_in(admin_manager).post(reverse("api-client-new"), typed)

    assert answer.status_code == 422
    assert ApiClient.objects.count() == 0


def test_a_name_in_use_is_a_mistake_at_the_field(signed_in, admin_manager, client):
    answer = signed_in(admin_manager).post(
        reverse("api-client-new"), {"name": "总机", "scopes": ["phone-events"]}
    )

    assert answer.context["form"].errors["name"] == ["There is a system of this name already."]


def test_the_auditor_sees_who_is_let_in_and_changes_nothing(signed_in, auditor, client):
    browser = signed_in(auditor)

    assert browser.get(reverse("api-clients")).status_code == 200
    assert browser.post(reverse("api-client-revoke", args=[client.pk])).status_code == 403
    assert browser.get(reverse("api-client-new")).status_code == 403


def test_others_do_not_see_which_systems_there_are(signed_in, receptionist):
    assert signed_in(receptionist).get(reverse("api-clients")).status_code == 403


def test_the_administration_only_looks(signed_in, client, admin_manager):
    admin_manager.is_staff = True
    admin_manager.save()
    url = reverse("admin:organization_apiclient_change", args=[client.pk])

    page = signed_in(admin_manager).get(url).content.decode()
    assert client.digest not in page
    assert signed_in(admin_manager).post(url, {"name": "别的"}).status_code == 403
