from datetime import timedelta
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pages.history import history_of
from reception.models import Call, Customer

from .customers import make_customer, make_new_customers_call

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
EMPTY_PHONES = {"phones-TOTAL_FORMS": "1", "phones-INITIAL_FORMS": "0", "phones-0-number": ""}


def typed(name: str = "王小明", *numbers: str, **fields) -> dict[str, str]:
    """The new-customer form as the browser sends it."""
    lines = {f"phones-{line}-number": number for line, number in enumerate(numbers)}
    return {**EMPTY_PHONES, **lines, "phones-TOTAL_FORMS": str(len(numbers) or 1), "name": name, **fields}


@pytest.fixture
def desk(signed_in, receptionist):
    return signed_in(receptionist)


@pytest.fixture
def call(receptionist, salesperson, noon) -> Call:
    return make_new_customers_call(
        receptionist, noon, number="138 0013 5791", caller_name="王小明", transferred_to=salesperson
    )


# -- a new customer ------------------------------------------------------------------------------------


def test_the_form_comes_prefilled_from_the_call(desk, call):
    page = desk.get(reverse("customer-new"), {"call": call.pk})

    form = page.context["form"]
    assert form["name"].value() == "王小明"
    assert form["owner"].value() == "陈思远 8123"
    assert form.phones[0]["number"].value() == "138 0013 5791"
    assert page.context["timer"].standard == "crm-entry"


def test_saving_stops_the_two_minutes_and_goes_back_to_the_desk(desk, call, salesperson):
    sent = typed("王小明", "138 0013 5791", call=call.pk, owner="陈思远", company="远景科技")

    answer = desk.post(reverse("customer-new"), sent)

    customer = Customer.objects.get()
    call.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, reverse("front-desk"))
    assert (customer.owner, customer.numbers, call.customer) == (salesperson, "138****5791", customer)


def test_the_drawer_answers_with_a_fragment_and_tells_the_desk(desk, call):
    answer = desk.post(reverse("customer-new"), typed(call=call.pk, drawer="1"), headers=HTMX)

    assert answer.status_code == 200
    assert "customer-registered" in answer["HX-Trigger"]
    assert "<html" not in answer.content.decode()


def test_a_double_click_makes_one_customer(desk):
    sent = typed("王小明", once=str(uuid4()))

    for _ in range(2):
        desk.post(reverse("customer-new"), sent)

    assert Customer.objects.count() == 1


def test_a_number_that_is_on_record_needs_a_tick(desk):
    known = make_customer("张伟", "13800138000")
    sent = typed("李娜", "+86 138-0013-8000")

    refused = desk.post(reverse("customer-new"), sent)
    desk.post(reverse("customer-new"), {**sent, "anyway": str(known.pk)})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["anyway"])
    assert set(Customer.objects.values_list("name", flat=True)) == {"张伟", "李娜"}


def test_the_known_one_can_be_used_instead_which_stops_the_clock(desk, call):
    known = make_customer("王小明", "13800135791")

    desk.post(reverse("customer-use", args=[known.pk]), typed(call=call.pk))

    call.refresh_from_db()
    assert call.customer == known
    assert Customer.objects.count() == 1


def test_duplicates_are_shown_with_reasons_while_typing(desk):
    make_customer("张伟", "010-88888888")
    make_customer("王晓明")

    page = desk.post(reverse("customer-duplicates"), typed("王小明", "138", "（010）8888 8888", ""))

    found = page.context["duplicates"]
    assert [(one.customer.name, [reason.label for reason in one.reasons]) for one in found] == [
        ("张伟", ["same number"]),
        ("王晓明", ["similar name"]),
    ]


def test_nothing_typed_shows_no_duplicates(desk):
    make_customer("王小明")

    page = desk.post(reverse("customer-duplicates"), typed(""))

    assert page.content.decode().strip() == ""


