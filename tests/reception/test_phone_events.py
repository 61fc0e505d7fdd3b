"""The telephone system reports; the desk's calls follow, whatever comes first, twice or at once."""

import itertools
import logging
import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings, strategies

from organization.models import ApiClient
from pages.clock import now
from reception.models import Call, DeskSettings, PhoneCall, PhoneEvent
from reception.phone_events import report
from sla.models import Timer
from tests.builders import make_absence

from .builders import make_caller_type
from .customers import make_customer

pytestmark = pytest.mark.django_db

URL = "/api/phone-events/"
NUMBER = "138 0013 8000"
_ids = itertools.count(1)


@pytest.fixture
def began() -> datetime:
    """Five minutes ago, to the second: the telephone system knows no microseconds."""
    return now().replace(microsecond=0) - timedelta(minutes=5)


@pytest.fixture
def issued(admin_manager):
    return ApiClient.issue("总机", ["phone-events"], by=admin_manager, at=now())


@pytest.fixture
def system(issued):
    return issued[0]


@pytest.fixture
def post(issued):
    """`post({...})` as the telephone system does, with its token or another one."""

    def send(body, token: str = issued[1], **options):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return Client().post(URL, body, content_type="application/json", headers=headers, **options)

    return send


@pytest.fixture
def says(post, began):
    """`says("answer", 12)`: the event twelve seconds after the beginning, on call C-1."""

    def event(what: str, seconds: float = 0, **changes):
        body = {
            "event_id": f"e-{next(_ids)}",
            "call_id": "C-1",
            "kind": what,
            "at": (began + timedelta(seconds=seconds)).isoformat(),
            "number": NUMBER,
            "agent": "8001",
        }
        return post({**body, **changes})

    return event


def running() -> list[tuple[str, datetime]]:
    return sorted(Timer.objects.running().values_list("standard", "started_at"))


# -- what becomes of a call -----------------------------------------------------------------------------


def test_a_call_that_only_rings_is_not_at_the_desk_yet(says, receptionist):
    answer = says("ring")

    assert answer.status_code == 201
    assert answer.json() == {"call": None, "state": "ringing", "replayed": False}
    assert Call.objects.count() == 0


def test_an_answered_call_is_open_at_the_desk_with_its_number_and_rings(says, receptionist, began):
    says("ring")
    says("answer", 13)

    call = Call.objects.get()
    assert (call.status, call.receptionist, call.number) == (
        Call.Status.ACTIVE,
        receptionist,
        "+8613800138000",
    )
    assert (call.rang_at, call.answered_at, call.rings) == (began, began + timedelta(seconds=13), 3)
    assert running() == []


def test_a_known_customer_is_recognised(says, receptionist):
    customer = make_customer("张伟", NUMBER)
    says("answer")

    call = Call.objects.get()
    assert (call.customer, call.caller_name) == (customer, customer.name)


def test_with_two_customers_on_one_switchboard_the_desk_chooses(says, receptionist):
    make_customer("张伟", NUMBER)
    make_customer("李娜", NUMBER)
    says("answer")

    assert Call.objects.get().customer is None


def test_nobody_answered_the_call_is_missed_and_must_be_called_back(says, receptionist, began):
    says("ring")
    says("hangup", 20, reason="no-answer")

    call = Call.objects.get()
    assert (call.status, call.rings) == (Call.Status.MISSED, 4)
    assert running() == [("call-back", began)]


def test_the_minute_runs_from_the_hang_up_though_the_form_is_not_filled_in(says, receptionist, began):
    says("answer")
    says("hangup", 90)

    call = Call.objects.get()
    assert (call.status, call.is_waiting_for_words) == (Call.Status.ACTIVE, True)
    assert running() == [("call-feedback", began + timedelta(seconds=90))]


def test_the_manager_says_how_long_a_ring_lasts(says, receptionist):
    DeskSettings.objects.create(pk=1, seconds_per_ring=4)
    says("ring")
    says("answer", 13)

    assert Call.objects.get().rings == 4


def test_without_a_ring_nobody_knows_how_often_it_rang(says, receptionist):
    says("answer")

    assert Call.objects.get().rings is None


@pytest.mark.parametrize("garbage", ["", "anonymous", "0", "'; DROP TABLE", "☎" * 90])
def test_what_is_no_number_is_an_unknown_number(says, receptionist, garbage):
    says("hangup", number=garbage)

    call = Call.objects.get()
    assert (call.status, call.number) == (Call.Status.MISSED, None)
    assert running() == []


def test_the_number_lies_encrypted_in_the_report(says, receptionist):
    says("ring", number="13800138000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM reception_phoneevent")
        stored = cursor.fetchone()[0]

    assert "13800138000" not in stored


