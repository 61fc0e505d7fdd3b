"""What things cost: which purchases are alike, what was paid last year, and where it was cheapest lately.

Last year's price is the average of the same calendar quarter, weighted by quantity; where nothing of the
kind was bought in that quarter, of the whole last year.
"""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import ExtractQuarter, ExtractYear

from organization.models import User
from pages import history
from pages.money import rounded
from sla.figures import outdate, outdate_history
from sla.models.figure import local_day
from supplies.models import Category, Item

from .models import Price, QuoteLine, ReceiptLine

RECENT = timedelta(days=365)
LONGEST = Price._meta.get_field("likeness").max_length
PLACES = Decimal("0.0001")
STANDARDS = (
    "purchase-below-last-year",
    "office-supplies-below-last-year",
    "assets-below-last-year",
    "consumables-below-last-year",
)


class Cheapest(NamedTuple):
    """The lowest price paid or quoted within the last twelve months."""

    price: Decimal
    supplier: str
    day: date


class Hint(NamedTuple):
    """What is known about the price of something; None where nothing is.

    `index` is the newest price paid within twelve months, as a share of last year's: 1.05 is 5 % dearer.
    """

    last_year: Decimal | None = None
    cheapest_recent: Cheapest | None = None
    index: Decimal | None = None

    def is_dear(self, price: Decimal | None) -> bool:
        """Whether a price is above last year's, so that it needs a reason."""
        return price is not None and self.last_year is not None and price > self.last_year

    def against(self, price: Decimal | None) -> Decimal | None:
        """The index of a price: it as a share of last year's."""
        return index(price, self.last_year)


def index(price: Decimal | None, last_year: Decimal | None) -> Decimal | None:
    """A price, or a sum of money, as a share of last year's, to four places."""
    if price is None or not last_year:
        return None
    return (Decimal(price) / Decimal(last_year)).quantize(PLACES)


def likeness(
    item: Item | None = None, category: Category | None = None, name: str = "", specification: str = ""
) -> str:
    """What purchases of the same thing have in common: the item, or category, name and specification.

    Widths, case and spaces make no difference: "Ａ4 纸" is "a4纸".
    """
    if item is not None:
        return f"item:{item.pk}"
    text = f"category:{category.pk if category else ''}:{_plain(name)}|{_plain(specification)}"
    if len(text) <= LONGEST:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    return f"{text[: LONGEST - 33]}#{digest}"


def group_of(item: Item | None, is_asset: bool) -> str:
    """To which clause a purchase belongs: a value of `Price.Group`."""
    if is_asset:
        return Price.Group.ASSET
    return Price.Group(item.kind) if item is not None else Price.Group.OTHER


def last_year(alike: str, day: date) -> Decimal | None:
    """What one cost in the same quarter of the year before `day`, else in that whole year."""
    return last_years([(alike, day)])[alike, day]


def last_years(wants: Iterable[tuple[str, date]]) -> dict[tuple[str, date], Decimal | None]:
    """The same for many (likeness, day), in one query."""
    wants = set(wants)
    years = {day.year - 1 for _alike, day in wants}
    paid: dict[tuple, list] = defaultdict(lambda: [Decimal(0), 0])
    for alike, year, quarter, amount, quantity in _sums({alike for alike, _day in wants}, years):
        for key in ((alike, year, quarter), (alike, year, 0)):
            paid[key][0] += rounded(amount)
            paid[key][1] += quantity
    return {(alike, day): _average(paid, alike, day) for alike, day in wants}


def hints(wants: Iterable[tuple[str, date]]) -> dict[str, Hint]:
    """What is known about each (likeness, day on which it is to be bought), in three queries."""
    wants = list(wants)
    if not wants:
        return {}
    before, cheapest, newest = last_years(wants), _Recent(wants), {}
    for alike, day in wants:
        newest[alike] = cheapest.newest(alike, day)
    return {
        alike: Hint(
            last_year=before[alike, day],
            cheapest_recent=cheapest.lowest(alike, day),
            index=index(newest[alike], before[alike, day]),
        )
        for alike, day in wants
    }


@transaction.atomic
def note(receipt_line: ReceiptLine, *, by: User, at: datetime) -> Price:
    """Write down what an accepted delivery cost, beside last year's price and the reason if it is dearer."""
    line, day = receipt_line.order_line, local_day(at)
    alike = likeness(line.item, line.category, line.name, line.specification)
    with history.reason(by=by):
        price = Price.objects.create(
            likeness=alike,
            group=group_of(line.item, line.is_asset),
            item=line.item,
            category=line.category,
            name=str(line),
            supplier=line.order.supplier,
            day=day,
            quantity=receipt_line.accepted,
            unit_price=line.unit_price,
            amount=rounded(line.unit_price * receipt_line.accepted),
            receipt_line=receipt_line,
            buyer=line.order.buyer,
            last_year=last_year(alike, day),
            reason=line.dear_reason,
        )
    outdate(STANDARDS, day)
    return price