def test_one_more_number_keeps_what_was_typed(desk):
    page = desk.post(
        reverse("customer-new"), typed("王小明", "13800138000", notes="老客户介绍", add_phone="1")
    )

    form = page.context["form"]
    assert [line["number"].value() for line in form.phones] == ["13800138000", None]
    assert (form["name"].value(), form["notes"].value()) == ("王小明", "老客户介绍")
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "王" * 10_000),
        ("name", "王\x00明"),
        ("name", "\x1b[31m王"),
        ("company", "华" * 10_000),
        ("email", "not an address"),
        ("owner", "没有这个人"),
        ("notes", "长" * 4_001),
        ("title", "a\x07b"),
    ],
)
def test_bad_input_gets_a_sentence_at_the_field_and_stays_typed(desk, field, value):
    answer = desk.post(reverse("customer-new"), typed(**{"name": "王小明", field: value}))

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert form[field].value() == value
    assert not Customer.objects.exists()


@pytest.mark.parametrize("number", ["abc", "123456789012345678", "8888 8888", "1380013800٠٠", "x" * 10_000])
def test_a_number_that_is_none_gets_a_sentence_at_its_line(desk, number):
    answer = desk.post(reverse("customer-new"), typed("王小明", "13800138000", number))

    lines = answer.context["form"].phones
    assert answer.status_code == 422
    assert [list(line.errors) for line in lines] == [[], ["number"]]
    assert lines[1]["number"].value() == number


def test_emoji_and_markup_are_kept_and_shown_as_text(desk):
    desk.post(reverse("customer-new"), typed("<script>alert(1)</script>", notes="很高兴 😀"))

    page = desk.get(Customer.objects.get().get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "很高兴 😀" in page


# -- finding and reading -------------------------------------------------------------------------------


@pytest.mark.parametrize("q", ["张伟", "zw", "xhkj", "星河", "8000", "000"])
def test_the_list_is_searched_by_name_company_initials_and_end_of_number(desk, q):
    make_customer("张伟", "13800138000", company="星河科技")
    make_customer("李娜", "13900139001", company="蓝天贸易")

    page = desk.get(reverse("customers"), {"q": q})

    assert [row.name for row in page.context["list"].page.rows] == ["张伟"]


def test_the_list_is_narrowed_down(desk, salesperson, colleague, call, receptionist, noon):
    own = make_customer("张伟", owner=salesperson)
    make_customer("李娜", owner=colleague)
    called = Customer.register(fields={"name": "王小明"}, call=call, by=receptionist, at=noon)
    withdrawn = make_customer("赵敏")
    withdrawn.withdraw(reason="登记错误", by=receptionist, at=noon)

    def rows(**query):
        return [row.pk for row in desk.get(reverse("customers"), query).context["list"].page.rows]

    assert rows(owner=salesperson.pk) == [own.pk]
    assert rows(source="call") == [called.pk]
    assert rows(state="withdrawn") == [withdrawn.pk]
    assert rows(since="2026-11-24") == []


def test_the_list_pages_by_the_last_row_and_sorts(desk):
    for number in range(60):
        make_customer(f"客户{number:02}")

    first = desk.get(reverse("customers"), {"sort": "name"}).context["list"]
    second = desk.get(first.next_link).context["list"]

    assert [row.name for row in (*first.page.rows, *second.page.rows)] == [f"客户{n:02}" for n in range(60)]


def test_the_list_takes_the_same_queries_however_long_it_is(desk, salesperson):
    make_customer("张伟", "13800138000", owner=salesperson)
    desk.get(reverse("customers"))
    with CaptureQueriesContext(connection) as for_one:
        desk.get(reverse("customers"))
    for number in (1, 2):
        make_customer(f"李娜{number}", f"1390013900{number}", owner=salesperson)

    with CaptureQueriesContext(connection) as for_three:
        desk.get(reverse("customers"))

    assert len(for_three) == len(for_one)
    assert len([query for query in for_three if "reception_customer" in query["sql"]]) == 2


def test_an_empty_list_says_what_to_do(desk):
    page = desk.get(reverse("customers")).content.decode()

    assert "Nobody is in the register yet." in page


def test_numbers_are_masked_and_showing_them_is_recorded(desk, receptionist):
    customer = make_customer("张伟", "13800138000")

    page = desk.get(customer.get_absolute_url()).content.decode()
    shown = desk.post(reverse("customer-numbers", args=[customer.pk]), headers=HTMX)

    assert "138****8000" in page
    assert "138 0013 8000" not in page
    assert "138 0013 8000" in shown.content.decode()
    look = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert (look.actor, look.object_id) == (receptionist, customer.pk)


def test_an_auditor_reads_masked_numbers_only(signed_in, auditor):
    customer = make_customer("张伟", "13800138000")
    browser = signed_in(auditor)

    page = browser.get(customer.get_absolute_url())
    refused = browser.post(reverse("customer-numbers", args=[customer.pk]))

    assert (page.status_code, refused.status_code) == (200, 403)


@pytest.mark.parametrize("page", ["customer-detail", "customer-numbers"])
def test_somebody_elses_customer_does_not_exist(signed_in, salesperson, outsider, page):
    customer = make_customer("张伟", owner=salesperson)
    verb = "post" if page == "customer-numbers" else "get"

    address = reverse(page, args=[customer.pk])
    answers = [getattr(signed_in(user), verb)(address).status_code for user in (outsider, salesperson)]

    assert answers == [404, 200]


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("customer-edit", {"receptionist", "admin_manager"}),
        ("customer-merge", {"receptionist", "admin_manager"}),
        ("customer-withdraw", {"receptionist", "admin_manager"}),
        ("customer-anonymise", {"admin_manager"}),
    ],
)
def test_who_may_change_the_register(request, signed_in, page, allowed):
    customer = make_customer("张伟", owner=request.getfixturevalue("salesperson"))
    cast = ("receptionist", "admin_manager", "auditor", "salesperson")

    may = {
        name
        for name in cast
        if signed_in(request.getfixturevalue(name)).get(reverse(page, args=[customer.pk])).status_code == 200
    }

    assert may == allowed


