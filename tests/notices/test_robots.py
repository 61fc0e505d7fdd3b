"""Group robots and webhooks against a real HTTP server on loopback."""

import base64
import hashlib
import hmac
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from notices.channels import webhook, wire
from notices.drain import drain
from notices.models import Channel, Delivery, Reason
from notices.telling import tell
from notices.trial import try_out

pytestmark = pytest.mark.django_db


def tell_group(people, kind, at, what="窗户未关", **fields):
    return tell(people, "news", at=at, params={"what": what}, channels=("inbox", kind), **fields)


def outcome() -> tuple[str, str]:
    delivery = Delivery.objects.get()
    return delivery.state, delivery.reason


def test_a_group_is_told_once_and_everybody_is_called(
    receptionist, admin_manager, noon, robot, make_channel, outsider
):
    make_channel("wecom")
    receptionist.im_id, admin_manager.mobile = "WangXiaoMei", "+8613800138000"
    receptionist.save()
    admin_manager.save()

    tell_group([receptionist, admin_manager], "wecom", noon, source=outsider, level="urgent")
    drain(noon)

    (call,) = robot.calls
    assert call["json"] == {
        "msgtype": "text",
        "text": {
            "content": "[Urgent] News 窗户未关\nSince —.",
            "mentioned_list": ["WangXiaoMei"],
            "mentioned_mobile_list": ["13800138000"],
        },
    }
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_dingtalk_is_signed_and_calls_by_mobile(receptionist, noon, robot, make_channel):
    make_channel("dingtalk", secret="SECabc")
    receptionist.mobile = "+8613800138000"
    receptionist.save()

    tell_group([receptionist], "dingtalk", noon)
    drain(noon)

    (call,) = robot.calls
    query = parse_qs(urlsplit(call["path"]).query)
    expected = hmac.new(b"SECabc", f"{query['timestamp'][0]}\nSECabc".encode(), hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(expected).decode()]
    assert call["json"]["at"]["atMobiles"] == ["13800138000"]
    assert call["json"]["text"]["content"].endswith("@13800138000")


def test_feishu_is_signed_and_calls_by_open_id(receptionist, noon, robot, make_channel):
    robot.answer = {"code": 0, "msg": "success"}
    make_channel("feishu", secret="s3cret", per_minute=100)
    receptionist.im_id = "ou_7d8a"
    receptionist.save()

    tell_group([receptionist], "feishu", noon)
    drain(noon)

    body = robot.calls[0]["json"]
    expected = hmac.new(f"{body['timestamp']}\ns3cret".encode(), b"", hashlib.sha256).digest()
    assert body["sign"] == base64.b64encode(expected).decode()
    assert body["content"]["text"].endswith('<at user_id="ou_7d8a">王晓梅</at>')
    assert outcome() == ("sent", "")


@pytest.mark.parametrize(
    ("kind", "answer", "reason"),
    [
        ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, Reason.BAD_TOKEN),
        ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, Reason.BAD_SIGNATURE),
        ("dingtalk", {"errcode": 300001, "errmsg": "token is not exist"}, Reason.BAD_TOKEN),
        ("feishu", {"code": 19001, "msg": "incoming webhook access token invalid"}, Reason.BAD_TOKEN),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, Reason.BAD_SIGNATURE),
        ("wecom", {"errcode": 40008, "errmsg": "invalid message type"}, Reason.REJECTED),
    ],
)
def test_an_error_code_inside_a_200_fails_at_once(
    receptionist, noon, robot, make_channel, kind, answer, reason
):
    robot.answer = answer
    make_channel(kind)

    tell_group([receptionist], kind, noon)
    drain(noon)

    assert outcome() == ("failed", reason)


def test_a_robot_that_is_told_too_much_rests_a_minute_and_is_told_later(
    receptionist, noon, robot, make_channel
):
    robot.answer = {"errcode": 45009, "errmsg": "api freq out of limit"}
    channel = make_channel("wecom")
    tell_group([receptionist], "wecom", noon)
    drain(noon)
    robot.answer = {"errcode": 0}
    channel.refresh_from_db()

    assert channel.rest_until >= noon + timedelta(seconds=60)
    assert drain(noon + timedelta(seconds=59)) == 0
    assert drain(noon + timedelta(seconds=65)) == 1


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (500, ("pending", Reason.BUSY)),
        (429, ("pending", Reason.BUSY)),
        (404, ("failed", Reason.REJECTED)),
        (401, ("failed", Reason.BAD_TOKEN)),
        (302, ("failed", Reason.MOVED)),
    ],
)
def test_what_an_http_status_means(receptionist, noon, robot, make_channel, status, expected):
    robot.status, robot.headers = status, {"Location": robot.url} if status == 302 else {}
    make_channel("webhook", secret="s3cret")

    tell_group([receptionist], "webhook", noon)
    drain(noon)

    assert (outcome(), len(robot.calls)) == (expected, 1)


def test_a_robot_that_does_not_answer_in_time_is_uncertain(
    receptionist, noon, robot, make_channel, monkeypatch
):
    monkeypatch.setattr(wire, "TIMEOUT", 0.2)
    robot.pause = 0.5
    make_channel("wecom")

    tell_group([receptionist], "wecom", noon)
    drain(noon)
    drain(noon + timedelta(minutes=30))

    assert (outcome(), len(robot.calls)) == (("uncertain", Reason.TIMEOUT), 1)


