"""The year-end check: each asset by age, book value and repairs, and what is to become of it next year."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department
from pages.money import MoneyField
from sla.models import Occurrence

from .asset import Asset
from .category import Category


class YearEndPlan(models.Model):
    """The year-end worksheet (年终资产盘查): figures propose, people decide, one plan for next year.

    Decided by another person than who drew it up; announced by `year_end_decided`, which the budgets hear.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("plan", "Being drawn up")
        REVIEW = "review", pgettext_lazy("plan", "To be approved")
        DECIDED = "decided", pgettext_lazy("plan", "Decided")

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    drawn_at = models.DateTimeField(_("drawn up at"))
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("drawn up by"),
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    occurrence = models.OneToOneField(
        Occurrence,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("occurrence of a duty"),
    )

    class Meta:
        verbose_name = _("year-end plan")
        verbose_name_plural = _("year-end plans")
        ordering = ["-year"]
        permissions = [("decide_yearendplan", _("Can decide the year-end plan of assets"))]
        constraints = [
            models.CheckConstraint(
                name="year_end_plan_is_decided_by_somebody",
                condition=~Q(status="decided") | Q(decided_by__isnull=False, decided_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(_("Year-end check %(year)d") % {"year": self.year})

    def get_absolute_url(self) -> str:
        return reverse("year-end", args=[self.pk])


class YearEndLine(models.Model):
    """One asset in the plan: the figures as they stood, the proposal they make, and what was decided."""

    class Verdict(models.TextChoices):
        KEEP = "keep", pgettext_lazy("asset", "Keep")
        REPAIR = "repair", pgettext_lazy("asset", "Repair")
        REPLACE = "replace", pgettext_lazy("asset", "Replace")

    plan = models.ForeignKey(
        YearEndPlan, on_delete=models.CASCADE, related_name="lines", verbose_name=_("plan")
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

    class Meta:
        verbose_name = _("line of a year-end plan")
        verbose_name_plural = _("lines of year-end plans")
        ordering = ["asset__tag"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "asset"], name="year_end_plan_has_an_asset_once"),
        ]

    def __str__(self) -> str:
        return str(self.asset)
