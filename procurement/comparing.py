"""Quotes side by side: what each supplier asks for each line, against the others and against last year."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages.money import NOTHING, rounded
from pages.refusals import Refused

from . import prices
from .models import PurchaseRequest, Quote, QuoteLine, RequestLine

ENOUGH = 3


@dataclass
class Offer:
    """What one supplier asks for one line; `quoted` is None where it offers none."""

    quote: Quote
    quoted: QuoteLine | None = None
    amount: Decimal | None = None
    is_cheapest: bool = False
    is_chosen: bool = False
    may_be_taken: bool = False
    rise: Decimal | None = None
    """By how many percent the price is above last year's; negative where it is below."""

    @property
    def price(self) -> Decimal | None:
        return self.quoted.unit_price if self.quoted else None


@dataclass
class Row:
    """One line with its offers, one for each quote, and what is known of its price."""

    line: RequestLine
    hint: prices.Hint
    offers: list[Offer] = field(default_factory=list)

    @property
    def best(self) -> Offer | None:
        return next((offer for offer in self.offers if offer.is_cheapest), None)

    @property
    def chosen(self) -> Offer | None:
        return next((offer for offer in self.offers if offer.is_chosen), None)

    @property
    def is_beaten(self) -> bool:
        """Something cheaper than what was chosen may be taken."""
        return bool(self.chosen and self.best and self.best.price < self.chosen.price)

    @property
    def is_dear(self) -> bool:
        """What was chosen costs more than last year."""
        return bool(self.chosen and self.hint.is_dear(self.chosen.price))

    @property
    def index_percent(self) -> Decimal | None:
        """The newest price paid as percent of last year's."""
        return None if self.hint.index is None else (self.hint.index * 100).quantize(Decimal("0.1"))


@dataclass
class Column:
    """One supplier's quote as a whole."""

    quote: Quote
    offers: list[Offer]
    is_valid: bool
    is_cheapest: bool = False

    @property
    def total(self) -> Decimal:
        return sum((offer.amount for offer in self.offers if offer.amount is not None), NOTHING)

    @property
    def is_complete(self) -> bool:
        return all(offer.quoted for offer in self.offers)


class Comparison:
    """All quotes of a request on one day; read in a constant number of queries."""

    def __init__(self, request: PurchaseRequest, day: date):
        self.request, self.day = request, day

    @cached_property
    def quotes(self) -> list[Quote]:
        return list(self.request.quotes.select_related("supplier").prefetch_related("lines"))

    @cached_property
    def rows(self) -> list[Row]:
        lines = list(self.request.lines.select_related("item", "category", "chosen__quote__supplier"))
        known = hints(lines, self.day)
        rows = [Row(line, known[line.pk]) for line in lines]
        for row in rows:
            row.offers = [self._offer(quote, row) for quote in self.quotes]
            _mark_cheapest(row)
        return rows

    @cached_property
    def columns(self) -> list[Column]:
        found = [
            Column(quote, [row.offers[place] for row in self.rows], quote.may_be_taken(self.day))
            for place, quote in enumerate(self.quotes)
        ]
        whole = [column for column in found if column.is_complete and column.is_valid]
        if len(whole) > 1:
            min(whole, key=lambda column: column.total).is_cheapest = True
        return found

    @property
    def total(self) -> Decimal:
        """What is chosen so far."""
        return sum((row.line.amount for row in self.rows if row.line.chosen_id), NOTHING)

    @property
    def is_priced(self) -> bool:
        return any(row.line.chosen_id for row in self.rows)

    @property
    def suppliers(self) -> int:
        """How many have quoted anything."""
        return sum(any(offer.quoted for offer in column.offers) for column in self.columns)

    @property
    def has_few(self) -> bool:
        return self.suppliers < ENOUGH

    def gaps(self, few_quotes_reason: str = "") -> list[str]:
        """What is still missing before it can be approved, in sentences."""
        found = [sentence for row in self.rows for sentence in _gaps_of(row)]
        if self.has_few and not (few_quotes_reason or self.request.few_quotes_reason):
            found.append(
                ngettext(
                    "Only %(count)d supplier has quoted. Ask three, or say why fewer.",
                    "Only %(count)d suppliers have quoted. Ask three, or say why fewer.",
                    self.suppliers,
                )
                % {"count": self.suppliers}
            )
        return found

    def _offer(self, quote: Quote, row: Row) -> Offer:
        quoted = next((one for one in quote.lines.all() if one.line_id == row.line.pk), None)
        if quoted is None:
            return Offer(quote)
        return Offer(
            quote,
            quoted,
            amount=rounded(quoted.unit_price * row.line.quantity),
            is_chosen=row.line.chosen_id == quoted.pk,
            may_be_taken=quote.may_be_taken(self.day),
            rise=_rise(row.hint.against(quoted.unit_price)),
        )


def hints(lines: list[RequestLine], day: date) -> dict[int, prices.Hint]:
    """What is known about the price of each line, by its key; in a constant number of queries."""
    alike = {
        line.pk: prices.likeness(line.item, line.category, line.name, line.specification) for line in lines
    }
    known = prices.hints((one, day) for one in set(alike.values()))
    return {pk: known.get(one, prices.Hint()) for pk, one in alike.items()}


def refuse_unready(request: PurchaseRequest, day: date) -> None:
    """Raises Refused, with what is missing, where a request cannot go to approval yet."""
    gaps = Comparison(request, day).gaps()
    if gaps:
        raise Refused(" ".join(gaps))


def _mark_cheapest(row: Row) -> None:
    offers = [offer for offer in row.offers if offer.quoted and offer.may_be_taken]
    if offers:
        lowest = min(offer.price for offer in offers)
        for offer in offers:
            offer.is_cheapest = offer.price == lowest


def _rise(share: Decimal | None) -> Decimal | None:
    return None if share is None else ((share - 1) * 100).quantize(Decimal("0.1"))


def _gaps_of(row: Row) -> list[str]:
    name = {"name": row.line}
    if not row.line.chosen_id:
        return [_("%(name)s: choose a quote.") % name]
    found = []
    if not row.chosen.may_be_taken:
        found.append(_("%(name)s: the chosen quote is not valid any more.") % name)
    if row.is_beaten and not row.line.choice_reason:
        found.append(_("%(name)s: say why not the cheapest.") % name)
    if row.is_dear and not row.line.dear_reason:
        found.append(_("%(name)s: say why it may be dearer than last year.") % name)
    return found
