"""Who stands in when people are away."""

import pytest

from organization.standins import stand_ins
from tests.builders import make_absence, make_user


@pytest.fixture
def chain(db):
    """Three people, each backed up by the next."""
    third = make_user("丙")
    second = make_user("乙", backup=third)
    return make_user("甲", backup=second), second, third


def test_somebody_present_stands_for_themselves(chain, noon):
    first, _second, _third = chain

    assert first.stand_in(noon) == first


def test_the_backup_stands_in(chain, noon):
    first, second, _third = chain
    make_absence(first, noon)

    assert first.stand_in(noon) == second


def test_the_backup_of_the_backup_stands_in(chain, noon):
    first, second, third = chain
    make_absence(first, noon)
    make_absence(second, noon)

    assert first.stand_in(noon) == third


def test_nobody_stands_in_at_the_end_of_the_chain(chain, noon):
    for person in chain:
        make_absence(person, noon)

    assert chain[0].stand_in(noon) is None


def test_backups_of_each_other_end_the_search(noon, db):
    one = make_user()
    other = make_user(backup=one)
    one.backup = other
    one.save()
    make_absence(one, noon)
    make_absence(other, noon)

    assert one.stand_in(noon) is None


def test_somebody_who_left_is_stood_in_for(chain, noon):
    first, second, third = chain
    second.status = "left"
    second.save()
    make_absence(first, noon)

    assert first.stand_in(noon) == third


def test_a_withdrawn_absence_does_not_count(chain, noon):
    first, _second, _third = chain
    make_absence(first, noon).withdraw("会议取消", by=first)

    assert first.stand_in(noon) == first


def test_many_people_take_one_query_per_link(chain, noon, django_assert_num_queries):
    first, second, third = chain
    make_absence(first, noon)
    others = [make_user() for _number in range(20)]

    with django_assert_num_queries(1):
        found = stand_ins([person.pk for person in (first, second, third, *others)], noon)

    assert found[first.pk] == second.pk
    assert all(found[person.pk] == person.pk for person in others)


def test_an_unknown_person_has_no_stand_in(noon, db):
    assert stand_ins([424242], noon) == {424242: None}
