"""The list of calls, the page of one call, and what is done to it there."""

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notices.models import Notice
from organization.person_field import spell
from pages.history import history_of
from reception.models import Call, CallCheck

from .builders import make_call, make_caller_type, make_missed_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in, receptionist):
    return signed_in(receptionist)


@pytest.fixture
def call(receptionist, salesperson, noon) -> Call:
    return make_call(receptionist, noon, ended=True, transferred_to=salesperson, number="13800138000")


def url(verb: str, call: Call) -> str:
    return reverse(f"call-{verb}", args=[call.pk])


# -- the list ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("王小", 1),
        ("远景", 1),
        ("报价", 1),
        ("wxm", 1),
        ("bjyj", 1),
        ("8000", 1),
        ("800", 0),
        ("zs", 0),
        ("9999", 0),
    ],
)
def test_calls_are_found_by_name_company_purpose_initials_and_end_of_number(desk, call, q, found):
    answer = desk.get(reverse("calls"), {"q": q})

    assert len(answer.context["list"].page.rows) == found


def test_the_list_is_narrowed_by_state_kind_receptionist_and_day(
    desk, call, receptionist, second_receptionist, at
):
    kind = make_caller_type("供应商")
    other = make_missed_call(second_receptionist, at("2026-11-20 10:00"), caller_type=kind)

    for narrowed in (
        {"status": "missed"},
        {"caller_type": kind.pk},
        {"receptionist": second_receptionist.pk},
        {"until": "2026-11-20"},
        {"since": "2026-11-20", "until": "2026-11-20"},
    ):
        assert desk.get(reverse("calls"), narrowed).context["list"].page.rows == [other]


def test_the_list_shows_numbers_masked(desk, call):
    page = desk.get(reverse("calls")).content.decode()

    assert "138****8000" in page
    assert "13800138000" not in page


def test_the_list_costs_as_many_queries_for_three_calls_as_for_one(desk, receptionist, salesperson, noon):
    def queries_after(rows: int) -> int:
        for _row in range(rows):
            make_call(receptionist, noon, ended=True, transferred_to=salesperson)
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("calls"))
        return len(queries)

    queries_after(1)
    assert queries_after(0) == queries_after(2)


def test_who_may_takes_the_list_along_with_numbers_masked(signed_in, admin_manager, call):
    sheet = b"".join(
        signed_in(admin_manager).get(reverse("calls"), {"export": "csv"}).streaming_content
    ).decode()

    assert "王小明" in sheet
    assert "138****8000" in sheet


def test_who_may_not_export_is_refused_and_not_offered_it(desk, call):
    assert desk.get(reverse("calls"), {"export": "csv"}).status_code == 403
    assert "export=" not in desk.get(reverse("calls")).content.decode()


# -- one call ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("receptionist", 200),
        ("admin_manager", 200),
        ("auditor", 200),
        ("salesperson", 200),
        ("outsider", 404),
    ],
)
def test_a_call_that_is_none_of_ones_business_does_not_exist(request, signed_in, call, who, status):
    assert signed_in(request.getfixturevalue(who)).get(url("detail", call)).status_code == status


@pytest.mark.parametrize("verb", ["detail", "correct", "withdraw"])
def test_a_guessed_number_answers_like_a_call_of_others(signed_in, outsider, desk, call, verb):
    guessed = reverse(f"call-{verb}", args=[call.pk + 1000])

    assert desk.get(guessed).status_code == 404
    assert (
        signed_in(outsider).get(guessed).status_code == signed_in(outsider).get(url(verb, call)).status_code
    )


def test_a_call_that_is_not_there_cannot_be_ended(desk):
    assert desk.post(reverse("call-hang-up", args=[999_999])).status_code == 404


