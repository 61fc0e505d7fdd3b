"""Counting what is there: frozen, counted blind, again where it differs, approved by another, posted."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Place
from sla.models import Occurrence

from .category import Category
from .item import MOST, Item
from .ledger import Posting


class Stocktake(models.Model):
    """A count of the stock (盘点): of one kind, category or place, or of everything.

    `occurrence` is the time of the monthly duty for which it was opened.
    """

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
    submitted_at = models.DateTimeField(_("counted at"), null=True)
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
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("stocktake")
        verbose_name_plural = _("stocktakes")
        ordering = ["-frozen_at", "-pk"]
        permissions = [("approve_stocktake", _("Can approve the variances of a stocktake"))]
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


class StocktakeLine(models.Model):
    """One item at one place to be counted.

    `frozen` is what the ledger said when the stocktake was opened; `counted`/`recounted` what was found, and
    `book` what the ledger said at the instant of the count that holds, so that what moved meanwhile counts.
    `variance` is found less book.
    """

    stocktake = models.ForeignKey(
        Stocktake, on_delete=models.CASCADE, related_name="lines", verbose_name=_("stocktake")
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))
    frozen = models.PositiveIntegerField(_("frozen"))
    tolerance = models.PositiveSmallIntegerField(_("tolerance"))
    counted = models.PositiveIntegerField(_("counted"), null=True, validators=[MaxValueValidator(MOST)])
    counted_at = models.DateTimeField(_("counted at"), null=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("counted by"),
    )
    recounted = models.PositiveIntegerField(
        _("counted again"), null=True, validators=[MaxValueValidator(MOST)]
    )
    recounted_at = models.DateTimeField(_("counted again at"), null=True)
    recounted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("counted again by"),
    )
    book = models.PositiveIntegerField(_("ledger at the count"), null=True)
    variance = models.IntegerField(_("variance"), null=True)
    explanation = models.CharField(_("explanation"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of a stocktake")
        verbose_name_plural = _("lines of stocktakes")
        ordering = ["place", "item__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stocktake", "item", "place"], name="stocktake_counts_a_stock_once"
            ),
            models.CheckConstraint(
                name="stocktake_line_is_counted_by_somebody",
                condition=Q(counted=None) | Q(counted_by__isnull=False, counted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="stocktake_line_variance_is_what_differs",
                condition=Q(variance=None)
                | Q(recounted=None, variance=F("counted") - F("book"))
                | Q(recounted__isnull=False, variance=F("recounted") - F("book")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.place}"
