"""The rounds in which suppliers are judged every quarter, and the criteria they are judged by."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pages import history
from pages.refusals import Refused
from sla.models import Occurrence

from ..spans import Span


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
            models.CheckConstraint(name="criterion_weighs_something", condition=Q(weight__range=(1, 100))),
            models.UniqueConstraint(
                fields=["source"],
                condition=~Q(source="hand") & Q(active=True),
                name="criterion_source_used_once",
                violation_error_message=_("Another criterion is filled from this already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def arrange(cls, criterion: Self | None, *, fields: dict[str, Any], by, at: datetime) -> Self:
        """Add or change a criterion (设置指标); rounds that are open keep what they began with."""
        criterion = criterion or cls()
        for name, value in fields.items():
            setattr(criterion, name, value)
        others = cls.objects.filter(active=True).exclude(pk=criterion.pk)
        if not criterion.active and not others.exists():
            raise Refused(_("At least one criterion must be in use."))
        with history.reason(by=by):
            criterion.save()
        return criterion


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
        return self.span.name

    def get_absolute_url(self) -> str:
        return reverse("review-round", args=[self.pk])

    # -- verbs ------------------------------------------------------------------------------------

    @transaction.atomic
    def serve(self, occurrence: Occurrence, *, at: datetime) -> None:
        """The duty to review this quarter has come: this round is its proof, at once if it is closed."""
        self.hold()
        self.occurrence = occurrence
        self.save(update_fields=["occurrence"])
        if self.closed_at:
            self._complete_duty(by=None, at=at)

    @transaction.atomic
    def keep_those_without_orders(self, *, by, at: datetime) -> int:
        """Keep all suppliers of whom nothing was due this quarter (无订单，保留); gives how many."""
        self.hold()
        waiting = list(self.reviews.filter(status="open", deliveries=0))
        for review in waiting:
            review.keep_unscored(by=by, at=at)
        return len(waiting)

    def close_if_decided(self, *, by, at: datetime) -> None:
        """The last decision closes the round (考评结束) and completes its duty; the round must be held."""
        if self.closed_at or self.reviews.undecided().exists():
            return
        self.closed_at = at
        with history.reason(by=by):
            self.save(update_fields=["closed_at"])
        self._complete_duty(by=by, at=at)

    def hold(self) -> None:
        """Lock the round: two who decide at once shall not both think the other one is still to come."""
        self.refresh_from_db(from_queryset=ReviewRound.objects.select_for_update())

    # -- what follows from the rows ---------------------------------------------------------------

    @property
    def span(self) -> Span:
        return Span("quarter", self.year, self.quarter)

    def _complete_duty(self, *, by, at: datetime) -> None:
        if self.occurrence and self.occurrence.is_ahead:
            self.occurrence.complete(by=by, at=at, proof=self)
