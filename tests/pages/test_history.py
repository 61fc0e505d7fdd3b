"""Who changed what, when and why."""

import pytest
from auditlog.models import LogEntry
from django.utils import translation

from organization.models import Place
from pages.history import history_of, reason
from pages.looks import record_look
from tests.builders import make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_place("小会客室")


def rename(place: Place, name: str) -> None:
    place.name = name
    place.save(update_fields=["name"])


def test_a_change_is_told_with_before_and_after_reason_and_author(place, receptionist):
    with reason("重新命名", by=receptionist):
        rename(place, "大会客室")
    entry = history_of(place)[0]
    assert (entry.by, str(entry.action), entry.reason) == (str(receptionist), "changed", "重新命名")
    assert [(change.before, change.after) for change in entry.fields] == [("小会客室", "大会客室")]
    assert entry.fields[0].label == Place._meta.get_field("name").verbose_name


def test_outside_a_reason_nothing_is_said(place):
    rename(place, "大会客室")
    entry = history_of(place)[0]
    assert (entry.by, entry.reason) == ("the system", "")


def test_an_inner_reason_holds_inside_and_the_outer_one_after(place, receptionist, admin_manager):
    with reason("outer", by=receptionist):
        with reason("inner", by=admin_manager):
            rename(place, "1")
        rename(place, "2")
    assert [(entry.reason, entry.by) for entry in history_of(place)[:2]] == [
        ("outer", str(receptionist)),
        ("inner", str(admin_manager)),
    ]


def test_a_reason_ends_with_its_block_even_when_that_fails(place, receptionist):
    with pytest.raises(ZeroDivisionError), reason("gone", by=receptionist):
        raise ZeroDivisionError
    rename(place, "1")
    assert history_of(place)[0].reason == ""


def test_the_record_itself_and_its_number_are_not_fields(place):
    created = history_of(place)[0]
    assert "ID" not in [str(change.label) for change in created.fields]
    assert ".None" not in str(created.fields)


def test_a_look_at_something_sensitive_is_recorded(place, receptionist):
    record_look(place, receptionist, "phone number")
    entry = history_of(place)[0]
    assert (entry.by, str(entry.action), entry.looked_at) == (str(receptionist), "looked at", "phone number")
    assert LogEntry.objects.get_for_object(place).filter(action=LogEntry.Action.ACCESS).count() == 1


def test_what_was_looked_at_is_told_in_the_readers_language(place, receptionist):
    with translation.override("zh-hans"):
        record_look(place, receptionist, "phone number")
        record_look(place, receptionist, "export of %(count)d customers", count=3)
    assert [entry.looked_at for entry in history_of(place)[:2]] == ["export of 3 customers", "phone number"]
    with translation.override("zh-hans"):
        assert "3" in history_of(place)[0].looked_at


def test_a_masked_field_stays_masked(receptionist):
    receptionist.mobile = "+8613800138000"
    receptionist.save(update_fields=["mobile"])
    assert "13800138000" not in str(history_of(receptionist))
    assert "13800138000" not in str(list(LogEntry.objects.values_list("changes", "serialized_data")))
