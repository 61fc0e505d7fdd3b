"""The few figures of the telephone desk that a manager may change."""

import math
from datetime import timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from sla.figures import outdate_history


class DeskSettings(models.Model):
    """How long a ring lasts and how many are allowed (前台设置); one row for the office."""

    company = models.CharField(
        _("our name on the telephone"), max_length=40, blank=True, help_text=_("As the script says it.")
    )
    seconds_per_ring = models.PositiveSmallIntegerField(
        _("seconds per ring"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("Turns the instants of ring and answer into a number of rings."),
    )
    ring_limit = models.PositiveSmallIntegerField(
        _("rings allowed"), default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )

    class Meta:
        verbose_name = _("desk settings")
        verbose_name_plural = _("desk settings")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="desk_settings_single_row")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Every call is judged by the rings allowed now, earlier ones too: figure and records agree."""
        judged_by = DeskSettings.objects.filter(pk=1).values_list("ring_limit", flat=True).first()
        super().save(*args, **kwargs)
        if self.ring_limit != judged_by:
            outdate_history("call-answered-in-rings")

    @classmethod
    def current(cls) -> "DeskSettings":
        """The settings in force; the defaults until somebody changes them."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def rings_in(self, waited: timedelta) -> int:
        """How often it rings in that time: the first at once, at most 99."""
        return min(99, max(1, math.ceil(waited.total_seconds() / self.seconds_per_ring)))
