"""Opening the quarterly review of the suppliers (供应商考评), prefilled from what they delivered.

What counts for a supplier in a quarter:

- *deliveries*: the receipts that arrived in the quarter, and the orders due in it of which nothing had come
  by its end. Where there are none the supplier is not scored at all.
- *on time*: the share of these that had arrived by the day agreed in the order.
- *defects*: the share of the pieces of accepted receipts that were not rejected.
- *price*: what was paid against the same pieces at last year's price; see `scoring.price`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, DecimalField, Exists, ExpressionWrapper, F, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from pages import history, money, rows
from pages.refusals import Refused
from sla.models import Occurrence
from sla.models.figure import bounds, local_day

from . import scoring
from .models import (
    Criterion,
    Order,
    Price,
    Receipt,
    ReceiptLine,
    Review,
    ReviewRound,
    ReviewScore,
    Supplier,
)
from .spans import Span

DUTY = "supplier-review"
MONEY = DecimalField(max_digits=20, decimal_places=2)


@dataclass
class Facts:
    """What a supplier did in a quarter."""

    arrived: int = 0
    on_time: int = 0
    missing: int = 0
    pieces: int = 0
    rejected: int = 0
    bought: Decimal = money.NOTHING
    paid: Decimal = money.NOTHING
    paid_before: Decimal = money.NOTHING

    @property
    def deliveries(self) -> int:
        return self.arrived + self.missing

    @property
    def index(self) -> Decimal | None:
        """What was paid for each yuan that it would have cost last year; None where nothing compares."""
        return self.paid / self.paid_before if self.paid_before else None


def open_round(
    year: int, quarter: int, *, by=None, at: datetime, occurrence: Occurrence | None = None
) -> ReviewRound:
    """Open the round of a past quarter, with a review for every supplier that was live in it.

    The round of a quarter is opened once; asked for again, the first one is answered, and a duty that comes
    later takes it for its proof.
    """
    span = Span("quarter", year, quarter)
    if span.last >= local_day(at):
        raise Refused(_("%(quarter)s is not over yet.") % {"quarter": span.name})
    try:
        with transaction.atomic(), history.reason(by=by):
            known = ReviewRound.objects.filter(year=year, quarter=quarter).first()
            found = known or _open(span, by=by, at=at)
            if occurrence is not None and found.occurrence_id is None:
                found.serve(occurrence, at=at)
    except IntegrityError:
        return ReviewRound.objects.get(year=year, quarter=quarter)  # somebody was quicker by a moment
    return found


@transaction.atomic
def refill(review: Review, *, by, at: datetime) -> None:
    """Look again at what was delivered (重新取数), because something was written down late."""
    review.round.hold()
    review.refresh_from_db(from_queryset=Review.objects.select_for_update())
    if review.status != Review.Status.OPEN:
        raise Refused(_("Figures are taken anew only while a review is still to be scored."))
    lay_out(review, facts_of(review.round.span, [review.supplier_id])[review.supplier_id], by=by)


def lay_out(review: Review, facts: Facts, *, by) -> None:
    """Let an open review stand on these facts; what was typed before goes."""
    review.deliveries, review.bought = facts.deliveries, facts.bought
    with history.reason(by=by):
        review.save(update_fields=["deliveries", "bought"])
        review.scores.all().delete()
        _propose([review], {review.supplier_id: facts})


def facts_of(span: Span, suppliers: Collection[int]) -> dict[int, Facts]:
    """What each of the suppliers did in the quarter, in four queries."""
    found: dict[int, Facts] = {pk: Facts() for pk in suppliers}
    start, end = bounds(span.first)[0], bounds(span.last)[1]
    receipts = Receipt.objects.exclude(status=Receipt.Status.WITHDRAWN)
    arrived = receipts.filter(order__supplier__in=suppliers, arrived_at__gte=start, arrived_at__lt=end)
    in_time = Q(arrived_at__date__lte=F("order__expected_on"))
    counted = arrived.order_by().values_list("order__supplier")
    for pk, many, on_time in counted.annotate(many=Count("pk"), on_time=Count("pk", filter=in_time)):
        found[pk].arrived, found[pk].on_time = many, on_time
    for pk, missing in _not_come(span, suppliers, end):
        found[pk].missing = missing
    for pk, pieces, rejected, bought in _pieces(suppliers, start, end):
        found[pk].pieces, found[pk].rejected = pieces, rejected
        found[pk].bought = money.rounded(bought)
    for pk, paid, before in _prices(span, suppliers):
        found[pk].paid, found[pk].paid_before = money.rounded(paid), money.rounded(before)
    return found


# -- in order of use ------------------------------------------------------------------------------


def _open(span: Span, *, by, at: datetime) -> ReviewRound:
    suppliers = list(Supplier.objects.live_between(span.first, span.last).order_by("name"))
    if not suppliers:
        raise Refused(_("No supplier was live in %(quarter)s.") % {"quarter": span.name})
    opened = ReviewRound.objects.create(year=span.year, quarter=span.number, opened_at=at, opened_by=by)
    facts = facts_of(span, [supplier.pk for supplier in suppliers])
    reviews = [
        Review.objects.create(
            round=opened, supplier=one, deliveries=facts[one.pk].deliveries, bought=facts[one.pk].bought
        )
        for one in suppliers
    ]
    _propose(reviews, facts)
    return opened


def _propose(reviews: Iterable[Review], facts: dict[int, Facts]) -> None:
    """Lay out a score for every criterion in use, where there is anything to score.

    That they were laid out, the creation of the review says; what people then give is in the history.
    """
    criteria = list(Criterion.objects.filter(active=True))
    values = []
    for review in reviews:
        for criterion in criteria if review.deliveries else ():
            proposed, basis = proposal(criterion.source, facts[review.supplier_id])
            values.append([review.pk, criterion.pk, criterion.weight, proposed, basis, ""])
    rows.insert(ReviewScore, ["review_id", "criterion_id", "weight", "proposed", "basis", "remark"], values)


def proposal(source: str, facts: Facts) -> tuple[Decimal | None, dict[str, Any]]:
    """The points that the deliveries propose for a criterion, and from what, as JSON (see `review_words`)."""
    if source == Criterion.Source.ON_TIME:
        basis = {"on_time": facts.on_time, "deliveries": facts.deliveries, "missing": facts.missing}
        return scoring.share(facts.on_time, facts.deliveries), basis
    if source == Criterion.Source.DEFECTS:
        good = facts.pieces - facts.rejected
        return scoring.share(good, facts.pieces), {"pieces": facts.pieces, "rejected": facts.rejected}
    if source == Criterion.Source.PRICE:
        basis = {"paid": str(facts.paid), "last_year": str(facts.paid_before)}
        return scoring.price(facts.index), basis
    return None, {}


def _not_come(span: Span, suppliers: Collection[int], end: datetime) -> Iterable[tuple[int, int]]:
    """Orders due in the quarter of which nothing had arrived by its end."""
    came = Receipt.objects.exclude(status=Receipt.Status.WITHDRAWN).filter(
        order=OuterRef("pk"), arrived_at__lt=end
    )
    due = Order.objects.filter(
        supplier__in=suppliers,
        status__in=[Order.Status.PLACED, Order.Status.RECEIVED],
        expected_on__range=(span.first, span.last),
    )
    return due.filter(~Exists(came)).order_by().values_list("supplier").annotate(many=Count("pk"))


def _pieces(suppliers: Collection[int], start: datetime, end: datetime) -> Iterable[tuple]:
    """Pieces that came, of these rejected, and what the others cost."""
    lines = ReceiptLine.objects.filter(
        receipt__status=Receipt.Status.ACCEPTED,
        receipt__order__supplier__in=suppliers,
        receipt__arrived_at__gte=start,
        receipt__arrived_at__lt=end,
    )
    cost = ExpressionWrapper(
        (F("quantity") - F("rejected")) * F("order_line__unit_price"), output_field=MONEY
    )
    grouped = lines.order_by().values_list("receipt__order__supplier")
    return grouped.annotate(pieces=Sum("quantity"), turned_down=Sum("rejected"), cost=Sum(cost))


def _prices(span: Span, suppliers: Collection[int]) -> Iterable[tuple]:
    """What was paid, and what the same would have cost last year, where that is known."""
    known = Price.objects.filter(supplier__in=suppliers, day__range=(span.first, span.last), last_year__gt=0)
    before = ExpressionWrapper(F("last_year") * F("quantity"), output_field=MONEY)
    return known.order_by().values_list("supplier").annotate(paid=Sum("amount"), before=Sum(before))
