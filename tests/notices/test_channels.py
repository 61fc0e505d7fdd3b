import pytest
from auditlog.models import LogEntry
from django.core.management import call_command

from notices.models import Channel, Delivery
from notices.telling import tell

pytestmark = pytest.mark.django_db

GIVEN = {"name": "前台群", "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-123-def"}


def page_of(answer) -> str:
    return answer.content.decode()


def test_a_new_office_has_one_mail_server_however_often_it_is_migrated():
    call_command("migrate", verbosity=0)

    assert Channel.objects.filter(kind="email").count() == 1


def test_the_manager_adds_a_robot(signed_in, admin_manager):
    answer = signed_in(admin_manager).post("/channels/new/wecom/", {**GIVEN, "per_minute": 20})

    channel = Channel.objects.get(kind="wecom")
    assert (answer.status_code, channel.address, channel.per_minute) == (302, GIVEN["address"], 20)


@pytest.mark.parametrize("url", ["/channels/", "/channels/new/wecom/", "/deliveries/"])
def test_an_employee_does_not_see_the_channels(signed_in, salesperson, url):
    assert signed_in(salesperson).get(url).status_code == 403


def test_the_auditor_sees_everything_and_changes_nothing(signed_in, auditor, make_channel):
    browser, channel = signed_in(auditor), make_channel("wecom")

    assert browser.get("/channels/").status_code == browser.get("/deliveries/").status_code == 200
    for verb in ("test", "switch", "remove", "edit"):
        assert browser.post(f"/channels/{channel.pk}/{verb}/").status_code == 403


def test_address_and_secret_are_never_shown_again(signed_in, admin_manager, make_channel, robot):
    channel = make_channel("dingtalk", secret="SECvery-secret")
    browser = signed_in(admin_manager)

    pages = [page_of(browser.get(url)) for url in ("/channels/", f"/channels/{channel.pk}/edit/")]

    assert "secret-key" not in "".join(pages)
    assert "SECvery-secret" not in "".join(pages)


def test_an_empty_secret_keeps_the_stored_one(signed_in, admin_manager, make_channel, robot):
    channel = make_channel("dingtalk", secret="SECold")

    signed_in(admin_manager).post(f"/channels/{channel.pk}/edit/", {"name": "新名字", "per_minute": 10})

    channel.refresh_from_db()
    assert (channel.name, channel.secret, channel.address) == ("新名字", "SECold", robot.url)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"address": "没有协议"}, "Type the whole address, beginning with https:// or http://."),
        ({"address": "ftp://example.com/x"}, "Type the whole address, beginning with https:// or http://."),
        ({"address": ""}, "This field is required."),
        ({"per_minute": "21"}, "Between 1 and 20: the maker allows no more."),
        ({"name": "铃\x07声"}, "This text contains invisible control characters. Type it again."),
    ],
)
def test_a_mistake_is_explained_at_its_field(signed_in, admin_manager, typed, sentence):
    answer = signed_in(admin_manager).post("/channels/new/wecom/", {**GIVEN, "per_minute": 20, **typed})

    assert answer.status_code == 422
    assert sentence in [error for errors in answer.context["form"].errors.values() for error in errors]


def test_a_test_message_reports_the_makers_refusal(signed_in, admin_manager, make_channel, robot):
    robot.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    channel = make_channel("wecom")

    answer = signed_in(admin_manager).post(f"/channels/{channel.pk}/test/", headers={"HX-Request": "true"})

    assert "The robot&#x27;s key is not valid · 93000 invalid webhook url" in page_of(answer)


def test_a_test_mail_goes_to_whoever_asks(signed_in, admin_manager, mail_server, mail_channel):
    signed_in(admin_manager).post(f"/channels/{mail_channel.pk}/test/")

    assert mail_server.readers == [admin_manager.email]


def test_switching_off_and_on(signed_in, admin_manager, make_channel):
    channel, browser = make_channel("wecom"), signed_in(admin_manager)

    browser.post(f"/channels/{channel.pk}/switch/", {"on": "0"})
    assert not Channel.objects.enabled().filter(pk=channel.pk).exists()
    browser.post(f"/channels/{channel.pk}/switch/", {"on": "1"})
    assert Channel.objects.enabled().filter(pk=channel.pk).exists()


def test_a_removed_channel_loses_its_key_and_keeps_its_log(
    signed_in, admin_manager, make_channel, receptionist, noon
):
    channel = make_channel("wecom")
    tell([receptionist], "news", at=noon, channels=("wecom",))

    signed_in(admin_manager).post(f"/channels/{channel.pk}/remove/")

    channel.refresh_from_db()
    assert (channel.address, channel.is_on) == (None, False)
    assert Delivery.objects.get(channel=channel).state == "failed"


def test_the_mail_server_cannot_be_removed(signed_in, admin_manager, mail_channel):
    assert signed_in(admin_manager).post(f"/channels/{mail_channel.pk}/remove/").status_code == 409


def test_the_history_tells_of_a_new_secret_without_telling_it(signed_in, admin_manager, make_channel):
    channel = make_channel("dingtalk", secret="SECold-secret")

    signed_in(admin_manager).post(
        f"/channels/{channel.pk}/edit/", {"name": "群", "per_minute": 10, "secret": "SECnew-secret"}
    )

    entries = str([entry.changes for entry in LogEntry.objects.get_for_object(channel)])
    assert "secret" in entries
    assert "SECold" not in entries + str(list(LogEntry.objects.values_list("changes_text", flat=True)))
    assert "SECnew" not in entries


@pytest.fixture
def failed(receptionist, noon, make_channel):
    make_channel("wecom")
    tell([receptionist], "news", at=noon, params={"what": "窗户"}, channels=("wecom",))
    Delivery.objects.update(state="failed", reason="bad_token", attempts=3)
    return Delivery.objects.get()


def test_the_log_says_why(signed_in, admin_manager, failed):
    page = page_of(signed_in(admin_manager).get("/deliveries/?state=failed&q=窗户"))

    assert "The robot&#x27;s key is not valid" in page


def test_a_failed_delivery_is_sent_again(signed_in, admin_manager, failed):
    signed_in(admin_manager).post(f"/deliveries/{failed.pk}/retry/")

    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.reason) == ("pending", 0, "")
    assert LogEntry.objects.get_for_object(failed).first().actor == admin_manager


def test_what_has_arrived_is_not_sent_again(signed_in, admin_manager, failed):
    Delivery.objects.update(state="sent")

    assert signed_in(admin_manager).post(f"/deliveries/{failed.pk}/retry/").status_code == 409


def test_the_log_can_be_taken_along(signed_in, admin_manager, failed):
    answer = signed_in(admin_manager).get("/deliveries/?export=csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Told at,Recipient,Notice,Channel,State")
    assert "王晓梅,News 窗户,wecom群,Failed" in lines[1]


def test_the_log_asks_as_much_for_three_deliveries_as_for_one(
    signed_in, admin_manager, receptionist, noon, failed, django_assert_max_num_queries
):
    browser = signed_in(admin_manager)
    browser.get("/deliveries/")
    with django_assert_max_num_queries(50) as one:
        browser.get("/deliveries/")
    tell([receptionist, admin_manager], "news", at=noon)

    with django_assert_max_num_queries(len(one)):
        browser.get("/deliveries/")
