"""Looking for the assets: what is expected where, what was scanned there, and what that means."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, Place

from .asset import Asset
from .category import Category


class AssetAudit(models.Model):
    """An audit of assets (资产盘点): those of a department, place or category, or all of them, by scanning.

    The register's word is frozen in `AuditLine`; every scan is kept as a `Sighting`. The counter ends the
    counting, and another person closes it: zero difference is asked for.
    """

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("audit", "Under way")
        REVIEW = "review", pgettext_lazy("audit", "To be approved")
        CLOSED = "closed", pgettext_lazy("audit", "Closed")
        CANCELLED = "cancelled", pgettext_lazy("audit", "Cancelled")

    title = models.CharField(_("title"), max_length=80)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    due_on = models.DateField(_("to be finished by"))
    counted_at = models.DateTimeField(_("counted at"), null=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("counted by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("audit of assets")
        verbose_name_plural = _("audits of assets")
        ordering = ["-opened_at", "-pk"]
        permissions = [("approve_audit", _("Can close an audit of assets"))]
        constraints = [
            models.CheckConstraint(
                name="audit_is_closed_by_somebody",
                condition=~Q(status="closed") | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("audit", args=[self.pk])

    @property
    def number(self) -> str:
        """ "ZP202611-00012"."""
        return f"ZP{timezone.localtime(self.opened_at):%Y%m}-{self.pk or 0:05}"


class AuditLine(models.Model):
    """One asset that an audit expects, as the register had it then, and how it was found."""

    class Result(models.TextChoices):
        EXPECTED = "expected", pgettext_lazy("audit", "Not seen yet")
        FOUND = "found", pgettext_lazy("audit", "Found")
        MISPLACED = "misplaced", pgettext_lazy("audit", "At another place")
        MISSING = "missing", pgettext_lazy("audit", "Missing")

    class Settlement(models.TextChoices):
        NONE = "", pgettext_lazy("audit", "Not settled")
        REGISTER = "register", pgettext_lazy("audit", "Register follows")
        PUT_BACK = "put_back", pgettext_lazy("audit", "Put back")
        SEARCH = "search", pgettext_lazy("audit", "Still looked for")
        WRITE_OFF = "write_off", pgettext_lazy("audit", "Written off")

    audit = models.ForeignKey(
        AssetAudit, on_delete=models.CASCADE, related_name="lines", verbose_name=_("audit")
    )
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+", verbose_name=_("asset"))
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place by the register")
    )
    custodian = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("custodian"),
    )
    result = models.CharField(_("result"), max_length=10, choices=Result.choices, default=Result.EXPECTED)
    found_place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("found at")
    )
    settlement = models.CharField(
        _("settled how"), max_length=10, choices=Settlement.choices, default=Settlement.NONE, blank=True
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("asset expected by an audit")
        verbose_name_plural = _("assets expected by audits")
        ordering = ["place", "asset__tag"]
        constraints = [models.UniqueConstraint(fields=["audit", "asset"], name="audit_expects_an_asset_once")]

    def __str__(self) -> str:
        return str(self.asset)


class Sighting(models.Model):
    """One scan during an audit (扫码): of an asset expected, of another one, or of a code nobody knows."""

    class Meaning(models.TextChoices):
        FOUND = "found", pgettext_lazy("audit", "Found")
        MISPLACED = "misplaced", pgettext_lazy("audit", "At another place")
        AGAIN = "again", pgettext_lazy("audit", "Scanned before")
        UNEXPECTED = "unexpected", pgettext_lazy("audit", "Not expected here")
        SCRAPPED = "scrapped", pgettext_lazy("audit", "Scrapped by the register")
        UNKNOWN = "unknown", pgettext_lazy("audit", "Unknown code")

    audit = models.ForeignKey(
        AssetAudit, on_delete=models.CASCADE, related_name="sightings", verbose_name=_("audit")
    )
    code = models.CharField(_("code"), max_length=200)
    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("asset")
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("scanned at"))
    meaning = models.CharField(_("meaning"), max_length=12, choices=Meaning.choices)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.code
