"""One thing ordered, and how much of it has come."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.money import MoneyField
from supplies.models import Category, Item
from supplies.models.item import MOST

from .request_line import RequestLine


class OrderLine(models.Model):
    """A line of an order; `received` is what was accepted so far, `cancelled` what will not come any more.

    Rejected pieces are not received: the supplier still owes them.
    """

    order = models.ForeignKey(
        "procurement.Order", on_delete=models.CASCADE, related_name="lines", verbose_name=_("purchase order")
    )
    request_line = models.ForeignKey(
        RequestLine,
        on_delete=models.PROTECT,
        related_name="order_lines",
        verbose_name=_("line of a purchase request"),
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("item")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("category")
    )
    name = models.CharField(pgettext_lazy("goods", "name"), max_length=80)
    specification = models.CharField(_("specification"), max_length=200, blank=True)
    unit = models.CharField(pgettext_lazy("of measure", "unit"), max_length=10)
    is_asset = models.BooleanField(_("becomes a fixed asset"), default=False)
    quantity = models.PositiveIntegerField(
        _("quantity"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    unit_price = MoneyField(_("unit price"), validators=[MinValueValidator(0)])
    amount = MoneyField(_("amount"))
    dear_reason = models.CharField(_("why dearer than last year"), max_length=200, blank=True)
    received = models.PositiveIntegerField(_("received"), default=0)
    cancelled = models.PositiveIntegerField(_("cancelled"), default=0)

    class Meta:
        verbose_name = _("line of an order")
        verbose_name_plural = _("lines of orders")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="order_line_orders_something", condition=Q(quantity__gte=1)),
            models.CheckConstraint(
                name="order_line_amount_is_price_times_quantity",
                condition=Q(amount=Round(F("unit_price") * F("quantity"), 2)),
            ),
            models.CheckConstraint(
                name="order_line_cancels_what_has_not_come", condition=Q(cancelled__lte=F("quantity"))
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.specification)))

    @property
    def outstanding(self) -> int:
        """How many are still to come or to be accepted."""
        return max(0, self.quantity - self.received - self.cancelled)
