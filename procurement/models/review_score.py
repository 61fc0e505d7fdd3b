"""The points of a review, criterion by criterion."""

from copy import copy
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pages import history
from pages.refusals import Refused

from .. import scoring
from .review import Review
from .review_round import Criterion


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

    def give(self, points: Decimal | None, remark: str) -> None:
        """Write the points down; the review is locked. Other than proposed they need a remark."""
        if points is None:
            raise Refused(_("“%(criterion)s” is not scored yet.") % {"criterion": self.criterion})
        if not scoring.NONE <= points <= scoring.FULL:
            raise Refused(_("Points run from 0 to 100."))
        points = scoring.rounded(points)
        if self.proposed is not None and points != self.proposed and not remark.strip():
            raise Refused(
                _("Say why “%(criterion)s” is scored otherwise than proposed.")
                % {"criterion": self.criterion}
            )
        before = copy(self)
        self.score, self.remark = points, remark.strip()[:200]
        history.save(self, before, ["score", "remark"])
