"""Signed webhook: another system is told the same news as JSON, and can prove that it came from us.

    X-Admin-Office-Timestamp: seconds since 1970, when this attempt was made
    X-Admin-Office-Signature: sha256=HEX(HMAC-SHA256(secret, timestamp + "." + body))
    Idempotency-Key: the same for every attempt at the same message

The receiver recomputes the signature, refuses timestamps more than five minutes away, and answers a key it
has seen before with 2xx without acting again.
"""

import hashlib
import hmac
import json
import time
from typing import Any

from notices.channels import wire
from notices.channels.robots import check_status
from notices.channels.sending import Sender as BaseSender
from notices.messages import Message, News


class Sender(BaseSender):
    def send(self, message: Message) -> None:
        body = json.dumps(
            {"id": message.number, "notices": [_news(news) for news in message.news]}, ensure_ascii=False
        ).encode()
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": message.number,
            "X-Admin-Office-Timestamp": stamp,
            "X-Admin-Office-Signature": f"sha256={signature(self.channel.secret or '', stamp, body)}",
        }
        check_status(wire.post(self.channel.address or "", body, headers))


def signature(secret: str, stamp: str, body: bytes) -> str:
    """HEX(HMAC-SHA256(secret, timestamp + "." + body))."""
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def _news(news: News) -> dict[str, Any]:
    return {
        "kind": news.kind,
        "level": news.level,
        "title": news.title,
        "body": news.body,
        "link": news.link,
        "params": news.params,
        "told_at": news.told_at.isoformat(),
        "recipients": [{"staff_no": person.staff_no, "name": person.name} for person in news.people],
    }
