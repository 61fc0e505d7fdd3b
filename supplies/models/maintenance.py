"""Keeping assets in order: what recurs, what broke, and what it cost."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.money import MoneyField

from .asset import Asset


class MaintenancePlan(models.Model):
    """Maintenance that an asset needs every so many months (维保计划)."""

    DUE = "asset-maintenance"

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="plans", verbose_name=_("asset"))
    title = models.CharField(_("what is to be done"), max_length=80)
    every_months = models.PositiveSmallIntegerField(
        _("every so many months"), validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    next_due_on = models.DateField(_("next due on"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("responsible")
    )
    contractor = models.CharField(_("done by which company"), max_length=120, blank=True)
    expected_cost = MoneyField(_("expected cost"), null=True, blank=True, validators=[MinValueValidator(0)])
    active = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name = _("maintenance plan")
        verbose_name_plural = _("maintenance plans")
        ordering = ["next_due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.asset} · {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("asset", args=[self.asset_id])


class Repair(models.Model):
    """One repair or maintenance of an asset (维修记录), from its beginning to its end, with its cost."""

    class Kind(models.TextChoices):
        REPAIR = "repair", pgettext_lazy("asset", "Repair")
        MAINTENANCE = "maintenance", pgettext_lazy("asset", "Maintenance")

    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, related_name="repairs", verbose_name=_("asset")
    )
    plan = models.ForeignKey(
        MaintenancePlan, on_delete=models.SET_NULL, null=True, related_name="repairs", verbose_name=_("plan")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.REPAIR)
    fault = models.CharField(_("what was wrong, or was done"), max_length=200)
    began_at = models.DateTimeField(_("began at"))
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    contractor = models.CharField(_("done by which company"), max_length=120, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ended by"),
    )
    cost = MoneyField(_("cost"), null=True, validators=[MinValueValidator(0)])
    result = models.CharField(_("result"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("repair")
        verbose_name_plural = _("repairs")
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(ended_at=None), name="repair_one_at_a_time_per_asset"
            ),
            models.CheckConstraint(
                name="repair_ends_after_it_begins",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset} · {self.fault}"
