"""Judging the suppliers every quarter: by weighted criteria, from what they delivered, decided by another."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sla.models import Occurrence

from .supplier import Supplier


class Criterion(models.Model):
    """One thing suppliers are judged by (考评指标), with its weight; some fill themselves from deliveries."""

    class Source(models.TextChoices):
        ON_TIME = "on_time", _("Deliveries on time")
        DEFECTS = "defects", _("Goods without defects")
        PRICE = "price", _("Price against last year")
        HAND = "hand", _("Judged by hand")

    name = models.CharField(_("criterion"), max_length=40, unique=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    source = models.CharField(_("filled from"), max_length=10, choices=Source.choices, default=Source.HAND)
    guide = models.CharField(_("how to judge"), max_length=200, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        permissions = [("arrange_reviews", _("Can change the criteria of supplier reviews"))]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=~Q(source="hand") & Q(active=True),
                name="criterion_source_used_once",
                violation_error_message=_("Another criterion is filled from this already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReviewRound(models.Model):
    """The review of all live suppliers for one quarter (季度考评); `occurrence` is its duty."""

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("opened by"),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    occurrence = models.OneToOneField(
        Occurrence,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("occurrence of a duty"),
    )

    class Meta:
        verbose_name = _("round of supplier reviews")
        verbose_name_plural = _("rounds of supplier reviews")
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter"], name="review_round_once_a_quarter"),
            models.CheckConstraint(name="review_round_is_of_a_quarter", condition=Q(quarter__range=(1, 4))),
        ]

    def __str__(self) -> str:
        return str(_("%(year)d, quarter %(quarter)d") % {"year": self.year, "quarter": self.quarter})

    def get_absolute_url(self) -> str:
        return reverse("review-round", args=[self.pk])


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
        ]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("review", args=[self.pk])


class ReviewScore(models.Model):
    """The score of one criterion: what the deliveries propose, what was given, and why otherwise."""

    review = models.ForeignKey(
        Review, on_delete=models.CASCADE, related_name="scores", verbose_name=_("review")
    )
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, related_name="+", verbose_name=_("criterion")
    )
    weight = models.PositiveSmallIntegerField(_("weight"))
    proposed = models.DecimalField(_("proposed"), max_digits=5, decimal_places=2, null=True)
    basis = models.JSONField(_("from what"), default=dict)
    score = models.DecimalField(
        _("score"),
        max_digits=5,
        decimal_places=2,
        null=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("score of a review")
        verbose_name_plural = _("scores of reviews")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="review_scores_a_criterion_once"),
            models.CheckConstraint(
                name="review_score_of_a_criterion_up_to_100",
                condition=Q(score=None) | Q(score__range=(0, 100)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"
