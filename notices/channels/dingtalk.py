"""DingTalk 钉钉 group robot: signed by time and secret; nobody is called unless the text says @number."""

import base64
import hashlib
import hmac
import time
from typing import Any
from urllib.parse import urlencode

from notices.channels.robots import Robot
from notices.messages import Message


class Sender(Robot):
    bad_token = frozenset({300001, 300005, 40014, 40035, 400013, 400101, 400102, 400105, 400106})
    bad_signature = frozenset({310000, 430103})
    limited = frozenset({130101, 410100, 660026})

    def url(self) -> str:
        address = self.channel.address or ""
        if not self.channel.secret:
            return address
        stamp = str(round(time.time() * 1000))
        query = urlencode({"timestamp": stamp, "sign": signature(self.channel.secret, stamp)})
        return f"{address}{'&' if '?' in address else '?'}{query}"

    def payload(self, message: Message) -> dict[str, Any]:
        mobiles = [person.mobile for person in message.people if person.mobile]
        accounts = [person.im_id for person in message.people if person.im_id and not person.mobile]
        calls = " ".join(f"@{who}" for who in (*mobiles, *accounts))
        room = self.most_bytes - len(calls.encode()) - 1
        return {
            "msgtype": "text",
            "text": {"content": f"{message.text(room)}\n{calls}".strip()},
            "at": {"atMobiles": mobiles, "atUserIds": accounts, "isAtAll": False},
        }


def signature(secret: str, stamp: str) -> str:
    """DingTalk's 加签: base64(HMAC-SHA256(secret, "timestamp\\nsecret"))."""
    code = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(code.digest()).decode()
