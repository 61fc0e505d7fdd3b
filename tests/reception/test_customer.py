import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from pages import phones
from pages.history import history_of
from pages.refusals import Refused
from reception.models import Call, Customer, CustomerMerge
from reception.models.customer_phone import PhoneChange
from reception.signals import customer_saved
from sla.models import Timer

from .customers import make_customer, make_new_customers_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(receptionist, noon) -> Call:
    return make_new_customers_call(receptionist, noon, number="13800135791")


def clock(call: Call) -> Timer:
    kind = ContentType.objects.get_for_model(Call)
    return Timer.objects.get(subject_type=kind, subject_id=call.pk, standard="crm-entry")


def test_registering_a_customer_stops_the_two_minutes(call, receptionist, noon):
    at = noon + timedelta(minutes=2)

    customer = Customer.register(fields={"name": "王小明"}, call=call, by=receptionist, at=at)

    call.refresh_from_db()
    assert (call.customer, customer.source_call) == (customer, call)
    assert (clock(call).stopped_at, clock(call).outcome) == (at, "met")


def test_using_a_known_customer_stops_the_two_minutes_too(call, receptionist, noon):
    known = make_customer("王小明")

    known.use_for(call, by=receptionist, at=noon + timedelta(minutes=2))

    call.refresh_from_db()
    assert call.customer == known
    assert clock(call).outcome == "met"


def test_one_form_posted_twice_makes_one_customer(receptionist, noon):
    ticket = uuid4()

    twice = [
        Customer.register(fields={"name": "王小明"}, once=ticket, by=receptionist, at=noon) for _ in range(2)
    ]

    assert twice[0] == twice[1]
    assert Customer.objects.count() == 1


def test_a_number_is_kept_once_and_shown_masked():
    customer = make_customer("王小明", "13800138000", "+86 138-0013-8000", "010-88888888 转 8001")

    assert customer.phones.count() == 2
    assert customer.numbers == "138****8000、010****8888-8001"


def test_a_correction_changes_fields_and_phones(receptionist, noon):
    customer = make_customer("王小明", "13800138000", "13900139001")
    first, second = customer.phones.all()
    lines = [
        PhoneChange(pk=first.pk, phone=phones.parse("13700137000"), label="手机"),
        PhoneChange(pk=second.pk, remove=True),
        PhoneChange(phone=phones.parse("010-88888888")),
    ]

    customer.correct(fields={"name": "王晓明"}, phones=lines, expected_version=1, by=receptionist, at=noon)

    customer.refresh_from_db()
    assert (customer.name, customer.sound, customer.version) == ("王晓明", "wangxiaoming", 2)
    assert customer.numbers == "137****7000、010****8888"
    assert [phone.label for phone in customer.phones.all()] == ["手机", ""]


def test_a_line_for_somebody_elses_phone_changes_nothing(receptionist, noon):
    customer, other = make_customer("王小明"), make_customer("张伟", "13800138000")
    line = PhoneChange(pk=other.phones.get().pk, remove=True)

    customer.correct(fields={}, phones=[line], expected_version=1, by=receptionist, at=noon)

    assert other.phones.count() == 1


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(receptionist, second_receptionist, noon):
    customer = make_customer("王小明")
    customer.correct(fields={"title": "经理"}, expected_version=1, by=second_receptionist, at=noon)

    with pytest.raises(Refused, match="孙倩 has changed this customer"):
        customer.correct(fields={"title": "总监"}, expected_version=1, by=receptionist, at=noon)

    customer.refresh_from_db()
    assert customer.title == "经理"


def test_the_history_shows_before_and_after_with_masked_numbers(receptionist, noon):
    customer = make_customer("王小明", "13800138000")
    line = PhoneChange(phone=phones.parse("13900139001"))
    customer.correct(fields={"name": "王晓明"}, phones=[line], expected_version=1, by=receptionist, at=noon)

    changes = {str(change.label): change[1:] for change in history_of(customer)[0].fields}

    assert changes == {"name": ("王小明", "王晓明"), "phones": ("138****8000", "138****8000、139****9001")}
    assert "13800138000" not in "".join(str(entry.changes) for entry in LogEntry.objects.all())


def test_a_withdrawn_customer_is_out_of_the_register_with_the_reason_in_the_history(admin_manager, noon):
    customer = make_customer("王小明")

    customer.withdraw(reason="重复登记", by=admin_manager, at=noon)

    assert not Customer.objects.live().exists()
    assert history_of(customer)[0].reason == "重复登记"


@pytest.mark.parametrize("verb", ["withdraw", "anonymise"])
def test_no_reason_no_end(verb, admin_manager, noon):
    customer = make_customer("王小明")

    with pytest.raises(Refused, match="Give a reason"):
        getattr(customer, verb)(reason="  ", by=admin_manager, at=noon)


