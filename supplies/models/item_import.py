"""Lists of items and opening stock that came in by file, each looked through before anything is written."""

import json
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organization.sheets import Line


class ItemImport(models.Model):
    """A list of items that was sent in (物品导入): first a preview, then all of it or nothing.

    The rows stay: they are what the history of the imported items points to. `failed` is why nothing was
    written, said to whoever confirmed; `posting` is the document of the opening stock.
    """

    file_name = models.CharField(_("file"), max_length=200)
    rows = models.TextField(_("rows"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    applied_at = models.DateTimeField(_("taken over at"), null=True)
    created = models.PositiveIntegerField(_("items added"), default=0)
    changed = models.PositiveIntegerField(_("items changed"), default=0)
    opened = models.PositiveIntegerField(_("items with opening stock"), default=0)
    failed = models.CharField(_("why not"), max_length=300, blank=True)
    posting = models.ForeignKey(
        "supplies.Posting",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("stock document"),
    )

    class Meta:
        verbose_name = _("import of items")
        verbose_name_plural = _("imports of items")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("items-import-preview", args=[self.pk])

    @classmethod
    @transaction.atomic
    def keep(cls, file_name: str, lines: list[Line], *, by, at: datetime) -> "ItemImport":
        """Keep an uploaded list for its preview; the uploader's earlier ones that came to nothing go."""
        cls.objects.filter(uploaded_by=by, confirmed_at=None).delete()
        rows = json.dumps(lines, ensure_ascii=False)
        return cls.objects.create(file_name=file_name[-200:], rows=rows, uploaded_by=by, uploaded_at=at)

    @property
    def lines(self) -> list[Line]:
        """The rows as they were read from the file."""
        return [Line(number, cells) for number, cells in json.loads(self.rows)]

    def confirm(self, *, at: datetime) -> None:
        """Somebody said yes; a worker takes it from here."""
        self.confirmed_at, self.failed = at, ""
        self.save(update_fields=["confirmed_at", "failed"])

    def fail(self, sentence: str) -> None:
        self.failed = sentence[:300]
        self.save(update_fields=["failed"])

    def taken_over(self, *, at: datetime, created: int, changed: int, opened: int, posting) -> None:
        """Note what came of the list."""
        self.applied_at, self.created, self.changed, self.opened = at, created, changed, opened
        self.posting = posting
        self.save(update_fields=["applied_at", "created", "changed", "opened", "posting"])
