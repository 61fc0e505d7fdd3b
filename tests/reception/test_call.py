"""What can be done to a call, and what each deed starts, stops and tells."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry

from notices.models import Notice
from organization.models import User
from pages import phones
from pages.refusals import Refused
from reception.allocation import propose
from reception.models import Call, DeskSettings
from sla.models import Timer

from .builders import make_call, make_caller_type, make_missed_call, make_rule
from .customers import make_customer

pytestmark = pytest.mark.django_db


def timer(call: Call, key: str) -> Timer:
    """The one timer of that key on the call."""
    return Timer.objects.about(call).get(standard=key)


def keys(call: Call) -> list[str]:
    return sorted(Timer.objects.about(call).running().values_list("standard", flat=True))


@pytest.fixture
def ended(receptionist, salesperson, noon) -> Call:
    """A call that ended at 12:01 and concerns the salesperson."""
    return make_call(receptionist, noon, ended=True, transferred_to=salesperson)


# -- logging -----------------------------------------------------------------------------------------


def test_a_logged_call_is_in_progress_and_owes_nothing_yet(receptionist, noon):
    call = make_call(receptionist, noon)

    assert (call.status, call.receptionist, call.answered_at) == (Call.Status.ACTIVE, receptionist, noon)
    assert keys(call) == []


def test_it_rang_before_it_was_answered_six_seconds_a_ring(receptionist, noon):
    call = make_call(receptionist, noon, rings=3)

    assert call.rang_at == noon - timedelta(seconds=18)


@pytest.mark.parametrize(("seconds", "rings"), [(0, 1), (5, 1), (6, 1), (7, 2), (18, 3), (19, 4), (6000, 99)])
def test_rings_follow_from_the_instants_of_ring_and_answer(receptionist, noon, seconds, rings):
    call = make_call(
        receptionist, noon, rings=None, rang_at=noon - timedelta(seconds=seconds), answered_at=noon
    )

    assert call.rings == rings


def test_the_manager_says_how_long_a_ring_lasts(receptionist, noon):
    DeskSettings.objects.create(pk=1, seconds_per_ring=4)

    call = make_call(receptionist, noon, rings=3)

    assert call.rang_at == noon - timedelta(seconds=12)


def test_the_same_form_posted_twice_makes_one_call(receptionist, salesperson, noon):
    once = "6f0c7f3e-3d5e-4e0c-9a3f-0a2b51c3d111"
    first = Call.log(by=receptionist, at=noon, once=once, transferred_to=salesperson, hang_up=True)

    second = Call.log(by=receptionist, at=noon, once=once, transferred_to=salesperson, hang_up=True)

    assert second == first
    assert Call.objects.count() == 1
    assert keys(first) == ["call-feedback"]


def test_a_transfer_as_proposed_uses_the_turn_up_once(receptionist, salesperson, colleague, noon):
    make_rule(salesperson, colleague)
    once = "6f0c7f3e-3d5e-4e0c-9a3f-0a2b51c3d222"
    proposal = propose(at=noon)
    for _post in range(2):
        Call.log(by=receptionist, at=noon, once=once, proposal=proposal, transferred_to=proposal.user)

    assert propose(at=noon).user == colleague


def test_a_transfer_to_somebody_else_uses_no_turn(receptionist, salesperson, colleague, noon):
    make_rule(salesperson, colleague)

    Call.log(
        by=receptionist,
        at=noon,
        proposal=propose(at=noon),
        transferred_to=colleague,
        override_reason="点名找他",
    )

    assert propose(at=noon).user == salesperson


def test_the_number_is_encrypted_at_rest(receptionist, noon, django_db_blocker):
    from django.db import connection

    call = make_call(receptionist, noon, number="13800138000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM reception_call WHERE id = %s", [call.pk])
        stored = cursor.fetchone()[0]

    assert "13800138000" not in stored
    assert Call.objects.get().number == "+8613800138000"
    assert (call.tail, call.digest) == ("8000", phones.digest("+8613800138000"))


# -- hanging up ----------------------------------------------------------------------------------------


def test_hanging_up_starts_the_minute_for_feedback(receptionist, salesperson, noon):
    call = make_call(receptionist, noon, transferred_to=salesperson)

    call.hang_up(by=receptionist, at=noon + timedelta(minutes=3))

    promise = timer(call, "call-feedback")
    assert (promise.owner, promise.started_at) == (receptionist, noon + timedelta(minutes=3))
    assert promise.due_at == noon + timedelta(minutes=4)


def test_a_new_customer_starts_the_two_minutes_for_the_register_as_well(receptionist, salesperson, noon):
    kind = make_caller_type("新客户", is_new_customer=True)
    call = make_call(receptionist, noon, transferred_to=salesperson, caller_type=kind)

    call.hang_up(by=receptionist, at=noon)

    assert keys(call) == ["call-feedback", "crm-entry"]
    assert timer(call, "crm-entry").due_at == noon + timedelta(minutes=2)


def test_a_new_customer_found_in_the_register_owes_no_entry(receptionist, salesperson, noon):
    kind = make_caller_type("新客户", is_new_customer=True)
    call = make_call(
        receptionist, noon, transferred_to=salesperson, caller_type=kind, customer=make_customer()
    )

    call.hang_up(by=receptionist, at=noon)

    assert keys(call) == ["call-feedback"]


def test_a_call_that_concerns_nobody_ends_with_a_reason_and_without_promises(receptionist, noon):
    call = make_call(receptionist, noon)

    call.hang_up(by=receptionist, at=noon, no_feedback_reason="推销电话，已礼貌谢绝")

    assert (call.status, keys(call)) == (Call.Status.ENDED, [])


def test_hanging_up_without_person_and_reason_is_refused_and_leaves_the_call_as_it_was(receptionist, noon):
    call = make_call(receptionist, noon)

    with pytest.raises(Refused, match="Say whom the call concerns"):
        call.hang_up(by=receptionist, at=noon)

    assert Call.objects.get().status == Call.Status.ACTIVE


def test_a_call_cannot_be_hung_up_twice(receptionist, ended):
    with pytest.raises(Refused, match="Ended"):
        ended.hang_up(by=receptionist)


# -- feeding back ----------------------------------------------------------------------------------------


def test_feeding_back_stops_the_clock_and_keeps_the_words(receptionist, ended, at):
    ended.feed_back(" 王小明询问报价 ", by=receptionist, at=at("12:01:40"))

    promise = timer(ended, "call-feedback")
    assert (promise.outcome, promise.stopped_at) == (Timer.Outcome.MET, at("12:01:40"))
    assert (ended.feedback_text, ended.fed_back_by) == ("王小明询问报价", receptionist)


def test_feedback_after_the_minute_is_missed(receptionist, ended, at):
    ended.feed_back("王小明询问报价", by=receptionist, at=at("12:02:01"))

    assert timer(ended, "call-feedback").outcome == Timer.Outcome.MISSED


def test_the_person_concerned_is_told_with_the_number_masked(receptionist, salesperson, ended, at):
    ended.feed_back("请回电", by=receptionist, at=at("12:01:40"))

    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (salesperson, "reception.feedback")
    assert notice.title == "Call for you: 王小明 · 北京远景科技有限公司"
    assert phones.mask(ended.number) in notice.body
    assert ended.number not in notice.body


def test_nobody_is_told_twice(receptionist, ended, at):
    ended.feed_back("请回电", by=receptionist, at=at("12:01:40"))

    with pytest.raises(Refused, match="has been told already"):
        ended.feed_back("请回电", by=receptionist, at=at("12:01:41"))

    assert Notice.objects.count() == 1


def test_received_by_the_person_concerned_shows_on_the_call(receptionist, salesperson, ended, at):
    ended.feed_back("请回电", by=receptionist, at=at("12:01:40"))

    Notice.objects.get().acknowledge(by=salesperson, at=at("12:03"))

    ended.refresh_from_db()
    assert ended.received_at == at("12:03")


def test_received_by_whom_the_call_no_longer_concerns_shows_nothing(
    receptionist, salesperson, colleague, ended, at
):
    ended.feed_back("请回电", by=receptionist, at=at("12:01:40"))
    notice = Notice.objects.get()
    ended.correct({"transferred_to": colleague}, reason="转错人", expected_version=1, by=receptionist)

    notice.acknowledge(by=salesperson, at=at("12:03"))

    ended.refresh_from_db()
    assert ended.received_at is None


# -- missing and calling back ------------------------------------------------------------------------------


def test_a_missed_call_must_be_called_back(receptionist, noon):
    call = make_missed_call(receptionist, noon)

    assert (call.status, keys(call)) == (Call.Status.MISSED, ["call-back"])
    assert timer(call, "call-back").owner == receptionist


def test_a_missed_call_without_a_number_cannot_be_called_back(receptionist, noon):
    call = make_missed_call(receptionist, noon, number="")

    assert (call.needs_call_back, keys(call)) == (False, [])


def test_calling_back_stops_the_clock(second_receptionist, receptionist, noon, at):
    call = make_missed_call(receptionist, noon)

    call.call_back("对方询问地址，已答复", by=second_receptionist, at=at("12:10"))

    assert timer(call, "call-back").outcome == Timer.Outcome.MET
    assert (call.called_back_by, call.callback_outcome) == (second_receptionist, "对方询问地址，已答复")


def test_nobody_is_called_back_twice(receptionist, noon):
    call = make_missed_call(receptionist, noon)
    call.call_back("已答复", by=receptionist, at=noon)

    with pytest.raises(Refused, match="has called back already"):
        call.call_back("已答复", by=receptionist, at=noon)


def test_an_answered_call_cannot_be_called_back(receptionist, ended):
    with pytest.raises(Refused):
        ended.call_back("已答复", by=receptionist)


# -- the customer register -----------------------------------------------------------------------------------


def test_registering_the_customer_stops_the_two_minutes(receptionist, salesperson, noon, at):
    kind = make_caller_type("新客户", is_new_customer=True)
    call = make_call(receptionist, noon, ended=True, transferred_to=salesperson, caller_type=kind)
    customer = make_customer()

    call.customer_registered(customer, by=receptionist, at=at("12:02"))

    assert (call.customer, keys(call)) == (customer, ["call-feedback"])
    assert timer(call, "crm-entry").outcome == Timer.Outcome.MET


# -- correcting and withdrawing ---------------------------------------------------------------


def test_a_correction_stands_in_the_history_with_its_reason(receptionist, ended, at):
    ended.correct(
        {"caller_name": "王晓明"}, reason="听错名字", expected_version=1, by=receptionist, at=at("12:05")
    )

    entry = LogEntry.objects.get_for_object(ended).first()
    assert entry.changes["caller_name"] == ["王小明", "王晓明"]
    assert entry.additional_data["reason"] == "听错名字"
    assert Call.objects.matching("wxm").get() == ended


def test_the_history_shows_numbers_masked(receptionist, ended):
    entry = LogEntry.objects.get_for_object(ended).last()

    assert entry.changes["number"][1] == phones.mask(ended.number)


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(receptionist, second_receptionist, ended):
    ended.correct({"purpose": "询问发货"}, reason="补充", expected_version=1, by=second_receptionist)

    with pytest.raises(Refused, match="孙倩 has changed this call"):
        ended.correct({"purpose": "询问报价"}, reason="补充", expected_version=1, by=receptionist)

    assert Call.objects.get().purpose == "询问发货"


def test_another_person_concerned_is_told_anew_within_a_new_minute(receptionist, colleague, ended, at):
    ended.feed_back("请回电", by=receptionist, at=at("12:01:30"))

    ended.correct(
        {"transferred_to": colleague}, reason="转错人", expected_version=1, by=receptionist, at=at("12:05")
    )

    assert ended.needs_feedback
    assert Timer.objects.about(ended).running().get().due_at == at("12:06")


def test_correcting_the_type_to_new_customer_starts_the_two_minutes(receptionist, ended, at):
    kind = make_caller_type("新客户", is_new_customer=True)

    ended.correct(
        {"caller_type": kind}, reason="是新客户", expected_version=1, by=receptionist, at=at("12:05")
    )

    assert timer(ended, "crm-entry").due_at == at("12:07")


def test_correcting_the_type_from_new_customer_calls_the_two_minutes_off(receptionist, salesperson, noon, at):
    kind = make_caller_type("新客户", is_new_customer=True)
    call = make_call(receptionist, noon, ended=True, transferred_to=salesperson, caller_type=kind)

    call.correct(
        {"caller_type": None}, reason="是老客户", expected_version=1, by=receptionist, at=at("12:02")
    )

    assert timer(call, "crm-entry").outcome == Timer.Outcome.CANCELLED


def test_a_corrected_number_of_a_missed_call_can_be_called_back(receptionist, noon, at):
    call = make_missed_call(receptionist, noon, number="")

    call.correct(
        {"number": "+8613911112222"},
        reason="查到来电显示",
        expected_version=1,
        by=receptionist,
        at=at("12:05"),
    )

    assert (keys(call), call.tail) == (["call-back"], "2222")


def test_a_withdrawn_call_counts_nowhere_and_its_promises_are_off(receptionist, ended, at):
    ended.withdraw("重复登记", by=receptionist, at=at("12:02"))

    assert timer(ended, "call-feedback").outcome == Timer.Outcome.CANCELLED
    assert list(Call.objects.live()) == []
    assert (ended.withdrawn_by, ended.withdrawal_reason) == (receptionist, "重复登记")


def test_nothing_can_be_done_to_a_withdrawn_call(receptionist, ended):
    ended.withdraw("重复登记", by=receptionist)

    for deed in (ended.hang_up, lambda by: ended.feed_back("", by=by), lambda by: ended.withdraw("", by=by)):
        with pytest.raises(Refused, match="Withdrawn"):
            deed(by=receptionist)


# -- who sees it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("receptionist", True),
        ("admin_manager", True),
        ("auditor", True),
        ("salesperson", True),
        ("outsider", False),
    ],
)
def test_a_call_is_seen_by_the_desk_its_overseers_and_whom_it_concerns(request, ended, who, sees):
    user = User.objects.get(pk=request.getfixturevalue(who).pk)

    assert Call.objects.visible_to(user).filter(pk=ended.pk).exists() is sees
