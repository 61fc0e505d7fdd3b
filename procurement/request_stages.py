"""Where a purchase request stands, in words: draft, confirmation, quotes, approval, order, done."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import PurchaseRequest

Status = PurchaseRequest.Status
ORDER = (Status.DRAFT, Status.SUBMITTED, Status.QUOTING, Status.APPROVAL, Status.APPROVED, Status.ORDERED)
SIGNS = {
    Status.DRAFT: ("pencil", ""),
    Status.SUBMITTED: ("user-check", "is-warning"),
    Status.QUOTING: ("scale", "is-accent"),
    Status.APPROVAL: ("gavel", "is-warning"),
    Status.APPROVED: ("circle-check", "is-good"),
    Status.ORDERED: ("shopping-cart", "is-accent"),
    Status.CLOSED: ("checks", "is-good"),
    Status.REFUSED: ("circle-x", "is-bad"),
    Status.WITHDRAWN: ("ban", ""),
}
"""How a status looks: icon and tint of its tag."""


class Stage(NamedTuple):
    """One stage on the way: "done", "now" or "ahead", who is or was at it, and since or until when."""

    label: str
    state: str
    who: Any = ""
    at: datetime | None = None


def stages(request: PurchaseRequest) -> list[Stage]:
    """The way of a request; one that was refused or withdrawn stands still where it was."""
    at = ORDER.index(request.status) if request.status in ORDER else _reached(request)
    ended = request.status not in ORDER
    known = _facts(request)
    found = []
    for place, (label, who, when) in enumerate(known):
        state = "done" if place < at or request.status == Status.CLOSED else "ahead"
        if place == at and not ended:
            state = "now"
        found.append(Stage(label, state, who if state != "ahead" else "", when))
    return found


def _facts(request: PurchaseRequest) -> list[tuple[str, Any, datetime | None]]:
    asked = request.confirmed_by or request.confirmer
    return [
        (pgettext("purchase stage", "Wish"), request.requester or _("the stock itself"), request.created_at),
        (pgettext("purchase stage", "Requirement confirmed"), asked, request.confirmed_at),
        (pgettext("purchase stage", "Quotes"), request.buyer or pgettext("department", "Purchasing"), None),
        (pgettext("purchase stage", "Approval"), _deciding(request), request.approved_at),
        (pgettext("purchase stage", "Order"), request.buyer or pgettext("department", "Purchasing"), None),
        (pgettext("purchase stage", "Delivery"), "", request.closed_at),
    ]


def _deciding(request: PurchaseRequest) -> str:
    """Who decides now, else who decided last."""
    steps = [step for step in request.approvals.all() if step.status != "dropped"]
    waiting = next((step for step in steps if step.status == "waiting"), None)
    if waiting:
        return waiting.who
    return str(steps[-1].decided_by or "") if steps else ""


def _reached(request: PurchaseRequest) -> int:
    """How far one came that went no further."""
    if request.approved_at:
        return 4
    if request.approvals.all():
        return 3
    if request.confirmed_at:
        return 2
    return 1 if request.submitted_at else 0
