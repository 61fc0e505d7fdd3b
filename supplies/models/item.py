"""What lies in the storerooms: the things themselves, and how many of them lie where."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Place
from pages import pinyin
from pages.money import MoneyField
from pages.uploads import StoredIn

from ..querysets import ItemQuerySet, StockQuerySet
from .category import Category

MOST = 999_999


class Item(models.Model):
    """A thing kept in stock (物品). What is on hand, and its worth, only the ledger changes.

    `value` is what the stock cost: receipts add what was paid, issues take their share of it, so that the
    ledger adds up to the cent and an empty shelf is worth nothing.
    """

    class Kind(models.TextChoices):
        OFFICE_SUPPLY = "office_supply", _("Office supply")
        CONSUMABLE = "consumable", _("Low-value consumable")
        RECEPTION_SUPPLY = "reception_supply", _("Reception supply")
        SPARE_PART = "spare_part", _("Spare part")

    code = models.CharField(_("item number"), max_length=30, unique=True)
    name = models.CharField(pgettext_lazy("goods", "name"), max_length=80)
    specification = models.CharField(_("specification"), max_length=120, blank=True)
    initials = models.CharField(max_length=80, blank=True, editable=False)
    kind = models.CharField(
        pgettext_lazy("goods", "kind"), max_length=20, choices=Kind.choices, default=Kind.OFFICE_SUPPLY
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="items", verbose_name=_("category")
    )
    unit = models.CharField(pgettext_lazy("of measure", "unit"), max_length=10)
    minimum = models.PositiveIntegerField(_("minimum stock"), default=0, validators=[MaxValueValidator(MOST)])
    target = models.PositiveIntegerField(
        _("stock to fill up to"), default=0, validators=[MaxValueValidator(MOST)]
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("usual place")
    )
    shelf = models.CharField(_("shelf"), max_length=40, blank=True)
    barcode = models.CharField(_("barcode"), max_length=60, null=True, blank=True, unique=True)
    picture = models.FileField(_("picture"), upload_to=StoredIn("items"), blank=True)
    picture_type = models.CharField(max_length=100, blank=True, editable=False)
    requestable = models.BooleanField(_("may be asked for"), default=True)
    reorders = models.BooleanField(
        _("bought again by itself"),
        default=True,
        help_text=_("A purchase is requested as soon as the stock falls below the minimum."),
    )
    active = models.BooleanField(pgettext_lazy("goods", "in use"), default=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    on_hand = models.PositiveIntegerField(_("on hand"), default=0, editable=False)
    value = MoneyField(_("worth"), default=Decimal("0.00"), editable=False)
    moved_at = models.DateTimeField(_("moved last"), null=True, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("goods", "item")
        verbose_name_plural = pgettext_lazy("goods", "items")
        ordering = ["code"]
        permissions = [
            ("post_stock", _("Can receive, issue, return, transfer and correct stock")),
            ("arrange_supplies", _("Can change quotas, tolerances and other rules of the stock")),
            ("import_item", _("Can import items and opening stock")),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="item_by_name"),
            models.Index(fields=["on_hand", "id"], name="item_by_stock"),
            models.Index(
                fields=["kind", "code"],
                name="item_below_minimum",
                condition=Q(active=True, on_hand__lt=F("minimum")),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="item_stock_is_not_negative", condition=Q(on_hand__gte=0)),
            models.CheckConstraint(name="item_worth_is_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(
                name="item_without_stock_is_worth_nothing", condition=Q(on_hand__gt=0) | Q(value=0)
            ),
            models.CheckConstraint(
                name="item_target_reaches_minimum",
                condition=Q(target=0) | Q(target__gte=F("minimum")),
                violation_error_message=_("The stock to fill up to is at least the minimum."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.specification)))

    def save(self, *args, **kwargs) -> None:
        """Keep the initials in step with the name; an empty barcode is none, so that many may have none."""
        self.initials, self.barcode = pinyin.initials(self.name)[:80], self.barcode or None
        asked = kwargs.get("update_fields")
        if asked is not None and "name" in asked:
            kwargs["update_fields"] = {*asked, "initials"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("item", args=[self.pk])

    def clean(self) -> None:
        """What has been counted in one unit is not counted in another."""
        super().clean()
        before = Item.objects.filter(pk=self.pk).exclude(moved_at=None).first() if self.pk else None
        if before and before.unit != self.unit:
            raise ValidationError(
                {"unit": _("It has been counted in %(unit)s; the unit stays.") % {"unit": before.unit}}
            )

    @property
    def is_short(self) -> bool:
        """Less on hand than the minimum."""
        return self.active and self.on_hand < self.minimum

    @property
    def lacking(self) -> int:
        """How many are to be bought to fill up: to the target, or to the minimum where there is none."""
        return max(0, max(self.target, self.minimum) - self.on_hand)


class Stock(models.Model):
    """How many of an item lie at one place (库存); written by the ledger alone."""

    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="stocks", db_index=False, verbose_name=_("item")
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))
    quantity = models.PositiveIntegerField(_("quantity"), default=0)

    objects = StockQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock at a place")
        verbose_name_plural = _("stock at places")
        constraints = [
            models.UniqueConstraint(fields=["item", "place"], name="stock_once_per_item_and_place"),
            models.CheckConstraint(name="stock_is_not_negative", condition=Q(quantity__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.place}"
