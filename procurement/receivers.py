"""What is heard from below."""

from . import budget_receivers, request_receivers, review_duty


def connect() -> None:
    review_duty.connect()
    request_receivers.connect()
    budget_receivers.connect()
