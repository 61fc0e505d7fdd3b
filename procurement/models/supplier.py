"""Whom the office buys from: suppliers, and what each of them supplies."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy
from encrypted_fields.fields import EncryptedCharField

from pages import history, pinyin
from pages.looks import record_look
from pages.refusals import Refused
from sla.models.figure import local_day
from supplies.models import Category

from .. import credit_code
from ..querysets import SupplierQuerySet


class Supplier(models.Model):
    """A supplier (供应商) of one or more categories of goods; live while one may order there.

    `left_on` is the day from which it was not live any more, `status_reason` why.
    """

    EDITABLE = ("name", "tax_number", "address", "bank_account", "payment_days", "since", "remark")

    class Status(models.TextChoices):
        LIVE = "live", pgettext_lazy("supplier", "Live")
        SUSPENDED = "suspended", pgettext_lazy("supplier", "Suspended")
        ENDED = "ended", pgettext_lazy("supplier", "Ended")

    name = models.CharField(pgettext_lazy("company", "name"), max_length=120, unique=True)
    initials = models.CharField(max_length=120, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.LIVE)
    status_reason = models.CharField(_("reason"), max_length=200, blank=True, editable=False)
    left_on = models.DateField(_("not live since"), null=True, editable=False)
    categories = models.ManyToManyField(
        Category, through="SuppliedCategory", related_name="suppliers", verbose_name=_("categories of goods")
    )
    tax_number = models.CharField(
        _("unified social credit code"), max_length=18, blank=True, validators=[credit_code.validate]
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    bank_account = EncryptedCharField(_("bank and account"), max_length=200, null=True, blank=True)
    payment_days = models.PositiveSmallIntegerField(_("days for payment"), default=30)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    since = models.DateField(_("supplier since"))
    version = models.PositiveIntegerField(default=1, editable=False)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["name"]
        permissions = [
            ("view_bank_account", _("Can see suppliers' bank accounts")),
            ("end_supplier", _("Can suspend suppliers and end with them")),
            ("export_supplier", _("Can export suppliers")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_number"],
                condition=~Q(tax_number=""),
                name="supplier_tax_number_once",
                violation_error_message=_("There is a supplier with this credit code already."),
            ),
            models.CheckConstraint(
                name="supplier_not_live_since_a_day_for_a_reason",
                condition=Q(status="live", left_on=None)
                | ~Q(status="live") & Q(left_on__isnull=False) & ~Q(status_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.initials = pinyin.initials(self.name)[:120]
        asked = kwargs.get("update_fields")
        if asked is not None and "name" in asked:
            kwargs["update_fields"] = {*asked, "initials"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("supplier", args=[self.pk])

    # -- verbs ------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def register(
        cls,
        *,
        fields: Mapping[str, Any],
        categories: Collection[Category],
        once: UUID | None = None,
        by,
        at: datetime,
    ) -> Self:
        """Enter a new supplier (登记); the second post of one form answers the supplier of the first."""
        fields = {"since": local_day(at), **fields}
        with history.reason(by=by), _refusing_doubles():
            supplier, is_new = cls.objects.get_or_create(once=once or uuid4(), defaults=fields)
        if is_new:
            supplier._supply(categories, by=by)
        return supplier

    @transaction.atomic
    def correct(
        self,
        *,
        fields: Mapping[str, Any],
        categories: Collection[Category],
        expected_version: int | None = None,
        by,
        at: datetime,
    ) -> Self:
        """Change what is on record (更正), unless somebody else did since `expected_version` was read."""
        self._lock()
        if expected_version not in (None, self.version):
            raise Refused(_("Somebody has changed this supplier meanwhile. Look, then save yours again."))
        changed = [name for name, value in fields.items() if getattr(self, name) != value]
        for name in changed:
            setattr(self, name, fields[name])
        self._supply(categories, by=by)
        self.version += 1
        with history.reason(by=by), _refusing_doubles():
            self.save(update_fields=[*changed, "version"])
        return self

    @transaction.atomic
    def suspend(self, *, reason: str, by, at: datetime) -> None:
        """Order there no more for the time being (暂停), and why; what is ordered already still comes."""
        self._lock()
        if self.status != self.Status.LIVE:
            raise Refused(_("Only a live supplier can be suspended."))
        self._leave(self.Status.SUSPENDED, reason, by=by, at=at)

    @transaction.atomic
    def resume(self, *, by, at: datetime, reason: str = "") -> None:
        """One may order there again (恢复)."""
        self._lock()
        if self.status == self.Status.LIVE:
            raise Refused(_("One may order from this supplier already."))
        was_ended = self.status == self.Status.ENDED
        self.status, self.left_on, self.status_reason = self.Status.LIVE, None, ""
        with history.reason(reason, by=by):
            self.save(update_fields=["status", "left_on", "status_reason"])
        for paper in self.papers.kept() if was_ended else ():
            paper.watch(at=at)

    @transaction.atomic
    def end(self, *, reason: str, by, at: datetime) -> None:
        """Have done with a supplier (终止合作); not while something ordered there is still to come."""
        self._lock()
        if self.status == self.Status.ENDED:
            raise Refused(_("We have ended with this supplier already."))
        if count := self.open_orders.count():
            raise Refused(
                _("%(count)d orders are still open here. Receive or cancel them, then end with the supplier.")
                % {"count": count}
            )
        self._leave(self.Status.ENDED, reason, by=by, at=at)
        for paper in self.papers.kept():
            paper.forget(reason=reason, by=by, at=at)

    @transaction.atomic
    def remove(self, *, by) -> None:
        """Strike a wrong entry (删除), as long as nothing has been done with it."""
        self._lock()
        try:
            with history.reason(by=by), transaction.atomic():
                Supplier.objects.get(pk=self.pk).delete()
        except ProtectedError as error:
            raise Refused(
                _("%(name)s stays in the register: %(uses)s belong to it. End with the supplier instead.")
                % {"name": self.name, "uses": _counted(error.protected_objects)}
            ) from error

    def reveal_account(self, *, by) -> str:
        """The bank account, for whom it is meant; the look is recorded (查看账号)."""
        if not by.has_perm("procurement.view_bank_account"):
            raise PermissionDenied
        record_look(self, by, gettext_noop("bank account"))
        return self.bank_account or ""

    # -- what follows from the rows ---------------------------------------------------------------

    @property
    def is_live(self) -> bool:
        return self.status == self.Status.LIVE

    @property
    def open_orders(self) -> models.QuerySet:
        """Orders of which something is still to be placed or to come."""
        return self.orders.filter(status__in=["draft", "placed"])

    # -- inside the verbs -------------------------------------------------------------------------

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=Supplier.objects.select_for_update())

    def _leave(self, status: str, reason: str, *, by, at: datetime) -> None:
        if not reason.strip():
            raise Refused(_("Give a reason."))
        self.status, self.status_reason = status, reason.strip()[:200]
        self.left_on = self.left_on or local_day(at)
        with history.reason(self.status_reason, by=by):
            self.save(update_fields=["status", "status_reason", "left_on"])

    def _supply(self, categories: Collection[Category], *, by) -> None:
        if not categories:
            raise Refused(_("Name at least one category that the supplier supplies."))
        before = list(self.categories.order_by("name"))
        self.categories.set(categories)
        with history.reason(by=by):
            history.note_many(self, "categories", before, sorted(categories, key=lambda one: one.name))


class SuppliedCategory(models.Model):
    """A supplier supplies this category (供货品类); a category that somebody supplies cannot be deleted."""

    supplier = models.ForeignKey(
        Supplier, on_delete=models.CASCADE, related_name="+", verbose_name=_("supplier")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("category of goods")
    )

    class Meta:
        verbose_name = _("category of a supplier")
        verbose_name_plural = _("categories of suppliers")
        constraints = [
            models.UniqueConstraint(fields=["supplier", "category"], name="supplier_supplies_a_category_once")
        ]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.category}"


@contextmanager
def _refusing_doubles() -> Iterator[None]:
    """Two people at once, or a form gone round the checks: the database has the last word."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(_("There is a supplier with this name or credit code already.")) from error


def _counted(records: Collection[models.Model]) -> str:
    """ "2 orders, 1 paper", in the reader's language."""
    kinds: dict[str, int] = {}
    for record in records:
        name = str(type(record)._meta.verbose_name)
        kinds[name] = kinds.get(name, 0) + 1
    return "、".join(f"{name} {count}" for name, count in sorted(kinds.items()))
