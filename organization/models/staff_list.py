"""Lists of employees that were sent in to be taken over, each looked through before anything is written."""

import json
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from organization.sheets import Line


class StaffListQuerySet(models.QuerySet):
    def waiting(self) -> "StaffListQuerySet":
        """Uploaded, looked at perhaps, and not taken over."""
        return self.filter(applied_at=None)


class StaffList(models.Model):
    """An uploaded list of employees (员工名册): first a preview, then all of it or nothing.

    The rows hold mobile numbers, so they are encrypted, and they are forgotten once taken over.
    """

    file_name = models.CharField(_("file"), max_length=200)
    rows = EncryptedTextField(_("rows"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    applied_at = models.DateTimeField(_("taken over at"), null=True, blank=True)
    created = models.PositiveIntegerField(_("people added"), default=0)
    changed = models.PositiveIntegerField(_("people changed"), default=0)

    objects = StaffListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of employees")
        verbose_name_plural = _("lists of employees")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("people-import-preview", args=[self.pk])

    @classmethod
    @transaction.atomic
    def keep(cls, file_name: str, lines: list[Line], *, by, at: datetime | None = None) -> "StaffList":
        """Keep an uploaded list for its preview; the uploader's earlier, unused ones go."""
        cls.objects.waiting().filter(uploaded_by=by).delete()
        rows = json.dumps([[line.number, line.cells] for line in lines], ensure_ascii=False)
        return cls.objects.create(
            file_name=file_name[-200:], rows=rows, uploaded_by=by, uploaded_at=at or timezone.now()
        )

    @property
    def lines(self) -> list[Line]:
        """The rows as they were read from the file; none once the list was taken over."""
        return [Line(number, cells) for number, cells in json.loads(self.rows or "[]")]

    def taken_over(self, *, at: datetime, created: int, changed: int) -> None:
        """Note what came of the list, and forget its rows."""
        self.applied_at, self.rows, self.created, self.changed = at, None, created, changed
        self.save(update_fields=["applied_at", "rows", "created", "changed"])
