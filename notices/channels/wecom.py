"""WeCom 企业微信 group robot: the key stands in the address; people are named by account or mobile number."""

from typing import Any

from notices.channels.robots import Robot
from notices.messages import Message


class Sender(Robot):
    most_bytes = 2_000  # the robot takes 2,048
    bad_token = frozenset({93000, 93004, 93008, 40014, 41001})
    limited = frozenset({45009, 45033})

    def payload(self, message: Message) -> dict[str, Any]:
        people = message.people
        return {
            "msgtype": "text",
            "text": {
                "content": message.text(self.most_bytes),
                "mentioned_list": [person.im_id for person in people if person.im_id],
                "mentioned_mobile_list": [
                    person.mobile for person in people if person.mobile and not person.im_id
                ],
            },
        }
