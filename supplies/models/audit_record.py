"""What is kept of an audit of assets as a whole."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, Place

from ..audits.querysets import AuditQuerySet
from .category import Category


class AuditRecord(models.Model):
    """The columns of an audit, and what follows from them."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("audit", "Under way")
        REVIEW = "review", pgettext_lazy("audit", "To be approved")
        CLOSED = "closed", pgettext_lazy("audit", "Closed")
        CANCELLED = "cancelled", pgettext_lazy("audit", "Cancelled")

    title = models.CharField(_("title"), max_length=80)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    due_on = models.DateField(_("to be finished by"))
    counters = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("scanned or handed in by")
    )
    counted_at = models.DateTimeField(_("counted at"), null=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("handed in by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("audit of assets")
        verbose_name_plural = _("audits of assets")
        ordering = ["-opened_at", "-pk"]
        permissions = [("approve_audit", _("Can close an audit of assets"))]
        indexes = [
            models.Index(fields=["id"], name="audit_open", condition=Q(status__in=["open", "review"])),
        ]
        constraints = [
            models.CheckConstraint(
                name="audit_is_closed_by_somebody",
                condition=~Q(status="closed") | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("audit", args=[self.pk])

    @property
    def number(self) -> str:
        """ "ZP202611-00012"."""
        return f"ZP{timezone.localtime(self.opened_at):%Y%m}-{self.pk or 0:05}"

    @property
    def is_open(self) -> bool:
        """Something is still to be done: scanned, or decided."""
        return self.status in (self.Status.OPEN, self.Status.REVIEW)

    @property
    def shows_results(self) -> bool:
        return self.status in (self.Status.REVIEW, self.Status.CLOSED)

    @property
    def scope_words(self) -> str:
        """What is looked for: department, place and category; everything where none is named."""
        parts = (self.department, self.place, self.category)
        return " · ".join(str(part) for part in parts if part) or str(_("All assets"))

    def progress_words(self) -> str:
        """ "12/40"; needs `with_progress`."""
        return f"{self.seen}/{self.expected}"