def test_a_caller_who_is_to_be_forgotten_is_forgotten_in_the_reports_too(says, receptionist, admin_manager):
    customer = make_customer("张伟", NUMBER)
    says("answer")
    customer.anonymise(reason="本人要求", by=admin_manager, at=now())

    assert [event.number for event in PhoneEvent.objects.all()] == [None]


def test_the_administration_looks_at_reports_without_numbers(says, signed_in, admin_manager):
    admin_manager.is_staff = admin_manager.is_superuser = True
    admin_manager.save()
    says("ring", number="13800138000")
    event = PhoneEvent.objects.get()

    page = signed_in(admin_manager).get(reverse("admin:reception_phoneevent_change", args=[event.pk]))

    assert page.status_code == 200
    assert "13800138000" not in page.content.decode()


# -- who took it ----------------------------------------------------------------------------------------


def test_the_extension_that_answered_tells_who_took_the_call(says, receptionist, second_receptionist):
    says("answer", agent="8002")

    assert Call.objects.get().receptionist == second_receptionist


def test_somebody_who_does_not_work_at_the_desk_does_not_owe_its_promises(says, receptionist, salesperson):
    says("answer", agent=salesperson.extension)

    assert Call.objects.get().receptionist.role_names == {"receptionist"}


def test_a_receptionist_who_is_away_is_not_given_the_missed_call(
    says, second_receptionist, receptionist, began
):
    make_absence(second_receptionist, began - timedelta(hours=1))
    says("hangup", agent="")

    assert Call.objects.get().receptionist == receptionist


def test_an_office_without_a_desk_says_what_is_missing(post, says, admin_manager):
    admin_manager.groups.clear()

    answer = says("answer")

    assert answer.status_code == 409
    assert answer.json() == {"error": "Nobody works at the desk yet: give somebody the role of receptionist."}
    assert PhoneEvent.objects.count() == 0


# -- completing it --------------------------------------------------------------------------------------


def test_the_call_is_completed_by_whoever_talks_and_measured_from_the_hang_up(
    says, receptionist, second_receptionist, salesperson, began
):
    says("answer")
    says("hangup", 90)
    Call.objects.get().fill_in(by=second_receptionist, at=now(), transferred_to=salesperson, hang_up=True)

    call = Call.objects.get()
    assert (call.status, call.ended_at) == (Call.Status.ENDED, began + timedelta(seconds=90))
    assert call.receptionist == second_receptionist
    timer = Timer.objects.running().get()
    assert (timer.owner, timer.started_at) == (second_receptionist, began + timedelta(seconds=90))


def test_a_new_customer_is_to_be_registered_within_two_minutes_of_the_real_hang_up(
    says, receptionist, salesperson, began
):
    kind = make_caller_type("新客户", is_new_customer=True)
    says("answer")
    says("hangup", 60)
    Call.objects.get().fill_in(
        by=receptionist, at=now(), transferred_to=salesperson, caller_type=kind, hang_up=True
    )

    hung_up = began + timedelta(seconds=60)
    assert running() == [("call-feedback", hung_up), ("crm-entry", hung_up)]


def test_a_call_that_concerns_nobody_owes_no_feedback(says, receptionist):
    says("answer")
    says("hangup", 30)
    Call.objects.get().fill_in(by=receptionist, at=now(), no_feedback_reason="推销", hang_up=True)

    assert running() == []
    assert Timer.objects.get().outcome == Timer.Outcome.CANCELLED


def test_a_correction_does_not_stop_the_minute_of_a_call_nobody_has_completed(says, receptionist):
    says("answer")
    says("hangup", 30)
    call = Call.objects.get()
    call.correct({"purpose": "询价"}, reason="补记", expected_version=call.version, by=receptionist)

    assert [key for key, _since in running()] == ["call-feedback"]


def test_the_same_form_twice_completes_one_call_once(says, receptionist, salesperson):
    says("answer")
    ticket = "6f0c7f3e-3d5e-4e0c-9a3f-0a2b51c3d111"
    for _post in range(2):
        Call.objects.get().fill_in(
            by=receptionist, at=now(), once=ticket, transferred_to=salesperson, hang_up=True
        )

    assert Timer.objects.count() == 1


def test_a_hang_up_after_the_desk_has_ended_the_call_changes_no_promise(
    says, receptionist, salesperson, began
):
    says("answer")
    ended = began + timedelta(seconds=40)
    Call.objects.get().fill_in(by=receptionist, at=ended, transferred_to=salesperson, hang_up=True)
    says("hangup", 45)

    assert Call.objects.get().ended_at == ended
    assert running() == [("call-feedback", ended)]


def test_rings_that_somebody_corrected_stay(says, receptionist):
    says("answer", 13)
    call = Call.objects.get()
    call.correct({"rings": 5}, reason="数错了", expected_version=call.version, by=receptionist)
    says("ring")

    assert Call.objects.get().rings == 5


