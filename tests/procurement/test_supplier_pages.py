"""The suppliers in the browser: found, entered once, kept from strangers, taken over from lists."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from organization.roles import Role
from procurement.models import Contact, Paper, Supplier, SupplierList
from tests.builders import make_user
from tests.supplies.builders import make_category

from .suppliers import code, make_paper, make_supplier, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(administration):
    return make_user("顾明", role=Role.INVENTORY_CLERK, username="clerk", department=administration)


@pytest.fixture
def stationery(db):
    return make_category("文具")


@pytest.fixture
def supplier(buyer, noon, stationery):
    found = make_supplier("北京晨光文具有限公司", by=buyer, at=noon, categories=[stationery])
    Contact.add(found, fields={"name": "李娜", "phone": "+8613800138000"}, by=buyer, at=noon)
    return found


def typed(stationery, **fields) -> dict:
    """What a buyer types for a new supplier."""
    filled = {"name": "上海得力办公有限公司", "categories": stationery.pk, "since": "2026-01-05"}
    return {**filled, "payment_days": "30", **fields}


# -- who may what ---------------------------------------------------------------------------------

WALLS = [
    ("suppliers", False, {"buyer", "admin_manager", "clerk", "auditor"}),
    ("supplier-categories", False, {"buyer", "admin_manager", "clerk", "auditor"}),
    ("supplier-papers", False, {"buyer", "admin_manager", "auditor"}),
    ("supplier-new", False, {"buyer", "admin_manager"}),
    ("suppliers-import", False, {"buyer", "admin_manager"}),
    ("supplier", True, {"buyer", "admin_manager", "clerk", "auditor"}),
    ("supplier-correct", True, {"buyer", "admin_manager"}),
    ("contact-add", True, {"buyer", "admin_manager"}),
    ("paper-add", True, {"buyer", "admin_manager"}),
    ("supplier-suspend", True, {"admin_manager"}),
    ("supplier-end", True, {"admin_manager"}),
    ("supplier-remove", True, {"admin_manager"}),
]


@pytest.mark.parametrize(("name", "of_one", "allowed"), WALLS)
def test_pages_are_open_to_whom_they_concern(request, signed_in, supplier, name, of_one, allowed):
    address = reverse(name, args=[supplier.pk] if of_one else [])
    people = ("buyer", "admin_manager", "clerk", "auditor", "outsider")
    opened = {who: signed_in(request.getfixturevalue(who)).get(address).status_code for who in people}

    assert opened == {who: 200 if who in allowed else 403 for who in people}


def test_those_who_keep_the_storerooms_see_no_contacts(signed_in, clerk, supplier):
    page = signed_in(clerk).get(supplier.get_absolute_url()).content.decode()

    assert "138****8000" not in page


def test_only_who_may_sees_whole_numbers(signed_in, buyer, clerk, supplier):
    address = reverse("contact-phone", args=[supplier.contacts.get().pk])

    assert signed_in(clerk).post(address).status_code == 403
    assert "138 0013 8000" in signed_in(buyer).post(address).content.decode()


def test_only_who_may_exports(signed_in, buyer, auditor, supplier):
    address = f"{reverse('suppliers')}?export=csv"
    taken = b"".join(signed_in(buyer).get(address).streaming_content).decode()

    assert supplier.name in taken
    assert "13800138000" not in taken
    assert signed_in(auditor).get(address).status_code == 403


# -- the list -------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["晨光", "bjcg", "李娜"])
def test_a_supplier_is_found(signed_in, buyer, noon, supplier, asked):
    make_supplier("上海得力办公有限公司", by=buyer, at=noon)

    rows = signed_in(buyer).get(reverse("suppliers"), {"q": asked}).context["list"].page.rows
    assert rows == [supplier]


def test_the_list_is_narrowed_to_papers_that_end(signed_in, buyer, noon, supplier):
    make_supplier(by=buyer, at=noon)
    make_paper(supplier, date.today(), by=buyer, at=noon)

    rows = signed_in(buyer).get(reverse("suppliers"), {"needs": "papers"}).context["list"].page.rows
    assert rows == [supplier]


def test_the_list_takes_as_many_queries_for_three_as_for_one(signed_in, buyer, noon, supplier, stationery):
    browser = signed_in(buyer)
    browser.get(reverse("suppliers"))
    counted = queries_of(browser, reverse("suppliers"))
    for _number in range(2):
        more = make_supplier(by=buyer, at=noon, categories=[stationery])
        make_paper(more, date(2027, 1, 1), by=buyer, at=noon)

    assert queries_of(browser, reverse("suppliers")) == counted


# -- entering -------------------------------------------------------------------------------------


def test_a_double_click_makes_one_supplier(signed_in, buyer, stationery):
    given = typed(stationery, once="4f9b0a1c-5c44-4f0e-9a44-0a6c1f6f0009", contact_name="李娜")
    browser = signed_in(buyer)
    first = browser.post(reverse("supplier-new"), given)
    Supplier.objects.update(name="别名")  # the second post is not stopped by the name
    second = browser.post(reverse("supplier-new"), given)

    assert first.url == second.url
    assert (Supplier.objects.count(), Contact.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"tax_number": "91330100799655059B"}, "tax_number"),
        ({"since": "2099-01-01"}, "since"),
        ({"since": "2026-02-30"}, "since"),
        ({"payment_days": "-1"}, "payment_days"),
        ({"categories": "99999"}, "categories"),
        ({"contact_name": "李娜", "contact_phone": "12"}, "contact_phone"),
        ({"contact_phone": "13800138000"}, "contact_name"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_typed_is_lost(
    signed_in, buyer, stationery, fields, field
):
    answered = signed_in(buyer).post(reverse("supplier-new"), typed(stationery, address="朝阳路", **fields))

    assert answered.status_code == 422
    assert list(answered.context["form"].errors) == [field]
    assert "朝阳路" in answered.content.decode()


def test_a_similar_name_needs_a_tick(signed_in, buyer, stationery, supplier):
    browser, given = signed_in(buyer), typed(stationery, name="晨光文具（北京）有限公司")

    assert browser.post(reverse("supplier-new"), given).context["similar"] == [supplier]
    browser.post(reverse("supplier-new"), {**given, "anyway": "on"})
    assert Supplier.objects.count() == 2


def test_an_empty_number_stays_as_it_is(signed_in, buyer, supplier):
    contact = supplier.contacts.get()
    address = reverse("contact-change", args=[contact.pk])
    signed_in(buyer).post(address, {"name": "李娜", "title": "经理", "phone": ""})

    contact.refresh_from_db()
    assert (contact.title, contact.phone) == ("经理", "+8613800138000")


# -- papers ---------------------------------------------------------------------------------------


def filed(browser, supplier, **fields):
    given = {"kind": "contract", "title": "框架协议", "ends_on": "2027-01-31", **fields}
    return browser.post(reverse("paper-add", args=[supplier.pk]), given)


def test_a_paper_is_filed_and_fetched(signed_in, buyer, outsider, supplier):
    upload = SimpleUploadedFile("合同.pdf", b"%PDF-1.7 x", content_type="text/html")
    filed(signed_in(buyer), supplier, file=upload)
    address = reverse("paper-file", args=[Paper.objects.get().pk])

    fetched = signed_in(buyer).get(address)
    assert (fetched["Content-Type"], b"".join(fetched.streaming_content)) == (
        "application/pdf",
        b"%PDF-1.7 x",
    )
    assert signed_in(outsider).get(address).status_code == 403


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"file": SimpleUploadedFile("合同.pdf", b"<html>")}, "file"),
        ({"ends_on": ""}, "ends_on"),
        ({"starts_on": "2027-02-01"}, "__all__"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1.234"}, "amount"),
    ],
)
def test_a_wrong_paper_is_refused_with_a_sentence(signed_in, buyer, supplier, fields, field):
    answered = filed(signed_in(buyer), supplier, **fields)

    assert (answered.status_code, list(answered.context["form"].errors)) == (422, [field])


# -- lists of suppliers ---------------------------------------------------------------------------


def sheet(*rows) -> SimpleUploadedFile:
    book, content = Workbook(), io.BytesIO()
    for row in (("供应商名称", "统一社会信用代码", "供货品类", "联系人", "联系电话"), *rows):
        book.active.append(row)
    book.save(content)
    return SimpleUploadedFile("供应商.xlsx", content.getvalue())


def preview(browser, *rows):
    return browser.post(reverse("suppliers-import"), {"file": sheet(*rows)}, follow=True)


def test_a_list_is_taken_over_once_and_again_changes_nothing(signed_in, buyer, stationery):
    browser, row = signed_in(buyer), ("甲文具公司", code(1), "文具", "李娜", "13800138000")
    plan = preview(browser, row).context["plan"]
    apply = reverse("suppliers-import-apply", args=[SupplierList.objects.get().pk])
    browser.post(apply, {"fingerprint": plan.fingerprint})

    found = Supplier.objects.get()
    assert (found.tax_number, found.contacts.get().masked) == (code(1), "138****8000")
    assert preview(browser, row).context["plan"].counts["unchanged"] == 1


def test_rows_with_mistakes_are_told_and_nothing_is_written(signed_in, buyer, stationery):
    rows = [
        ("甲公司", "91330100799655059B", "文具", "", ""),
        ("乙公司", "", "火箭", "", ""),
        ("丙公司", "", "=A1", "", ""),
        ("丙公司", "", "文具", "", "12"),
    ]
    plan = preview(signed_in(buyer), *rows).context["plan"]

    wrong = [sorted(entry.errors) for entry in plan.entries]
    assert wrong == [["tax_number"], ["categories"], ["categories"], ["name", "phone"]]
    assert Supplier.objects.exists() is False