@transaction.atomic
def forget(receipt_line: ReceiptLine, *, by: User, reason: str) -> None:
    """The acceptance was withdrawn: what it cost counts nowhere, neither now nor next year."""
    price = Price.objects.filter(receipt_line=receipt_line).first()
    if price is None:
        return
    with history.reason(reason, by=by):
        price.delete()
    outdate(STANDARDS, price.day)
    compare_anew({price.likeness}, {price.day.year}, by=by)


@transaction.atomic
def compare_anew(alike: Iterable[str], years: Iterable[int], *, by: User | None) -> int:
    """Prices of these `years` were added or taken away: those of the years after are compared with them anew.

    Gives how many changed.
    """
    after = [year + 1 for year in years]
    rows = list(Price.objects.filter(likeness__in=list(alike), day__year__in=after).order_by("pk"))
    before = last_years((row.likeness, row.day) for row in rows)
    changed = [row for row in rows if row.last_year != before[row.likeness, row.day]]
    with history.reason(by=by):
        for row in changed:
            row.last_year = before[row.likeness, row.day]
            row.save(update_fields=["last_year"])
    if changed:
        outdate(STANDARDS, *{row.day for row in changed})
    return len(changed)


def everything_counts_anew() -> None:
    """After a restore or a change of rules: every figure about prices is counted anew."""
    for key in STANDARDS:
        outdate_history(key)


# -- how it is found --------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def _sums(alike: set[str], years: set[int]) -> Iterable[tuple]:
    """(likeness, year, quarter, money, pieces) of what was bought in these years."""
    if not alike:
        return []
    spans = Q()
    for year in years:
        spans |= Q(day__range=(date(year, 1, 1), date(year, 12, 31)))
    bought = Price.objects.filter(spans, likeness__in=alike).order_by()
    parts = bought.annotate(y=ExtractYear("day"), q=ExtractQuarter("day"))
    return parts.values_list("likeness", "y", "q").annotate(Sum("amount"), Sum("quantity"))


def _average(paid: dict, alike: str, day: date) -> Decimal | None:
    for key in ((alike, day.year - 1, (day.month + 2) // 3), (alike, day.year - 1, 0)):
        amount, quantity = paid.get(key, (0, 0))
        if quantity:
            return rounded(amount / quantity)
    return None


class _Recent:
    """What was paid and quoted for some things within the twelve months before they are to be bought."""

    def __init__(self, wants: Sequence[tuple[str, date]]) -> None:
        self.alike = {alike for alike, _day in wants}
        self.first = min(day for _alike, day in wants) - RECENT
        self.last = max(day for _alike, day in wants)
        self.paid: dict[str, list[Cheapest]] = defaultdict(list)
        self.quoted: dict[str, list[Cheapest]] = defaultdict(list)
        self._read_prices()
        self._read_quotes()

    def lowest(self, alike: str, day: date) -> Cheapest | None:
        """The lowest, of several the newest."""
        near = self._near(self.paid[alike] + self.quoted[alike], day)
        return min(near, key=lambda one: (one.price, -one.day.toordinal()), default=None)

    def newest(self, alike: str, day: date) -> Decimal | None:
        near = self._near(self.paid[alike], day)
        return max(near, key=lambda one: one.day).price if near else None

    def _near(self, found: list[Cheapest], day: date) -> list[Cheapest]:
        return [one for one in found if day - RECENT < one.day <= day]

    def _read_prices(self) -> None:
        rows = Price.objects.filter(likeness__in=self.alike, day__range=(self.first, self.last)).order_by()
        for alike, price, supplier, day in rows.values_list(
            "likeness", "unit_price", "supplier__name", "day"
        ):
            self.paid[alike].append(Cheapest(price, supplier or "", day))

    def _read_quotes(self) -> None:
        """Quotes of requests that are decided; those of a request still open are seen beside it anyway."""
        items = [int(one[5:]) for one in self.alike if one.startswith("item:")]
        categories = {int(one.split(":")[1] or 0) for one in self.alike if one.startswith("category:")}
        wanted = Q(line__item__in=items) | Q(line__item=None, line__category__in=categories)
        dated = Q(quote__quoted_on__range=(self.first, self.last), line__request__approved_at__isnull=False)
        rows = QuoteLine.objects.filter(wanted, dated).select_related("line__category", "line__item")
        for row in rows.annotate(supplier=F("quote__supplier__name"), day=F("quote__quoted_on")).order_by():
            alike = likeness(row.line.item, row.line.category, row.line.name, row.line.specification)
            if alike in self.alike:
                self.quoted[alike].append(Cheapest(row.unit_price, row.supplier, row.day))
