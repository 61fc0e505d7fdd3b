"""Group robots (群机器人): they answer HTTP 200 even when they refuse; the truth is in a number inside."""

import json
from abc import abstractmethod
from typing import Any, ClassVar

from notices.channels import wire
from notices.channels.sending import Failure
from notices.channels.sending import Sender as BaseSender
from notices.messages import Message
from notices.models import Reason

WAIT_WHEN_LIMITED = 60


class Robot(BaseSender):
    """What the three robots share; each says how its messages look and what its numbers mean."""

    #: Longest text in bytes that the robot takes.
    most_bytes: ClassVar[int] = 18_000
    #: Where the verdict stands in the answer, and its explanation.
    code_fields: ClassVar[tuple[str, ...]] = ("errcode",)
    text_fields: ClassVar[tuple[str, ...]] = ("errmsg",)
    bad_token: ClassVar[frozenset[int]] = frozenset()
    bad_signature: ClassVar[frozenset[int]] = frozenset()
    limited: ClassVar[frozenset[int]] = frozenset()
    passing: ClassVar[frozenset[int]] = frozenset({-1})

    def url(self) -> str:
        return self.channel.address or ""

    @abstractmethod
    def payload(self, message: Message) -> dict[str, Any]:
        """The JSON the robot takes for this message."""

    def send(self, message: Message) -> None:
        body = json.dumps(self.payload(message), ensure_ascii=False).encode()
        answer = wire.post(self.url(), body, {"Content-Type": "application/json; charset=utf-8"})
        check_status(answer)
        self._check_verdict(answer.body)

    def _check_verdict(self, body: bytes) -> None:
        try:
            verdict = json.loads(body)
            code = int(next(verdict[field] for field in self.code_fields if field in verdict))
        except (ValueError, TypeError, StopIteration) as error:
            raise Failure(Reason.UNCLEAR, body[:120].decode(errors="replace"), certain=False) from error
        if code:
            said = next((verdict[field] for field in self.text_fields if verdict.get(field)), "")
            raise self._failure(code, f"{code} {said}")

    def _failure(self, code: int, said: str) -> Failure:
        if code in self.limited:
            return Failure(Reason.BUSY, said, everywhere=True, wait=WAIT_WHEN_LIMITED)
        if code in self.passing:
            return Failure(Reason.BUSY, said)
        if code in self.bad_token:
            return Failure(Reason.BAD_TOKEN, said, lasting=True)
        if code in self.bad_signature:
            return Failure(Reason.BAD_SIGNATURE, said, lasting=True)
        return Failure(Reason.REJECTED, said, lasting=True)


def check_status(answer: wire.Answer) -> None:
    """Raise what the HTTP status means; 2xx is silence."""
    status = answer.status
    if 200 <= status < 300:
        return
    said = f"HTTP {status}"
    if 300 <= status < 400:
        raise Failure(Reason.MOVED, said, lasting=True)
    if status == 429:
        raise Failure(Reason.BUSY, said, everywhere=True, wait=_asked_wait(answer))
    if status in (408, 425) or status >= 500:
        raise Failure(Reason.BUSY, said)
    raise Failure(Reason.BAD_TOKEN if status in (401, 403) else Reason.REJECTED, said, lasting=True)


def _asked_wait(answer: wire.Answer) -> int:
    asked = answer.headers.get("Retry-After", "")
    return min(int(asked), 3600) if asked.isdigit() else WAIT_WHEN_LIMITED
