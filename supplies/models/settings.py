"""The rules of the stock that the manager may change."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .item import Item


class SuppliesSettings(models.Model):
    """How the storerooms are run (用品设置): one row."""

    tolerance = models.PositiveSmallIntegerField(
        _("tolerated difference of a count, in units"), default=1, validators=[MaxValueValidator(99)]
    )
    quota_months = models.PositiveSmallIntegerField(
        _("months of past use that make the quota"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    quota_percent = models.PositiveSmallIntegerField(
        _("quota in percent of past use"),
        default=120,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    tag_prefix = models.CharField(_("asset tags begin with"), max_length=8, default="ZC")
    audit_tolerance_days = models.PositiveSmallIntegerField(
        _("days in which an audit of assets is to be finished"), default=5, validators=[MinValueValidator(1)]
    )
    replace_below_percent = models.PositiveSmallIntegerField(
        _("replace when the book value is below so many percent of the price"), default=20
    )
    repair_above_percent = models.PositiveSmallIntegerField(
        _("replace when repairs cost more than so many percent of the price"), default=40
    )
    reception_allowance = models.DecimalField(
        _("reception supplies per visitor, CNY"), max_digits=8, decimal_places=2, default=10
    )

    class Meta:
        verbose_name = _("settings of supplies")
        verbose_name_plural = _("settings of supplies")
        constraints = [models.CheckConstraint(name="supplies_settings_once", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "SuppliesSettings":
        """The rules in force; the defaults where nobody has saved any."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def tolerance_of(self, kind: str) -> int:
        """By how many units a count may differ: of every kind of stock the same; of assets, none."""
        return self.tolerance if kind in Item.Kind.values else 0
