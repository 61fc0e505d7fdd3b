import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages import phones
from reception.lookups import Match
from reception.models import Customer
from reception.models.customer_phone import CustomerPhone

from .customers import make_customer


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["13800138000", "+86 138 0013 8000", "138-0013-8000", "８０００", "8000", "38000", "000"]
)
def test_a_customer_is_known_by_the_number_or_its_end(text):
    known = make_customer("张伟", "13800138000")
    make_customer("李娜", "13900139001")

    assert [customer.pk for customer in Customer.objects.known_by(text)] == [known.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["张伟", "张", "伟", "星河", "zw", "ZW", "xhkj"])
def test_a_customer_is_known_by_name_company_or_initials(text):
    known = make_customer("张伟", company="星河科技")
    make_customer("李娜", company="蓝天贸易")

    assert [customer.pk for customer in Customer.objects.known_by(text)] == [known.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", " ", "z", "12", "没有的人", "%", "_", "1" * 500, "\x00" * 3])
def test_nobody_is_known_by_too_little_or_nonsense(text):
    make_customer("张伟", "13800138000", company="星河科技")

    assert Customer.objects.known_by(text) == []


@pytest.mark.django_db
def test_the_whole_number_comes_before_another_with_the_same_end():
    exact = make_customer("张伟", "010-88888000")
    tail = make_customer("李娜", "021-68888000")

    found = Customer.objects.known_by("010-88888000")

    assert [(customer.pk, customer.match) for customer in found] == [(exact.pk, Match.NUMBER)]
    assert {customer.pk for customer in Customer.objects.known_by("8888000")} == {exact.pk, tail.pk}


@pytest.mark.django_db
def test_a_name_comes_before_a_company_and_a_company_before_initials():
    initials = make_customer("安 Abel", company="Zeta")
    company = make_customer("李娜", company="ABE 公司")
    name = make_customer("Abe Lincoln")

    found = Customer.objects.known_by("abe")

    assert [customer.pk for customer in found] == [name.pk, company.pk, initials.pk]
    assert [customer.match for customer in found] == [Match.NAME, Match.COMPANY, Match.COMPANY]


@pytest.mark.django_db
def test_entries_out_of_the_register_are_not_found(admin_manager, noon):
    wrong = make_customer("张伟", "13800138000")
    wrong.withdraw(reason="登记错误", by=admin_manager, at=noon)

    assert Customer.objects.known_by("13800138000") == []


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["8000", "张", "zw"])
def test_looking_up_takes_two_queries_and_gives_ten(text, django_assert_num_queries):
    for number in range(12):
        make_customer(f"张伟{number}", f"139{number:04}8000")

    with django_assert_num_queries(2):
        found = Customer.objects.known_by(text)
        shown = [customer.shown_phone.masked for customer in found]

    assert len(shown) == 10
    assert shown[0].endswith("8000")


@pytest.mark.django_db
def test_numbers_lie_encrypted_with_their_end_and_digest_beside(django_db_blocker):
    phone = make_customer("张伟", "138 0013 8000").phones.get()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT number, tail FROM reception_customerphone WHERE id = %s", [phone.pk])
        stored, tail = cursor.fetchone()

    assert "8000" not in stored[:4]
    assert stored != "+8613800138000"
    assert tail == "8000"
    assert CustomerPhone.objects.get(digest=phones.digest("+8613800138000")).number == "+8613800138000"


separators = st.sampled_from(["", " ", "-", "  ", "—", "/"])


@settings(max_examples=60)
@given(
    digits=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    prefix=st.sampled_from(["", "+86", "+86 ", "0086", "86-", "＋８６ "]),
    first=separators,
    second=separators,
)
def test_any_notation_of_a_mobile_number_gives_one_digest(digits, prefix, first, second):
    written = f"{prefix}{digits[:3]}{first}{digits[3:7]}{second}{digits[7:]}"

    assert phones.digest(phones.parse(written).number) == phones.digest(f"+86{digits}")


@pytest.mark.django_db
def test_a_possible_duplicate_is_found_by_number_in_any_notation():
    known = make_customer("张伟", "010-88888888 转 8001")

    found = Customer.objects.possible_duplicates(name="李雷", numbers=[phones.parse("(010) 8888 8888")])

    assert [(one.customer.pk, one.has_same_number) for one in found] == [(known.pk, True)]


@pytest.mark.django_db
def test_possible_duplicates_come_surest_first():
    company = make_customer("韩梅梅", company="华为技术有限公司")
    similar = make_customer("王晓明")
    same = make_customer("王小明")
    number = make_customer("赵云", "13800138000")
    make_customer("无关的人", "13900000000", company="别的公司")

    found = Customer.objects.possible_duplicates(
        name="王小明", company="华为公司", numbers=[phones.parse("13800138000")]
    )

    assert [one.customer.pk for one in found] == [number.pk, same.pk, similar.pk, company.pk]


@pytest.mark.django_db
def test_comparing_takes_two_queries_however_many_there_are(django_assert_num_queries):
    for number in range(8):
        make_customer("王小明", f"1380013800{number}", company="华为公司")

    with django_assert_num_queries(2):
        found = Customer.objects.possible_duplicates(name="王晓明", company="华为公司")

    assert len(found) == 8
