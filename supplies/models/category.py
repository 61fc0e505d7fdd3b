"""What kinds of goods the office buys, keeps and uses."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.Model):
    """A category of goods (品类): paper, cleaning agents, notebooks; suppliers are kept by it.

    `useful_months` and `residual_percent` are what a fixed asset of this category begins with.
    """

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(pgettext_lazy("goods", "name"), max_length=60, unique=True)
    useful_months = models.PositiveSmallIntegerField(
        _("useful life in months"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    residual_percent = models.DecimalField(
        _("residual value, percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    active = models.BooleanField(pgettext_lazy("goods", "in use"), default=True)

    class Meta:
        verbose_name = _("category of goods")
        verbose_name_plural = _("categories of goods")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="category_residual_is_a_share",
                condition=Q(residual_percent=None) | Q(residual_percent__range=(0, 100)),
            ),
            models.CheckConstraint(
                name="category_lasts_some_time", condition=Q(useful_months=None) | Q(useful_months__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.name
