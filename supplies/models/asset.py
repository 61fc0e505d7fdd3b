"""Fixed assets: what the company owns piece by piece, who answers for it, and what it is worth."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, Place
from pages import pinyin
from pages.money import MoneyField
from pages.uploads import StoredIn

from ..querysets import AssetQuerySet
from .category import Category


class Asset(models.Model):
    """A fixed asset (固定资产) with its custodian (保管人), its place and its tag.

    Depreciated in a straight line from the month after it was put to use down to its residual value
    (年限平均法; 当月增加的固定资产当月不提折旧, 《企业会计准则第4号——固定资产》 and its guidance).
    `supplier` is a name: suppliers themselves belong to purchasing.
    """

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
    price = MoneyField(_("price"), validators=[MinValueValidator(0)])
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
    once = models.UUIDField(_("form ticket"), null=True, editable=False, db_index=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        ordering = ["tag"]
        permissions = [
            ("handle_asset", _("Can register, hand over, lend, repair and scrap assets")),
            ("view_asset_value", _("Can see what assets cost and are worth")),
            ("import_asset", _("Can import assets")),
        ]
        indexes = [
            models.Index(fields=["custodian", "status"], name="asset_by_custodian"),
            models.Index(fields=["department", "tag"], name="asset_by_department"),
            models.Index(fields=["due_back_on"], name="asset_lent", condition=Q(status="lent")),
        ]
        constraints = [
            models.CheckConstraint(
                name="asset_residual_is_part_of_the_price",
                condition=Q(residual__gte=0, residual__lte=F("price")),
                violation_error_message=_("The residual value lies between nothing and the price."),
            ),
            models.CheckConstraint(
                name="asset_in_use_has_a_custodian",
                condition=~Q(status__in=["in_use", "lent"]) | Q(custodian__isnull=False),
                violation_error_message=_("An asset in use or lent has a custodian."),
            ),
            models.CheckConstraint(
                name="asset_is_scrapped_on_a_day",
                condition=Q(status="scrapped", scrapped_on__isnull=False)
                | (~Q(status="scrapped") & Q(scrapped_on=None)),
            ),
            models.CheckConstraint(
                name="asset_is_put_to_use_after_it_is_bought",
                condition=Q(in_use_on__gte=F("bought_on")),
                violation_error_message=_("An asset is put to use on the day it was bought or later."),
            ),
            models.CheckConstraint(
                name="asset_lent_is_due_back", condition=~Q(status="lent") | Q(due_back_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag} {self.name}"

    def save(self, *args, **kwargs) -> None:
        self.initials = pinyin.initials(self.name)[:80]
        asked = kwargs.get("update_fields")
        if asked is not None and "name" in asked:
            kwargs["update_fields"] = {*asked, "initials"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("asset", args=[self.pk])


class AssetEvent(models.Model):
    """Something that happened to an asset (资产变动): kept for ever, shown as its life."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("asset", "Registered")
        HANDED_OVER = "handed_over", pgettext_lazy("asset", "Handed over")
        MOVED = "moved", pgettext_lazy("asset", "Moved")
        LENT = "lent", pgettext_lazy("asset", "Lent")
        RETURNED = "returned", pgettext_lazy("asset", "Returned")
        SENT_TO_REPAIR = "sent_to_repair", pgettext_lazy("asset", "Sent to repair")
        REPAIRED = "repaired", pgettext_lazy("asset", "Repaired")
        MAINTAINED = "maintained", pgettext_lazy("asset", "Maintained")
        SEEN = "seen", pgettext_lazy("asset", "Found by an audit")
        CORRECTED = "corrected", pgettext_lazy("asset", "Corrected")
        SCRAPPED = "scrapped", pgettext_lazy("asset", "Scrapped")
        RESTORED = "restored", pgettext_lazy("asset", "Taken back into the register")

    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, related_name="events", db_index=False, verbose_name=_("asset")
    )
    kind = models.CharField(_("what happened"), max_length=20, choices=Kind.choices)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    custodian = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("custodian from then on"),
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department from then on")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place from then on")
    )
    due_back_on = models.DateField(_("due back on"), null=True)
    cost = MoneyField(_("cost"), null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("event of an asset")
        verbose_name_plural = _("events of assets")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["asset", "-at", "-id"], name="asset_event_newest")]

    def __str__(self) -> str:
        return f"{self.asset} {self.get_kind_display()}"


class Handover(models.Model):
    """An asset on its way from one custodian to another (移交): it counts once the other has accepted it."""

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("handover", "Waiting for acceptance")
        ACCEPTED = "accepted", pgettext_lazy("handover", "Accepted")
        DECLINED = "declined", pgettext_lazy("handover", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("handover", "Withdrawn")

    ACCEPTANCE = "asset-acceptance"

    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, related_name="handovers", verbose_name=_("asset")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("from"),
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("to")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department")
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))
    due_back_on = models.DateField(_("due back on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("handed over at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("handed over by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answer_reason = models.CharField(_("reason of the answer"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(status="waiting"), name="handover_one_waiting_per_asset"
            ),
            models.CheckConstraint(
                name="handover_answered_when_decided",
                condition=Q(status="waiting", answered_at=None)
                | (~Q(status="waiting") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset} → {self.taker}"

    def get_absolute_url(self) -> str:
        return reverse("handover", args=[self.pk])
