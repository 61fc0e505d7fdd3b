"""Several assets to one person on one form: all of them or none."""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from organization.models import User

from .models import Asset, Handover

BETWEEN_TAGS = re.compile(r"[\s,，;；、]+")
IN_ADDRESS = re.compile(r"^https?://.*/s/([^/]+)/?$")


@transaction.atomic
def hand_over_all(
    assets: Iterable[Asset], *, taker: User, by: User, at: datetime, once: UUID | None = None, **particulars
) -> list[Handover]:
    """Hand each over, on one sheet; in the order of their keys, so that two forms wait for each other."""
    once = once or uuid4()
    return [
        asset.hand_over(taker=taker, by=by, at=at, once=once, **particulars)
        for asset in sorted(assets, key=lambda asset: asset.pk)
    ]


@transaction.atomic
def accept_all(handovers: Iterable[Handover], *, by: User, at: datetime) -> int:
    """Everything that waits for somebody is in their hands; how many there were."""
    waiting = sorted(handovers, key=lambda handover: handover.asset_id)
    for handover in waiting:
        handover.accept(by=by, at=at)
    return len(waiting)


def tags_in(text: str) -> list[str]:
    """The tags that were typed or scanned, each once; a scanned address counts as the tag in it."""
    words = [IN_ADDRESS.sub(r"\1", word) for word in BETWEEN_TAGS.split(text.strip()) if word]
    return list(dict.fromkeys(word.upper() for word in words))
