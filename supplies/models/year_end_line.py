"""One asset of the year-end plan."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department
from pages.money import MoneyField

from ..year_end.querysets import YearEndLineQuerySet
from .asset import Asset
from .category import Category


class YearEndLine(models.Model):
    """One asset in the plan: the figures as they stood, the proposal they make, and what was decided.

    `grounds` are codes with figures, put into words by `year_end.proposals`; what a person typed
    (`typed_by`) stays when the plan is drawn up anew.
    """

    class Verdict(models.TextChoices):
        KEEP = "keep", pgettext_lazy("asset", "Keep")
        REPAIR = "repair", pgettext_lazy("asset", "Repair")
        REPLACE = "replace", pgettext_lazy("asset", "Replace")

    plan = models.ForeignKey(
        "supplies.YearEndPlan", on_delete=models.CASCADE, related_name="lines", verbose_name=_("plan")
    )
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+", verbose_name=_("asset"))
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("category")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department")
    )
    age_months = models.PositiveSmallIntegerField(_("age in months"))
    book_value = MoneyField(_("book value"))
    repair_cost = MoneyField(_("repairs so far"))
    proposal = models.CharField(_("proposal"), max_length=10, choices=Verdict.choices)
    grounds = models.JSONField(_("grounds"), default=list)
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict.choices)
    expected_cost = MoneyField(_("expected cost"), default=0, validators=[MinValueValidator(0)])
    reason = models.CharField(_("why not as proposed"), max_length=200, blank=True)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decision typed by"),
    )

    objects = YearEndLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a year-end plan")
        verbose_name_plural = _("lines of year-end plans")
        ordering = ["asset__tag"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "asset"], name="year_end_plan_has_an_asset_once"),
        ]

    def __str__(self) -> str:
        return str(self.asset)

    def get_absolute_url(self) -> str:
        return reverse("year-end-line", args=[self.plan_id, self.pk])

    @property
    def is_as_proposed(self) -> bool:
        return self.verdict == self.proposal
