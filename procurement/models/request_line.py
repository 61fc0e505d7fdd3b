"""What is wanted, line by line."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.money import MoneyField, rounded
from supplies.models import Category, Item
from supplies.models.item import MOST


class RequestLine(models.Model):
    """One thing to be bought: for the stock (`item`), as assets (`is_asset`), or used up at once.

    `chosen` is the quote that was taken; `dear_reason` why a price above last year's is paid,
    `choice_reason` why not the cheapest.
    """

    request = models.ForeignKey(
        "procurement.PurchaseRequest",
        on_delete=models.CASCADE,
        related_name="lines",
        verbose_name=_("purchase request"),
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("item")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("category")
    )
    name = models.CharField(pgettext_lazy("goods", "name"), max_length=80)
    specification = models.CharField(_("specification"), max_length=200, blank=True)
    unit = models.CharField(pgettext_lazy("of measure", "unit"), max_length=10)
    quantity = models.PositiveIntegerField(
        _("quantity"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    is_asset = models.BooleanField(_("becomes a fixed asset"), default=False)
    expected_price = MoneyField(
        _("expected unit price"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    chosen = models.ForeignKey(
        "procurement.QuoteLine",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("chosen quote"),
    )
    choice_reason = models.CharField(_("why not the cheapest"), max_length=200, blank=True)
    dear_reason = models.CharField(_("why dearer than last year"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of a purchase request")
        verbose_name_plural = _("lines of purchase requests")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="request_line_buys_something", condition=Q(quantity__gte=1)),
            models.CheckConstraint(
                name="request_line_is_stock_or_asset", condition=Q(item=None) | Q(is_asset=False)
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.specification)))

    @property
    def spelt(self) -> str:
        """ "中性笔 0.5mm × 20 支"."""
        return f"{self} × {self.quantity} {self.unit}"

    @property
    def unit_price(self) -> Decimal | None:
        """The price of the quote taken."""
        return self.chosen.unit_price if self.chosen_id else None

    @property
    def amount(self) -> Decimal | None:
        """What the line costs at the quote taken."""
        return rounded(self.chosen.unit_price * self.quantity) if self.chosen_id else None
