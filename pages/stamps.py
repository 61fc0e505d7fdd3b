"""Stamps by which a process notices that what it remembers of a row has changed."""

from uuid import uuid4


def new_stamp() -> str:
    """A value never used before, so that whatever is remembered under another one is outdated."""
    return uuid4().hex
