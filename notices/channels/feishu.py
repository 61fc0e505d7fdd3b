"""Feishu 飞书 group robot: the signature's key is the time and secret themselves, over nothing at all."""

import base64
import hashlib
import hmac
import time
from typing import Any
from xml.sax.saxutils import escape

from notices.channels.robots import Robot
from notices.messages import Message, Person


class Sender(Robot):
    code_fields = ("code", "StatusCode")
    text_fields = ("msg", "StatusMessage")
    bad_token = frozenset({19001, 19005})
    bad_signature = frozenset({19021, 19022, 19024})
    limited = frozenset({9499, 11232, 99991400})

    def payload(self, message: Message) -> dict[str, Any]:
        calls = " ".join(_call(person) for person in message.people)
        text = message.text(self.most_bytes - len(calls.encode()) - 1)
        body = {"msg_type": "text", "content": {"text": f"{text}\n{calls}".strip()}}
        if self.channel.secret:
            stamp = str(int(time.time()))
            body |= {"timestamp": stamp, "sign": signature(self.channel.secret, stamp)}
        return body


def signature(secret: str, stamp: str) -> str:
    """Feishu's 签名校验: base64(HMAC-SHA256("timestamp\\nsecret", ""))."""
    return base64.b64encode(hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


def _call(person: Person) -> str:
    """Only an open_id ("ou_…") really calls somebody; anybody else is at least named."""
    if person.im_id.startswith("ou_"):
        return f'<at user_id="{escape(person.im_id)}">{escape(person.name)}</at>'
    return f"@{escape(person.name)}"