@pytest.mark.parametrize("verb", ["hang-up", "feed-back", "call-back", "correct", "withdraw"])
@pytest.mark.parametrize("who", ["auditor", "salesperson", "outsider"])
def test_only_the_desk_does_anything_to_a_call(request, signed_in, call, who, verb):
    answer = signed_in(request.getfixturevalue(who)).post(
        url(verb, call), {"text": "x", "reason": "x", "outcome": "x"}
    )

    assert answer.status_code == 403
    assert LogEntry.objects.get_for_object(call).count() == 2


def test_verbs_are_not_given_by_a_mere_link(desk, call):
    for verb in ("hang-up", "feed-back", "call-back", "check", "number"):
        assert desk.get(url(verb, call)).status_code == 405


def test_seeing_the_whole_number_is_recorded(desk, call, receptionist):
    answer = desk.post(url("number", call))

    assert "138 0013 8000" in answer.content.decode()
    assert history_of(call)[0].looked_at == "phone number"


def test_the_person_concerned_may_see_the_number_and_an_auditor_may_not(
    signed_in, salesperson, auditor, call
):
    assert "138 0013 8000" in signed_in(salesperson).post(url("number", call)).content.decode()
    assert signed_in(auditor).post(url("number", call)).status_code == 403


def test_the_page_of_a_call_holds_its_number_masked(desk, call):
    assert "138 0013 8000" not in desk.get(url("detail", call)).content.decode()


def test_a_call_on_the_line_is_hung_up_from_its_page(desk, receptionist, salesperson, noon):
    call = make_call(receptionist, noon, transferred_to=salesperson)

    answer = desk.post(url("hang-up", call))

    call.refresh_from_db()
    assert (answer.url, call.status) == (call.get_absolute_url(), Call.Status.ENDED)


def test_feedback_from_the_page_tells_the_person(desk, call, salesperson):
    desk.post(url("feed-back", call), {"text": "请回电"})

    assert Notice.objects.get().recipient == salesperson


def test_feedback_sent_twice_tells_once(desk, call):
    desk.post(url("feed-back", call), {"text": "请回电"})

    assert desk.post(url("feed-back", call), {"text": "请回电"}).status_code == 409
    assert Notice.objects.count() == 1


def test_feedback_with_a_mistake_comes_back_with_what_was_typed(desk, call):
    answer = desk.post(url("feed-back", call), {"text": "问" * 2001})

    assert answer.status_code == 422
    assert "问" * 2001 in answer.content.decode()


def test_calling_back_notes_what_came_of_it(desk, receptionist, noon):
    call = make_missed_call(receptionist, noon)

    desk.post(url("call-back", call), {"outcome": "已答复地址"})

    call.refresh_from_db()
    assert call.callback_outcome == "已答复地址"


# -- putting right -----------------------------------------------------------------------------------


def corrected(call: Call, **changes) -> dict:
    return {
        "caller_name": call.caller_name,
        "company": call.company,
        "number": "",
        "rings": call.rings,
        "purpose": call.purpose,
        "transferred_to": call.transferred_to.name,
        "reason": "听错",
        "expected_version": call.version,
        **changes,
    }


def test_a_correction_is_saved_and_stands_in_the_history(desk, call):
    desk.post(url("correct", call), corrected(call, caller_name="王晓明", number="010-8888 8888"))

    call.refresh_from_db()
    assert (call.caller_name, call.number, call.tail) == ("王晓明", "+861088888888", "8888")
    assert history_of(call)[0].reason == "听错"


def test_the_correction_form_shows_the_number_masked_and_left_empty_it_stays(desk, call):
    page = desk.get(url("correct", call)).content.decode()
    desk.post(url("correct", call), corrected(call, caller_name="王晓明"))

    call.refresh_from_db()
    assert "138 0013 8000" not in page
    assert "138****8000" in page
    assert call.number == "+8613800138000"


def test_a_correction_without_a_reason_is_refused_at_the_field(desk, call):
    answer = desk.post(url("correct", call), corrected(call, reason=""))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])


