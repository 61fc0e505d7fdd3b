"""From hand to hand: an asset changes its custodian when the taker accepts it, and not before."""

from copy import copy
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.telling import tell
from organization.models import Department, Place, User
from pages import history, records
from pages.clock import now
from pages.refusals import Refused
from sla.timers import cancel_timer, start_timer, stop_timer

from ..asset_querysets import HandoverQuerySet


class Handover(models.Model):
    """An asset on its way from one custodian to another (移交): it counts once the other has accepted it.

    With `due_back_on` it is a loan (借用). Those handed over on one form share its ticket `once`, and are
    printed on one sheet.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("handover", "Waiting for acceptance")
        ACCEPTED = "accepted", pgettext_lazy("handover", "Accepted")
        DECLINED = "declined", pgettext_lazy("handover", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("handover", "Withdrawn")

    ACCEPTANCE = "asset-acceptance"

    asset = models.ForeignKey(
        "supplies.Asset", on_delete=models.PROTECT, related_name="handovers", verbose_name=_("asset")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("giver"),
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("taker")
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

    once = models.UUIDField(_("form ticket"), null=True, editable=False)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["taker"], name="handover_waiting", condition=Q(status="waiting")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(status="waiting"), name="handover_one_waiting_per_asset"
            ),
            models.UniqueConstraint(fields=["once", "asset"], name="handover_once_per_form"),
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

    # -- verbs ----------------------------------------------------------------------------------------

    def announce(self, *, at: datetime) -> None:
        """Let the taker know, and count two working days from now; whoever takes for themselves, has."""
        if self.asked_by_id == self.taker_id:
            self.accept(by=self.taker, at=at)
            return
        start_timer(self, self.ACCEPTANCE, owner=self.taker, at=at, label=str(self.asset))
        tell(
            [self.taker],
            "supplies.handover",
            at=at,
            params={"asset": str(self.asset), "name": str(self.asked_by)},
            link=reverse("my-assets"),
            source=self,
            by=self.asked_by,
        )

    @transaction.atomic
    def accept(self, *, by: User, at: datetime | None = None) -> Self:
        """The taker has it in hand (接收): from now on it is theirs."""
        at = at or now()
        self._lock()
        if by.pk != self.taker_id:
            raise Refused(_("Only %(name)s can accept this.") % {"name": self.taker})
        self._decide(self.Status.ACCEPTED, "", by=by, at=at)
        stop_timer(self, self.ACCEPTANCE, at=at, by=by)
        self.asset.arrive(self, by=by, at=at)
        return self

    @transaction.atomic
    def decline(self, *, reason: str, by: User, at: datetime | None = None) -> Self:
        """The taker does not take it (拒收), and says why; it stays with whom it was."""
        at = at or now()
        self._lock()
        if by.pk != self.taker_id:
            raise Refused(_("Only %(name)s can decline this.") % {"name": self.taker})
        if not reason.strip():
            raise Refused(_("Please say why you do not take it."))
        self._decide(self.Status.DECLINED, reason, by=by, at=at)
        stop_timer(self, self.ACCEPTANCE, at=at, by=by)
        params = {"asset": str(self.asset), "name": str(self.taker), "reason": self.answer_reason}
        link = self.asset.get_absolute_url()
        tell([self.asked_by], "supplies.declined", at=at, params=params, link=link, source=self, by=by)
        return self

    @transaction.atomic
    def withdraw(self, *, reason: str = "", by: User, at: datetime | None = None) -> Self:
        """It is not handed over after all (撤回)."""
        at = at or now()
        self._lock()
        self._decide(self.Status.WITHDRAWN, reason, by=by, at=at)
        cancel_timer(self, self.ACCEPTANCE, at=at, by=by, reason=reason)
        return self

    @property
    def is_loan(self) -> bool:
        return self.due_back_on is not None

    # -- how the verbs do it --------------------------------------------------------------------------

    def _lock(self) -> None:
        """The asset first, as whoever hands it over does, so that two of us never wait for each other."""
        records.lock(self.asset)
        records.lock(self, "taker", "asked_by")
        self._before = copy(self)
        if self.status != self.Status.WAITING:
            raise Refused(
                _("This hand-over was answered already: %(state)s.") % {"state": self.get_status_display()}
            )

    def _decide(self, status: str, reason: str, *, by: User, at: datetime) -> None:
        self.status, self.answered_at, self.answer_reason = status, at, reason.strip()
        with history.reason(reason, by=by):
            history.save(self, self._before, ["status", "answered_at", "answer_reason"])