def test_a_withdrawn_call_stays_withdrawn(says, receptionist):
    says("answer")
    Call.objects.get().withdraw("测试", by=receptionist)
    says("hangup", 10)

    assert Call.objects.get().status == Call.Status.WITHDRAWN
    assert running() == []


# -- order, replays, two at once -----------------------------------------------------------------------


def test_the_same_event_again_counts_once(says, receptionist):
    says("answer", event_id="e-same")

    answer = says("answer", event_id="e-same")

    assert (answer.status_code, answer.json()["replayed"]) == (200, True)
    assert PhoneEvent.objects.count() == 1


def test_an_event_id_does_not_serve_for_two_events(says, receptionist):
    says("ring", event_id="e-same")

    answer = says("hangup", event_id="e-same")

    assert answer.status_code == 409
    assert answer.json() == {"error": "This event_id has already been used for another event."}


def test_an_answer_that_comes_late_turns_a_missed_call_into_one_that_was_taken(says, receptionist):
    says("hangup", 60)
    says("answer", 10)

    call = Call.objects.get()
    assert call.is_waiting_for_words
    assert [key for key, _since in running()] == ["call-feedback"]


def test_a_line_of_a_ring_group_that_gives_up_does_not_end_the_call(says, receptionist):
    says("ring")
    says("hangup", 5, agent="8002")
    says("answer", 8)

    call = Call.objects.get()
    assert (call.status, call.hung_up_at) == (Call.Status.ACTIVE, None)


def test_two_systems_may_number_their_calls_alike(says, post, receptionist, admin_manager):
    other = ApiClient.issue("分公司总机", ["phone-events"], by=admin_manager, at=now())[1]
    says("answer", event_id="e-same")
    body = {"event_id": "e-same", "call_id": "C-1", "kind": "answer", "at": now().isoformat()}

    assert post(body, token=other).status_code == 201
    assert Call.objects.count() == 2


EVENTS = [
    ("ring", 0),
    ("ring", 2),
    ("answer", 9),
    ("answer", 30),
    ("hangup", 4),
    ("hangup", 25),
    ("hangup", 80),
]


def outcome(call: Call) -> dict:
    names = ("status", "rang_at", "answered_at", "hung_up_at", "rings", "number", "receptionist_id")
    return {
        **{name: getattr(call, name) for name in names},
        "timers": sorted(
            Timer.objects.about(call).running().values_list("standard", "started_at", "owner", "label")
        ),
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=strategies.data())
def test_any_order_of_events_with_repetitions_gives_the_same_call(
    data, system, receptionist, second_receptionist, began
):
    chosen = data.draw(strategies.lists(strategies.sampled_from(EVENTS), min_size=1, unique=True))
    shuffled = data.draw(strategies.permutations(chosen))
    repeated = data.draw(strategies.lists(strategies.sampled_from(shuffled)))
    run = next(_ids)

    def told(order: str, events) -> PhoneCall | None:
        for kind, seconds in events:
            phone_call, _fresh = report(
                system,
                reference=f"{order}-{run}",
                event_id=f"{order}-{run}-{kind}-{seconds}",
                kind=kind,
                at=began + timedelta(seconds=seconds),
                received_at=began + timedelta(minutes=4),
                number=NUMBER if kind == "ring" else "",
                agent="8002" if seconds > 20 else "8001",
            )
        return phone_call

    in_order = told("a", sorted(chosen, key=lambda event: event[1]))
    as_drawn = told("b", [*shuffled, *repeated])

    assert bool(in_order.call) == bool(as_drawn.call)
    assert in_order.call is None or outcome(as_drawn.call) == outcome(in_order.call)


@pytest.mark.django_db(transaction=True)
def test_two_events_at_once_make_one_call(post, receptionist, began):
    body = {"call_id": "C-9", "number": NUMBER, "agent": "8001"}
    events = [
        {**body, "event_id": f"e-{kind}", "kind": kind, "at": (began + timedelta(seconds=after)).isoformat()}
        for kind, after in (("ring", 0), ("answer", 7), ("hangup", 50))
    ]
    answers = []

    def send(event):
        answers.append(post(event).status_code)
        connection.close()

    threads = [threading.Thread(target=send, args=[event]) for event in [*events, *events]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200, 200, 200, 201, 201, 201]
    call = Call.objects.get()
    assert (call.rings, call.is_waiting_for_words) == (2, True)


# -- refusing ----------------------------------------------------------------------------------------


def test_without_a_token_nobody_is_heard(post):
    answer = post({}, token="")

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json() == {"error": "This token is not known here. Ask for a new one."}


