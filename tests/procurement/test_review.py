"""The quarterly review: prefilled from what was delivered, scored by one person, decided by another."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as some

from notices.models import Notice
from pages.refusals import Refused
from procurement import review_words, reviewing, scoring
from procurement.models import Criterion, Review, ReviewRound, Supplier
from procurement.spans import Span
from sla.models import Timer
from sla.timers import running

from .suppliers import (
    QUARTER,
    deliver,
    make_delivered,
    make_order,
    make_review,
    make_supplier,
    pay,
    score_all,
)


@pytest.fixture
def supplier(buyer, admin_manager, noon):
    return make_supplier("北京晨光文具有限公司", by=buyer, at=noon)


@pytest.fixture
def review(supplier, buyer, noon):
    """Two deliveries in the quarter, still to be scored."""
    make_delivered(supplier, by=buyer, at=noon)
    return make_review(supplier, by=buyer, at=noon)


def proposals(review: Review) -> dict[str, Decimal | None]:
    return {score.criterion.source: score.proposed for score in review.scores.select_related("criterion")}


# -- how points are given -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("index", "points"), [("0.80", "100"), ("1", "100"), ("1.15", "50"), ("1.30", "0"), ("2", "0")]
)
def test_the_price_falls_from_last_years_to_thirty_percent_above_it(index, points):
    assert scoring.price(Decimal(index)) == Decimal(points)


def test_nothing_gives_no_points():
    assert (scoring.share(0, 0), scoring.price(None), scoring.weighted([])) == (None, None, None)


points = some.decimals(min_value=0, max_value=100, places=2)
scored = some.lists(some.tuples(points, some.integers(1, 100)), min_size=1, max_size=8)


@given(scored)
def test_a_weighted_total_lies_between_the_worst_and_the_best(scores):
    given = [one for one, _weight in scores]

    assert min(given) <= scoring.weighted(scores) <= max(given)


@given(scored, some.integers(2, 9))
def test_weights_count_in_proportion(scores, factor):
    heavier = [(one, weight * factor) for one, weight in scores]

    assert scoring.weighted(heavier) == scoring.weighted(scores)


@given(scored)
def test_a_total_is_exact_to_two_places(scores):
    whole = sum(weight for _one, weight in scores)
    exact = sum(one * weight for one, weight in scores) / whole

    assert abs(scoring.weighted(scores) - exact) <= Decimal("0.005")


# -- opening a round ------------------------------------------------------------------------------


def test_an_empty_office_begins_with_four_criteria(db):
    weights = dict(Criterion.objects.values_list("source", "weight"))

    assert weights == {"on_time": 30, "defects": 30, "price": 25, "hand": 15}


def test_deliveries_propose_the_points(review):
    expected = {"on_time": Decimal("50"), "defects": Decimal("95"), "price": None, "hand": None}

    assert (review.deliveries, review.bought) == (2, Decimal("380.00"))
    assert proposals(review) == expected


def test_prices_propose_points_against_last_year(supplier, buyer, noon):
    make_delivered(supplier, by=buyer, at=noon)
    pay(supplier, "22", "20", date(2026, 8, 1))
    pay(supplier, "99", None, date(2026, 8, 1))
    pay(supplier, "99", "10", date(2026, 10, 1))

    assert proposals(make_review(supplier, by=buyer, at=noon))["price"] == Decimal("66.67")


def test_an_order_that_did_not_come_at_all_was_not_on_time(supplier, buyer, noon):
    make_delivered(supplier, by=buyer, at=noon)
    make_order(supplier, date(2026, 9, 1), by=buyer, at=noon)
    review = make_review(supplier, by=buyer, at=noon)

    score = review.scores.get(criterion__source="on_time")
    assert (review.deliveries, score.proposed) == (3, Decimal("33.33"))
    assert review_words.basis("on_time", score.basis) == (
        "1 of 3 deliveries came by the day agreed. 1 orders that were due had not come at all."
    )


def test_what_came_outside_the_quarter_does_not_count(supplier, buyer, noon, at):
    order = make_order(supplier, date(2026, 9, 30), by=buyer, at=noon)
    deliver(order, at("2026-10-01 00:00"), by=buyer)
    in_time = make_order(supplier, date(2026, 10, 1), by=buyer, at=noon)
    deliver(in_time, at("2026-09-30 23:59"), by=buyer)

    facts = reviewing.facts_of(make_review(supplier, by=buyer, at=noon).round.span, [supplier.pk])
    assert (facts[supplier.pk].arrived, facts[supplier.pk].missing) == (1, 1)


def test_a_quarter_without_orders_has_nothing_to_score(supplier, buyer, noon):
    review = make_review(supplier, by=buyer, at=noon)

    assert (review.deliveries, review.total, review.scores.count()) == (0, None, 0)
    with pytest.raises(Refused, match="not scored"):
        review.score({}, by=buyer, at=noon)


def test_the_database_knows_no_score_without_deliveries(supplier, buyer, noon):
    review = make_review(supplier, by=buyer, at=noon)
    review.total = 100

    with pytest.raises(IntegrityError), transaction.atomic():
        review.save(update_fields=["total"])


def test_those_live_in_the_quarter_are_reviewed(supplier, buyer, admin_manager, noon, at):
    make_supplier("新来的", by=buyer, at=noon, since=date(2026, 10, 1))
    gone = make_supplier("早走的", by=buyer, at=noon)
    gone.suspend(reason="搬迁", by=admin_manager, at=at("2026-06-30 10:00"))
    late = make_supplier("晚走的", by=buyer, at=noon)
    late.suspend(reason="搬迁", by=admin_manager, at=at("2026-07-02 10:00"))

    opened = reviewing.open_round(*QUARTER, by=buyer, at=noon)

    assert {one.supplier.name for one in opened.reviews.all()} == {supplier.name, late.name}


def test_a_round_is_opened_once_and_not_before_its_quarter_is_over(supplier, buyer, noon):
    opened = reviewing.open_round(*QUARTER, by=buyer, at=noon)

    assert reviewing.open_round(*QUARTER, by=buyer, at=noon) == opened
    with pytest.raises(Refused, match="not over yet"):
        reviewing.open_round(2026, 4, by=buyer, at=noon)


def test_the_facts_of_all_suppliers_take_four_queries(supplier, buyer, noon, django_assert_num_queries):
    more = [make_supplier(by=buyer, at=noon) for _number in range(4)]

    with django_assert_num_queries(4):
        reviewing.facts_of(Span("quarter", *QUARTER), [one.pk for one in (supplier, *more)])


def test_figures_are_taken_anew_when_something_was_written_down_late(supplier, buyer, noon):
    review = make_review(supplier, by=buyer, at=noon)
    make_delivered(supplier, by=buyer, at=noon)

    reviewing.refill(review, by=buyer, at=noon)

    assert (review.deliveries, review.scores.count()) == (2, 4)


# -- scoring --------------------------------------------------------------------------------------


def test_the_total_is_the_weighted_mean(review, buyer, noon):
    points = {"on_time": "50", "defects": "95", "price": "80", "hand": "90"}
    given = {
        score.pk: (Decimal(points[score.criterion.source]), "")
        for score in review.scores.select_related("criterion")
    }

    review.score(given, by=buyer, at=noon)

    assert (review.total, review.status) == (Decimal("77.00"), Review.Status.SCORED)


def test_other_points_than_proposed_need_a_remark(review, buyer, noon):
    given = {pk: (Decimal(80), "") for pk in review.scores.values_list("pk", flat=True)}

    with pytest.raises(Refused, match="otherwise than proposed"):
        review.score(given, by=buyer, at=noon)
    review.refresh_from_db()
    assert review.status == Review.Status.OPEN


def test_every_criterion_is_scored(review, buyer, noon):
    with pytest.raises(Refused, match="not scored yet"):
        review.score({}, by=buyer, at=noon)


@pytest.mark.parametrize("points", ["-1", "100.01", "1000"])
def test_points_run_from_nothing_to_a_hundred(review, buyer, noon, points):
    with pytest.raises(Refused, match="from 0 to 100"):
        score_all(review, points, by=buyer, at=noon)


def test_a_scoring_is_reopened_with_a_reason_before_the_decision(review, buyer, admin_manager, noon):
    score_all(review, by=buyer, at=noon)
    review.reopen(reason="漏看一单", by=buyer, at=noon)
    assert (review.status, review.total, review.scored_by) == (Review.Status.OPEN, None, None)

    score_all(review, by=buyer, at=noon)
    review.decide("keep", by=admin_manager, at=noon)
    with pytest.raises(Refused, match="Decided"):
        review.reopen(reason="再看", by=buyer, at=noon)


# -- deciding -------------------------------------------------------------------------------------


def test_nobody_scores_and_decides(review, admin_manager, noon):
    score_all(review, by=admin_manager, at=noon)

    with pytest.raises(Refused, match="somebody else decides"):
        review.decide("keep", by=admin_manager, at=noon)


def test_the_database_knows_nobody_who_scores_and_decides(review, buyer, noon):
    score_all(review, by=buyer, at=noon)
    review.decided_by = buyer

    with pytest.raises(IntegrityError), transaction.atomic():
        review.save(update_fields=["decided_by"])


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [({"reason": ""}, "Say why"), ({"person": None}, "Name who"), ({"follow_up_on": None}, "Name who")],
)
def test_negotiating_needs_why_who_and_when(review, buyer, admin_manager, noon, lacking, sentence):
    score_all(review, by=buyer, at=noon)
    fields = {"reason": "交付慢", "person": buyer, "follow_up_on": date(2026, 12, 5), **lacking}

    with pytest.raises(Refused, match=sentence):
        review.decide("negotiate", **fields, by=admin_manager, at=noon)


def test_a_decision_to_negotiate_gives_a_promise_and_tells_the_person(review, buyer, admin_manager, noon, at):
    score_all(review, by=buyer, at=noon)
    day = date(2026, 12, 5)
    review.decide("negotiate", reason="交付慢", person=buyer, follow_up_on=day, by=admin_manager, at=noon)

    timer = running(review, Review.FOLLOW_UP)
    assert (timer.owner, timer.due_at) == (buyer, at("2026-12-06 00:00"))
    assert Notice.objects.get(kind="procurement.supplier-follow-up").recipient == buyer


def test_following_up_a_replacement_stops_the_clock_and_may_suspend(review, buyer, admin_manager, noon):
    score_all(review, "40", by=buyer, at=noon)
    day = date(2026, 12, 5)
    review.decide("replace", reason="质量差", person=buyer, follow_up_on=day, by=admin_manager, at=noon)

    review.follow_up("已找到替代供应商", suspend=True, by=buyer, at=noon + timedelta(days=2))

    review.supplier.refresh_from_db()
    assert review.supplier.status == Supplier.Status.SUSPENDED
    assert Timer.objects.about(review).get().outcome == Timer.Outcome.MET
    with pytest.raises(Refused, match="nothing to follow up"):
        review.follow_up("再来一次", by=buyer, at=noon)


def test_the_last_decision_closes_the_round(review, buyer, admin_manager, noon):
    other = make_supplier(by=buyer, at=noon)
    Review.objects.create(round=review.round, supplier=other)
    score_all(review, by=buyer, at=noon)
    review.decide("keep", by=admin_manager, at=noon)
    opened = ReviewRound.objects.get()
    assert opened.closed_at is None

    assert opened.keep_those_without_orders(by=admin_manager, at=noon) == 1

    opened.refresh_from_db()
    assert opened.closed_at == noon


def test_who_delivered_is_not_kept_unscored(review, admin_manager, noon):
    with pytest.raises(Refused, match="score them first"):
        review.keep_unscored(by=admin_manager, at=noon)
