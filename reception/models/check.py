"""Spot checks (抽查) of how a call was handled: what no clock can measure."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models import User
from sla.figures import local_day, outdate

from ..querysets import CallCheckQuerySet
from .call_line import SAMPLES


def _aspect(verbose_name) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        verbose_name, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


class CallCheck(models.Model):
    """One spot check of one call by one checker: script, manner in four aspects, who hung up first."""

    ASPECTS = ("voice", "pace", "diction", "warmth")

    call = models.ForeignKey("reception.Call", models.CASCADE, related_name="checks", verbose_name=_("call"))
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("checker")
    )
    checked_at = models.DateTimeField(_("checked at"), default=timezone.now, editable=False)
    followed_script = models.BooleanField(_("standard script used"), default=False)
    caller_hung_up_first = models.BooleanField(_("hung up only after the caller"), default=False)
    voice = _aspect(_("voice"))
    pace = _aspect(_("pace"))
    diction = _aspect(_("diction"))
    warmth = _aspect(_("warmth"))
    remark = models.TextField(_("remark"), max_length=1000, blank=True)

    objects = CallCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("call spot check")
        verbose_name_plural = _("call spot checks")
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "checker"], name="call_check_once_per_checker"),
            models.CheckConstraint(
                name="call_check_marks_1_to_5",
                condition=models.Q(
                    voice__range=(1, 5), pace__range=(1, 5), diction__range=(1, 5), warmth__range=(1, 5)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.checker}"

    def get_absolute_url(self) -> str:
        return reverse("call-detail", args=[self.call_id])

    @classmethod
    @transaction.atomic
    def record(cls, call: models.Model, *, by: User, at: datetime, **marks: Any) -> "CallCheck":
        """Enter a checker's sheet for a call (抽查); a second one by the same person replaces it."""
        check, _fresh = cls.objects.update_or_create(
            call=call, checker=by, defaults={**marks, "checked_at": at}
        )
        outdate(SAMPLES, local_day(call.rang_at))
        return check

    @property
    def average(self) -> float:
        """The mean of the four aspects, 1 to 5."""
        return sum(getattr(self, aspect) for aspect in self.ASPECTS) / len(self.ASPECTS)
