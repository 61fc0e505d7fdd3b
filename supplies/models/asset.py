"""Fixed assets: what the company owns piece by piece, who answers for it, and what it is worth."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models import Department, Place, User
from pages import history
from pages.clock import now
from pages.money import rounded
from pages.refusals import Refused

from ..asset_querysets import AssetQuerySet
from .asset_event import AssetEvent
from .asset_repairs import BreakingAsset
from .category import Category
from .settings import SuppliesSettings

DIGITS = 6
TRIES = 50
LASTS = (
    60  # months, where neither the asset nor its category says: 电子设备 3 年, 器具家具 5 年 (税法最低年限)
)
KEPT_PERCENT = Decimal(5)  # 净残值率, where the category says none


class Asset(BreakingAsset):
    """A fixed asset (固定资产) with its custodian (保管人), its place and its tag.

    Depreciated in a straight line from the month after it was put to use down to its residual value
    (年限平均法; 当月增加的固定资产当月不提折旧, 《企业会计准则第4号——固定资产》 and its guidance).
    `supplier` is a name: suppliers themselves belong to purchasing.
    """

    CORRECTABLE = (
        "name", "category", "model", "serial", "price", "residual", "useful_months", "bought_on", "in_use_on",
        "supplier", "warranty_until", "picture", "picture_type", "remark",
    )  # fmt: skip

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

    def get_absolute_url(self) -> str:
        return reverse("asset", args=[self.pk])

    # -- verbs; others are in `asset_moves` and `asset_repairs` ---------------------------------------

    @classmethod
    @transaction.atomic
    def register(
        cls,
        *,
        by: User,
        name: str,
        category: Category,
        department: Department,
        place: Place,
        price: Decimal,
        bought_on: date,
        at: datetime | None = None,
        custodian: User | None = None,
        in_use_on: date | None = None,
        residual: Decimal | None = None,
        useful_months: int | None = None,
        tag: str = "",
        once: UUID | None = None,
        **more: Any,
    ) -> Self:
        """Enter it in the register (登记). `more`: model, serial, supplier, warranty_until, remark, picture.

        The tag is given by itself unless the thing bears one already; residual value and useful life are the
        category's unless said. A `custodian` is one who has it already (an old register): newcomers are
        handed over. The second post of one form (`once`) answers the first asset.
        """
        at = at or now()
        if once and (known := cls.objects.filter(once=once).first()):
            return known
        if residual is None:
            percent = KEPT_PERCENT if category.residual_percent is None else category.residual_percent
            residual = rounded(price * percent / 100)
        asset = cls(
            name=name.strip(), category=category, department=department, place=place, price=price, once=once,
            bought_on=bought_on, in_use_on=in_use_on or bought_on, residual=residual, custodian=custodian,
            useful_months=useful_months or category.useful_months or LASTS, tag=tag.strip(), **more,
            status=cls.Status.IN_USE if custodian else cls.Status.IDLE,
        )  # fmt: skip
        asset._must_make_sense()
        if not asset._enter(by=by):
            return cls.objects.get(once=once)
        asset._note(AssetEvent.Kind.REGISTERED, by=by, at=at, cost=price)
        return asset

    @transaction.atomic
    def scrap(
        self, *, reason: str, proceeds: Decimal | None = None, by: User, at: datetime | None = None
    ) -> None:
        """It is worn out, lost or sold (报废), and leaves the register's standing; its plans end."""
        at = at or now()
        self._lock()
        self._must_be(self.Status.IDLE, self.Status.IN_USE)
        self._nothing_waits()
        if not reason.strip():
            raise Refused(_("Please say why it is scrapped."))
        if timezone.localdate(at) < self.bought_on:
            raise Refused(_("It cannot be scrapped before it was bought."))
        self.status, self.custodian = self.Status.SCRAPPED, None
        self.scrapped_on, self.proceeds = timezone.localdate(at), proceeds
        self._save("status", "custodian", "scrapped_on", "proceeds", by=by, reason=reason)
        self._note(AssetEvent.Kind.SCRAPPED, by=by, at=at, reason=reason, cost=proceeds)
        for plan in self.plans.filter(active=True):
            plan.end(reason=reason, by=by, at=at)

    @transaction.atomic
    def restore(self, *, reason: str, by: User, at: datetime | None = None) -> None:
        """It was scrapped by mistake (恢复): it lies in store, and depreciates as if nothing had been."""
        at = at or now()
        self._lock()
        if self.status != self.Status.SCRAPPED:
            raise Refused(_("%(asset)s was not scrapped.") % {"asset": self})
        if not reason.strip():
            raise Refused(_("Please say why it comes back."))
        self.status, self.scrapped_on, self.proceeds = self.Status.IDLE, None, None
        self._save("status", "scrapped_on", "proceeds", by=by, reason=reason)
        self._note(AssetEvent.Kind.RESTORED, by=by, at=at, reason=reason)

    @transaction.atomic
    def correct(
        self, *, reason: str, version: int | None = None, by: User, at: datetime | None = None, **changes: Any
    ) -> None:
        """Correct what the register says (更正), with a reason; refused where somebody else just did.

        `version` is the one that was looked at; what is worth differs from then on, also for months past.
        """
        at = at or now()
        self._lock()
        if version is not None and version != self.version:
            raise Refused(
                _("Somebody else has changed this asset meanwhile. Look at it again, then save yours.")
            )
        if not reason.strip():
            raise Refused(_("Please say why it is corrected."))
        changed = [
            name for name in self.CORRECTABLE if name in changes and getattr(self, name) != changes[name]
        ]
        for name in changed:
            setattr(self, name, changes[name])
        self._must_make_sense()
        if changed:
            self._save(*changed, by=by, reason=reason)
            self._note(AssetEvent.Kind.CORRECTED, by=by, at=at, reason=reason)

    # -- how the verbs do it --------------------------------------------------------------------------

    def _enter(self, *, by: User) -> bool:
        """Write the row under the next free tag; false where the same form was quicker."""
        given = self.tag
        for _attempt in range(TRIES):
            self.tag = given or self._next_tag()
            try:
                with transaction.atomic(), history.reason(by=by):
                    self.save(force_insert=True)
            except IntegrityError:
                if self.once and Asset.objects.filter(once=self.once).exists():
                    return False
                if not Asset.objects.filter(tag=self.tag).exists():
                    raise
                if given:
                    raise Refused(_("There is already an asset %(tag)s.") % {"tag": given}) from None
            else:
                return True
        raise Refused(_("No asset tag is free. Choose another beginning for them in the settings."))

    @staticmethod
    def _next_tag() -> str:
        prefix = SuppliesSettings.current().tag_prefix
        known = Asset.objects.filter(
            tag__startswith=prefix, tag__regex=rf"^.{{{len(prefix)}}}\d{{{DIGITS}}}$"
        )
        last = known.order_by("-tag").values_list("tag", flat=True).first()
        return f"{prefix}{int(last[len(prefix) :]) + 1 if last else 1:0{DIGITS}}"

    def _must_make_sense(self) -> None:
        if not 0 <= self.residual <= self.price:
            raise Refused(_("The residual value lies between nothing and the price."))
        if self.in_use_on < self.bought_on:
            raise Refused(_("An asset is put to use on the day it was bought or later."))
