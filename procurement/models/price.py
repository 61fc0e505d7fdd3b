"""What was paid for what: the memory by which a price is judged against last year's."""

from decimal import Decimal
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Round
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organization.models import User
from pages import history
from pages.money import MoneyField
from pages.refusals import Refused
from supplies.models import Category, Item

from ..delivery_querysets import PriceQuerySet
from .receipt_line import ReceiptLine
from .supplier import Supplier

SHARE = Decimal("0.0001")


class Price(models.Model):
    """One purchase of one thing (采购价格), from an accepted delivery, or typed and imported from before.

    `likeness` is what makes two purchases comparable: the item, or, for what is not kept in stock, its
    category, name and specification in one notation. `group` says which clause it belongs to.
    """

    class Group(models.TextChoices):
        OFFICE_SUPPLY = "office_supply", gettext_lazy("Office supply")
        CONSUMABLE = "consumable", gettext_lazy("Low-value consumable")
        RECEPTION_SUPPLY = "reception_supply", gettext_lazy("Reception supply")
        SPARE_PART = "spare_part", gettext_lazy("Spare part")
        ASSET = "asset", gettext_lazy("Fixed asset")
        OTHER = "other", gettext_lazy("Other purchase")

    likeness = models.CharField(max_length=200)
    group = models.CharField(gettext_lazy("kind"), max_length=20, choices=Group.choices)
    item = models.ForeignKey(
        Item,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="prices",
        verbose_name=gettext_lazy("item"),
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="prices", verbose_name=gettext_lazy("category")
    )
    name = models.CharField(pgettext_lazy("goods", "name"), max_length=300)
    supplier = models.ForeignKey(
        Supplier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="prices",
        verbose_name=gettext_lazy("supplier"),
    )
    day = models.DateField(pgettext_lazy("price", "bought on"))
    quantity = models.PositiveIntegerField(gettext_lazy("quantity"), validators=[MinValueValidator(1)])
    unit_price = MoneyField(gettext_lazy("unit price"), validators=[MinValueValidator(0)])
    amount = MoneyField(gettext_lazy("amount"))
    receipt_line = models.OneToOneField(
        ReceiptLine,
        on_delete=models.PROTECT,
        null=True,
        related_name="price",
        verbose_name=gettext_lazy("line of a receipt"),
    )
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=gettext_lazy("buyer"),
    )
    last_year = MoneyField(gettext_lazy("last year"), null=True, editable=False)
    reason = models.CharField(gettext_lazy("why dearer than last year"), max_length=200, blank=True)
    once = models.UUIDField(gettext_lazy("form ticket"), unique=True, null=True, editable=False)

    objects = PriceQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("price paid")
        verbose_name_plural = gettext_lazy("prices paid")
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(fields=["likeness", "day"], name="price_by_likeness"),
            models.Index(fields=["-day", "-id"], name="price_newest"),
            models.Index(fields=["supplier", "day"], name="price_by_supplier"),
        ]
        constraints = [
            models.CheckConstraint(
                name="price_amount_is_price_times_quantity",
                condition=Q(amount=Round(F("unit_price") * F("quantity"), 2)),
            ),
            models.CheckConstraint(name="price_of_something", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.unit_price}"

    def get_absolute_url(self) -> str:
        return f"{reverse('price-history')}?{urlencode({'of': self.likeness})}"

    # -- verbs ----------------------------------------------------------------------------------------

    @transaction.atomic
    def explain(self, reason: str, *, by: User) -> Self:
        """Say why it was dearer than last year (说明原因)."""
        if not self.is_dearer:
            raise Refused(_("This was not dearer than last year."))
        if not reason.strip():
            raise Refused(_("Please give the reason."))
        self.reason = reason.strip()
        with history.reason(reason, by=by):
            self.save(update_fields=["reason"])
        return self

    # -- questions ------------------------------------------------------------------------------------

    @property
    def is_dearer(self) -> bool:
        return self.last_year is not None and self.unit_price > self.last_year

    @property
    def index(self) -> Decimal | None:
        """It as a share of last year's price; None where nothing alike was bought then."""
        return (self.unit_price / self.last_year).quantize(SHARE) if self.last_year else None
