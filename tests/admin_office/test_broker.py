"""The office's own broker listens where every kernel lets it, and is named alike by all who use it."""

from pathlib import Path

from admin_office import broker


def test_the_socket_lies_beside_the_records():
    assert broker.socket_path(Path("/srv/office/var")) == Path("/srv/office/var/broker/s")


def test_a_path_too_long_for_a_socket_is_replaced_by_a_short_one_of_its_own():
    deep, deeper = (Path("/srv") / ("办公室" * times) / "var" for times in (20, 21))
    assert len(str(broker.socket_path(deep)).encode()) <= broker.LONGEST_SOCKET_PATH
    assert broker.socket_path(deep) == broker.socket_path(deep)
    assert broker.socket_path(deep) != broker.socket_path(deeper)


def test_our_own_broker_is_named_with_its_spaces_escaped():
    assert broker.urls("", Path("/my office/s")) == (
        "redis+socket:///my%20office/s",
        "unix:///my%20office/s?db=1",
    )


def test_a_socket_given_by_address_is_understood_by_both():
    expected = ("redis+socket:///run/redis/s", "unix:///run/redis/s?db=1")
    assert broker.urls("unix:///run/redis/s", Path()) == expected
    assert broker.urls("redis+socket:///run/redis/s", Path()) == expected


def test_a_server_given_by_address_serves_both():
    assert broker.urls("redis://host:6379/2", Path()) == ("redis://host:6379/2",) * 2
