"""What is kept of an audit of assets: each asset that is expected, and every scan."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Place

from ..audits.querysets import AuditLineQuerySet, SightingQuerySet
from .asset import Asset


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

    DIFFERENCES = (Result.MISPLACED, Result.MISSING)
    WAYS = {
        Result.MISPLACED: (Settlement.REGISTER, Settlement.PUT_BACK),
        Result.MISSING: (
            *(Settlement.PUT_BACK, Settlement.REGISTER),
            *(Settlement.SEARCH, Settlement.WRITE_OFF),
        ),
    }
    """How each kind of difference may be settled."""

    audit = models.ForeignKey(
        "supplies.AssetAudit", on_delete=models.CASCADE, related_name="lines", verbose_name=_("audit")
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
    seen_at = models.DateTimeField(_("seen at"), null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("seen by"),
    )
    settled_at = models.DateTimeField(_("settled at"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = AuditLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("asset expected by an audit")
        verbose_name_plural = _("assets expected by audits")
        ordering = ["place", "asset__tag"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "asset"], name="audit_expects_an_asset_once"),
            models.CheckConstraint(
                name="audit_line_seen_by_somebody",
                condition=~Q(result__in=["found", "misplaced"])
                | Q(seen_at__isnull=False, seen_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.asset)

    @property
    def is_difference(self) -> bool:
        return self.result in self.DIFFERENCES

    @property
    def is_settled(self) -> bool:
        """Nothing is left to be done about it; what is still looked for is not settled."""
        return self.settlement not in (self.Settlement.NONE, self.Settlement.SEARCH)

    @property
    def ways(self) -> list[tuple[str, str]]:
        """How this difference may be settled, as choices."""
        return [(way.value, way.label) for way in self.WAYS.get(self.Result(self.result), ())]


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
        "supplies.AssetAudit", on_delete=models.CASCADE, related_name="sightings", verbose_name=_("audit")
    )
    code = models.CharField(_("code"), max_length=200)
    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("asset")
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("scanned at"))
    register_place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("place by the register"),
    )
    earlier = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("scanned before")
    )
    meaning = models.CharField(_("meaning"), max_length=12, choices=Meaning.choices)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    explanation = models.CharField(_("looked into"), max_length=200, blank=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("looked into by"),
    )
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    objects = SightingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.code

    @property
    def is_elsewhere(self) -> bool:
        """The register has it at another place than where it was scanned."""
        return self.register_place_id not in (None, self.place_id)