def test_a_webhook_that_does_not_answer_is_repeated_under_the_same_key(
    receptionist, noon, robot, make_channel, monkeypatch
):
    monkeypatch.setattr(wire, "TIMEOUT", 0.2)
    robot.pause = 0.5
    make_channel("webhook", secret="s3cret")
    tell_group([receptionist], "webhook", noon)
    drain(noon)
    robot.pause = 0

    drain(noon + timedelta(seconds=30))

    first, second = (call["headers"]["Idempotency-Key"] for call in robot.calls)
    assert (first == second, outcome()) == (True, ("sent", ""))


def test_a_webhook_can_be_checked_by_its_receiver(receptionist, noon, robot, make_channel):
    make_channel("webhook", secret="s3cret")

    tell_group([receptionist], "webhook", noon, link="/calls/3/")
    drain(noon)

    (call,) = robot.calls
    stamp = call["headers"]["X-Admin-Office-Timestamp"]
    expected = f"sha256={webhook.signature('s3cret', stamp, call['body'])}"
    assert call["headers"]["X-Admin-Office-Signature"] == expected
    assert call["json"]["notices"][0]["recipients"] == [
        {"staff_no": receptionist.staff_no, "name": receptionist.name}
    ]
    assert call["json"]["notices"][0]["link"] == "http://127.0.0.1:8000/calls/3/"


def test_above_the_limit_news_is_merged_into_one_list(receptionist, noon, robot, make_channel):
    make_channel("dingtalk", per_minute=3)
    for number in range(5):
        tell_group([receptionist], "dingtalk", noon, what=f"第{number}件")

    drain(noon)

    (call,) = robot.calls
    lines = call["json"]["text"]["content"].splitlines()
    assert (lines[0], lines[1], lines[5]) == ("5 notices", "1. News 第0件", "5. News 第4件")
    assert Delivery.objects.filter(state="sent").count() == 5


def test_no_more_messages_a_minute_than_the_limit(receptionist, noon, robot, make_channel):
    make_channel("wecom", per_minute=2)
    for second in range(0, 60, 5):
        tell_group([receptionist], "wecom", noon + timedelta(seconds=second), what=f"第{second}秒")
        drain(noon + timedelta(seconds=second))
    assert len(robot.calls) == 2

    drain(noon + timedelta(seconds=61))

    assert len(robot.calls) == 3
    assert robot.calls[2]["json"]["text"]["content"].startswith("10 notices")
    assert Delivery.objects.exclude(state="sent").count() == 0


def test_urgent_news_goes_first(receptionist, noon, robot, make_channel):
    make_channel("wecom")
    tell_group([receptionist], "wecom", noon, what="平常")
    tell_group([receptionist], "wecom", noon, what="紧急", level="urgent")

    drain(noon)

    assert robot.calls[0]["json"]["text"]["content"].startswith("[Urgent] News 紧急")


def test_a_long_list_is_cut_to_what_the_robot_takes(receptionist, noon, robot, make_channel):
    make_channel("wecom", per_minute=1)
    for number in range(20):
        tell_group([receptionist], "wecom", noon, what=f"{number}{'很长的事情' * 20}")

    drain(noon)

    content = robot.calls[0]["json"]["text"]["content"]
    assert len(content.encode()) <= 2048
    assert content.endswith("More in the inbox: http://127.0.0.1:8000/inbox/")


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://0.0.0.0/",
        "http://100.100.100.200/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "http://127.0.0.1:99999/",
    ],
)
def test_some_addresses_are_never_sent_to(address, admin_manager, make_channel):
    channel = make_channel("webhook", address=address, secret="s3cret")

    assert try_out(channel, by=admin_manager).reason == Reason.FORBIDDEN


def test_private_networks_can_be_forbidden(settings, admin_manager, make_channel, robot):
    settings.NOTICES_PRIVATE_NETWORKS = False

    assert try_out(make_channel("wecom"), by=admin_manager).reason == Reason.FORBIDDEN
    assert robot.calls == []


def test_the_key_never_stands_in_a_reason(receptionist, noon, robot, make_channel, caplog):
    robot.answer = {"errcode": 93000, "errmsg": f"invalid webhook url {robot.url} key 3f1c9a7e-secret-key"}
    make_channel("wecom")
    tell_group([receptionist], "wecom", noon)

    drain(noon)

    assert "3f1c9a7e" not in Delivery.objects.get().detail + caplog.text


def test_the_key_is_not_readable_in_the_database(make_channel, robot):
    from django.db import connection

    channel = make_channel("wecom", secret="s3cret")
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, secret FROM notices_channel WHERE id = %s", [channel.pk])
        stored = cursor.fetchone()

    assert "secret-key" not in stored[0]
    assert stored[1] != "s3cret"


def test_a_robot_nobody_listens_for_is_reported(admin_manager, make_channel, robot):
    robot.shutdown()
    robot.server_close()

    trouble = try_out(make_channel("wecom"), by=admin_manager)

    assert (trouble.reason, trouble.everywhere) == (Reason.UNREACHABLE, True)


def test_a_test_message_really_arrives(admin_manager, make_channel, robot):
    channel = make_channel("wecom")

    assert try_out(channel, by=admin_manager) is None
    assert "Test message" in robot.calls[0]["json"]["text"]["content"]
    assert Channel.objects.get(pk=channel.pk).failures == 0
