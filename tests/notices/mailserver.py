"""A real mail server that can be stopped, started again on the same port, slow, strict or greylisting."""

import asyncio
import email
import socket
from email.policy import default

from aiosmtpd.controller import Controller


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Mailbox:
    """What arrived, and the moods of the server."""

    def __init__(self):
        self.letters, self.connections = [], 0
        self.refuse, self.greylist = set(), set()
        self.slow = self.silent_after_data = 0
        self.port = free_port()
        self.controller = None

    def run(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        await asyncio.sleep(self.slow)
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.refuse:
            return "550 5.1.1 no such person"
        if address in self.greylist:
            return "451 4.7.1 greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        await asyncio.sleep(self.silent_after_data)
        return "250 OK"

    @property
    def readers(self) -> list[str]:
        return sorted(letter["To"].addresses[0].addr_spec for letter in self.letters)
