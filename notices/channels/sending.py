"""What every adapter promises: open once, send messages, and say in words what went wrong."""

from abc import ABC, abstractmethod

from notices.messages import Message
from notices.models import Channel, Reason


class Failure(Exception):
    """A message did not arrive, or perhaps did.

    `lasting`: no use trying again. `certain`: it surely did not arrive. `everywhere`: the fault is the
    channel's, not the message's; nothing else will get through now. `wait`: seconds the other side asked for.
    """

    def __init__(
        self,
        reason: Reason,
        detail: object = "",
        *,
        lasting: bool = False,
        certain: bool = True,
        everywhere: bool = False,
        wait: int = 0,
    ) -> None:
        self.reason, self.detail = reason, " ".join(str(detail).split())[:300]
        self.lasting, self.certain, self.everywhere, self.wait = lasting, certain, everywhere, wait
        super().__init__(f"{reason}: {self.detail}")

    @property
    def sentence(self) -> str:
        """The reason in the reader's language, with what the other side said."""
        return " · ".join(str(part) for part in (Reason(self.reason).label, self.detail) if part)


class Sender(ABC):
    """A channel being sent through: `with sender_for(channel) as sender: sender.send(message)`."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def __enter__(self) -> "Sender":
        return self

    def __exit__(self, *exc_info: object) -> None:
        return None

    @abstractmethod
    def send(self, message: Message) -> None:
        """Send it or raise `Failure`; answers nothing, because no news is what we hope for."""
