"""What was shown for a duty: photos and files, and who was there."""

import datetime as dt
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .occurrence import Occurrence


def evidence_path(attachment: "Evidence", filename: str) -> str:
    """A name of our own: people's names for their files may be longer than a disk takes."""
    day: dt.date = attachment.occurrence.day
    return f"duties/{day:%Y/%m}/{attachment.occurrence_id}/{uuid4().hex}"


class Evidence(models.Model):
    """A photo or file that shows that a duty was done (凭证)."""

    occurrence = models.ForeignKey(
        Occurrence, on_delete=models.CASCADE, related_name="files", verbose_name=_("occurrence of a duty")
    )
    name = models.CharField(_("asked as"), max_length=40)
    file = models.FileField(_("file"), upload_to=evidence_path)
    filename = models.CharField(_("file name"), max_length=120)
    content_type = models.CharField(_("kind of file"), max_length=100)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.filename


class Attendance(models.Model):
    """Who was there when a duty was done (出席)."""

    occurrence = models.ForeignKey(
        Occurrence,
        on_delete=models.CASCADE,
        related_name="attendances",
        verbose_name=_("occurrence of a duty"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "person"], name="attendance_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}"
