from datetime import timedelta

import pytest
from django.db import connection, transaction

from notices import kinds, quiet
from notices.models import Delivery, Notice
from notices.telling import Telling, tell, tell_many
from tests.builders import make_user

pytestmark = pytest.mark.django_db


def telling(person, at, **fields) -> Telling:
    given = {
        "recipient_id": person.pk,
        "kind": "news",
        "params": {"what": "窗户未关"},
        "link": "",
        "level": "info",
        "source_type_id": None,
        "source_id": None,
        "channels": ("inbox", "email"),
        "urgent": False,
        "at": at,
    }
    return Telling(**{**given, **fields})


def test_each_person_gets_a_notice_and_a_mail_on_its_way(receptionist, admin_manager, noon, mail_channel):
    notices = tell([receptionist, admin_manager], "news", at=noon, params={"what": "窗户未关"})

    assert [notice.recipient for notice in notices] == [receptionist, admin_manager]
    assert {(d.notice.recipient, d.channel, d.state) for d in Delivery.objects.all()} == {
        (receptionist, mail_channel, "pending"),
        (admin_manager, mail_channel, "pending"),
    }


def test_somebody_named_twice_is_told_once(receptionist, noon):
    assert len(tell([receptionist, receptionist], "news", at=noon)) == 1


def test_a_person_without_an_address_gets_the_inbox_only(noon, db):
    tell([make_user("无邮箱", email="")], "news", at=noon)

    assert Delivery.objects.count() == 0


def test_somebody_who_left_is_not_mailed(noon, outsider):
    outsider.status = "left"
    outsider.save()

    tell([outsider], "news", at=noon)

    assert Delivery.objects.count() == 0


def test_on_screen_only_means_no_delivery(receptionist, noon):
    tell([receptionist], "news", at=noon, channels=("inbox",))

    assert Delivery.objects.count() == 0


def test_every_enabled_robot_of_a_kind_is_told(receptionist, noon, make_channel):
    first, second = make_channel("wecom"), make_channel("wecom")
    make_channel("wecom", enabled=False)

    tell([receptionist], "news", at=noon, channels=("inbox", "wecom"))

    assert [delivery.channel for delivery in Delivery.objects.order_by("pk")] == [first, second]


def test_the_same_key_tells_nobody_twice(receptionist, admin_manager, noon):
    tell([receptionist], "news", at=noon, key="escalation:1")

    told = tell([receptionist, admin_manager], "news", at=noon, key="escalation:1")

    assert [notice.recipient for notice in told] == [admin_manager]
    assert Delivery.objects.count() == 2


def test_tellings_with_and_without_keys_keep_their_own_deliveries(receptionist, admin_manager, noon):
    tell([receptionist], "news", at=noon, key="once")
    again = [
        telling(receptionist, noon, key="once", channels=("inbox", "email")),
        telling(receptionist, noon, params={"what": "甲"}, channels=("inbox",)),
        telling(admin_manager, noon, params={"what": "乙"}),
        telling(receptionist, noon, key="other", params={"what": "丙"}),
    ]

    ids = tell_many(again)

    assert list(
        Notice.objects.filter(pk__in=ids, deliveries__isnull=False).values_list("params__what", flat=True)
    ) == ["丙", "乙"]


def test_what_is_rolled_back_was_never_told(receptionist, noon):
    with transaction.atomic():
        tell([receptionist], "news", at=noon)
        transaction.set_rollback(True)

    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


def test_outside_quiet_hours_a_mail_waits_for_the_opening(receptionist, at):
    night, opening = at("23:30"), at("2026-11-24 09:00")
    quiet.register(lambda people, instant: dict.fromkeys(people, opening))

    tell([receptionist], "news", at=night)
    tell([receptionist], "news", at=night, urgent=True)

    assert list(Delivery.objects.order_by("pk").values_list("next_try_at", flat=True)) == [opening, night]


def test_an_opening_in_the_past_does_not_send_into_the_past(receptionist, noon):
    quiet.register(lambda people, instant: dict.fromkeys(people, instant - timedelta(hours=3)))

    tell([receptionist], "news", at=noon)

    assert Delivery.objects.get().next_try_at == noon


def test_the_text_is_in_the_readers_language_with_local_times(receptionist, at):
    (notice,) = tell([receptionist], "news", at=at("12:00"), params={"what": "停电", "since_at": at("11:05")})

    assert (notice.title, notice.body) == ("News 停电", "Since November 23 11:05.")


def test_a_missing_particular_shows_as_a_dash(receptionist, noon):
    (notice,) = tell([receptionist], "news", at=noon)

    assert notice.title == "News —"


@pytest.mark.parametrize(
    ("title", "params", "shown"),
    [
        ("100% sure %(what)d", {"what": "x"}, "100% sure %(what)d"),
        ("Overdue: %(standard)s", {"standard": "unheard-of"}, "Overdue: unheard-of"),
    ],
)
def test_a_sentence_that_cannot_be_filled_is_shown_as_it_stands(title, params, shown):
    kinds.register("odd", title, "", "Odd")

    assert Notice(kind="odd", params=params).title == shown


def test_telling_a_thousand_takes_the_inserts_and_two_questions(
    receptionist, noon, make_channel, django_assert_num_queries
):
    make_channel("wecom")
    many = [telling(receptionist, noon, channels=("inbox", "email", "wecom")) for _ in range(1000)]

    with django_assert_num_queries(2 + statements(11, 1000) + statements(8, 2000)):
        tell_many(many)

    assert (Notice.objects.count(), Delivery.objects.count()) == (1000, 2000)


def statements(columns: int, rows: int) -> int:
    """How many INSERTs so many rows take on this engine."""
    limit = connection.features.max_query_params or 30_000
    return -(-rows // max(1, min(2_000, min(limit, 30_000) // columns)))
