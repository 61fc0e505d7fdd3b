from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from tablib import Dataset

from reception.models import Customer
from reception.resources import CustomerResource

from .builders import make_product
from .customers import make_customer

pytestmark = pytest.mark.django_db


def take_in(*rows: tuple, headers=("姓名", "单位", "联系电话"), by=None):
    """As the administration does it: all or nothing."""
    sheet = Dataset(*rows, headers=headers)
    return CustomerResource().import_data(sheet, user=by, rollback_on_validation_errors=True)


def test_a_list_with_chinese_headers_is_taken_in(receptionist, salesperson):
    make_product("云服务")
    headers = ("联系人", "公司名称", "职务", "手机号", "邮箱", "意向产品", "客户经理", "备注")
    row = (
        "王小明",
        "远景科技",
        "总监",
        "138 0013 8000、010-88888888转8001",
        "a@b.cn",
        "云服务",
        "陈思远",
        "老客户",
    )

    result = take_in(row, headers=headers, by=receptionist)

    customer = Customer.objects.get()
    assert not result.has_errors()
    assert (customer.name, customer.company, customer.title) == ("王小明", "远景科技", "总监")
    assert customer.numbers == "138****8000、010****8888-8001"
    assert (customer.owner, customer.product.name, customer.created_by) == (
        salesperson,
        "云服务",
        receptionist,
    )


def test_the_same_list_twice_changes_nothing(receptionist):
    rows = [("王小明", "远景科技", "13800138000"), ("李娜", "", "010-88888888"), ("赵敏", "海纳", "")]
    take_in(*rows, by=receptionist)

    again = take_in(*rows, by=receptionist)

    assert (again.totals["new"], again.totals["skip"]) == (0, 3)
    assert list(Customer.objects.values_list("version", flat=True)) == [1, 1, 1]


def test_a_known_customer_is_brought_up_to_date_and_empty_cells_say_nothing(receptionist):
    known = make_customer("王小明", "13800138000", company="远景", title="经理")

    take_in(("王小明", "", "+86 13800138000；13900139001"), by=receptionist)

    known.refresh_from_db()
    assert (known.company, known.title, known.numbers) == ("远景", "经理", "138****8000、139****9001")


def test_two_people_behind_one_switchboard_stay_two(receptionist):
    take_in(("王小明", "远景", "010-88888888"), ("李娜", "远景", "010-88888888"), by=receptionist)

    assert Customer.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("王小明", "远景", "没有电话"), "given_phones"),
        (("王" * 100, "远景", ""), "name"),
        (("", "远景", "13800138000"), "name"),
        (("王\x07明", "远景", ""), "name"),
    ],
)
def test_a_wrong_row_gets_a_sentence_and_nothing_is_taken_in(receptionist, row, column):
    result = take_in(("李娜", "", "13900139001"), row, by=receptionist)

    assert [list(wrong.error_dict) for wrong in result.invalid_rows] == [[column]]
    assert not Customer.objects.exists()


def test_a_list_without_names_is_refused_as_a_whole(receptionist):
    result = take_in(("远景", "13800138000"), headers=("单位", "电话"), by=receptionist)

    assert "There is no column" in str(result.base_errors[0].error)


@pytest.fixture
def admin_pages(signed_in, admin_manager):
    admin_manager.is_staff = True
    admin_manager.save()
    admin_manager.user_permissions.add(Permission.objects.get(codename="view_customer"))
    return signed_in(admin_manager)


def upload(browser, content: bytes):
    file = SimpleUploadedFile("customers.xlsx", content)
    return browser.post(
        reverse("admin:reception_customer_import"), {"import_file": file, "format": _xlsx(browser)}
    )


def _xlsx(browser) -> str:
    formats = browser.get(reverse("admin:reception_customer_import")).context["form"].fields["format"].choices
    return next(str(value) for value, label in formats if label == "xlsx")


def test_an_xlsx_is_shown_first_and_taken_in_when_confirmed(admin_pages):
    book = Workbook()
    book.active.append(["姓名", "单位", "电话"])
    book.active.append(["王小明", "远景科技", 13800138000])
    file = BytesIO()
    book.save(file)

    preview = upload(admin_pages, file.getvalue())
    count = Customer.objects.count()
    admin_pages.post(
        reverse("admin:reception_customer_process_import"), preview.context["confirm_form"].initial
    )

    assert (preview.status_code, count, "138****8000" in preview.content.decode()) == (200, 0, True)
    assert Customer.objects.get().numbers == "138****8000"


@pytest.mark.parametrize(
    "content", [b"this is no spreadsheet", b"PK\x03\x04 broken", b"x" * (5 * 1024 * 1024 + 1)]
)
def test_a_broken_or_huge_file_gets_a_sentence(admin_pages, content):
    page = upload(admin_pages, content)

    assert page.status_code == 200
    assert page.context["form"].errors["import_file"]


def test_the_administration_looks_but_does_not_touch(admin_pages):
    customer = make_customer("王小明", "13800138000")

    page = admin_pages.get(reverse("admin:reception_customer_change", args=[customer.pk])).content.decode()
    refused = admin_pages.post(reverse("admin:reception_customer_delete", args=[customer.pk]))

    assert ("138****8000" in page, "13800138000" in page) == (True, False)
    assert refused.status_code == 403
