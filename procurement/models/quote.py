"""What suppliers ask for what is wanted."""

from datetime import date

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pages.money import MoneyField
from pages.uploads import StoredIn

from .request_line import RequestLine
from .supplier import Supplier


class Quote(models.Model):
    """What one supplier asks for a request (报价)."""

    request = models.ForeignKey(
        "procurement.PurchaseRequest",
        on_delete=models.CASCADE,
        related_name="quotes",
        verbose_name=_("purchase request"),
    )
    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="quotes", verbose_name=_("supplier")
    )
    quoted_on = models.DateField(_("quoted on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    delivery_days = models.PositiveSmallIntegerField(_("delivered within days"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    file = models.FileField(_("file"), upload_to=StoredIn("quotes"), blank=True)
    filename = models.CharField(_("file name"), max_length=120, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by")
    )

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "supplier"],
                name="quote_once_per_supplier",
                violation_error_message=_("This supplier's quote is there already; change it."),
            ),
            models.CheckConstraint(
                name="quote_is_valid_after_it_was_made",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("quoted_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.request.number}"

    def get_absolute_url(self) -> str:
        return reverse("purchase-request", args=[self.request_id])

    def is_valid_on(self, day: date) -> bool:
        return self.valid_until is None or self.valid_until >= day

    def may_be_taken(self, day: date) -> bool:
        """Still valid, and of a supplier with whom one may order."""
        return self.is_valid_on(day) and self.supplier.status == Supplier.Status.LIVE


class QuoteLine(models.Model):
    """The unit price a supplier asks for one line, taxes included."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines", verbose_name=_("quote"))
    line = models.ForeignKey(
        RequestLine,
        on_delete=models.CASCADE,
        related_name="quotes",
        verbose_name=_("line of a purchase request"),
    )
    unit_price = MoneyField(_("unit price"), validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = _("line of a quote")
        verbose_name_plural = _("lines of quotes")
        ordering = ["unit_price", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "line"], name="quote_prices_a_line_once"),
            models.CheckConstraint(name="quote_price_is_not_negative", condition=Q(unit_price__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.unit_price}"
