"""One record at a time, as the ORM would have read and written it."""

import pytest
from django.db import connection

from organization.models import Department, User
from pages import records
from pages.refusals import Gone
from tests.builders import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    department = Department.objects.create(name="销售部", code="sales")
    return make_user("张三", mobile="13800138000", department=department)


def columns(record) -> dict:
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def test_a_locked_record_holds_what_the_database_does(person):
    User.objects.filter(pk=person.pk).update(title="经理")

    records.lock(person)

    assert columns(person) == columns(User.objects.get(pk=person.pk))
    assert (person.title, person.mobile) == ("经理", "13800138000")


def test_nothing_but_the_key_need_be_known(person):
    unknown = User(pk=person.pk)

    records.lock(unknown)

    assert columns(unknown) == columns(person)
    assert unknown._state.adding is False


def test_related_records_come_along_in_the_same_query(person, django_assert_num_queries):
    unknown = User(pk=person.pk)
    with django_assert_num_queries(1):
        records.lock(unknown, "department")
        assert unknown.department.name == "销售部"


def test_an_outdated_relation_is_forgotten(person):
    other = Department.objects.create(name="财务部", code="finance")
    assert person.department.name == "销售部"
    User.objects.filter(pk=person.pk).update(department=other)

    records.lock(person)

    assert person.department == other


def test_the_row_is_held_where_the_database_can(person, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        records.lock(person)

    assert ("FOR UPDATE" in asked[0]["sql"]) == (connection.vendor == "postgresql")


def test_a_record_that_is_not_there_is_gone():
    with pytest.raises(Gone):
        records.lock(User(pk=999_999))


def test_named_fields_are_written_and_no_others(person):
    person.title, person.extension, person.mobile = "总监", "8001", "13900139000"

    records.write(person, ["title", "mobile"])

    stored = User.objects.get(pk=person.pk)
    assert (stored.title, stored.mobile, stored.extension) == ("总监", "13900139000", "")


def test_an_added_record_is_as_the_orm_would_have_added_it():
    records.insert(Department(name="采购部", code="buying"))
    Department.objects.create(name="法务部", code="law")

    added, usual = Department.objects.get(code="buying"), Department.objects.get(code="law")
    own = {"id", "name", "code"}
    assert {k: v for k, v in columns(added).items() if k not in own} == {
        k: v for k, v in columns(usual).items() if k not in own
    }
