"""A real mail server on loopback that keeps what it was given; it may come late."""

import socket
from collections.abc import Iterator
from email.utils import parseaddr

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message


class Postbox(Message):
    """The mail server of one test, and every mail that it took."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.server = Controller(self, hostname="127.0.0.1", port=self.port)

    def handle_message(self, message) -> None:
        self.mails.append(message)

    def recipients(self) -> list[str]:
        """The login names to which mail was addressed, one per mail."""
        return sorted(parseaddr(mail["To"])[1].partition("@")[0] for mail in self.mails)


@pytest.fixture
def silent_postbox(office_environment) -> Iterator[Postbox]:
    """A mail server that is down until `.server.start()`; the processes of the test know its address."""
    postbox = Postbox()
    office_environment["EMAIL_URL"] = f"smtp://127.0.0.1:{postbox.port}"
    yield postbox
    if postbox.server.loop.is_running():
        postbox.server.stop()


@pytest.fixture
def postbox(silent_postbox) -> Postbox:
    """A mail server that is up."""
    silent_postbox.server.start()
    return silent_postbox
