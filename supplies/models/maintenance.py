"""Keeping assets in order: what recurs, what broke, and what it cost."""

from copy import copy
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import User
from pages import history, records
from pages.clock import now
from pages.money import MoneyField
from pages.refusals import Refused
from sla.timers import cancel_timer, start_timer, stop_timer

from ..asset_querysets import MaintenancePlanQuerySet
from ..closings import closing_of
from ..depreciation import months_later


class MaintenancePlan(models.Model):
    """Maintenance that an asset needs every so many months (维保计划)."""

    DUE = "asset-maintenance"
    AMENDABLE = ("title", "every_months", "next_due_on", "responsible", "contractor", "expected_cost")

    asset = models.ForeignKey(
        "supplies.Asset", on_delete=models.CASCADE, related_name="plans", verbose_name=_("asset")
    )
    title = models.CharField(_("what is to be done"), max_length=80)
    every_months = models.PositiveSmallIntegerField(
        _("every so many months"), validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    next_due_on = models.DateField(_("next due on"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("responsible")
    )
    contractor = models.CharField(_("done by which company"), max_length=120, blank=True)
    expected_cost = MoneyField(_("expected cost"), null=True, blank=True, validators=[MinValueValidator(0)])
    active = models.BooleanField(_("in force"), default=True)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    objects = MaintenancePlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("maintenance plan")
        verbose_name_plural = _("maintenance plans")
        ordering = ["next_due_on", "pk"]
        indexes = [models.Index(fields=["next_due_on"], name="plan_due", condition=models.Q(active=True))]

    def __str__(self) -> str:
        return f"{self.asset} · {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("asset", args=[self.asset_id])

    # -- verbs ----------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def set_up(
        cls, asset: models.Model, *, by: User, at: datetime | None = None, once: UUID | None = None,
        **particulars: Any,
    ) -> Self:  # fmt: skip
        """From now on it is maintained every so many months (设立计划), first on `next_due_on`."""
        at = at or now()
        records.lock(asset)
        if once and (known := cls.objects.filter(once=once).first()):
            return known
        if asset.status == asset.Status.SCRAPPED:
            raise Refused(_("%(asset)s was scrapped. Nothing can be done to it but restoring it.")
                          % {"asset": asset})  # fmt: skip
        with history.reason(by=by):
            plan = cls.objects.create(asset=asset, once=once, **particulars)
        plan._promise(at=at)
        return plan

    @transaction.atomic
    def done(
        self, *, done: str = "", cost: Decimal | None = None, contractor: str = "", by: User,
        at: datetime | None = None,
    ) -> "Repair":  # fmt: skip
        """It was done (完成维保) at some cost; due again so many months after it was due, and ahead."""
        at = at or now()
        self._lock()
        stop_timer(self, self.DUE, at=at, by=by)
        repair = self.asset.maintain(
            done=done.strip() or self.title, cost=cost, contractor=contractor or self.contractor, plan=self,
            by=by, at=at,
        )  # fmt: skip
        self.next_due_on = self._due_after(timezone.localdate(at))
        self._save("next_due_on", by=by)
        self._promise(at=at)
        return repair

    @transaction.atomic
    def amend(self, *, reason: str = "", by: User, at: datetime | None = None, **changes: Any) -> None:
        """Other months, another day, somebody else (调整); what is promised follows."""
        at = at or now()
        self._lock()
        changed = [
            name for name in self.AMENDABLE if name in changes and getattr(self, name) != changes[name]
        ]
        for name in changed:
            setattr(self, name, changes[name])
        if not changed:
            return
        self._save(*changed, by=by, reason=reason)
        cancel_timer(self, self.DUE, at=at, by=by, reason=reason)
        self._promise(at=at)

    @transaction.atomic
    def end(self, *, reason: str, by: User, at: datetime | None = None) -> None:
        """It is maintained no more (终止)."""
        at = at or now()
        self._lock()
        self.active = False
        self._save("active", by=by, reason=reason)
        cancel_timer(self, self.DUE, at=at, by=by, reason=reason)

    # -- how the verbs do it --------------------------------------------------------------------------

    def _lock(self) -> None:
        records.lock(self, "responsible")
        self._before = copy(self)
        if not self.active:
            raise Refused(_("This maintenance plan has ended."))

    def _save(self, *fields: str, by: User, reason: str = "") -> None:
        with history.reason(reason, by=by):
            history.save(self, self._before, fields)

    def _promise(self, *, at: datetime) -> None:
        start_timer(
            self, self.DUE, owner=self.responsible, at=at, given=closing_of(self.next_due_on), label=str(self)
        )

    def _due_after(self, day: date) -> date:
        """The next of its days after this one; counted from the first, so that the 31st stays the 31st."""
        due, times = self.next_due_on, 0
        while due <= day or not times:
            times += 1
            due = months_later(self.next_due_on, times * self.every_months)
        return due


class Repair(models.Model):
    """One repair or maintenance of an asset (维修记录), from its beginning to its end, with its cost."""

    class Kind(models.TextChoices):
        REPAIR = "repair", pgettext_lazy("asset", "Repair")
        MAINTENANCE = "maintenance", pgettext_lazy("asset", "Maintenance")

    asset = models.ForeignKey(
        "supplies.Asset", on_delete=models.PROTECT, related_name="repairs", verbose_name=_("asset")
    )
    plan = models.ForeignKey(
        MaintenancePlan, on_delete=models.SET_NULL, null=True, related_name="repairs", verbose_name=_("plan")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.REPAIR)
    fault = models.CharField(_("what was wrong, or was done"), max_length=200)
    began_at = models.DateTimeField(_("began at"))
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    contractor = models.CharField(_("done by which company"), max_length=120, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ended by"),
    )
    cost = MoneyField(_("cost"), null=True, validators=[MinValueValidator(0)])
    result = models.CharField(_("result"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("repair")
        verbose_name_plural = _("repairs")
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(ended_at=None), name="repair_one_at_a_time_per_asset"
            ),
            models.CheckConstraint(
                name="repair_ends_after_it_begins",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset} · {self.fault}"

    def end(self, *, result: str, cost: Decimal | None, contractor: str = "", by: User, at: datetime) -> None:
        """It is in order again; called by the asset, which holds the row."""
        before = copy(self)
        self.ended_at, self.ended_by, self.result, self.cost = (
            max(at, self.began_at),
            by,
            result.strip(),
            cost,
        )
        self.contractor = contractor.strip() or self.contractor
        with history.reason(by=by):
            history.save(self, before, ["ended_at", "ended_by", "result", "cost", "contractor"])