def test_a_merge_moves_calls_phones_and_chosen_values(call, receptionist, admin_manager, noon):
    source = make_customer("王晓明", "13800138000", "010-88888888", title="总监", email="a@b.example")
    source.use_for(call, by=receptionist, at=noon)
    target = make_customer("王小明", "13800138000", title="经理")

    source.merge_into(target, take_over={"title": "总监"}, reason="同一人", by=admin_manager, at=noon)

    target.refresh_from_db()
    source.refresh_from_db()
    assert list(target.calls.all()) == [call]
    assert (target.title, target.email) == ("总监", "")
    assert (target.numbers, source.numbers) == ("010****8888、138****8000", "138****8000")
    assert source.merged_into == target


def test_a_merge_can_be_undone_but_for_what_was_corrected_since(call, receptionist, admin_manager, noon):
    source = make_customer("王晓明", "010-88888888", title="总监", company="华为")
    source.use_for(call, by=receptionist, at=noon)
    target = make_customer("王小明", title="经理", company="华为公司")
    merge = source.merge_into(
        target, take_over={"title": "总监", "company": "华为"}, reason="同一人", by=admin_manager, at=noon
    )
    target.correct(fields={"title": "副总"}, expected_version=2, by=receptionist, at=noon)

    CustomerMerge.objects.get(pk=merge.pk).undo(by=admin_manager, at=noon)

    target.refresh_from_db()
    source.refresh_from_db()
    assert (target.title, target.company, target.numbers) == ("副总", "华为公司", "")
    assert (source.is_live, source.numbers, list(source.calls.all())) == (True, "010****8888", [call])


def test_nobody_is_merged_with_himself_or_with_an_entry_that_is_gone(admin_manager, noon):
    customer, gone = make_customer("王小明"), make_customer("张伟")
    gone.withdraw(reason="登记错误", by=admin_manager, at=noon)

    for target in (customer, gone):
        with pytest.raises(Refused):
            customer.merge_into(target, reason="同一人", by=admin_manager, at=noon)


def test_an_anonymised_customer_leaves_no_trace_while_the_call_counts_on(
    call, receptionist, admin_manager, noon
):
    customer = Customer.register(
        fields={"name": "欧阳修远", "company": "独一无二公司", "notes": "住在长江路"},
        phones=[(phones.parse("13800135791"), "手机")],
        call=call,
        by=receptionist,
        at=noon + timedelta(minutes=2),
    )
    merged = make_customer("欧阳秀远", company="独一无二公司")
    merged.merge_into(customer, reason="同一人", by=admin_manager, at=noon)

    customer.anonymise(reason="客户要求删除", by=admin_manager, at=noon)

    assert str(Customer.objects.get(pk=customer.pk)) == "Anonymised customer"
    assert Customer.objects.filter(anonymised_at__isnull=False).count() == 2
    assert Call.objects.ended().count() == 1
    for trace in ("欧阳", "独一无二", "长江路", "5791", "13800135791", "王小明", "询问报价"):
        assert not _kept(trace), trace


def _kept(text: str) -> list[str]:
    """The tables in which `text` still stands; digits by themselves, as digests and instants hold any."""
    wanted = re.compile(
        rf"(?<![0-9a-f.]){text}(?![0-9a-f])"
        if text.isdigit()
        else f"{text}|{re.escape(json.dumps(text)[1:-1])}"
    )
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("organization_"):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            cells = [str(cell) for row in cursor.fetchall() for cell in row]
            if any(wanted.search(cell) for cell in cells):
                found.append(table)
    return found


def test_every_change_is_announced(receptionist, noon):
    heard = []
    receiver = lambda event, customer, **rest: heard.append((event, customer.name))  # noqa: E731
    customer_saved.connect(receiver)

    customer = make_customer("王小明")
    customer.correct(fields={"name": "王晓明"}, expected_version=1, by=receptionist, at=noon)
    customer_saved.disconnect(receiver)

    assert heard == [("created", "王小明"), ("corrected", "王晓明")]


def test_employees_see_their_own_customers_heads_their_departments(
    salesperson, colleague, department_head, outsider, receptionist, auditor
):
    own, other = make_customer("王小明", owner=salesperson), make_customer("张伟", owner=colleague)
    nobodys = make_customer("李娜")

    def seen(user):
        return set(Customer.objects.visible_to(user))

    assert seen(salesperson) == {own}
    assert seen(department_head) == {own, other}
    assert seen(outsider) == set()
    assert seen(receptionist) == seen(auditor) == {own, other, nobodys}
