"""The screen at the front desk: logging from the form, looking callers up, what is owed."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notices.models import Notice
from pages.clock import now
from reception.models import Call
from sla.models import Timer

from .builders import make_call, make_caller_type, make_missed_call, make_product, make_region, make_rule
from .customers import make_customer

pytestmark = pytest.mark.django_db

LOG, DESK = "call-log", "front-desk"


@pytest.fixture
def kind():
    return make_caller_type("老客户", script="您好，{公司}前台。{称呼}您好！", hotkey=1)


@pytest.fixture
def desk(signed_in, receptionist):
    return signed_in(receptionist)


@pytest.fixture
def filled(kind, salesperson):
    """What a receptionist has typed when a call ends; `filled(name="…")` changes a field."""
    make_rule(salesperson)
    once = str(uuid.uuid4())

    def fill(**changes) -> dict:
        typed = {
            "number": "138 0013 8000",
            "caller_name": "王小明",
            "company": "北京远景科技有限公司",
            "caller_type": kind.pk,
            "rings": "2",
            "purpose": "询问报价",
            "do": "hang_up",
            "once": once,
        }
        return {name: value for name, value in {**typed, **changes}.items() if value is not None}

    return fill


def htmx(client, url: str, data: dict, method: str = "post"):
    return getattr(client, method)(url, data, headers={"HX-Request": "true"})


# -- logging -----------------------------------------------------------------------------------------


def test_hanging_up_logs_the_call_as_proposed_and_starts_the_minute(desk, filled, receptionist, salesperson):
    answer = desk.post(reverse(LOG), filled())

    call = Call.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse(DESK))
    assert (call.status, call.receptionist, call.transferred_to) == (
        Call.Status.ENDED,
        receptionist,
        salesperson,
    )
    assert (call.number, call.rings, call.purpose) == ("+8613800138000", 2, "询问报价")
    assert Timer.objects.about(call).running().get().standard == "call-feedback"


def test_htmx_gets_a_fresh_form_a_toast_and_word_to_look_again(desk, filled):
    answer = htmx(desk, reverse(LOG), filled())

    assert answer.status_code == 200
    assert answer.context["form"].is_bound is False
    assert '"pulse:timers": true' in answer.headers["HX-Trigger"]
    assert '"toast"' in answer.headers["HX-Trigger"]


def test_a_call_still_on_the_line_owes_nothing(desk, filled):
    desk.post(reverse(LOG), filled(do="keep"))

    assert Call.objects.get().status == Call.Status.ACTIVE
    assert Timer.objects.count() == 0


def test_a_missed_call_needs_neither_type_nor_person(desk, filled):
    desk.post(reverse(LOG), filled(do="miss", caller_type=None, rings=None, caller_name=""))

    assert Call.objects.get().status == Call.Status.MISSED
    assert Timer.objects.get().standard == "call-back"


def test_the_same_form_sent_twice_makes_one_call(desk, filled):
    for _post in range(2):
        desk.post(reverse(LOG), filled())

    assert Call.objects.count() == 1
    assert Timer.objects.count() == 1


def test_a_call_to_somebody_else_than_proposed_needs_a_reason(desk, filled, colleague):
    answer = desk.post(reverse(LOG), filled(other="林悦"))

    assert answer.status_code == 422
    assert answer.context["form"].errors["override_reason"] == [
        "Say why it goes to somebody else than proposed."
    ]
    assert Call.objects.count() == 0


def test_with_a_reason_it_goes_to_somebody_else(desk, filled, colleague, salesperson):
    desk.post(reverse(LOG), filled(other="ly", override_reason="点名找她"))

    call = Call.objects.get()
    assert (call.transferred_to, call.proposed_to, call.override_reason) == (
        colleague,
        salesperson,
        "点名找她",
    )


def test_what_was_proposed_on_the_screen_is_what_counts(desk, filled, kind, colleague):
    proposal = desk.get(reverse("caller-proposal"), {"caller_type": kind.pk}).context["proposal"]
    proposal.rule.take_turn(proposal.user, at=timezone.now())
    make_rule(colleague, caller_type=kind)

    desk.post(reverse(LOG), filled(proposal=proposal.token))

    assert Call.objects.get().proposed_to == proposal.user


def test_a_call_that_concerns_nobody_starts_nothing(desk, filled):
    desk.post(reverse(LOG), filled(no_feedback_reason="打错电话"))

    call = Call.objects.get()
    assert (call.transferred_to, call.no_feedback_reason) == (None, "打错电话")
    assert Timer.objects.count() == 0


def test_kinds_of_callers_who_concern_nobody_bring_their_reason_along(desk, filled):
    pitch = make_caller_type("推销", no_feedback_reason="推销电话，已礼貌谢绝")

    desk.post(reverse(LOG), filled(caller_type=pitch.pk))

    assert Call.objects.get().no_feedback_reason == "推销电话，已礼貌谢绝"


def test_the_call_began_with_the_first_key_stroke(desk, filled):
    begun = now() - timedelta(minutes=2)

    desk.post(reverse(LOG), filled(begun_at=begun.isoformat()))

    call = Call.objects.get()
    assert call.answered_at == begun
    assert call.rang_at == begun - timedelta(seconds=12)


@pytest.mark.parametrize(
    "begun", ["", "gestern", "2026-11-23", "9999-01-01T00:00:00Z", "1990-01-01T00:00:00Z"]
)
def test_a_beginning_that_cannot_be_is_not_believed(desk, filled, begun):
    before = now()

    desk.post(reverse(LOG), filled(begun_at=begun))

    assert Call.objects.get().answered_at >= before


def local(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M:%S}"


def test_a_call_noted_on_paper_keeps_its_own_times(desk, filled):
    rang = (now() - timedelta(hours=2)).replace(microsecond=0)
    times = {
        "rang_at": rang,
        "answered_at": rang + timedelta(seconds=14),
        "ended_at": rang + timedelta(minutes=3),
    }

    desk.post(reverse(LOG), filled(rings="", **{name: local(moment) for name, moment in times.items()}))

    call = Call.objects.get()
    assert (call.rang_at, call.answered_at, call.ended_at, call.rings) == (*times.values(), 3)


# -- what goes wrong ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("number", "abc", "This is not a phone number."),
        ("number", "9" * 10_000, "at most 60 characters"),
        ("caller_name", "王" * 10_000, "at most 80 characters"),
        ("caller_name", "王\x07明", "invisible control characters"),
        ("company", "公" * 121, "at most 120 characters"),
        ("purpose", "问" * 2001, "at most 2000 characters"),
        ("rings", "", "How many times did it ring?"),
        ("rings", "100", "less than or equal to 99"),
        ("rings", "-1", "greater than or equal to 0"),
        ("caller_type", "", "What kind of caller is it?"),
        ("caller_type", "999999", "not one of the available choices"),
        ("other", "张不存在", "Nobody who works here fits this."),
    ],
)
def test_a_mistake_gets_a_sentence_at_its_field_and_nothing_typed_is_lost(
    desk, filled, field, value, sentence
):
    typed = filled(**{field: value})

    answer = desk.post(reverse(LOG), typed)

    form = answer.context["form"]
    assert answer.status_code == 422
    assert sentence in " ".join(form.errors[field])
    assert form["purpose"].value() == typed["purpose"]
    assert form["once"].value() == typed["once"]
    assert Call.objects.count() == 0


@pytest.mark.parametrize(
    ("times", "field", "sentence"),
    [
        ({"rang_at": 5, "answered_at": 6}, "answered_at", "A call cannot be answered before it rings."),
        ({"rang_at": 5, "ended_at": 6}, "ended_at", "A call cannot end before it begins."),
        ({"answered_at": 5, "ended_at": 6}, "ended_at", "A call cannot end before it begins."),
        ({"rang_at": -10}, "rang_at", "This lies in the future."),
        ({"ended_at": -10}, "ended_at", "This lies in the future."),
        ({"rang_at": 60 * 24 * 32}, "rang_at", "Calls can be entered up to 31 days back."),
    ],
)
def test_impossible_times_are_refused_at_their_field(desk, filled, times, field, sentence):
    moments = {name: local(now() - timedelta(minutes=minutes)) for name, minutes in times.items()}

    answer = desk.post(reverse(LOG), filled(**moments))

    assert answer.context["form"].errors[field] == [sentence]


def test_emoji_and_markup_are_text_like_any_other(desk, filled):
    desk.post(reverse(LOG), filled(caller_name="小王😀", purpose="<script>alert(1)</script>"))
    page = desk.get(reverse("call-detail", args=[Call.objects.get().pk])).content.decode()

    assert "小王😀" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_of_several_namesakes_the_extension_tells_who_is_meant(desk, filled, salesperson, colleague):
    colleague.name, colleague.extension = "陈思远", "8124"
    colleague.save()

    refused = desk.post(reverse(LOG), filled(other="陈思远"))
    desk.post(reverse(LOG), filled(other="陈思远 8124", override_reason="点名"))

    assert refused.context["form"].errors["other"] == [
        "Several people fit. Add the extension or choose from the list."
    ]
    assert Call.objects.get().transferred_to == colleague


# -- who is it? --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", [{"number": "8000"}, {"caller_name": "赵"}, {"caller_name": "zm"}, {"company": "海纳"}]
)
def test_the_end_of_a_number_or_part_of_a_name_finds_the_known_customer(desk, typed):
    customer = make_customer("赵敏", "138 0013 8000", company="上海海纳贸易有限公司")

    answer = desk.post(reverse("caller-lookup"), typed)

    assert [found.pk for found in answer.context["found"]] == [customer.pk]
    assert "138****8000" in answer.content.decode()
    assert "13800138000" not in answer.content.decode()


def test_choosing_a_customer_fills_the_form_and_proposes_the_account_manager(desk, salesperson):
    customer = make_customer("赵敏", "138 0013 8000", company="海纳贸易", owner=salesperson)

    answer = desk.post(reverse("caller-choose", args=[customer.pk]))

    form = answer.context["form"]
    assert (form["caller_name"].value(), form["company"].value()) == ("赵敏", "海纳贸易")
    assert form["number"].value() == "138****8000"
    assert answer.context["proposal"].user == salesperson


def test_choosing_a_customer_chooses_product_and_region_in_the_form(desk):
    customer = make_customer("赵敏", product=make_product("云通信"), region=make_region("华东"))

    page = htmx(desk, reverse("caller-choose", args=[customer.pk]), {}).content.decode()

    assert f'<option value="{customer.product_id}" selected>云通信</option>' in page
    assert f'<option value="{customer.region_id}" selected>华东</option>' in page


def test_a_customer_without_a_product_leaves_the_chosen_one_alone(desk):
    customer, product = make_customer("赵敏"), make_product("云通信")

    answer = desk.post(reverse("caller-choose", args=[customer.pk]), {"product": product.pk})

    assert answer.context["form"]["product"].value() == str(product.pk)


def test_a_known_customers_number_is_logged_whole_though_it_was_never_shown(desk, filled):
    customer = make_customer("赵敏", "010-8888 8888 转 8001")
    form = desk.post(reverse("caller-choose", args=[customer.pk])).context["form"]

    taken = {name: form[name].value() for name in ("customer", "known_phone", "number")}
    desk.post(reverse(LOG), filled(**taken))

    call = Call.objects.get()
    assert (call.number, call.extension, call.customer) == ("+861088888888", "8001", customer)


def test_a_whole_number_typed_stays_when_the_customer_is_chosen_by_name(desk):
    customer = make_customer("赵敏", "010-8888 8888")

    answer = desk.post(reverse("caller-choose", args=[customer.pk]), {"number": "139 1111 2222"})

    assert answer.context["form"]["number"].value() == "139 1111 2222"


def test_a_number_typed_over_a_known_one_is_the_one_that_counts(desk, filled):
    customer = make_customer("赵敏", "010-8888 8888")

    desk.post(reverse(LOG), filled(known_phone=customer.phones.get().pk, number="139 1111 2222"))

    assert Call.objects.get().number == "+8613911112222"


def test_choosing_a_kind_of_caller_shows_its_script_with_names_filled_in(desk, kind):
    customer = make_customer("赵敏")

    answer = desk.get(reverse("caller-proposal"), {"caller_type": kind.pk, "customer": customer.pk})

    assert answer.context["script"] == ["您好，前台。赵敏您好！"]


def test_the_form_can_be_opened_filled_in_as_by_a_telephone_system(desk):
    answer = desk.get(reverse(DESK), {"number": "13800138000"})

    assert answer.context["form"]["number"].value() == "13800138000"


# -- what is owed ------------------------------------------------------------------------------------


def test_one_key_sends_the_prefilled_feedback(desk, filled, salesperson):
    desk.post(reverse(LOG), filled())
    call = Call.objects.get()

    answer = htmx(
        desk, reverse("call-feed-back", args=[call.pk]), {"text": call.proposed_feedback, "from_desk": "1"}
    )

    assert (answer.status_code, "pulse:timers" in answer.headers["HX-Trigger"]) == (204, True)
    assert desk.get(reverse("desk-owed")).context["owed"] == []
    assert Notice.objects.get().recipient == salesperson


def test_the_most_urgent_of_each_kind_has_the_shortcut(desk, receptionist, salesperson):
    at = now() - timedelta(seconds=20)
    for _call in range(2):
        make_call(receptionist, at, transferred_to=salesperson).hang_up(by=receptionist, at=at)
    make_missed_call(receptionist, at)

    owed = desk.get(reverse("desk-owed")).context["owed"]

    assert [item.shortcut for item in owed] == ["Alt+f", "", "Alt+b"]


def test_empty_feedback_is_refused_in_words(desk, receptionist, salesperson, noon):
    call = make_call(receptionist, noon, ended=True, transferred_to=salesperson)

    answer = htmx(desk, reverse("call-feed-back", args=[call.pk]), {"text": " ", "from_desk": "1"})

    assert answer.status_code == 422
    assert "This field is required." in answer.headers["HX-Trigger"]
    assert Notice.objects.count() == 0


def test_the_other_receptionist_sees_the_call_and_may_feed_it_back(
    signed_in, receptionist, second_receptionist, salesperson, noon
):
    call = make_call(receptionist, noon, ended=True, transferred_to=salesperson)
    other = signed_in(second_receptionist)

    seen = other.get(reverse("desk-owed")).context["owed"]
    other.post(reverse("call-feed-back", args=[call.pk]), {"text": "请回电"})

    assert [item.call for item in seen] == [call]
    call.refresh_from_db()
    assert call.fed_back_by == second_receptionist


def test_a_change_by_anybody_changes_the_pulse(desk, receptionist, noon):
    before = desk.get(reverse("pulse")).json()["topics"]["calls"]

    call = make_call(receptionist, noon)
    logged = desk.get(reverse("pulse")).json()["topics"]["calls"]
    call.withdraw("误登", by=receptionist)
    withdrawn = desk.get(reverse("pulse")).json()["topics"]["calls"]

    assert len({before, logged, withdrawn}) == 3


def test_the_desks_pulse_is_silent_for_everybody_else(signed_in, salesperson, receptionist, noon):
    make_call(receptionist, noon, transferred_to=salesperson)

    assert signed_in(salesperson).get(reverse("pulse")).json()["topics"]["calls"] == ""


# -- who may, and how much it costs ------------------------------------------------------------------


@pytest.mark.parametrize("who", ["outsider", "salesperson", "auditor", "it_admin"])
@pytest.mark.parametrize("url", ["front-desk", "caller-proposal", "desk-owed", "desk-calls"])
def test_the_desk_is_for_receptionists(request, signed_in, who, url):
    assert signed_in(request.getfixturevalue(who)).get(reverse(url)).status_code == 403


def test_nobody_looks_customers_up_without_the_right(signed_in, outsider):
    customer = make_customer("赵敏", "138 0013 8000")
    client = signed_in(outsider)

    assert client.post(reverse("caller-lookup"), {"number": "8000"}).status_code == 403
    assert client.post(reverse("caller-choose", args=[customer.pk])).status_code == 403


def test_names_and_numbers_are_never_asked_for_in_an_address(desk):
    assert desk.get(reverse("caller-lookup"), {"number": "8000"}).status_code == 405


def test_nobody_logs_calls_without_the_right(signed_in, auditor, filled):
    assert signed_in(auditor).post(reverse(LOG), filled()).status_code == 403
    assert Call.objects.count() == 0


def test_strangers_are_sent_to_sign_in(client):
    assert client.get(reverse(DESK)).url.startswith(reverse("account_login"))


def test_the_desk_costs_as_many_queries_for_three_calls_as_for_one(desk, receptionist, salesperson):
    def queries_after(rows: int) -> int:
        for _row in range(rows):
            make_call(receptionist, now(), transferred_to=salesperson).hang_up(by=receptionist)
            make_missed_call(receptionist, now())
            make_call(receptionist, now(), transferred_to=salesperson)
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse(DESK))
        return len(queries)

    queries_after(1)
    assert queries_after(0) == queries_after(2)