def test_without_signing_in_there_is_only_the_login(client):
    customer = make_customer("张伟")

    for page in (reverse("customers"), reverse("customer-new"), customer.get_absolute_url()):
        assert client.get(page)["Location"].startswith(reverse("account_login"))


# -- correcting and ending -------------------------------------------------------------------------------


def test_the_second_editor_is_told_what_is_on_record_and_keeps_the_own_text(desk, second_receptionist, noon):
    customer = make_customer("张伟", title="经理")
    customer.correct(fields={"title": "总监"}, expected_version=1, by=second_receptionist, at=noon)

    told = desk.post(reverse("customer-edit", args=[customer.pk]), typed("张伟", title="副总", version="1"))
    again = desk.post(reverse("customer-edit", args=[customer.pk]), typed("张伟", title="副总", version="2"))

    form = told.context["form"]
    assert (told.status_code, form.conflict) == (422, [("Job title", "总监", "副总")])
    assert form["title"].value() == "副总"
    assert 'name="version" value="2"' in told.content.decode()
    assert again.status_code == 302
    assert Customer.objects.get().title == "副总"


def test_a_number_left_empty_stays_and_a_ticked_one_goes(desk):
    customer = make_customer("张伟", "13800138000", "13900139001")
    stays, goes = customer.phones.all()
    lines = {"phones-0-pk": stays.pk, "phones-1-pk": goes.pk, "phones-1-remove": "on"}

    desk.post(reverse("customer-edit", args=[customer.pk]), typed("张伟", "", "", version="1", **lines))

    assert Customer.objects.get().numbers == "138****8000"


def test_the_edit_page_never_holds_whole_numbers(desk):
    customer = make_customer("张伟", "13800138000")

    page = desk.get(reverse("customer-edit", args=[customer.pk])).content.decode()

    assert "138****8000" in page
    assert "13800138000" not in page.replace(" ", "")


