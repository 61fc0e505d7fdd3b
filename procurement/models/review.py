"""Judging a supplier for a quarter: scored by one person from what was delivered, decided by another."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.telling import tell
from pages import history
from pages.refusals import Refused
from sla.models.figure import bounds, local_day
from sla.timers import start_timer, stop_timer

from .. import scoring
from ..supplier_querysets import ReviewQuerySet
from .review_round import ReviewRound
from .supplier import Supplier

Given = Mapping[int, tuple[Decimal, str]]
"""Points and remark for each score, by its primary key."""


class Review(models.Model):
    """One supplier in a round (考评): scored by one person, decided by another, followed up by a date.

    `deliveries` is how many there were in the quarter; without any there is no `total`, never a full score.
    """

    FOLLOW_UP = "supplier-follow-up"

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("review", "To be scored")
        SCORED = "scored", pgettext_lazy("review", "To be decided")
        DECIDED = "decided", pgettext_lazy("review", "Decided")

    class Decision(models.TextChoices):
        KEEP = "keep", pgettext_lazy("supplier", "Keep")
        NEGOTIATE = "negotiate", pgettext_lazy("supplier", "Negotiate")
        REPLACE = "replace", pgettext_lazy("supplier", "Replace")

    round = models.ForeignKey(
        ReviewRound, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("round")
    )
    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("supplier")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    deliveries = models.PositiveIntegerField(_("deliveries in the quarter"), default=0)
    bought = models.DecimalField(_("bought for"), max_digits=14, decimal_places=2, default=0)
    total = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True)
    scored_at = models.DateTimeField(_("scored at"), null=True)
    scored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("scored by"),
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    follow_up_on = models.DateField(_("follow up by"), null=True)
    follow_up_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("followed up by"),
    )
    followed_up_at = models.DateTimeField(_("followed up at"), null=True)
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier review")
        verbose_name_plural = _("supplier reviews")
        ordering = [F("total").desc(nulls_last=True), "supplier__name"]
        permissions = [("decide_review", _("Can decide what follows from a supplier review"))]
        constraints = [
            models.UniqueConstraint(fields=["round", "supplier"], name="review_once_per_supplier_and_round"),
            models.CheckConstraint(
                name="review_not_decided_by_its_scorer",
                condition=Q(decided_by=None) | Q(scored_by=None) | ~Q(decided_by=F("scored_by")),
            ),
            models.CheckConstraint(
                name="review_without_deliveries_has_no_score", condition=Q(deliveries__gt=0) | Q(total=None)
            ),
            models.CheckConstraint(
                name="review_score_up_to_100", condition=Q(total=None) | Q(total__range=(0, 100))
            ),
            models.CheckConstraint(
                name="review_decided_by_somebody",
                condition=~Q(status="decided") | Q(decided_by__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="review_follow_up_has_day_person_and_reason",
                condition=~Q(decision__in=["negotiate", "replace"])
                | Q(follow_up_on__isnull=False, follow_up_person__isnull=False) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("review", args=[self.pk])

    # -- verbs ------------------------------------------------------------------------------------

    @transaction.atomic
    def score(self, given: Given, *, by, at: datetime) -> None:
        """Give points for every criterion (评分); other than proposed only with a remark."""
        self._lock()
        self._must_be(self.Status.OPEN)
        if not self.deliveries:
            raise Refused(_("There were no orders in this quarter: it is not scored."))
        scores = list(self.scores.select_related("criterion"))
        with history.reason(by=by):
            for score in scores:
                score.give(*given.get(score.pk, (None, "")))
            self.total = scoring.weighted((score.score, score.weight) for score in scores)
            self.status, self.scored_at, self.scored_by = self.Status.SCORED, at, by
            self.save(update_fields=["total", "status", "scored_at", "scored_by"])

    @transaction.atomic
    def reopen(self, *, reason: str, by, at: datetime) -> None:
        """The scoring was wrong (重新评分); only before the decision. What was given stays to be changed."""
        self._lock()
        self._must_be(self.Status.SCORED)
        if not reason.strip():
            raise Refused(_("Give a reason."))
        self.status, self.total, self.scored_at, self.scored_by = self.Status.OPEN, None, None, None
        with history.reason(reason, by=by):
            self.save(update_fields=["status", "total", "scored_at", "scored_by"])

    @transaction.atomic
    def decide(
        self,
        decision: str,
        *,
        reason: str = "",
        follow_up_on: date | None = None,
        person=None,
        by,
        at: datetime,
    ) -> None:
        """Keep, negotiate with or replace the supplier (考评决定); never by whoever scored it."""
        self._lock()
        self._must_be(self.Status.SCORED)
        if self.scored_by_id == by.pk:
            raise Refused(_("You have scored this supplier yourself; somebody else decides."))
        if decision != self.Decision.KEEP:
            self._must_be_followed_up(reason, follow_up_on, person, at)
            self.follow_up_on, self.follow_up_person = follow_up_on, person
        self._settle(decision, reason, by=by, at=at)
        if self.follow_up_on:
            self._ask_to_follow_up(by=by, at=at)

    @transaction.atomic
    def keep_unscored(self, *, by, at: datetime) -> None:
        """Nothing was due in the quarter, so there is nothing to judge: the supplier stays (无订单，保留).

        One person does this alone, since nobody has judged anything.
        """
        self._lock()
        self._must_be(self.Status.OPEN)
        if self.deliveries:
            raise Refused(_("There were deliveries in this quarter: score them first."))
        self._settle(self.Decision.KEEP, "", by=by, at=at)

    @transaction.atomic
    def follow_up(self, outcome: str, *, suspend: bool = False, by, at: datetime) -> None:
        """What came of negotiating or replacing (跟进结果); stops the clock, and may suspend the supplier."""
        self._lock()
        if not self.is_to_follow_up:
            raise Refused(_("There is nothing to follow up here."))
        if not outcome.strip():
            raise Refused(_("Say what came of it."))
        if suspend and self.decision != self.Decision.REPLACE:
            raise Refused(_("Only a supplier that is to be replaced is suspended here."))
        self.followed_up_at, self.outcome = at, outcome.strip()[:300]
        with history.reason(by=by):
            self.save(update_fields=["followed_up_at", "outcome"])
        stop_timer(self, self.FOLLOW_UP, at=at, by=by)
        if suspend and self.supplier.is_live:
            self.supplier.suspend(reason=self.outcome[:200], by=by, at=at)

    # -- what follows from the rows ---------------------------------------------------------------

    @property
    def is_to_follow_up(self) -> bool:
        return self.follow_up_on is not None and self.followed_up_at is None

    def may_be_followed_up_by(self, user, at: datetime) -> bool:
        """The person named, who stands in for them, and whoever decides."""
        person = self.follow_up_person
        if person is None:
            return False
        return user in (person, person.stand_in(at)) or user.has_perm("procurement.decide_review")

    # -- inside the verbs -------------------------------------------------------------------------

    def _lock(self) -> None:
        """The round first: its last decision closes it, and everybody locks in this order."""
        self.round.hold()
        self.refresh_from_db(from_queryset=Review.objects.select_for_update())

    def _must_be(self, status: str) -> None:
        if self.status != status:
            state = self.get_status_display()
            raise Refused(_("This review stands at “%(state)s” by now.") % {"state": state})

    def _must_be_followed_up(self, reason: str, day: date | None, person, at: datetime) -> None:
        if not reason.strip():
            raise Refused(_("Say why it is negotiated or replaced."))
        if day is None or person is None:
            raise Refused(_("Name who follows this up, and by when."))
        if day < local_day(at):
            raise Refused(_("The day to follow up must not be in the past."))

    def _settle(self, decision: str, reason: str, *, by, at: datetime) -> None:
        self.status, self.decision, self.reason = self.Status.DECIDED, decision, reason.strip()[:300]
        self.decided_at, self.decided_by = at, by
        fields = ["status", "decision", "reason", "decided_at", "decided_by"]
        with history.reason(self.reason, by=by):
            self.save(update_fields=[*fields, "follow_up_on", "follow_up_person"])
        self.round.close_if_decided(by=by, at=at)

    def _ask_to_follow_up(self, *, by, at: datetime) -> None:
        person, due = self.follow_up_person, bounds(self.follow_up_on)[1]
        start_timer(self, self.FOLLOW_UP, at=at, owner=person, label=str(self.supplier), given=due)
        if person != by:
            params = {"supplier": str(self.supplier), "reason": self.reason, "day": str(self.follow_up_on)}
            kind = "procurement.supplier-follow-up"
            tell([person], kind, at=at, by=by, params=params, link=self.get_absolute_url(), source=self)
