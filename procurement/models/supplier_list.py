"""Lists of suppliers that were sent in to be taken over, each looked through before anything is written."""

import json
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from organization.sheets import Line


class SupplierList(models.Model):
    """An uploaded list of suppliers (供应商名册): first a preview, then all of it or nothing.

    The rows hold phones and bank accounts, so they are encrypted, and forgotten once taken over.
    """

    file_name = models.CharField(_("file"), max_length=200)
    rows = EncryptedTextField(_("rows"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    applied_at = models.DateTimeField(_("taken over at"), null=True)
    created = models.PositiveIntegerField(_("suppliers added"), default=0)
    changed = models.PositiveIntegerField(_("suppliers changed"), default=0)

    class Meta:
        verbose_name = _("list of suppliers")
        verbose_name_plural = _("lists of suppliers")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("suppliers-import-preview", args=[self.pk])

    @classmethod
    @transaction.atomic
    def keep(cls, file_name: str, lines: list[Line], *, by, at: datetime) -> Self:
        """Keep an uploaded list for its preview; the uploader's earlier, unused ones go."""
        cls.objects.filter(applied_at=None, uploaded_by=by).delete()
        rows = json.dumps([[line.number, line.cells] for line in lines], ensure_ascii=False)
        return cls.objects.create(file_name=file_name[-200:], rows=rows, uploaded_by=by, uploaded_at=at)

    @property
    def lines(self) -> list[Line]:
        """The rows as they were read from the file; none once the list was taken over."""
        return [Line(number, cells) for number, cells in json.loads(self.rows or "[]")]

    def taken_over(self, *, at: datetime, created: int, changed: int) -> None:
        """Note what came of the list, and forget its rows."""
        self.applied_at, self.rows, self.created, self.changed = at, None, created, changed
        self.save(update_fields=["applied_at", "rows", "created", "changed"])
