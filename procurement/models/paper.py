"""Contracts and licences of suppliers, each with the day it ends and a clock that runs up to it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.roles import Role
from pages import history
from pages.money import MoneyField
from pages.refusals import Refused
from pages.uploads import StoredIn
from sla.models.figure import bounds, local_day
from sla.timers import cancel_timer, start_timer, stop_timer

from ..supplier_querysets import EXPIRING, PaperQuerySet
from .supplier import Supplier


class Paper(models.Model):
    """A contract or licence of a supplier (合同与证照), with the day it ends and the file itself."""

    EXPIRY = "supplier-paper"

    class Kind(models.TextChoices):
        CONTRACT = "contract", pgettext_lazy("supplier", "Contract")
        LICENCE = "licence", pgettext_lazy("supplier", "Licence")
        OTHER = "other", pgettext_lazy("supplier", "Other paper")

    class State(models.TextChoices):
        """How a paper stands on a day; follows from the columns and is never stored."""

        IN_FORCE = "in_force", pgettext_lazy("paper", "In force")
        EXPIRING = "expiring", pgettext_lazy("paper", "Ends soon")
        EXPIRED = "expired", pgettext_lazy("paper", "Has ended")
        RENEWED = "renewed", pgettext_lazy("paper", "Renewed")
        WITHDRAWN = "withdrawn", pgettext_lazy("paper", "Withdrawn")

    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="papers", verbose_name=_("supplier")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    number = models.CharField(pgettext_lazy("paper", "number"), max_length=60, blank=True)
    starts_on = models.DateField(_("in force from"), null=True, blank=True)
    ends_on = models.DateField(_("in force until"), null=True, blank=True)
    amount = MoneyField(_("amount"), null=True, blank=True)
    file = models.FileField(_("file"), upload_to=StoredIn("suppliers"), blank=True)
    filename = models.CharField(_("file name"), max_length=120, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    renewed_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="renews", verbose_name=_("renewed by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawal_reason = models.CharField(_("reason for withdrawing"), max_length=200, blank=True)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a supplier")
        verbose_name_plural = _("papers of suppliers")
        ordering = [F("ends_on").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(
                fields=["ends_on"],
                name="paper_kept_by_end",
                condition=Q(renewed_by=None, withdrawn_at=None),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="paper_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A paper ends after it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.title}"

    def get_absolute_url(self) -> str:
        return f"{reverse('supplier', args=[self.supplier_id])}#papers"

    def clean(self) -> None:
        super().clean()
        if self.kind != self.Kind.OTHER and not self.ends_on:
            raise ValidationError({"ends_on": _("A contract or licence says until when it is in force.")})

    # -- verbs ------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def add(
        cls,
        supplier: Supplier,
        *,
        fields: Mapping[str, Any],
        file: UploadedFile | None = None,
        once: UUID | None = None,
        by,
        at: datetime,
    ) -> Self:
        """File a paper (登记合同证照); its clock runs to the end of its last day."""
        if supplier.status == Supplier.Status.ENDED:
            raise Refused(_("We have ended with this supplier; resume with it first."))
        entry = {"supplier": supplier, "added_at": at, "added_by": by, **fields}
        if file is not None:
            entry |= {"file": file, "filename": file.name, "content_type": file.content_type}
        with history.reason(by=by):
            paper, is_new = cls.objects.get_or_create(once=once or uuid4(), defaults=entry)
        if is_new:
            paper.watch(at=at)
        return paper

    @transaction.atomic
    def renew(
        self,
        *,
        fields: Mapping[str, Any],
        file: UploadedFile | None = None,
        once: UUID | None = None,
        by,
        at: datetime,
    ) -> "Paper":
        """A new paper takes the place of this one (续签), which stops its clock."""
        self._lock()
        if once and self.renewed_by_id and self.renewed_by.once == once:
            return self.renewed_by
        self._must_be_kept()
        new = Paper.add(self.supplier, fields=fields, file=file, once=once, by=by, at=at)
        self.renewed_by = new
        with history.reason(by=by):
            self.save(update_fields=["renewed_by"])
        stop_timer(self, self.EXPIRY, at=at, by=by)
        return new

    @transaction.atomic
    def withdraw(self, *, reason: str, by, at: datetime) -> None:
        """The paper is not to be renewed, or was filed by mistake (撤下); it stays to be read."""
        self._lock()
        self._must_be_kept()
        if not reason.strip():
            raise Refused(_("Give a reason."))
        self.withdrawn_at, self.withdrawal_reason = at, reason.strip()[:200]
        with history.reason(self.withdrawal_reason, by=by):
            self.save(update_fields=["withdrawn_at", "withdrawal_reason"])
        stop_timer(self, self.EXPIRY, at=at, by=by)

    def watch(self, *, at: datetime) -> None:
        """Let the buyers know in time; what has no end, or has ended before, is no promise any more."""
        if self.ends_on and self.ends_on >= local_day(at):
            due = bounds(self.ends_on)[1]
            start_timer(self, self.EXPIRY, at=at, team=Role.BUYER, label=str(self), given=due)

    def forget(self, *, reason: str, by, at: datetime) -> None:
        """One has ended with the supplier: nobody need renew this."""
        cancel_timer(self, self.EXPIRY, at=at, by=by, reason=reason)

    # -- what follows from the rows ---------------------------------------------------------------

    @property
    def is_kept(self) -> bool:
        return self.renewed_by_id is None and self.withdrawn_at is None

    def state_on(self, today: date) -> "Paper.State":
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        if self.renewed_by_id:
            return self.State.RENEWED
        if self.ends_on is None or self.ends_on > today + EXPIRING:
            return self.State.IN_FORCE
        return self.State.EXPIRING if self.ends_on >= today else self.State.EXPIRED

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=Paper.objects.select_for_update())

    def _must_be_kept(self) -> None:
        if self.renewed_by_id:
            raise Refused(_("This paper has been renewed already."))
        if self.withdrawn_at:
            raise Refused(_("This paper has been withdrawn."))
