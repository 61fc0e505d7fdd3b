"""What is counted: one item at one place; and codes scanned that belong to nothing."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organization.models import Place, User
from pages import history
from pages.money import MoneyField

from ..querysets_stocktakes import StocktakeLineQuerySet
from .item import MOST, Item

FOUND = ("book", "variance", "amount")


class StocktakeLine(models.Model):
    """One item at one place to be counted (盘点明细).

    `frozen` is what the ledger said when the stocktake was opened; `counted`/`recounted` what was found.
    `book` is what the ledger said at the instant of the count that holds, so that what moved meanwhile
    counts, `variance` is found less book and `amount` its worth; all three stay empty while counting goes on.
    """

    stocktake = models.ForeignKey(
        "Stocktake", on_delete=models.CASCADE, related_name="lines", verbose_name=_("stocktake")
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))
    frozen = models.PositiveIntegerField(_("frozen"))
    tolerance = models.PositiveSmallIntegerField(_("tolerance"))
    added = models.BooleanField(_("found in addition"), default=False)
    counted = models.PositiveIntegerField(_("counted"), null=True, validators=[MaxValueValidator(MOST)])
    counted_at = models.DateTimeField(_("counted at"), null=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("counted by"),
    )
    left_out = models.CharField(_("why it was not counted"), max_length=200, blank=True)
    recount = models.BooleanField(_("to be counted again"), default=False)
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
    amount = MoneyField(_("worth of the variance"), null=True)
    explanation = models.CharField(_("explanation"), max_length=200, blank=True)

    objects = StocktakeLineQuerySet.as_manager()

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
                name="stocktake_line_is_recounted_by_somebody",
                condition=Q(recounted=None)
                | Q(counted__isnull=False, recounted_by__isnull=False, recounted_at__isnull=False),
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

    def get_absolute_url(self) -> str:
        return reverse("stocktake-line", args=[self.stocktake_id, self.pk])

    # -- verbs; the stocktake, which holds itself meanwhile, calls them -------------------------------

    def write_down(self, quantity: int, *, by: User, at: datetime, typed_by: User | None = None) -> None:
        """So many were found in this round; what was reckoned from an earlier count holds no more."""
        prefix = "recounted" if self.is_asked_again else "counted"
        names = [prefix, f"{prefix}_at", f"{prefix}_by"]
        for name, value in zip(names, (quantity, at, by), strict=True):
            setattr(self, name, value)
        self._forget_figures()
        self.left_out = ""
        with history.reason(by=typed_by or by):
            self.save(update_fields=[*names, *FOUND, "left_out"])

    def ask_again(self) -> None:
        """To be counted again, by somebody else if possible: the last count is the first of the new round."""
        if self.recounted is not None:
            self.counted, self.counted_at, self.counted_by = (
                self.recounted,
                self.recounted_at,
                self.recounted_by,
            )
        self.recounted = self.recounted_at = self.recounted_by = None
        self.recount = True
        self._forget_figures()
        counts = ("counted", "counted_at", "counted_by", "recounted", "recounted_at", "recounted_by")
        self.save(update_fields=["recount", *counts, *FOUND])

    # -- what follows from the row ---------------------------------------------------------------------

    @property
    def is_asked_again(self) -> bool:
        """Counted once, and to be counted again now."""
        return self.stocktake.status == self.stocktake.Status.RECOUNTING

    @property
    def entered(self) -> int | None:
        """What was found in this round of counting; None before."""
        return self.recounted if self.is_asked_again else self.counted

    @property
    def entered_by(self) -> User | None:
        return self.recounted_by if self.is_asked_again else self.counted_by

    @property
    def entered_at(self) -> datetime | None:
        return self.recounted_at if self.is_asked_again else self.counted_at

    @property
    def found(self) -> int | None:
        """The count that holds."""
        return self.counted if self.recounted is None else self.recounted

    @property
    def found_by(self) -> User | None:
        return self.counted_by if self.recounted is None else self.recounted_by

    @property
    def found_at(self) -> datetime | None:
        return self.counted_at if self.recounted is None else self.recounted_at

    @property
    def is_counted_in_this_round(self) -> bool:
        """Everything is counted once; later, only what is to be counted again."""
        return self.recount or not self.is_asked_again

    @property
    def is_settled(self) -> bool:
        """Nothing is left to be done about it in this round."""
        if self.is_asked_again:
            return not self.recount or self.recounted is not None
        return self.counted is not None or bool(self.left_out)

    @property
    def is_beyond(self) -> bool:
        """It differs from the ledger by more than is tolerated."""
        return self.variance is not None and abs(self.variance) > self.tolerance

    def _forget_figures(self) -> None:
        self.book = self.variance = self.amount = None


class StrayCode(models.Model):
    """A code scanned during a stocktake that belongs to no item (未识别条码); kept, to be looked into."""

    stocktake = models.ForeignKey(
        "Stocktake", on_delete=models.CASCADE, related_name="strays", verbose_name=_("stocktake")
    )
    code = models.CharField(_("code"), max_length=200)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("place")
    )
    scanned_at = models.DateTimeField(_("scanned at"))
    scanned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("scanned by")
    )

    class Meta:
        verbose_name = _("unknown code")
        verbose_name_plural = _("unknown codes")
        ordering = ["-scanned_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["stocktake", "code"], name="stray_code_once_per_stocktake")
        ]

    def __str__(self) -> str:
        return self.code
