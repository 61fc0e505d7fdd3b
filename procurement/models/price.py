"""What was paid for what: the memory by which a price is judged against last year's."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.money import MoneyField
from supplies.models import Category, Item

from ..querysets import PriceQuerySet
from .order import ReceiptLine
from .supplier import Supplier


class Price(models.Model):
    """One purchase of one thing (采购价格), from an accepted delivery, or typed and imported from before.

    `likeness` is what makes two purchases comparable: the item, or, for what is not kept in stock, its
    category, name and specification in one notation. `group` says which clause it belongs to.
    """

    class Group(models.TextChoices):
        OFFICE_SUPPLY = "office_supply", _("Office supply")
        CONSUMABLE = "consumable", _("Low-value consumable")
        RECEPTION_SUPPLY = "reception_supply", _("Reception supply")
        SPARE_PART = "spare_part", _("Spare part")
        ASSET = "asset", _("Fixed asset")
        OTHER = "other", _("Other purchase")

    likeness = models.CharField(max_length=200)
    group = models.CharField(_("kind"), max_length=20, choices=Group.choices)
    item = models.ForeignKey(
        Item,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="prices",
        verbose_name=_("item"),
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="prices", verbose_name=_("category")
    )
    name = models.CharField(pgettext_lazy("goods", "name"), max_length=300)
    supplier = models.ForeignKey(
        Supplier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="prices",
        verbose_name=_("supplier"),
    )
    day = models.DateField(_("bought on"))
    quantity = models.PositiveIntegerField(_("quantity"), validators=[MinValueValidator(1)])
    unit_price = MoneyField(_("unit price"), validators=[MinValueValidator(0)])
    amount = MoneyField(_("amount"))
    receipt_line = models.OneToOneField(
        ReceiptLine,
        on_delete=models.PROTECT,
        null=True,
        related_name="price",
        verbose_name=_("line of a receipt"),
    )
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("buyer"),
    )
    last_year = MoneyField(_("last year"), null=True, editable=False)
    reason = models.CharField(_("why dearer than last year"), max_length=200, blank=True)

    objects = PriceQuerySet.as_manager()

    class Meta:
        verbose_name = _("price paid")
        verbose_name_plural = _("prices paid")
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
