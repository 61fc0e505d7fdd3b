"""The ways out of the building: one small adapter per kind of channel, on the standard library alone."""

from importlib import import_module

from notices.channels.sending import Failure, Sender
from notices.models import Channel

__all__ = ["Failure", "Sender", "sender_for"]


def sender_for(channel: Channel) -> Sender:
    """The adapter of that channel, not yet opened; `notices.channels.<kind>.Sender`."""
    return import_module(f"notices.channels.{channel.kind}").Sender(channel)
