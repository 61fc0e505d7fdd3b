"""What is kept of a stocktake."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Place
from sla.models import Occurrence

from ..querysets_stocktakes import StocktakeQuerySet
from .category import Category
from .item import Item
from .ledger import Posting


class StocktakeRecord(models.Model):
    """The columns of a stocktake, and what follows from them."""

    class Status(models.TextChoices):
        COUNTING = "counting", pgettext_lazy("stocktake", "Counting")
        RECOUNTING = "recounting", pgettext_lazy("stocktake", "Counting again")
        REVIEW = "review", pgettext_lazy("stocktake", "To be approved")
        POSTED = "posted", pgettext_lazy("stocktake", "Posted")
        CANCELLED = "cancelled", pgettext_lazy("stocktake", "Cancelled")

    OPEN = (Status.COUNTING, Status.RECOUNTING, Status.REVIEW)

    title = models.CharField(_("title"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Item.Kind.choices, blank=True)
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.COUNTING)
    frozen_at = models.DateTimeField(_("frozen at"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("opened by"),
    )
    counters = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("counted by")
    )
    submitted_at = models.DateTimeField(_("handed in at"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    posting = models.OneToOneField(
        Posting,
        on_delete=models.PROTECT,
        null=True,
        related_name="stocktake",
        verbose_name=_("stock document"),
    )
    occurrence = models.OneToOneField(
        Occurrence,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("occurrence of a duty"),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    objects = StocktakeQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("stocktake")
        verbose_name_plural = _("stocktakes")
        ordering = ["-frozen_at", "-pk"]
        permissions = [("approve_stocktake", _("Can approve the variances of a stocktake"))]
        indexes = [
            models.Index(
                fields=["id"],
                name="stocktake_open",
                condition=Q(status__in=["counting", "recounting", "review"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="stocktake_is_decided_by_somebody",
                condition=~Q(status="posted") | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("stocktake", args=[self.pk])

    @property
    def number(self) -> str:
        """ "PD202611-00012"."""
        return f"PD{timezone.localtime(self.frozen_at):%Y%m}-{self.pk or 0:05}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_counting(self) -> bool:
        """Counts are being entered, the first time or again; nobody is told a figure of the ledger."""
        return self.status in (self.Status.COUNTING, self.Status.RECOUNTING)

    @property
    def shows_figures(self) -> bool:
        """Counting is over, so that the ledger may be told beside what was found."""
        return self.status in (self.Status.REVIEW, self.Status.POSTED)

    @property
    def scope_words(self) -> str:
        """What is counted: kind, category and place; everything where none is named."""
        parts = (self.get_kind_display() if self.kind else "", self.category, self.place)
        return " · ".join(str(part) for part in parts if part) or str(_("All stock"))

    def progress_words(self) -> str:
        """ "12/40", of those that are counted in this round; needs `with_progress`."""
        if self.status == self.Status.RECOUNTING:
            return f"{self.again_done}/{self.again}"
        return f"{self.done}/{self.total}"
