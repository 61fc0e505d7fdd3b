"""How much of one line of an order came, and what those who use it found."""

from typing import NamedTuple

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from supplies.models.item import MOST

from .order_line import OrderLine


class Finding(NamedTuple):
    """What those who use the goods found of one line: how many they refuse, whether it is what they need."""

    rejected: int = 0
    fits: bool = True
    defect: str = ""


class ReceiptLine(models.Model):
    """So many of an order's line came; of these `rejected` do not fit the need or are defective, and why."""

    receipt = models.ForeignKey(
        "procurement.Receipt",
        on_delete=models.CASCADE,
        related_name="lines",
        verbose_name=_("receipt of goods"),
    )
    order_line = models.ForeignKey(
        OrderLine, on_delete=models.PROTECT, related_name="receipt_lines", verbose_name=_("line of an order")
    )
    quantity = models.PositiveIntegerField(
        _("quantity"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    fits = models.BooleanField(_("fits the need"), null=True)
    defect = models.CharField(_("defect of goods"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of a receipt")
        verbose_name_plural = _("lines of receipts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "order_line"], name="receipt_names_an_order_line_once"
            ),
            models.CheckConstraint(
                name="receipt_line_rejects_what_came", condition=Q(rejected__lte=F("quantity"))
            ),
            models.CheckConstraint(
                name="receipt_line_says_what_is_wrong",
                condition=Q(rejected=0) & ~Q(fits=False) | ~Q(defect=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_line} × {self.quantity}"

    @property
    def accepted(self) -> int:
        return self.quantity - self.rejected
