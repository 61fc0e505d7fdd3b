"""The pulse tells what has changed, what time it is, and whether the promises are watched."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from pages import pulse

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics(monkeypatch):
    """An office of no topics, in which a test registers its own."""
    monkeypatch.setattr(pulse, "_topics", {})
    return pulse


@pytest.fixture
def swept():
    """`swept(seconds)`: the last sweep was that long ago."""

    def ago(seconds: float) -> None:
        cache.set(pulse.SWEEP_KEY, (timezone.now() - timedelta(seconds=seconds)).isoformat())

    yield ago
    cache.delete(pulse.SWEEP_KEY)


def test_signed_out_is_401_in_json(client):
    response = client.get("/pulse/")
    assert (response.status_code, response.json()) == (401, {"error": "signed-out"})


def test_each_topic_gives_the_persons_own_token(topics, signed_in, receptionist):
    topics.register("calls", lambda user: user.staff_no)
    answer = signed_in(receptionist).get("/pulse/").json()
    assert answer["topics"] == {"calls": receptionist.staff_no}
    assert answer["person"] == receptionist.pk


def test_all_that_is_watched_is_asked_in_one_query(topics, receptionist, django_assert_num_queries):
    topics.watch("people", "SELECT MAX(id) FROM organization_user", "SELECT %(user)s")
    topics.watch(
        "both", "SELECT {gather}(x || '', '-') FROM (SELECT 1 AS x UNION ALL SELECT 1) AS rows_of_one"
    )
    topics.register("own", lambda user: user.staff_no)
    pulse.tokens(receptionist)

    with django_assert_num_queries(1):
        found = pulse.tokens(receptionist)

    highest = type(receptionist).objects.order_by("-pk").first().pk
    assert found == {
        "people": f"{highest}/{receptionist.pk}", "both": "1-1", "own": receptionist.staff_no
    }  # fmt: skip


def test_what_one_may_not_see_stands_still(topics, receptionist, outsider):
    topics.watch("calls", "SELECT COUNT(*) FROM organization_user", may="reception.view_call")

    assert pulse.tokens(outsider) == {"calls": ""}
    assert int(pulse.tokens(receptionist)["calls"]) > 1


def test_now_is_the_servers_time(topics, signed_in, receptionist):
    before = timezone.now()
    now = parse_datetime(signed_in(receptionist).get("/pulse/").json()["now"])
    assert before <= now <= timezone.now()


def test_a_fresh_sweep_is_no_alarm(topics, swept, signed_in, receptionist):
    swept(3)
    answer = signed_in(receptionist).get("/pulse/").json()
    assert 3 <= answer["sweep_age"] < 10
    assert answer["sweep_late"] is False


def test_a_sweep_older_than_half_a_minute_is_an_alarm(topics, swept, signed_in, receptionist):
    swept(31)
    assert signed_in(receptionist).get("/pulse/").json()["sweep_late"] is True


def test_not_knowing_is_no_alarm_until_the_process_is_half_a_minute_old(monkeypatch):
    monkeypatch.setattr(pulse, "_started", pulse.time.monotonic() - 29)
    assert pulse.is_late(None) is False
    monkeypatch.setattr(pulse, "_started", pulse.time.monotonic() - 31)
    assert pulse.is_late(None) is True


def test_a_pulse_is_never_kept_by_the_browser(topics, signed_in, receptionist):
    assert "no-store" in signed_in(receptionist).get("/pulse/")["Cache-Control"]


def test_a_pulse_is_not_sent_to(signed_in, receptionist):
    assert signed_in(receptionist).post("/pulse/").status_code == 405
