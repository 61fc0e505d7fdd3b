from django.contrib.auth.models import Group, Permission

from organization.models import User
from organization.roles import Role

RIGHT = "organization.import_people"


def again(user: User) -> User:
    """The person as the next request knows them."""
    return User.objects.get(pk=user.pk)


def test_rights_are_remembered_from_one_request_to_the_next(admin_manager, django_assert_num_queries):
    assert again(admin_manager).has_perm(RIGHT)

    person = again(admin_manager)
    with django_assert_num_queries(0):
        assert person.has_perm(RIGHT)


def test_a_role_given_counts_at_once(outsider):
    assert not again(outsider).has_perm(RIGHT)

    outsider.groups.add(Group.objects.get(name=Role.HR))

    assert again(outsider).has_perm(RIGHT)


def test_a_role_taken_away_counts_at_once(admin_manager):
    assert again(admin_manager).has_perm(RIGHT)

    admin_manager.groups.clear()

    assert not again(admin_manager).has_perm(RIGHT)


def test_a_right_taken_from_a_role_counts_at_once(admin_manager):
    assert again(admin_manager).has_perm(RIGHT)

    Group.objects.get(name=Role.ADMIN_MANAGER).permissions.clear()

    assert not again(admin_manager).has_perm(RIGHT)


def test_whoever_left_has_no_rights(admin_manager):
    assert again(admin_manager).has_perm(RIGHT)

    admin_manager.is_active = False
    admin_manager.save(update_fields=["is_active"])

    assert not again(admin_manager).has_perm(RIGHT)


def test_a_role_given_from_the_role_s_side_counts_at_once(outsider):
    assert not again(outsider).has_perm(RIGHT)

    Group.objects.get(name=Role.HR).user_set.add(outsider)

    assert again(outsider).has_perm(RIGHT)


def test_a_role_emptied_of_its_people_counts_at_once(admin_manager):
    assert again(admin_manager).has_perm(RIGHT)

    Group.objects.get(name=Role.ADMIN_MANAGER).user_set.clear()

    assert not again(admin_manager).has_perm(RIGHT)


def test_a_right_given_to_a_role_from_the_right_s_side_counts_at_once(outsider):
    outsider.groups.add(Group.objects.create(name="空"))
    assert not again(outsider).has_perm(RIGHT)

    Permission.objects.get(codename="import_people").group_set.add(Group.objects.get(name="空"))

    assert again(outsider).has_perm(RIGHT)


def test_a_deleted_role_counts_at_once(admin_manager):
    assert again(admin_manager).has_perm(RIGHT)

    Group.objects.get(name=Role.ADMIN_MANAGER).delete()

    assert not again(admin_manager).has_perm(RIGHT)
