"""The outbox against a real mail server and a real HTTP server; time moves by argument."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.functional import lazy

from notices import kinds
from notices.drain import LEASE, drain
from notices.models import Delivery
from notices.telling import tell

pytestmark = pytest.mark.django_db


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_a_due_mail_is_sent_once(receptionist, noon, mail_server):
    tell([receptionist], "news", at=noon, params={"what": "停电通知"}, link="/calls/3/")

    assert (drain(noon), drain(noon)) == (1, 0)

    (letter,) = mail_server.letters
    assert letter["Subject"] == "News 停电通知"
    assert letter["To"].addresses[0].addr_spec == "reception@huayue.example"
    assert letter["To"].addresses[0].display_name == "王晓梅"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "notices." in letter["List-Id"]
    assert "http://127.0.0.1:8000/calls/3/" in letter.get_body(("plain",)).get_content()
    assert 'href="http://127.0.0.1:8000/calls/3/"' in letter.get_body(("html",)).get_content()
    assert states() == ["sent"]


def test_a_mail_speaks_its_readers_language(receptionist, noon, mail_server):
    receptionist.language = "zh-hans"
    receptionist.save()
    tell([receptionist], "news", at=noon, params={"what": "停电", "since_at": noon})

    drain(noon)

    assert "11月23日 12:00" in mail_server.letters[0].get_body(("plain",)).get_content()


def test_what_is_not_due_waits(receptionist, noon, mail_server):
    tell([receptionist], "news", at=noon + timedelta(minutes=1))

    assert drain(noon) == 0


def test_an_idle_drain_asks_one_question(db, noon, django_assert_num_queries):
    with django_assert_num_queries(1):
        drain(noon)


def test_many_mails_go_over_one_connection(receptionist, admin_manager, outsider, noon, mail_server):
    tell([receptionist, admin_manager, outsider], "news", at=noon)

    drain(noon)

    assert (len(mail_server.letters), mail_server.connections) == (3, 1)


def test_more_than_five_notices_for_one_person_become_one_digest(
    receptionist, admin_manager, noon, mail_server
):
    for number in range(6):
        tell([receptionist], "news", at=noon, params={"what": f"第{number}件"})
    tell([admin_manager], "news", at=noon, params={"what": "另一件"})

    assert drain(noon) == 7

    assert sorted(letter["Subject"] for letter in mail_server.letters) == ["6 notices", "News 另一件"]


def test_one_refused_address_fails_alone_with_the_reason(receptionist, admin_manager, noon, mail_server):
    mail_server.refuse = {receptionist.email}
    tell([receptionist, admin_manager], "news", at=noon)

    drain(noon)

    refused = Delivery.objects.get(state="failed")
    assert refused.error == "The address does not exist or is not accepted · 550 5.1.1 no such person"
    assert mail_server.readers == [admin_manager.email]


def test_a_greylisted_mail_is_tried_again_later(receptionist, noon, mail_server):
    mail_server.greylist = {receptionist.email}
    tell([receptionist], "news", at=noon)
    drain(noon)
    mail_server.greylist = set()

    assert drain(noon + timedelta(seconds=5)) == 0
    assert drain(noon + timedelta(seconds=20)) == 1
    assert Delivery.objects.get().attempts == 2


def test_a_mail_server_down_for_ten_minutes_loses_and_doubles_nothing(
    receptionist, admin_manager, outsider, noon, mail_server
):
    mail_server.stop()
    for second in range(0, 600, 5):
        if second % 60 == 0:
            tell([receptionist, admin_manager, outsider], "news", at=noon + timedelta(seconds=second))
        drain(noon + timedelta(seconds=second))
    assert set(states()) == {"pending"}
    mail_server.run()

    for second in range(600, 670, 5):
        drain(noon + timedelta(seconds=second))

    assert set(states()) == {"sent"}
    assert mail_server.readers == sorted([receptionist.email, admin_manager.email, outsider.email])
    assert {letter["Subject"] for letter in mail_server.letters} == {"10 notices"}


def test_a_mail_server_that_is_down_is_left_alone_for_a_while(receptionist, noon, mail_server, mail_channel):
    mail_server.stop()
    tell([receptionist], "news", at=noon)
    drain(noon)

    mail_channel.refresh_from_db()

    assert timedelta(seconds=8) <= mail_channel.rest_until - noon <= timedelta(seconds=11)
    assert Delivery.objects.get().error.startswith("The other side could not be reached")


def test_a_mail_server_that_never_answers_costs_one_time_out(receptionist, admin_manager, noon, mail_server):
    mail_server.slow = 3
    tell([receptionist, admin_manager], "news", at=noon)

    drain(noon)

    assert set(Delivery.objects.values_list("state", "reason")) == {("pending", "timeout")}


def test_a_mail_that_may_have_arrived_is_repeated_under_the_same_number(receptionist, noon, mail_server):
    mail_server.silent_after_data = 1.5
    tell([receptionist], "news", at=noon)
    drain(noon)
    mail_server.silent_after_data = 0
    tell([receptionist], "news", at=noon)

    drain(noon + timedelta(minutes=1))

    first, repeated, other = (letter["Message-ID"] for letter in mail_server.letters)
    assert first == repeated != other


def test_a_mail_whose_worker_was_killed_is_repeated_under_the_same_number(
    receptionist, noon, mail_server, monkeypatch
):
    tell([receptionist], "news", at=noon)
    drain_and_be_killed(noon, monkeypatch)

    assert drain(noon + LEASE - timedelta(seconds=1)) == 0
    assert drain(noon + LEASE + timedelta(seconds=5)) == 1
    first, repeated = (letter["Message-ID"] for letter in mail_server.letters)
    assert first == repeated


def test_a_robot_whose_worker_was_killed_is_not_told_again(
    receptionist, noon, robot, make_channel, monkeypatch
):
    make_channel("wecom")
    tell([receptionist], "news", at=noon, channels=("wecom",))
    drain_and_be_killed(noon, monkeypatch)

    drain(noon + LEASE + timedelta(seconds=5))

    assert (len(robot.calls), states()) == (1, ["uncertain"])
    assert Delivery.objects.get().error == "The worker stopped while sending; the message may have arrived"


def drain_and_be_killed(at, monkeypatch):
    """The worker dies between sending and marking."""

    def killed(*args):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("notices.drain._settle", killed)
        with pytest.raises(SystemExit):
            drain(at)


def test_after_a_day_of_attempts_a_mail_is_given_up_visibly(receptionist, noon, mail_server):
    mail_server.stop()
    tell([receptionist], "news", at=noon)
    drain(noon)

    drain(noon + timedelta(hours=23))
    assert states() == ["pending"]
    drain(noon + timedelta(hours=25))

    assert states() == ["failed"]


def test_waiting_times_grow_with_every_attempt(receptionist, noon, mail_server):
    mail_server.greylist = {receptionist.email}
    tell([receptionist], "news", at=noon)
    now, waits = noon, []
    for _attempt in range(4):
        drain(now)
        next_try = Delivery.objects.get().next_try_at
        waits.append((next_try - now).total_seconds())
        now = next_try

    assert [low <= wait <= high for wait, (low, high) in zip(waits, BOUNDS, strict=True)] == [True] * 4


BOUNDS = [(8, 13), (24, 37), (96, 145), (480, 721)]


def test_a_person_who_left_meanwhile_is_not_mailed(receptionist, noon, mail_server):
    tell([receptionist], "news", at=noon)
    receptionist.status = "left"
    receptionist.save()

    drain(noon)

    assert Delivery.objects.get().error == "The person has left or has no e-mail address"


def test_a_sentence_that_cannot_be_said_stops_nobody_else(receptionist, noon, mail_server):
    kinds.register("broken", lazy(lambda: 1 / 0, str)(), "", "Broken")
    tell([receptionist], "broken", at=noon, params={"what": "x"})
    tell([receptionist], "news", at=noon)

    drain(noon)

    assert (states(), len(mail_server.letters)) == (["failed", "sent"], 1)


def test_a_switched_off_channel_gives_up_what_waits(receptionist, admin_manager, noon, make_channel):
    channel = make_channel("wecom")
    tell([receptionist], "news", at=noon, channels=("wecom",))

    channel.disable(by=admin_manager)

    assert Delivery.objects.get().error == "The channel was switched off or removed"


def test_a_hanging_robot_does_not_keep_the_mail_waiting(receptionist, noon, robot, make_channel, mail_server):
    make_channel("webhook", busy_until=noon + timedelta(seconds=30))
    tell([receptionist], "news", at=noon, channels=("webhook", "email"))

    drain(noon)

    assert Delivery.objects.get(channel__kind="email").state == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_drains_at_once_send_everything_once(receptionist, admin_manager, outsider, noon, mail_server):
    for number in range(30):
        tell([receptionist, admin_manager, outsider], "news", at=noon, params={"what": str(number)})
    start = threading.Barrier(3)

    def worker():
        start.wait()
        drain(noon)
        drain(noon)
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert mail_server.readers == sorted([receptionist.email, admin_manager.email, outsider.email])
    assert set(states()) == {"sent"}
