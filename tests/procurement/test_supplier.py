"""The register of suppliers: entered once, live or not, with papers that are renewed in time."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import ProtectedError

from pages import history
from pages.refusals import Refused
from procurement import credit_code, likeness
from procurement.models import Contact, Paper, Supplier
from procurement.standards_suppliers import categories_short_of_suppliers
from procurement.supplier_querysets import similar
from sla.models import Timer
from sla.timers import running
from tests.supplies.builders import make_category

from .suppliers import code, make_order, make_paper, make_supplier

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier(buyer, noon):
    return make_supplier("北京晨光文具有限公司", by=buyer, at=noon)


# -- credit codes and names -----------------------------------------------------------------------


@pytest.mark.parametrize("known", ["91330100799655058B", "9144030071526726XG", "91440300708461136T"])
def test_codes_of_real_companies_hold(known):
    credit_code.validate(known)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("9133010079965505", "A credit code has 18 characters; this one has 16."),
        (
            "91330100799655058O",
            "“O” cannot stand in a credit code: the letters I, O, S, V and Z are not used.",
        ),
        (
            "91330100799655059B",
            "The last character does not fit the others; compare the code with the licence.",
        ),
    ],
)
def test_a_wrong_code_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(ValidationError) as refused:
        credit_code.validate(typed)

    assert refused.value.messages == [sentence]


def test_spaces_case_and_fullwidth_signs_do_not_matter():
    assert credit_code.tidy(" 91330100 7996 55058ｂ") == "91330100799655058B"


@pytest.mark.parametrize("other", ["晨光文具（北京）有限责任公司", "北京市晨光文具公司", "晨光文具"])
def test_similar_names_are_alike(other):
    assert likeness.alike("北京晨光文具有限公司", other) is True


def test_different_companies_are_not_alike():
    assert likeness.alike("北京晨光文具有限公司", "北京得力办公有限公司") is False


def test_who_is_similar_is_found(supplier, buyer, noon):
    make_supplier("上海得力办公有限公司", by=buyer, at=noon)

    assert similar("晨光文具公司") == [supplier]


# -- entering and correcting ----------------------------------------------------------------------


def test_a_form_sent_twice_makes_one_supplier(buyer, noon):
    given = {"fields": {"name": "甲公司"}, "categories": [make_category()], "by": buyer, "at": noon}
    once = "4f9b0a1c-5c44-4f0e-9a44-0a6c1f6f0001"

    assert Supplier.register(once=once, **given) == Supplier.register(once=once, **given)


def test_the_same_name_is_refused(supplier, buyer, noon):
    with pytest.raises(Refused, match="name or credit code"):
        make_supplier(supplier.name, by=buyer, at=noon)


def test_a_supplier_supplies_something(buyer, noon):
    with pytest.raises(Refused, match="at least one category"):
        Supplier.register(fields={"name": "甲公司"}, categories=[], by=buyer, at=noon)


def test_a_correction_over_somebody_elses_is_refused(supplier, buyer, noon):
    given = {"categories": supplier.categories.all(), "by": buyer, "at": noon}
    supplier.correct(fields={"address": "朝阳区"}, expected_version=1, **given)

    with pytest.raises(Refused, match="meanwhile"):
        supplier.correct(fields={"address": "海淀区"}, expected_version=1, **given)


def test_changed_categories_stand_in_the_history(supplier, buyer, noon):
    paper = make_category("纸张")
    before = str(supplier.categories.get())

    supplier.correct(fields={}, categories=[paper], by=buyer, at=noon)

    change = history.history_of(supplier)[0].fields[0]
    assert (change.before, change.after) == (before, "纸张")


def test_the_bank_account_lies_encrypted_and_masked_in_the_history(buyer, noon):
    supplier = make_supplier(by=buyer, at=noon, bank_account="招商银行 6225880112345678")

    with connection.cursor() as cursor:
        cursor.execute("SELECT bank_account FROM procurement_supplier WHERE id = %s", [supplier.pk])
        stored = cursor.fetchone()[0]
    shown = [change.after for entry in history.history_of(supplier) for change in entry.fields]

    assert "6225880112345678" not in stored
    assert [text for text in shown if "5678" in text] == ["****5678"]


def test_a_look_at_the_account_is_recorded(buyer, noon):
    supplier = make_supplier(by=buyer, at=noon, bank_account="招商银行 6225880112345678")

    assert supplier.reveal_account(by=buyer) == "招商银行 6225880112345678"
    assert history.history_of(supplier)[0].looked_at == "bank account"


def test_who_may_not_see_the_account_does_not(supplier, outsider):
    with pytest.raises(PermissionDenied):
        supplier.reveal_account(by=outsider)


def test_a_look_at_a_number_is_recorded(supplier, buyer, noon):
    fields = {"name": "李娜", "phone": "+8613800138000"}
    contact = Contact.add(supplier, fields=fields, by=buyer, at=noon)

    assert (contact.masked, contact.reveal(by=buyer)) == ("138****8000", "138 0013 8000")
    assert history.history_of(supplier)[0].looked_at == "phone number of 李娜"


def test_one_person_is_called_first(supplier, buyer, noon):
    first = Contact.add(supplier, fields={"name": "李娜", "first": True}, by=buyer, at=noon)
    second = Contact.add(supplier, fields={"name": "王强", "first": True}, by=buyer, at=noon)

    assert list(supplier.contacts.filter(first=True)) == [second]
    assert list(supplier.contacts.all()) == [second, first]


# -- live or not ----------------------------------------------------------------------------------


def test_a_suspended_supplier_is_not_live_and_comes_back(supplier, admin_manager, noon):
    supplier.suspend(reason="延迟交付三次", by=admin_manager, at=noon)
    assert Supplier.objects.live().exists() is False

    supplier.resume(by=admin_manager, at=noon)
    assert Supplier.objects.live().get() == supplier


def test_suspending_needs_a_reason(supplier, admin_manager, noon):
    with pytest.raises(Refused, match="reason"):
        supplier.suspend(reason=" ", by=admin_manager, at=noon)


def test_one_cannot_end_with_open_orders(supplier, buyer, admin_manager, noon):
    make_order(supplier, date(2026, 12, 1), by=buyer, at=noon)

    with pytest.raises(Refused, match="1 orders are still open"):
        supplier.end(reason="质量不合格", by=admin_manager, at=noon)


def test_an_unused_supplier_can_be_removed(supplier, admin_manager):
    supplier.remove(by=admin_manager)

    assert Supplier.objects.exists() is False


def test_a_supplier_in_use_stays_and_the_sentence_says_by_what(supplier, buyer, admin_manager, noon):
    make_order(supplier, date(2026, 12, 1), by=buyer, at=noon)

    with pytest.raises(Refused, match="stays in the register: purchase order 1"):
        supplier.remove(by=admin_manager)
    assert Supplier.objects.get() == supplier


def test_a_category_that_somebody_supplies_cannot_be_deleted(supplier):
    with pytest.raises(ProtectedError):
        supplier.categories.get().delete()


def test_categories_with_fewer_than_three_live_suppliers_are_named(buyer, admin_manager, noon):
    enough, short = make_category("纸张"), make_category("饮用水")
    three = [make_supplier(by=buyer, at=noon, categories=[enough, short]) for _ in range(3)]
    make_category("停用", active=False)
    three[0].correct(fields={}, categories=[enough], by=buyer, at=noon)

    assert [one.label for one in categories_short_of_suppliers()] == ["饮用水 · 2 suppliers"]

    three[1].suspend(reason="延迟", by=admin_manager, at=noon)
    assert [one.label for one in categories_short_of_suppliers()] == [
        "饮用水 · 1 supplier",
        "纸张 · 2 suppliers",
    ]


# -- papers ---------------------------------------------------------------------------------------


def test_the_clock_of_a_paper_runs_to_the_end_of_its_last_day(supplier, buyer, noon, at):
    paper = make_paper(supplier, date(2026, 12, 31), by=buyer, at=noon)

    timer = running(paper, Paper.EXPIRY)
    assert (timer.due_at, timer.team) == (at("2027-01-01 00:00"), "buyer")


def test_a_paper_that_has_ended_before_starts_no_clock(supplier, buyer, noon):
    paper = make_paper(supplier, date(2026, 11, 1), by=buyer, at=noon)

    assert running(paper, Paper.EXPIRY) is None
    assert paper.state_on(date(2026, 11, 23)) == Paper.State.EXPIRED


def test_renewing_stops_the_clock_and_starts_another(supplier, buyer, noon):
    paper = make_paper(supplier, date(2026, 12, 1), by=buyer, at=noon)
    fields = {"kind": "contract", "title": "年度框架协议", "ends_on": date(2027, 12, 1)}

    new = paper.renew(fields=fields, by=buyer, at=noon)

    assert Timer.objects.about(paper).get().outcome == Timer.Outcome.MET
    assert running(new, Paper.EXPIRY) is not None
    assert list(Paper.objects.kept()) == [new]


def test_a_paper_is_renewed_once(supplier, buyer, noon):
    paper = make_paper(supplier, date(2026, 12, 1), by=buyer, at=noon)
    fields = {"kind": "contract", "title": "新", "ends_on": date(2027, 12, 1)}
    once = UUID("4f9b0a1c-5c44-4f0e-9a44-0a6c1f6f0002")
    new = paper.renew(fields=fields, once=once, by=buyer, at=noon)

    paper.refresh_from_db()
    assert paper.renew(fields=fields, once=once, by=buyer, at=noon) == new
    with pytest.raises(Refused, match="renewed already"):
        paper.renew(fields=fields, by=buyer, at=noon)


def test_a_paper_withdrawn_too_late_is_a_miss(supplier, buyer, noon):
    paper = make_paper(supplier, date(2026, 11, 24), by=buyer, at=noon)

    paper.withdraw(reason="不再续签", by=buyer, at=noon + timedelta(days=3))

    assert Timer.objects.about(paper).get().outcome == Timer.Outcome.MISSED


def test_ending_with_a_supplier_ends_the_clocks_of_its_papers(supplier, buyer, admin_manager, noon):
    paper = make_paper(supplier, date(2026, 12, 1), by=buyer, at=noon)

    supplier.end(reason="搬迁", by=admin_manager, at=noon)
    assert Timer.objects.about(paper).get().outcome == Timer.Outcome.CANCELLED

    supplier.resume(by=admin_manager, at=noon)
    assert running(paper, Paper.EXPIRY) is not None


def test_expiring_are_those_that_end_within_thirty_days(supplier, buyer, noon):
    today = date(2026, 11, 23)
    soon, gone = (make_paper(supplier, today + timedelta(days=n), by=buyer, at=noon) for n in (30, -1))
    make_paper(supplier, today + timedelta(days=31), by=buyer, at=noon)

    assert list(Paper.objects.expiring(today)) == [gone, soon]


def test_a_file_is_kept_with_its_name(supplier, buyer, noon):
    upload = SimpleUploadedFile("合同.pdf", b"%PDF-1.7", content_type="application/pdf")
    paper = Paper.add(supplier, fields={"kind": "other", "title": "合同"}, file=upload, by=buyer, at=noon)

    assert (paper.filename, paper.content_type) == ("合同.pdf", "application/pdf")


def test_the_codes_of_the_tests_hold():
    credit_code.validate(code(7))
