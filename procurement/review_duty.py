"""When the duty to review the suppliers comes, the round of the quarter before opens by itself."""

from datetime import datetime

from sla.models import Occurrence
from sla.signals import occurrence_opened

from . import reviewing
from .models import Supplier
from .spans import containing


def connect() -> None:
    occurrence_opened.connect(opened, sender=Occurrence, dispatch_uid="procurement.supplier-review")


def opened(sender, occurrence: Occurrence, at: datetime, **kwargs) -> None:
    """Where nobody supplied anything in that quarter there is no round, and the duty is done by hand."""
    if occurrence.duty.standard != reviewing.DUTY:
        return
    span = containing("quarter", occurrence.day).before
    if Supplier.objects.live_between(span.first, span.last).exists():
        reviewing.open_round(span.year, span.number, by=occurrence.person, at=at, occurrence=occurrence)