def test_a_revoked_token_is_refused_and_stands_nowhere_in_the_log(post, issued, admin_manager, caplog):
    client, token = issued
    client.revoke(by=admin_manager, at=now())

    with caplog.at_level(logging.DEBUG):
        answer = post({}, token=token)

    assert answer.status_code == 401
    assert f"API token refused (revoked): client {client.pk}" in caplog.text
    assert token not in caplog.text


def test_a_token_for_something_else_is_refused(post, admin_manager):
    token = ApiClient.issue("看板", ["timers"], by=admin_manager, at=now())[1]

    answer = post({}, token=token)

    assert (answer.status_code, answer.json()) == (403, {"error": "This token does not include that."})


def test_a_signed_in_browser_is_no_token(signed_in, admin_manager):
    assert signed_in(admin_manager).post(URL, {}, content_type="application/json").status_code == 401


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "dial"}, "kind"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2026-11-23T12:00:00"}, "at"),
        ({"event_id": ""}, "event_id"),
        ({"event_id": "x" * 81}, "event_id"),
        ({"call_id": "a\x00b"}, "call_id"),
        ({"number": "1" * 101}, "number"),
        ({"agent": "<script>"}, "agent"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(says, changes, field):
    answer = says("ring", **changes)

    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]
    assert PhoneEvent.objects.count() == 0


def test_the_future_is_refused_beyond_two_minutes(says, receptionist):
    answer = says("answer", at=(now() + timedelta(minutes=3)).isoformat())

    assert answer.status_code == 422
    assert "future" in answer.json()["error"]


def test_a_clock_a_little_ahead_is_believed_up_to_now(says, receptionist):
    says("answer", at=(now() + timedelta(minutes=1)).isoformat())

    assert Call.objects.get().answered_at <= now()


def test_an_event_of_last_year_is_refused(says):
    assert says("ring", at=(now() - timedelta(days=400)).isoformat()).status_code == 422


def test_what_is_not_json_is_refused_in_words(post):
    answer = post("{broken")

    assert (answer.status_code, answer.json()) == (400, {"error": "The body is not JSON."})


def test_a_long_body_is_not_even_read(says):
    answer = says("ring", reason="x" * 100_000)

    assert (answer.status_code, answer.json()) == (413, {"error": "The request is too long."})


# -- at the desk ---------------------------------------------------------------------------------------


@pytest.fixture
def desk(signed_in, receptionist):
    return signed_in(receptionist)


def test_the_desk_offers_the_open_call_with_its_number_masked(desk, says):
    says("ring")
    says("answer", 13)
    call = Call.objects.get()

    page = desk.get(reverse("front-desk"), {"call": call.pk})

    assert f'href="/front-desk/?call={call.pk}"' in page.content.decode()
    initial = page.context["form"].initial
    assert (initial["call"], initial["number"], initial["rings"]) == (call.pk, "138****8000", 3)


def test_the_known_customer_is_in_the_form_and_decides_on_the_proposal(desk, says, salesperson):
    customer = make_customer("张伟", NUMBER, owner=salesperson)
    says("answer")

    page = desk.get(reverse("front-desk"), {"call": Call.objects.get().pk})

    assert page.context["form"].initial["customer"] == customer.pk
    assert page.context["proposal"].user == salesperson


def test_the_desk_completes_the_call_that_the_system_opened(desk, says, salesperson, receptionist):
    kind = make_caller_type("老客户")
    says("ring")
    says("answer", 13)
    says("hangup", 60)
    call = Call.objects.get()
    form = {
        "call": call.pk,
        "number": "138****8000",
        "caller_name": "王小明",
        "caller_type": kind.pk,
        "other": salesperson.name,
        "do": "hang_up",
    }

    assert desk.post(reverse("call-log"), form).status_code == 302

    done = Call.objects.get()
    assert (done.status, done.number, done.rings) == (Call.Status.ENDED, "+8613800138000", 3)
    assert (done.caller_name, done.transferred_to) == ("王小明", salesperson)
    assert running() == [("call-feedback", done.hung_up_at)]


def test_an_answered_call_cannot_be_logged_as_missed(desk, says):
    says("answer")

    answer = desk.post(reverse("call-log"), {"call": Call.objects.get().pk, "do": "miss"})

    assert answer.status_code == 422
    assert Call.objects.get().status == Call.Status.ACTIVE


def test_the_clock_of_a_call_nobody_has_completed_leads_to_the_form(desk, says):
    says("answer")
    says("hangup", 60)
    call = Call.objects.get()

    assert f'id="complete-{call.pk}"' in desk.get(reverse("desk-owed")).content.decode()


@pytest.mark.parametrize("pk", ["999999", "x", "9" * 40, ""])
def test_a_call_that_is_not_open_leaves_the_form_empty(desk, receptionist, pk):
    page = desk.get(reverse("front-desk"), {"call": pk})

    assert page.context["form"].initial == {"call": ""}
