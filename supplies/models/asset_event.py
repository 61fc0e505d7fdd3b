"""The life of an asset, event by event."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, Place
from pages.money import MoneyField


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
        "supplies.Asset",
        on_delete=models.PROTECT,
        related_name="events",
        db_index=False,
        verbose_name=_("asset"),
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
