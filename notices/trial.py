"""Trying a channel out (测试发送): a real message, at once, and the outcome in words."""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from notices.channels import Failure, sender_for
from notices.messages import Message, News, Person, language_of_group
from notices.models import Channel


def try_out(channel: Channel, *, by: models.Model) -> Failure | None:
    """Send a test message through the channel, a mail to whoever asks; None if it arrived."""
    language = by.language if channel.kind == Channel.Kind.EMAIL else language_of_group()
    try:
        with override(language), sender_for(channel) as sender:
            sender.send(_message(channel, by))
    except Failure as failure:
        failure.detail = channel.redacted(failure.detail)
        return failure
    return None


def _message(channel: Channel, by: models.Model) -> Message:
    news = News(
        kind="test",
        level="info",
        title=_("Test message from the admin office"),
        body=_("%(name)s tried out the channel “%(channel)s”. Nothing needs to be done.")
        % {"name": by.name, "channel": channel.name},
        link="",
        params={},
        told_at=timezone.now(),
        people=(Person(name=by.name, staff_no=by.staff_no, email=by.email),),
    )
    return Message(secrets.token_hex(16), (news,))
