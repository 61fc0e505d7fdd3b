"""What leaves the board: the month on paper, and the screen on the wall."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scorecard(models.Model):
    """A month's figures as PDF and spreadsheet (月度成绩单), made in the background."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("scorecard", "Waiting")
        WORKING = "working", pgettext_lazy("scorecard", "Being made")
        READY = "ready", pgettext_lazy("scorecard", "Ready")
        FAILED = "failed", pgettext_lazy("scorecard", "Failed")

    month = models.DateField(_("month"), unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(_("progress in percent"), default=0)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    pdf = models.FileField("PDF", upload_to="scorecards/", blank=True)
    sheet = models.FileField("XLSX", upload_to="scorecards/", blank=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    begun_at = models.DateTimeField(_("begun"), null=True)
    made_at = models.DateTimeField(_("made"), null=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True)

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(made_at__isnull=False), name="scorecard_made_when_ready"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("scorecard", args=[f"{self.month:%Y-%m}"])


class Display(models.Model):
    """A screen on the wall (大屏) that may show the board without signing in, until it is revoked."""

    name = models.CharField(_("where it hangs"), max_length=60)
    digest = models.CharField(_("digest of the token"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    seen_at = models.DateTimeField(_("last seen"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )

    class Meta:
        verbose_name = _("display")
        verbose_name_plural = _("displays")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
