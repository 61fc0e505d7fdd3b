"""What the desk hears from below: the person concerned has answered "received"."""

from django.db import models

from notices.models import Notice
from notices.signals import acknowledged

from .models import Call


def connect() -> None:
    acknowledged.connect(feedback_received, sender=Notice, dispatch_uid="reception.feedback_received")


def feedback_received(sender: type[models.Model], notice: Notice, by, at, **kwargs) -> None:
    """Note on the call that its feedback has arrived."""
    if notice.kind == "reception.feedback" and isinstance(notice.source, Call):
        notice.source.receive(by=by, at=at)
