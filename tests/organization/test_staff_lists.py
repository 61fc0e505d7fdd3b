"""Taking over an employee list, and every file that is none."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from organization.models import StaffList, User
from tests.builders import make_department, make_place, make_user

HEADER = ["工号", "姓名", "登录名", "部门", "分机", "手机", "直属上级(工号)", "B角(工号)", "座位", "状态"]
ZHANG = ["HY1", "张三", "zhangsan", "行政部", 8101, 13800138000, "HY2", "", "", "在职"]
LI = ["HY2", "李四", "lisi", "行政部", "8102", "", "", "HY1", "", ""]


@pytest.fixture
def desk(signed_in, admin_manager):
    return signed_in(admin_manager)


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(desk, content: bytes, name: str = "员工名册.xlsx"):
    return desk.post(reverse("people-import"), {"file": SimpleUploadedFile(name, content)})


def preview(desk, *rows):
    response = upload(desk, workbook(HEADER, *rows))
    return desk.get(response.url).context["plan"]


def take_over(desk, *rows):
    found = preview(desk, *rows)
    return confirm(desk, found.fingerprint)


def confirm(desk, fingerprint: str):
    staff_list = StaffList.objects.get(applied_at=None)
    return desk.post(reverse("people-import-apply", args=[staff_list.pk]), {"fingerprint": fingerprint})


def errors(desk, *rows) -> dict[int, dict[str, str]]:
    return {entry.number: entry.errors for entry in preview(desk, *rows).entries if entry.errors}


def sentence(response) -> str:
    assert response.status_code == 422
    return response.context["form"].errors["file"][0]


def test_a_list_is_taken_over_with_a_manager_further_down(desk):
    take_over(desk, ZHANG, LI)

    zhang = User.objects.get(staff_no="HY1")
    assert (zhang.name, zhang.username, zhang.department.name) == ("张三", "zhangsan", "行政部")
    assert (zhang.extension, zhang.mobile, zhang.manager.staff_no) == ("8101", "+8613800138000", "HY2")
    assert User.objects.get(staff_no="HY2").backup == zhang


def test_new_people_have_no_password(desk):
    take_over(desk, ZHANG, LI)

    assert User.objects.get(staff_no="HY1").has_usable_password() is False


def test_the_preview_writes_nothing(desk):
    assert preview(desk, ZHANG, LI).counts == {"new": 2, "changed": 0, "unchanged": 0, "error": 0}
    assert User.objects.filter(staff_no="HY1").exists() is False


def test_the_same_list_again_changes_nothing(desk):
    take_over(desk, ZHANG, LI)

    assert preview(desk, ZHANG, LI).counts == {"new": 0, "changed": 0, "unchanged": 2, "error": 0}


def test_a_changed_row_shows_before_and_after(desk):
    take_over(desk, ZHANG, LI)
    entry = preview(desk, [*ZHANG[:4], "8999", *ZHANG[5:]]).entries[0]

    assert entry.state == "changed"
    assert [(cell.before, cell.text) for cell in entry.cells if cell.before] == [("8101", "8999")]


def test_an_empty_cell_leaves_what_stands_there_and_a_dash_clears_it(desk):
    take_over(desk, ZHANG, LI)
    take_over(desk, ["HY1", "张三", "", "", "-", "", "-"])

    zhang = User.objects.get(staff_no="HY1")
    assert (zhang.username, zhang.mobile, zhang.extension, zhang.manager) == (
        "zhangsan",
        "+8613800138000",
        "",
        None,
    )


def test_a_list_is_taken_over_once(desk):
    found = preview(desk, ZHANG, LI)
    staff_list = StaffList.objects.get()
    url = reverse("people-import-apply", args=[staff_list.pk])
    desk.post(url, {"fingerprint": found.fingerprint})

    assert desk.post(url, {"fingerprint": found.fingerprint}).status_code == 409
    staff_list.refresh_from_db()
    assert (staff_list.rows, staff_list.created) == (None, 2)


def test_one_mistake_keeps_the_whole_list_out(desk):
    found = preview(desk, ZHANG, LI, ["HY3", "王五", "wangwu", "没有的部门"])

    assert confirm(desk, found.fingerprint).status_code == 409
    assert User.objects.filter(staff_no__startswith="HY").count() == 0


def test_a_preview_that_is_out_of_date_is_not_taken_over(desk):
    take_over(desk, ZHANG, LI)
    found = preview(desk, [*ZHANG[:4], "8999"])
    zhang = User.objects.get(staff_no="HY1")
    zhang.extension = "8500"
    zhang.save()

    assert confirm(desk, found.fingerprint).status_code == 409
    zhang.refresh_from_db()
    assert zhang.extension == "8500"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (["", "张三"], "staff_no"),
        (["HY1", ""], "name"),
        (["HY1", "张" * 61], "name"),
        (["HY1", "张三\x07"], "name"),
        (["HY1", "=1+1"], "name"),
        (["HY1", "张三", "zhang san"], "username"),
        (["HY1", "张三", "manager"], "username"),
        (["HY1", "张三", "", "没有的部门"], "department"),
        (["HY1", "张三", "", "", "八千"], "extension"),
        (["HY1", "张三", "", "", "", "123"], "mobile"),
        (["HY1", "张三", "", "", "", "", "HY404"], "manager"),
        (["HY1", "张三", "", "", "", "", "HY1"], "manager"),
        (["HY1", "张三", "", "", "", "", "", "HY1"], "backup"),
        (["HY1", "张三", "", "", "", "", "", "", "月球"], "place"),
        (["HY1", "张三", "", "", "", "", "", "", "", "休假"], "status"),
    ],
)
def test_a_wrong_cell_has_its_sentence_beside_it(desk, row, field):
    content = ",".join(HEADER) + "\n" + ",".join(row)
    response = upload(desk, content.encode(), "名册.csv")
    entry = desk.get(response.url).context["plan"].entries[0]

    assert list(entry.errors) == [field]
    assert [cell.error for cell in entry.cells if cell.error] == [entry.errors[field]]


def test_a_staff_number_twice_is_a_mistake(desk):
    assert errors(desk, ZHANG, LI, ZHANG)[4] == {"staff_no": "This staff number stands in row 2 already."}


def test_a_circle_within_the_file_is_a_mistake(desk):
    circle = [*LI[:6], "HY1", "", "", ""]

    assert set(errors(desk, ZHANG, circle)) == {2, 3}


def test_a_person_who_left_is_nobodys_manager(desk):
    make_user(staff_no="OLD").leave(by=None)

    assert list(errors(desk, ["HY1", "张三", "", "", "", "", "OLD"])[2]) == ["manager"]


def test_a_row_may_record_that_somebody_left(desk):
    take_over(desk, ZHANG, LI)
    take_over(desk, ["HY2", "李四", "", "", "", "", "", "", "", "离职"])

    assert User.objects.get(staff_no="HY2").is_active is False
    assert User.objects.get(staff_no="HY1").manager is None


def test_nobody_takes_over_an_administrators_account(desk):
    boss = make_user(is_superuser=True, staff_no="ROOT")

    assert list(errors(desk, ["ROOT", boss.name, "mine"])[2]) == ["username"]


def test_a_seat_may_be_given_with_its_floor(desk):
    for floor in ("一层", "二层"):
        make_place("会议室", parent=make_place(floor))
    row = ["HY1", "张三", "", "", "", "", "", "", "二层/会议室"]
    take_over(desk, row)

    assert User.objects.get(staff_no="HY1").place.parent.name == "二层"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_file_is_read_in_any_usual_encoding(desk, encoding):
    response = upload(desk, "工号,姓名\nHY1,张三\n".encode(encoding), "名册.csv")

    assert desk.get(response.url).context["plan"].entries[0].texts == {"staff_no": "HY1", "name": "张三"}


def test_english_headers_are_understood(desk):
    make_department("Legal", code="legal")
    response = upload(desk, b"Staff number;Name;Department;Shoe size\nHY1;Ann;legal;42\n", "list.csv")
    plan = desk.get(response.url).context["plan"]

    assert (plan.counts["new"], plan.unused) == (1, ["Shoe size"])


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return file.getvalue()


def strange_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.xlsx", "The submitted file is empty."),
        (b"  \n ", "a.csv", "The file is empty."),
        (b"hello", "a.xlsx", "called an Excel workbook but is none"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "a.xls",
            "old .xls workbook",
        ),
        (workbook(HEADER)[:-200], "a.xlsx", "damaged"),
        (workbook(HEADER), "a.xlsx", "There is nobody in this file"),
        (strange_zip(), "a.xlsx", "damaged"),
        (bomb(), "a.xlsx", "far more than a list of people needs"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.csv", "neither"),
        (b"\xff\xfe\x00", "a.csv", "letters"),
        (b"x" * 6 * 1024 * 1024, "a.csv", "The file is 6 MB; at most 5 MB can be read."),
        ("工号\nHY1".encode(), "a.csv", "must name the columns"),
        ("工号,姓名,姓名\nHY1,a,b".encode(), "a.csv", "stands there twice"),
        ("工号,姓名\n".encode() + b"1,a\n" * 100_000, "a.csv", "more than 2000 rows"),
        (b'a,"' + b"x" * 200_000, "a.csv", "CSV file is damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(desk, content, name, said):
    response = upload(desk, content, name)

    assert said in sentence(response)
    assert StaffList.objects.exists() is False


def test_a_workbook_of_a_hundred_thousand_rows_is_refused(desk):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(100_000):
        sheet.append([number])
    file = io.BytesIO()
    book.save(file)

    assert "more than 2000 rows" in sentence(upload(desk, file.getvalue()))


def test_another_persons_upload_is_not_found(desk, signed_in):
    response = upload(desk, workbook(HEADER, ZHANG, LI))
    other = signed_in(make_user(role="admin_manager"))

    assert other.get(response.url).status_code == 404


def test_the_rows_are_not_readable_in_the_database(desk):
    from django.db import connection

    upload(desk, workbook(HEADER, ZHANG, LI))

    with connection.cursor() as cursor:
        cursor.execute("SELECT rows FROM organization_stafflist")
        assert "13800138000" not in cursor.fetchone()[0]


def test_the_template_can_be_sent_back(desk):
    response = desk.get(reverse("people-import-template"))
    content = b"".join(response.streaming_content)

    assert "nobody in this file" in sentence(upload(desk, content))
