"""The cast stands where the other tests believe it to stand."""

from tests.builders import PASSWORD


def test_the_receptionist_reports_to_the_admin_manager(receptionist, admin_manager):
    assert receptionist.manager == admin_manager


def test_the_receptionist_has_the_role(receptionist):
    assert receptionist.role_names == {"receptionist"}


def test_the_cast_signs_in_with_the_shared_password(client, receptionist):
    assert client.login(username="reception", password=PASSWORD) is True
