"""The reviews in the browser: scored by the buyer, decided by the manager, followed up."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from pages.refusals import Refused
from procurement import reviewing
from procurement.models import Criterion, Review, ReviewRound
from sla.models import Calendar, Duty, Occurrence
from sla.recurrence import Recurring

from .suppliers import QUARTER, make_delivered, make_review, make_supplier, queries_of, score_all

SOON = "2099-12-05"


@pytest.fixture
def supplier(buyer, admin_manager, noon):
    return make_supplier("北京晨光文具有限公司", by=buyer, at=noon)


@pytest.fixture
def review(supplier, buyer, noon):
    make_delivered(supplier, by=buyer, at=noon)
    return make_review(supplier, by=buyer, at=noon)


@pytest.fixture
def scored(review, buyer, noon):
    return score_all(review, by=buyer, at=noon)


def points(review: Review, **changed) -> dict:
    """The scoring form as it is sent, every criterion at what is proposed or 80."""
    filled = {}
    for score in review.scores.select_related("criterion"):
        given = score.proposed if score.proposed is not None else 80
        filled[f"score-{score.pk}-points"] = str(changed.get(score.criterion.source, given))
    return filled


@pytest.mark.parametrize("name", ["review-rounds", "review-round", "review", "review-criteria"])
def test_reviews_are_read_by_whom_they_concern(request, signed_in, review, name):
    args = {"review-round": [review.round_id], "review": [review.pk]}.get(name, [])
    opened = {
        who: signed_in(request.getfixturevalue(who)).get(reverse(name, args=args)).status_code
        for who in ("buyer", "admin_manager", "auditor", "outsider")
    }

    stranger = 404 if name == "review" else 403
    assert opened == {"buyer": 200, "admin_manager": 200, "auditor": 200, "outsider": stranger}


def test_the_buyer_scores_and_does_not_decide(signed_in, buyer, review):
    browser = signed_in(buyer)
    browser.post(reverse("review-score", args=[review.pk]), points(review))

    review.refresh_from_db()
    assert review.status == Review.Status.SCORED
    decided = browser.post(reverse("review-decide", args=[review.pk]), {"decision": "keep"})
    assert decided.status_code == 403


@pytest.mark.parametrize("given", ["", "abc", "-1", "101", "80.123", "NaN"])
def test_bad_points_are_told_and_nothing_typed_is_lost(signed_in, buyer, review, given):
    answered = signed_in(buyer).post(reverse("review-score", args=[review.pk]), points(review, hand=given))

    wrong = [bool(line.errors) for line in answered.context["scores"].lines]
    assert (answered.status_code, wrong) == (422, [False, False, False, True])


def test_other_points_than_proposed_ask_for_a_remark(signed_in, buyer, review):
    answered = signed_in(buyer).post(reverse("review-score", args=[review.pk]), points(review, on_time=90))

    assert answered.status_code == 422
    assert "Say why it is other than proposed." in answered.content.decode()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, ["decision"]),
        ({"decision": "replace"}, ["reason", "follow_up_on", "person"]),
        (
            {"decision": "replace", "reason": "差", "follow_up_on": "2020-01-01", "person": "无此人"},
            ["person", "follow_up_on"],
        ),
    ],
)
def test_a_decision_that_lacks_something_is_told_so(signed_in, admin_manager, scored, fields, wrong):
    answered = signed_in(admin_manager).post(reverse("review-decide", args=[scored.pk]), fields)

    assert (answered.status_code, list(answered.context["decision"].errors)) == (422, wrong)


def test_deciding_twice_is_refused(signed_in, admin_manager, scored):
    browser, address = signed_in(admin_manager), reverse("review-decide", args=[scored.pk])

    assert browser.post(address, {"decision": "keep"}).status_code == 302
    assert browser.post(address, {"decision": "replace"}).status_code in (409, 422)


def test_whoever_is_named_follows_up_without_any_role(signed_in, admin_manager, outsider, scored, noon):
    fields = {"decision": "negotiate", "reason": "慢", "follow_up_on": SOON, "person": outsider.name}
    signed_in(admin_manager).post(reverse("review-decide", args=[scored.pk]), fields)
    browser = signed_in(outsider)

    assert browser.get(scored.get_absolute_url()).status_code == 200
    listed = browser.get(reverse("review-follow-ups")).context["reviews"]
    assert list(listed) == [scored]
    browser.post(reverse("review-follow-up", args=[scored.pk]), {"outcome": "已约谈"})
    scored.refresh_from_db()
    assert scored.outcome == "已约谈"


def test_strangers_do_not_follow_up(signed_in, salesperson, scored):
    address = reverse("review-follow-up", args=[scored.pk])

    assert signed_in(salesperson).post(address, {"outcome": "x"}).status_code == 404


def test_no_orders_are_kept_by_one_click(signed_in, admin_manager, supplier, buyer, noon):
    review = make_review(supplier, by=buyer, at=noon)
    signed_in(admin_manager).post(reverse("review-round-keep", args=[review.round_id]))

    review.refresh_from_db()
    assert (review.decision, review.total) == ("keep", None)
    assert ReviewRound.objects.get().closed_at is not None


def test_a_round_is_ranked_best_first_and_taken_along(signed_in, buyer, admin_manager, noon):
    better, worse, none = (make_supplier(name, by=buyer, at=noon) for name in ("甲", "乙", "丙"))
    make_delivered(better, by=buyer, at=noon)
    make_delivered(worse, by=buyer, at=noon)
    opened = reviewing.open_round(*QUARTER, by=buyer, at=noon)
    for supplier, given in ((better, "90"), (worse, "60")):
        score_all(opened.reviews.get(supplier=supplier), given, by=buyer, at=noon)
    browser = signed_in(buyer)

    places = browser.get(opened.get_absolute_url()).context["places"]
    assert [(place.rank, place.review.supplier) for place in places] == [(1, better), (2, worse), ("", none)]
    taken = browser.get(f"{opened.get_absolute_url()}?export=csv")
    assert "丙" in b"".join(taken.streaming_content).decode()


def test_the_ranking_takes_as_many_queries_for_three_as_for_one(signed_in, buyer, noon, supplier):
    browser = signed_in(buyer)
    first = reviewing.open_round(2026, 1, by=buyer, at=noon)
    for _number in range(2):
        make_supplier(by=buyer, at=noon)
    second = reviewing.open_round(2026, 2, by=buyer, at=noon)
    browser.get(first.get_absolute_url())

    one, three = (queries_of(browser, opened.get_absolute_url()) for opened in (first, second))
    assert one == three


def test_the_manager_arranges_the_criteria(signed_in, admin_manager, buyer):
    given = {"name": "环保", "weight": "10", "source": "hand", "position": "9", "active": "on"}
    address = reverse("review-criterion-new")

    assert signed_in(buyer).post(address, given).status_code == 403
    signed_in(admin_manager).post(address, given)
    assert Criterion.objects.get(name="环保").weight == 10
    again = signed_in(admin_manager).post(
        address, {**given, "name": "再来", "source": "price", "weight": "0"}
    )
    assert sorted(again.context["form"].errors) == ["source", "weight"]


# -- the duty -------------------------------------------------------------------------------------


@pytest.fixture
def occurrence(db, buyer, admin_manager, at):
    duty = Duty.set_up(
        by=admin_manager,
        at=at("2026-10-01 09:00"),
        title="供应商季度考评",
        standard="supplier-review",
        rule=Recurring("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=15", date(2026, 10, 1)),
        calendar=Calendar.objects.get(key="office"),
        assignment=Duty.Assignment.PERSON,
        person=buyer,
        since=date(2026, 10, 1),
    )
    opens_at, due_at = at("2026-10-15 09:00"), at("2026-10-15 18:00")
    known = Occurrence.objects.filter(duty=duty, day=date(2026, 10, 15)).first()
    return known or Occurrence.objects.create(
        duty=duty, day=date(2026, 10, 15), opens_at=opens_at, due_at=due_at, person=buyer
    )


def test_the_duty_opens_the_round_of_the_quarter_before_and_is_done_with_it(
    occurrence, supplier, admin_manager
):
    occurrence.open(at=occurrence.opens_at)
    opened = ReviewRound.objects.get()
    assert ((opened.year, opened.quarter), opened.occurrence) == (QUARTER, occurrence)

    opened.keep_those_without_orders(by=admin_manager, at=occurrence.opens_at)
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.proof) == (Occurrence.State.DONE, opened)


def test_a_duty_that_comes_after_the_round_takes_it_for_proof(occurrence, supplier, admin_manager):
    opened = reviewing.open_round(*QUARTER, by=admin_manager, at=occurrence.opens_at)
    opened.keep_those_without_orders(by=admin_manager, at=occurrence.opens_at)

    occurrence.open(at=occurrence.opens_at)
    occurrence.refresh_from_db()
    assert occurrence.state == Occurrence.State.DONE


def test_without_suppliers_the_duty_opens_all_the_same(occurrence):
    occurrence.open(at=occurrence.opens_at)

    assert ReviewRound.objects.exists() is False


# -- two at once ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_refused(scored, admin_manager, noon):
    start, refused = threading.Barrier(2), []

    def decide():
        mine = Review.objects.get(pk=scored.pk)
        start.wait()
        try:
            mine.decide("keep", by=admin_manager, at=noon)
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    workers = [threading.Thread(target=decide) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert refused == ["This review stands at “Decided” by now."]
    assert ReviewRound.objects.get().closed_at == noon
