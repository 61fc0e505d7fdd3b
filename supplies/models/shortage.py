"""Falling short: from the moment when less than the minimum is there until it is there again."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .item import Item


class ShortageQuerySet(models.QuerySet):
    def unheard(self) -> "ShortageQuerySet":
        """Standing, of what is bought again by itself, and nobody has asked for it yet."""
        wanted = self.filter(ended_at=None, asked_at=None, item__reorders=True, item__active=True)
        return wanted.select_related("item").order_by("pk")


class Shortage(models.Model):
    """One time an item fell below its minimum (低于最低库存), and when something was done about it.

    Opened by the ledger, or by the sweep where the minimum was raised; announced by `stock_ran_low`. At most
    one stands open for an item, so that a purchase is requested once.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="shortages", verbose_name=_("item"))
    fell_at = models.DateTimeField(_("short since"))
    on_hand = models.PositiveIntegerField(_("then on hand"))
    minimum = models.PositiveIntegerField(_("then the minimum"))
    asked_at = models.DateTimeField(_("purchase requested at"), null=True)
    ended_at = models.DateTimeField(pgettext_lazy("shortage", "over at"), null=True)

    objects = ShortageQuerySet.as_manager()

    class Meta:
        verbose_name = _("shortage")
        verbose_name_plural = _("shortages")
        ordering = ["-fell_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(ended_at=None), name="shortage_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.item)

    def get_absolute_url(self) -> str:
        return reverse("item", args=[self.item_id])
