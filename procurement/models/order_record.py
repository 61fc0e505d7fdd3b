"""What an order consists of: to whom, for whom, by when, and who let it through."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department
from pages.money import MoneyField

from .request import PurchaseRequest
from .supplier import Supplier


def person(label, *, null: bool = True) -> models.ForeignKey:
    """Somebody who did something with a purchase."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=null, related_name="+", verbose_name=label
    )


class OrderRecord(models.Model):
    """The fields of an order; `asked_at` and `released_at` belong to one that would cross a budget."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("order", "Draft")
        PLACED = "placed", pgettext_lazy("order", "Placed")
        RECEIVED = "received", pgettext_lazy("order", "Received")
        CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")

    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="orders", verbose_name=_("supplier")
    )
    request = models.ForeignKey(
        PurchaseRequest, on_delete=models.PROTECT, related_name="orders", verbose_name=_("purchase request")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("using department")
    )
    buyer = person(_("buyer"), null=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    total = MoneyField(_("total"), default=0)
    expected_on = models.DateField(_("delivery agreed for"))
    terms = models.CharField(_("terms"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = person(_("created by"), null=False)
    over_reason = models.CharField(_("why the budget is crossed"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("release asked for at"), null=True)
    released_at = models.DateTimeField(_("released at"), null=True)
    released_by = person(_("released by"))
    placed_at = models.DateTimeField(_("placed at"), null=True)
    received_at = models.DateTimeField(_("received in full at"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    class Meta:
        abstract = True
