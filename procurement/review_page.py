"""The ranking of a round, and of several rounds beside each other."""

from collections import defaultdict
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from pages import money
from pages.exports import Column

from . import scoring
from .models import Criterion, Review, ReviewRound, ReviewScore, Supplier

ROUNDS = 6
LOW = 70
"""Below this a score stands out: one would negotiate."""


class Place(NamedTuple):
    """A line of the ranking: its rank ("" without a score), the review, and the points by criterion."""

    rank: Any
    review: Review
    points: list[Decimal | None]

    @property
    def is_low(self) -> bool:
        return self.review.total is not None and self.review.total < LOW


class Standing(NamedTuple):
    """A supplier over several rounds: its score in each, and the mean of those that were scored."""

    rank: int
    supplier: Supplier
    totals: list[Decimal | None]
    mean: Decimal


def criteria_of(opened: ReviewRound) -> list[Criterion]:
    """What this round is judged by, in their order, whatever is in use today."""
    used = ReviewScore.objects.filter(review__round=opened).order_by().values("criterion")
    return list(Criterion.objects.filter(pk__in=used))


def ranking(opened: ReviewRound, criteria: list[Criterion]) -> list[Place]:
    """All reviews of a round, best first; equal scores share a rank; in two queries."""
    reviews = list(opened.reviews.for_rows().best_first().prefetch_related("scores"))
    places, rank, before = [], 0, None
    for number, review in enumerate(reviews, start=1):
        rank = rank if review.total == before else number
        before = review.total
        given = {score.criterion_id: _shown(review, score) for score in review.scores.all()}
        points = [given.get(criterion.pk) for criterion in criteria]
        places.append(Place("" if review.total is None else rank, review, points))
    return places


def over_rounds(rounds: list[ReviewRound]) -> list[Standing]:
    """Suppliers by the mean of their scores in these rounds; who was never scored is not there."""
    found: dict[Supplier, dict[int, Decimal]] = defaultdict(dict)
    scored = Review.objects.filter(round__in=rounds, total__isnull=False).select_related("supplier")
    for review in scored:
        found[review.supplier][review.round_id] = review.total
    means = [(_mean(list(totals.values())), supplier) for supplier, totals in found.items()]
    means.sort(key=lambda line: (-line[0], line[1].name))
    return [
        Standing(rank, supplier, [found[supplier].get(one.pk) for one in rounds], mean)
        for rank, (mean, supplier) in enumerate(means, start=1)
    ]


def columns(criteria: list[Criterion]) -> list[Column]:
    """The ranking as a spreadsheet."""

    def points(place_in_list: int):
        return lambda line: line.points[place_in_list]

    return [
        Column("rank", _("Rank")),
        Column("supplier", _("Supplier"), "review.supplier.name"),
        Column("deliveries", pgettext("supplier", "Deliveries"), "review.deliveries"),
        Column("bought", _("Bought for"), "review.bought"),
        *(Column(f"c{one.pk}", one.name, points(number)) for number, one in enumerate(criteria)),
        Column("total", _("Score"), total_said),
        *_DECIDED,
    ]


def total_said(line: Place) -> Any:
    """The score; for a quarter without orders that there is none."""
    return line.review.total if line.review.deliveries else _("no orders, not scored")


def deliveries_said(review: Review) -> str:
    """ "12 deliveries, ¥3,400.00", or that there were none."""
    if not review.deliveries:
        return _("No orders this quarter: not scored")
    words = {"count": review.deliveries, "amount": money.spoken(review.bought)}
    return _("%(count)d deliveries, bought for %(amount)s") % words


def _shown(review: Review, score: ReviewScore) -> Decimal | None:
    """What was given; while a review is to be scored nothing was."""
    return score.score if review.status != Review.Status.OPEN else None


def _mean(totals: list[Decimal]) -> Decimal:
    return scoring.rounded(sum(totals, scoring.NONE) / len(totals))


_DECIDED = [
    Column("status", gettext_lazy("Status"), "review.status"),
    Column("scored_by", gettext_lazy("Scored by"), "review.scored_by.name"),
    Column("decision", pgettext_lazy("supplier", "Decision"), "review.decision"),
    Column("decided_by", gettext_lazy("Decided by"), "review.decided_by.name"),
    Column("reason", gettext_lazy("Reason"), "review.reason"),
    Column("follow_up_on", gettext_lazy("Follow up by"), "review.follow_up_on"),
    Column("outcome", gettext_lazy("What came of it"), "review.outcome"),
]
