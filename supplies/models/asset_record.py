"""What the register says of an asset; what happens to it is in `asset`."""

from collections.abc import Iterable

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, Place
from pages import pinyin
from pages.money import MoneyField
from pages.uploads import StoredIn

from .category import Category


class AssetRecord(models.Model):
    """The columns of an asset: what it is, who has it where, what it cost and how long it is to last."""

    class Status(models.TextChoices):
        IN_USE = "in_use", pgettext_lazy("asset", "In use")
        IDLE = "idle", pgettext_lazy("asset", "In store")
        LENT = "lent", pgettext_lazy("asset", "Lent")
        IN_REPAIR = "in_repair", pgettext_lazy("asset", "In repair")
        SCRAPPED = "scrapped", pgettext_lazy("asset", "Scrapped")

    tag = models.CharField(_("asset tag"), max_length=30, unique=True)
    name = models.CharField(pgettext_lazy("goods", "name"), max_length=80)
    initials = models.CharField(max_length=80, blank=True, editable=False)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="assets", verbose_name=_("category")
    )
    model = models.CharField(_("model and specification"), max_length=120, blank=True)
    serial = models.CharField(_("serial number"), max_length=80, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.IDLE)
    custodian = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assets",
        verbose_name=_("custodian"),
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department")
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))
    price = MoneyField(pgettext_lazy("asset", "price"), validators=[MinValueValidator(0)])
    residual = MoneyField(_("residual value"), validators=[MinValueValidator(0)])
    useful_months = models.PositiveSmallIntegerField(
        _("useful life in months"), validators=[MinValueValidator(1), MaxValueValidator(1200)]
    )
    bought_on = models.DateField(_("bought on"))
    in_use_on = models.DateField(_("put to use on"))
    supplier = models.CharField(_("supplier"), max_length=120, blank=True)
    warranty_until = models.DateField(_("warranty until"), null=True, blank=True)
    picture = models.FileField(_("picture"), upload_to=StoredIn("assets"), blank=True)
    picture_type = models.CharField(max_length=100, blank=True, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    due_back_on = models.DateField(_("due back on"), null=True, editable=False)
    scrapped_on = models.DateField(_("scrapped on"), null=True, editable=False)
    proceeds = MoneyField(_("proceeds of scrapping"), null=True, editable=False)
    seen_at = models.DateTimeField(_("seen last"), null=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        asked = kwargs.get("update_fields")
        kwargs["update_fields"] = self.derived(asked) if asked is not None else None
        if asked is None:
            self.derived({"name"})
        super().save(*args, **kwargs)

    def derived(self, written: Iterable[str]) -> list[str]:
        """Brings the initials in step with the name; answers what is to be written, in order."""
        names = set(written)
        if "name" in names:
            self.initials = pinyin.initials(self.name)[:80]
            names.add("initials")
        return sorted(names)
