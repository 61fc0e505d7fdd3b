"""What happens when a promise is about to be, or was, broken: the steps taken, and the excuses asked for."""

import datetime as dt

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organization.models import User
from organization.roles import Role
from pages.refusals import Refused

from ..querysets import EscalationQuerySet
from .figure import StaleDay
from .policy import Step
from .timer import Timer


class Escalation(models.Model):
    """One step of the climb, taken (升级): due at its own moment, noticed by the sweep a little later."""

    timer = models.ForeignKey(
        Timer, on_delete=models.CASCADE, related_name="escalations", db_index=False, verbose_name=_("timer")
    )
    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("step")
    )
    due_at = models.DateTimeField(_("due"))
    noticed_at = models.DateTimeField(_("noticed"))

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        ordering = ["-due_at"]
        constraints = [models.UniqueConstraint(fields=["timer", "step"], name="escalation_once_per_step")]

    def __str__(self) -> str:
        return f"{self.timer}"

    @property
    def lag(self) -> dt.timedelta:
        """How long after its moment the step was noticed."""
        return self.noticed_at - self.due_at


class Excuse(models.Model):
    """A request not to count a miss (免责申请), decided by the manager; figures show both."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for a decision")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    timer = models.ForeignKey(
        Timer, on_delete=models.CASCADE, related_name="excuses", verbose_name=_("timer")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.TextField(_("reason"), max_length=1000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("excuse")
        verbose_name_plural = _("excuses")
        ordering = ["-asked_at"]
        permissions = [("decide_excuse", _("Can decide on excuses"))]
        constraints = [
            models.UniqueConstraint(
                fields=["timer"], condition=~Q(state="refused"), name="excuse_one_open_or_granted_per_timer"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None)
                | (~Q(state="asked") & Q(decided_at__isnull=False)),
                name="excuse_decided_when_not_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:50]

    @classmethod
    @transaction.atomic
    def ask(cls, timer: Timer, *, reason: str, by, at: dt.datetime) -> "Excuse":
        """Ask that a missed promise be excused; one open or granted request per timer."""
        timer = Timer.objects.select_for_update().get(pk=timer.pk)
        if not timer.is_overdue(at) or timer.outcome == Timer.Outcome.CANCELLED:
            raise Refused(_("Only a missed promise can be excused."))
        if timer.excuses.exclude(state=cls.State.REFUSED).exists():
            raise Refused(_("An excuse has been asked for already."))
        if not reason.strip():
            raise Refused(_("Please give the reason for the excuse."))
        managers = User.objects.in_role(Role.ADMIN_MANAGER).exclude(pk=by.pk)
        timer.tell(managers, "sla.excuse-asked", at=at, by=by, reason=reason)
        return cls.objects.create(timer=timer, reason=reason, asked_by=by, asked_at=at)

    @transaction.atomic
    def decide(self, *, granted: bool, by, at: dt.datetime, remark: str = "") -> None:
        """Grant or refuse; nobody decides about their own request."""
        self.refresh_from_db(from_queryset=Excuse.objects.select_for_update())
        if self.state != self.State.ASKED:
            raise Refused(_("This excuse has been decided already."))
        if by == self.asked_by or by == self.timer.owner:
            raise Refused(_("Somebody else has to decide about your own excuse."))
        self.state = self.State.GRANTED if granted else self.State.REFUSED
        self.decided_by, self.decided_at, self.remark = by, at, remark
        self.save(update_fields=["state", "decided_by", "decided_at", "remark"])
        self.timer.excused = granted
        self.timer.save(update_fields=["excused"])
        StaleDay.note([self.timer.standard], [self.timer.decided_on])
        kind = "sla.excuse-granted" if granted else "sla.excuse-refused"
        self.timer.tell([self.asked_by], kind, at=at, by=by, remark=remark)
