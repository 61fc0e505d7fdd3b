"""Four quarters of supplier reviews in the demo office; of the last one some are still to be decided.

The demo's deliveries begin a quarter ago. What the suppliers did before is made up here from the prices paid.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from organization.models import User
from sla.models import Occurrence
from sla.models.figure import local_day

from .. import reviewing, scoring
from ..models import Criterion, Review, ReviewRound
from ..reviewing import Facts
from ..spans import Span, containing
from . import supplier_words as words

ROUNDS = 4
OPENED_AFTER = timedelta(days=8)
GOOD, LOW, BAD = 75, 70, 64
ORDERED_THERE = 0.7
LAST_SCORED, LAST_DECIDED = 0.75, 0.6
ONE_IN_POOR = 7
STILL_OPEN = timedelta(days=12)


def fill(random: Random, now: datetime) -> None:
    buyer, manager = (User.objects.get(username=name) for name in ("buyer", "manager"))
    span, spans = containing("quarter", local_day(now)), []
    for _number in range(ROUNDS):
        span = span.before
        spans.insert(0, span)
    for span in spans:
        Quarter(random, now, buyer, manager).live(span, is_last=span == spans[-1])


class Quarter:
    """One round, from its opening to the last follow-up."""

    def __init__(self, random: Random, now: datetime, buyer: User, manager: User):
        self.random, self.now, self.buyer, self.manager = random, now, buyer, manager

    def live(self, span: Span, *, is_last: bool) -> None:
        opened_at = self._at(span.last + OPENED_AFTER)
        duty = Occurrence.objects.filter(duty__standard=reviewing.DUTY, state=Occurrence.State.OPEN)
        occurrence = duty.first() if is_last else None
        opened = reviewing.open_round(
            span.year, span.number, by=self.buyer, at=opened_at, occurrence=occurrence
        )
        reviews = list(opened.reviews.select_related("supplier").order_by("supplier__name"))
        if not any(review.deliveries for review in reviews):
            self._make_up(reviews)
        scored_at = self._at(span.last + OPENED_AFTER + timedelta(days=2))
        scored = [review for review in reviews if review.deliveries and self._is_scored(is_last)]
        for review in scored:
            self._score(review, scored_at)
        self._decide(opened, scored, scored_at, is_last=is_last)

    def _make_up(self, reviews: list[Review]) -> None:
        for number, review in enumerate(reviews):
            if self.random.random() < ORDERED_THERE:
                facts = self._facts(is_poor=number % ONE_IN_POOR == 3)
                reviewing.lay_out(review, facts, by=self.buyer)

    def _facts(self, *, is_poor: bool) -> Facts:
        chance = self.random
        arrived, pieces = chance.randrange(2, 12), chance.randrange(40, 900)
        late = sum(chance.random() < (0.5 if is_poor else 0.08) for _number in range(arrived))
        before = Decimal(chance.randrange(20_000, 900_000)) / 10
        rise = chance.randrange(104, 122) if is_poor else chance.randrange(92, 108)
        paid = (before * rise / 100).quantize(Decimal("0.01"))
        rejected = int(pieces * (0.15 if is_poor else chance.choice([0, 0, 0.01, 0.02])))
        return Facts(arrived, arrived - late, 0, pieces, rejected, paid, paid, before)

    def _score(self, review: Review, at: datetime) -> None:
        given = {}
        for score in review.scores.select_related("criterion"):
            points, remark = score.proposed, ""
            if points is None:
                points, remark = self._by_hand(score.criterion)
            elif points < LOW and self.random.random() < 0.15:
                points, remark = points + 10, self.random.choice(words.CORRECTED)
            given[score.pk] = (min(points, scoring.FULL), remark)
        review.score(given, by=self.buyer, at=at)

    def _by_hand(self, criterion: Criterion) -> tuple[Decimal, str]:
        if criterion.source != Criterion.Source.HAND:
            return Decimal(85), "无可比数据，按市场行情评分"
        points = Decimal(self.random.choice([60, 70, 80, 85, 88, 90, 92, 95]))
        return points, self.random.choice(words.GOOD if points > GOOD else words.FAIR)

    def _decide(self, opened: ReviewRound, scored: list[Review], at: datetime, *, is_last: bool) -> None:
        decided_at = min(at + timedelta(days=3), self.now)
        worst = min((review.total for review in scored), default=None)
        for review in scored:
            is_worst = is_last and review.total == worst
            if not is_last or is_worst or self.random.random() < LAST_DECIDED:
                self._decide_one(review, decided_at, is_last=is_last, is_worst=is_worst)
        if not is_last:
            opened.keep_those_without_orders(by=self.manager, at=decided_at)

    def _decide_one(self, review: Review, at: datetime, *, is_last: bool, is_worst: bool) -> None:
        if review.total >= LOW and not is_worst:
            review.decide(Review.Decision.KEEP, by=self.manager, at=at)
            return
        decision = Review.Decision.NEGOTIATE if review.total >= BAD else Review.Decision.REPLACE
        is_talk = decision == Review.Decision.NEGOTIATE
        reason = self.random.choice(words.NEGOTIATE if is_talk else words.REPLACE)
        day = local_day(self.now + STILL_OPEN if is_last else at + STILL_OPEN)
        review.decide(decision, reason=reason, follow_up_on=day, person=self.buyer, by=self.manager, at=at)
        if not is_last:
            outcome = self.random.choice(words.TALKED if is_talk else words.REPLACED)
            days = timedelta(days=self.random.choice([6, 9, 11]))
            review.follow_up(outcome, by=self.buyer, at=min(at + days, self.now))

    def _is_scored(self, is_last: bool) -> bool:
        return not is_last or self.random.random() < LAST_SCORED

    def _at(self, day) -> datetime:
        """At ten in the morning of that day, or now if that is still to come."""
        return min(timezone.make_aware(datetime.combine(day, time(10))), self.now)
