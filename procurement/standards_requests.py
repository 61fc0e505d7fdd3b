"""What the house promises about purchase requests, so that no step waits for ever; no clause numbers it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sla.deadlines import WorkingDays
from sla.standards import Shape, Standard, climb, register

from .models import PurchaseRequest

PACE = timedelta(hours=4)


def _promise(key: str, title, wording, days: int, action) -> Standard:
    return Standard(
        key=key,
        clause="",
        title=title,
        wording=wording,
        shape=Shape.TIMER,
        deadline=WorkingDays(days),
        calendar="office",
        steps=climb(pace=PACE),
        may_pause=key == PurchaseRequest.QUOTATION,
        action=action,
    )


register(
    _promise(
        PurchaseRequest.CONFIRMATION,
        _("Confirm what is to be bought"),
        _("The using department says within a working day whether the specification is what it needs."),
        1,
        _("Confirm requirement"),
    ),
    _promise(
        PurchaseRequest.QUOTATION,
        _("Quote a purchase"),
        _("Within two working days suppliers' prices are there, chosen from, and handed in for approval."),
        2,
        _("Enter quotes"),
    ),
    _promise(
        PurchaseRequest.APPROVING,
        _("Decide about a purchase"),
        _("Each step of an approval is decided within a working day."),
        1,
        pgettext_lazy("approval", "Decide"),
    ),
)
