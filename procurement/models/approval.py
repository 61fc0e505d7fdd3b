"""Who must approve what, and what they decided."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from notices.telling import tell
from organization import roles
from organization.models import User
from pages import history
from pages.clock import now
from pages.money import MoneyField
from pages.refusals import Refused
from sla.timers import cancel_timer, start_timer, stop_timer

from ..request_querysets import ApprovalQuerySet
from .request import PurchaseRequest


class ApprovalRule(models.Model):
    """From which amount on who approves (审批权限); all rules up to the amount apply, in their order."""

    class Approver(models.TextChoices):
        HEAD = "head", gettext_lazy("The head of the using department")
        ADMIN_MANAGER = "admin_manager", gettext_lazy("An admin manager")
        PERSON = "person", gettext_lazy("A certain person")

    from_amount = MoneyField(gettext_lazy("from this amount"), validators=[MinValueValidator(0)])
    approver = models.CharField(gettext_lazy("who approves"), max_length=20, choices=Approver.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("person"),
    )
    only_over_budget = models.BooleanField(gettext_lazy("only when a budget is exceeded"), default=False)
    position = models.PositiveSmallIntegerField(gettext_lazy("position"), default=0)
    active = models.BooleanField(gettext_lazy("in force"), default=True)

    class Meta:
        verbose_name = gettext_lazy("rule of approval")
        verbose_name_plural = gettext_lazy("rules of approval")
        ordering = ["position", "from_amount", "pk"]
        constraints = [
            models.CheckConstraint(
                name="approval_rule_names_a_person_when_it_says_so",
                condition=Q(approver="person", person__isnull=False)
                | (~Q(approver="person") & Q(person=None)),
                violation_error_message=gettext_lazy("Name the person who approves, or choose a role."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_amount} → {self.who}"

    @property
    def who(self) -> str:
        return str(self.person) if self.person_id else str(self.get_approver_display())


class Approval(models.Model):
    """One step of the approval of a request (审批): whose it is, and what was decided.

    It is one person's, for whom their stand-in acts while they are away, or that of everybody in a role;
    never the requester's.
    """

    class Status(models.TextChoices):
        AHEAD = "ahead", pgettext_lazy("approval", "Still to come")
        WAITING = "waiting", pgettext_lazy("approval", "Waiting")
        APPROVED = "approved", pgettext_lazy("approval", "Approved")
        REFUSED = "refused", pgettext_lazy("approval", "Refused")
        DROPPED = "dropped", pgettext_lazy("approval", "No longer needed")

    request = models.ForeignKey(
        PurchaseRequest,
        on_delete=models.CASCADE,
        related_name="approvals",
        verbose_name=gettext_lazy("purchase request"),
    )
    position = models.PositiveSmallIntegerField(gettext_lazy("position"))
    status = models.CharField(
        gettext_lazy("status"), max_length=10, choices=Status.choices, default=Status.AHEAD
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("person"),
    )
    team = models.CharField(gettext_lazy("role"), max_length=40, blank=True)
    over_budget = models.BooleanField(gettext_lazy("because a budget is exceeded"), default=False)
    decided_at = models.DateTimeField(gettext_lazy("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("decided by"),
    )
    comment = models.CharField(gettext_lazy("comment"), max_length=200, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("approval")
        verbose_name_plural = gettext_lazy("approvals")
        ordering = ["request", "position", "pk"]
        indexes = [
            models.Index(fields=["person", "status"], name="approval_waiting", condition=Q(status="waiting"))
        ]
        constraints = [
            models.CheckConstraint(
                name="approval_belongs_to_one",
                condition=Q(person__isnull=False, team="") | (Q(person=None) & ~Q(team="")),
            ),
            models.CheckConstraint(
                name="approval_decided_by_somebody",
                condition=Q(
                    status__in=["approved", "refused"], decided_by__isnull=False, decided_at__isnull=False
                )
                | Q(status__in=["ahead", "waiting", "dropped"], decided_by=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} · {self.position}"

    def get_absolute_url(self) -> str:
        return self.request.get_absolute_url()

    # -- verbs ----------------------------------------------------------------------------------------

    @transaction.atomic
    def begin(self, *, at: datetime) -> Self:
        """It is this step's turn: its day runs, and those who may decide are told."""
        self.status = self.Status.WAITING
        with history.reason(by=None):
            self.save(update_fields=["status"])
        acting = (self.person.stand_in(at) or self.person) if self.person_id else None
        request = self.request
        start_timer(self, PurchaseRequest.APPROVING, owner=acting, team=self.team, at=at, label=str(request))
        told = [acting] if acting else User.objects.in_role(self.team).exclude(pk=request.requester_id)
        tell(
            told,
            "procurement.approval_wanted",
            at=at,
            params=request._told(amount=str(request.total)),
            link=request.get_absolute_url(),
            source=request,
        )
        return self

    @transaction.atomic
    def approve(
        self, comment: str = "", *, by: User, at: datetime | None = None, seen: int | None = None
    ) -> Self:
        """Agree (同意); then the next step begins, or the request is approved. `seen`: the version shown."""
        at = at or now()
        if self._decide(self.Status.APPROVED, comment, by=by, at=at, seen=seen):
            self.request.step_approved(by=by, at=at)
        return self

    @transaction.atomic
    def refuse(self, reason: str, *, by: User, at: datetime | None = None, seen: int | None = None) -> Self:
        """Say no (拒绝) and why: the request is at its end."""
        at = at or now()
        if not reason.strip():
            raise Refused(_("Please say why you refuse."))
        if self._decide(self.Status.REFUSED, reason, by=by, at=at, seen=seen):
            self.request.step_refused(reason.strip(), by=by, at=at)
        return self

    @transaction.atomic
    def drop(self, *, by: User, at: datetime, reason: str = "") -> Self:
        """The step is not needed any more."""
        self.status = self.Status.DROPPED
        with history.reason(reason, by=by):
            self.save(update_fields=["status"])
        cancel_timer(self, PurchaseRequest.APPROVING, at=at, by=by, reason=reason)
        return self

    # -- questions ------------------------------------------------------------------------------------

    @property
    def who(self) -> str:
        """Whose step it is, in words."""
        return str(self.person) if self.person_id else roles.label(self.team)

    def may_be_decided_by(self, user: User, at: datetime) -> bool:
        """The person whose step it is, who stands in for them, or one of the role; never the requester."""
        if user.pk == self.request.requester_id:
            return False
        if self.person_id is None:
            return self.team in user.role_names
        if self.person_id == user.pk:
            return True
        acting = self.person.stand_in(at)
        return acting is not None and acting.pk == user.pk

    # -- how the verbs do it --------------------------------------------------------------------------

    def _decide(self, status: str, comment: str, *, by: User, at: datetime, seen: int | None) -> bool:
        """Write the decision under the request's lock. False where the same was decided already by `by`."""
        request = self.request
        request.hold()
        self.refresh_from_db()
        self.request = request
        if (self.status, self.decided_by_id) == (status, by.pk):
            return False  # the second click
        self._must_wait_for(by, at)
        self.request._check_version(seen)
        self.status, self.decided_by, self.decided_at, self.comment = status, by, at, comment.strip()
        with history.reason(comment, by=by):
            self.save(update_fields=["status", "decided_by", "decided_at", "comment"])
        stop_timer(self, PurchaseRequest.APPROVING, at=at, by=by)
        return True

    def _must_wait_for(self, by: User, at: datetime) -> None:
        told: dict[str, Any] = {"name": self.decided_by, "status": self.get_status_display()}
        if self.decided_by_id:
            raise Refused(_("%(name)s has decided already: %(status)s.") % told)
        if self.status != self.Status.WAITING:
            raise Refused(_("This step is “%(status)s”; nothing is to be decided.") % told)
        if by.pk == self.request.requester_id:
            raise Refused(_("Nobody approves their own request."))
        if not self.may_be_decided_by(by, at):
            raise Refused(_("This step is decided by %(name)s.") % {"name": self.who})