def test_merging_shows_both_takes_what_is_chosen_and_the_old_address_leads_on(desk):
    target = make_customer("王小明", title="经理")
    source = make_customer("王晓明", "13800138000", title="总监")
    address = reverse("customer-merge", args=[target.pk])

    found = desk.get(address).context["found"]
    preview = desk.get(address, {"with": source.pk})
    desk.post(address, {"with": source.pk, "take_name": "keep", "take_title": "take", "reason": "同一人"})

    target.refresh_from_db()
    assert found == [source]
    assert [field.name for field in preview.context["form"].choices] == ["take_name", "take_title"]
    assert (target.name, target.title, target.numbers) == ("王小明", "总监", "138****8000")
    assert desk.get(source.get_absolute_url())["Location"] == target.get_absolute_url()


def test_a_merge_is_undone_from_the_page(desk, receptionist, noon):
    target, source = make_customer("王小明"), make_customer("王晓明", "13800138000")
    merge = source.merge_into(target, reason="同一人", by=receptionist, at=noon)

    desk.post(reverse("customer-unmerge", args=[merge.pk]))

    assert Customer.objects.live().count() == 2


def test_withdrawing_asks_for_a_reason(desk):
    customer = make_customer("张伟")
    address = reverse("customer-withdraw", args=[customer.pk])

    asked = desk.post(address, {"reason": ""})
    desk.post(address, {"reason": "登记错误"})

    assert asked.status_code == 422
    assert not Customer.objects.live().exists()


def test_anonymising_asks_twice(signed_in, admin_manager):
    customer = make_customer("张伟", "13800138000")
    address = reverse("customer-anonymise", args=[customer.pk])
    manager = signed_in(admin_manager)

    asked = manager.post(address, {"reason": "客户要求"})
    manager.post(address, {"reason": "客户要求", "certain": "on"})

    assert list(asked.context["form"].errors) == ["certain"]
    assert Customer.objects.get().name == ""
    assert manager.get(customer.get_absolute_url()).status_code == 200


# -- taking along ------------------------------------------------------------------------------------------


def csv(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_taking_the_list_along_needs_the_right(desk):
    make_customer("张伟")

    page = desk.get(reverse("customers"))
    refused = desk.get(reverse("customers"), {"export": "csv"})

    assert page.context["list"].exports == []
    assert refused.status_code == 403


def test_what_is_seen_is_taken_along_and_that_is_recorded(signed_in, admin_manager):
    make_customer("张伟", "13800138000", notes="=1+1")
    make_customer("李娜", "13900139001")

    file = csv(signed_in(admin_manager).get(reverse("customers"), {"export": "csv", "q": "张"}))

    assert ("138 0013 8000" in file, "李娜" in file, "'=1+1" in file) == (True, False, True)
    look = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert (look.actor, history_of(admin_manager)[0].looked_at) == (admin_manager, "export of 1 customers")


def test_without_the_right_to_numbers_they_are_taken_along_masked(signed_in, auditor):
    from django.contrib.auth.models import Permission

    auditor.user_permissions.add(Permission.objects.get(codename="export_customer"))
    make_customer("张伟", "13800138000")

    file = csv(signed_in(auditor).get(reverse("customers"), {"export": "csv"}))

    assert ("138****8000" in file, "138 0013 8000" in file) == (True, False)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_both_formats_open(signed_in, admin_manager, format):
    make_customer("张伟")

    answer = signed_in(admin_manager).get(reverse("customers"), {"export": format})

    assert answer.status_code == 200
    assert format in answer["Content-Disposition"]


def test_a_customer_added_long_after_the_call_still_links_it(desk, call, noon):
    Call.objects.filter(pk=call.pk).update(created_at=noon - timedelta(days=3))

    desk.post(reverse("customer-new"), typed(call=call.pk))

    call.refresh_from_db()
    assert call.customer == Customer.objects.get()
