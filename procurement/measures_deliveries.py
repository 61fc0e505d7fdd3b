"""How the clauses of buying are counted: goods that fit the need, and prices beside those of last year."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import reverse

from sla.models.figure import local_day
from sla.standards import Records, Tally

from .delivery_querysets import PriceQuerySet
from .models import Price, ReceiptLine
from .receiving import FIT

#: Accepted as it was meant: the need was confirmed before it was ordered, all of it fits, none was rejected.
FITTING = Q(fits=True, rejected=0, receipt__order__request__confirmed_at__lte=F("receipt__order__placed_at"))


@dataclass(frozen=True)
class BelowLastYear:
    """Of the purchases of a day that have a price of last year's beside them, those that are not dearer."""

    group: str = ""

    def __call__(self, start: datetime, end: datetime) -> list[Tally]:
        of_day = self.counted(Price.objects.filter(day=local_day(start)))
        kept = Count("pk", filter=Q(unit_price__lte=F("last_year")))
        return [
            Tally(*row) for row in of_day.order_by().values_list("buyer").annotate(Count("pk"), kept=kept)
        ]

    def counted(self, rows: PriceQuerySet) -> PriceQuerySet:
        return rows.compared().filter(group=self.group) if self.group else rows.compared()

    def kept(self, rows: PriceQuerySet) -> PriceQuerySet:
        return self.counted(rows).not_dearer()


PRICES = {
    "purchase-below-last-year": BelowLastYear(),
    "office-supplies-below-last-year": BelowLastYear(Price.Group.OFFICE_SUPPLY),
    "assets-below-last-year": BelowLastYear(Price.Group.ASSET),
    "consumables-below-last-year": BelowLastYear(Price.Group.CONSUMABLE),
}


def goods_fit(start: datetime, end: datetime) -> list[Tally]:
    """Of the lines accepted on a day those that were what the department needs, by buyer."""
    lines = ReceiptLine.objects.filter(
        receipt__status="accepted", receipt__accepted_at__gte=start, receipt__accepted_at__lt=end
    )
    counted = lines.order_by().values_list("receipt__order__buyer")
    return [Tally(*row) for row in counted.annotate(Count("pk"), kept=Count("pk", filter=FITTING))]


def records(key: str) -> Records:
    """The address of the records behind a figure: the list, narrowed to what was counted."""
    page = "receipt-lines" if key == FIT else "prices"

    def address(first: date, last: date, person_id: int | None = None) -> str:
        asked = {"counts_for": key, "since": first, "until": last, "buyer": person_id}
        return f"{reverse(page)}?{urlencode({name: value for name, value in asked.items() if value})}"

    return address
