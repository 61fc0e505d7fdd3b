"""Many rows at once, as the ORM would have written them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organization.models import Absence, Department
from pages import rows

pytestmark = pytest.mark.django_db

COLUMNS = ["name", "code"]


def departments(count: int) -> list[tuple[str, str]]:
    return [(f"部门{number}", f"d{number}") for number in range(count)]


def blank_values() -> dict:
    """What a department must hold besides name and code."""
    model = Department(name="", code="")
    skipped = {"id", *COLUMNS}
    return {
        f.attname: getattr(model, f.attname)
        for f in Department._meta.concrete_fields
        if f.name not in skipped
    }


def insert(count: int, **options) -> list[int]:
    blank = blank_values()
    full = [(*row, *blank.values()) for row in departments(count)]
    return rows.insert(Department, [*COLUMNS, *blank], full, **options)


def test_the_ids_come_back_in_the_order_of_the_rows():
    ids = insert(5, returning=True)
    assert [Department.objects.get(pk=pk).code for pk in ids] == ["d0", "d1", "d2", "d3", "d4"]


def test_without_asking_no_ids_come_back():
    assert insert(2) == []
    assert Department.objects.count() == 2


def test_many_rows_are_few_statements():
    with CaptureQueriesContext(connection) as queries:
        insert(1_000)
    assert len(queries) <= 20
    assert Department.objects.count() == 1_000


def test_no_rows_are_no_statement():
    with CaptureQueriesContext(connection) as queries:
        assert rows.insert(Department, COLUMNS, [], returning=True) == []
    assert len(queries) == 0


def test_instants_and_keys_are_written_as_the_orm_does(receptionist):
    now = timezone.now()
    blank = {
        field.attname: getattr(Absence(), field.attname)
        for field in Absence._meta.concrete_fields
        if field.name not in ("id", "user", "starts_at", "ends_at")
    }
    (pk,) = rows.insert(
        Absence,
        ["user_id", "starts_at", "ends_at", *blank],
        [(receptionist.pk, now, now + timezone.timedelta(hours=1), *blank.values())],
        returning=True,
    )
    absence = Absence.objects.get(pk=pk)
    assert (absence.user, absence.starts_at) == (receptionist, now)


def test_a_row_of_the_wrong_length_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="zip"):
        rows.insert(Department, COLUMNS, [("only one",)])
