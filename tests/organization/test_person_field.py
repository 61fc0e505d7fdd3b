"""Naming a colleague in a form: by name, pinyin, extension, staff number, or as the list offers them."""

import pytest
from django.core.exceptions import ValidationError

from organization.person_field import PersonField, spell, suggestions
from tests.builders import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def xiaomei():
    return make_user("王小美", staff_no="A7001", extension="6601")


@pytest.mark.parametrize(
    "typed", ["王小美", "A7001", "6601", "wangxiaomei", " 王小美  6601 ", "王小美 A7001"]
)
def test_a_person_is_found_however_named(xiaomei, typed):
    assert PersonField().clean(typed) == xiaomei


def test_what_the_list_offers_tells_namesakes_apart(xiaomei):
    other = make_user("王小美", staff_no="A7002")

    assert [PersonField().clean(spell(person)) for person in (xiaomei, other)] == [xiaomei, other]
    assert [value for value, person in suggestions() if person.name == "王小美"] == [
        "王小美 6601",
        "王小美 A7002",
    ]


@pytest.mark.parametrize(
    ("typed", "mistake"), [("王小美", "several"), ("没有此人", "nobody"), ("", "required")]
)
def test_what_fits_nobody_or_several_is_refused(xiaomei, typed, mistake):
    make_user("王小美", staff_no="A7002")

    with pytest.raises(ValidationError) as refused:
        PersonField(required=True).clean(typed)

    assert refused.value.code == mistake


def test_left_empty_it_is_nobody_in_particular():
    assert PersonField().clean("  ") is None