def test_the_second_editor_is_told_keeps_what_was_typed_and_may_save_after_a_look(
    desk, call, second_receptionist
):
    typed = corrected(call, purpose="询问报价与交期")
    call.correct({"purpose": "询问发货"}, reason="补充", expected_version=1, by=second_receptionist)

    told = desk.post(url("correct", call), typed)
    form = told.context["form"]
    again = desk.post(url("correct", call), {**typed, "expected_version": form["expected_version"].value()})

    assert told.status_code == 409
    assert "孙倩 has changed this call" in form.non_field_errors()[0]
    assert form["purpose"].value() == "询问报价与交期"
    assert again.status_code == 302


def test_the_second_editor_undoes_nothing_of_the_first_and_sees_where_they_differ(
    desk, call, second_receptionist
):
    page = desk.get(url("correct", call)).context["form"]
    opened = {field.name: field.value() or "" for field in page}
    call.correct(
        {"purpose": "询问发货", "caller_name": "王晓明"},
        reason="补充",
        expected_version=1,
        by=second_receptionist,
    )

    form = desk.post(
        url("correct", call), {**opened, "caller_name": "汪小明", "company": "远景", "reason": "听错"}
    ).context["form"]
    desk.post(url("correct", call), {field.name: field.value() or "" for field in form})

    call.refresh_from_db()
    assert form.conflict == [("Caller", "王晓明", "汪小明"), ("Company", "北京远景科技有限公司", "远景")]
    assert (call.purpose, call.caller_name, call.company) == ("询问发货", "汪小明", "远景")


@pytest.mark.parametrize(
    ("who", "offered"), [("receptionist", True), ("salesperson", True), ("auditor", False)]
)
def test_the_whole_number_is_offered_to_those_who_may_see_it(request, signed_in, call, who, offered):
    page = signed_in(request.getfixturevalue(who)).get(url("detail", call)).content.decode()

    assert ("Show the whole number" in page) == offered


def test_who_corrects_a_call_has_the_colleagues_suggested(desk, call, salesperson):
    page = desk.get(url("correct", call))

    assert spell(salesperson) in [value for value, _person in page.context["people"]]


def test_the_history_says_who_logged_a_call(call, receptionist):
    assert history_of(call)[-1].by == str(receptionist)


def test_a_withdrawn_call_stays_visible_with_its_reason(desk, call):
    desk.post(url("withdraw", call), {"reason": "重复登记"})
    page = desk.get(url("detail", call)).content.decode()

    assert "重复登记" in page
    assert Call.objects.live().count() == 0


def test_withdrawing_needs_a_reason(desk, call):
    assert desk.post(url("withdraw", call), {"reason": " "}).status_code == 422
    assert Call.objects.live().count() == 1


# -- spot checks -------------------------------------------------------------------------------------

MARKS = {"voice": 5, "pace": 4, "diction": 4, "warmth": 5, "followed_script": "on"}


def test_the_manager_enters_a_spot_check(signed_in, admin_manager, call):
    signed_in(admin_manager).post(url("check", call), MARKS)

    check = CallCheck.objects.get()
    assert (check.checker, check.average, check.followed_script) == (admin_manager, 4.5, True)


def test_a_second_sheet_of_the_same_checker_replaces_the_first(signed_in, admin_manager, call):
    for voice in (5, 3):
        signed_in(admin_manager).post(url("check", call), {**MARKS, "voice": voice})

    assert CallCheck.objects.get().voice == 3


@pytest.mark.parametrize("mark", ["0", "6", "", "x"])
def test_marks_go_from_1_to_5(signed_in, admin_manager, call, mark):
    assert signed_in(admin_manager).post(url("check", call), {**MARKS, "voice": mark}).status_code == 422
    assert CallCheck.objects.count() == 0


def test_receptionists_do_not_check_themselves(desk, call):
    assert desk.post(url("check", call), MARKS).status_code == 403


def test_a_withdrawn_call_is_not_corrected_any_more(desk, call, receptionist):
    call.withdraw("误登记", by=receptionist)

    assert desk.get(url("correct", call)).status_code == 409
