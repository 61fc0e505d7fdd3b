"""Asking for supplies: who needs what, and who agreed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from organization.models import Department, User
from organization.roles import Role
from pages import history
from pages.clock import now
from pages.refusals import Refused
from sla.timers import cancel_timer, start_timer, stop_timer

from .. import approvers
from ..querysets_requisitions import RequisitionQuerySet
from .item import MOST, Item
from .requisition_issue import HandedOut
from .requisition_record import ALOUD


class Want(NamedTuple):
    """So many of an item, and why more than the quota."""

    item: Item
    quantity: int
    over_reason: str = ""


class Requisition(HandedOut):
    """A request for supplies (领用申请): asked for, approved by the head, handed out, perhaps in parts.

    The department's quota is fixed at the moment of asking (`RequisitionLine.quota_left`), so that a later
    one does not change what was agreed.
    """

    objects = RequisitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("requisition")
        verbose_name_plural = _("requisitions")
        ordering = ["-requested_at", "-pk"]
        permissions = [
            ("approve_requisition", _("Can approve requisitions of every department")),
            ("issue_requisition", _("Can hand out what was approved")),
        ]
        indexes = [
            models.Index(fields=["-requested_at", "-id"], name="requisition_newest"),
            models.Index(fields=["requester", "-requested_at"], name="requisition_by_requester"),
            models.Index(
                fields=["status", "requested_at"],
                name="requisition_open",
                condition=Q(status__in=["waiting", "approved"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="requisition_not_decided_by_its_requester",
                condition=Q(decided_by=None) | ~Q(decided_by=F("requester")),
            ),
            models.CheckConstraint(
                name="requisition_is_decided_by_somebody",
                condition=~Q(status__in=["approved", "refused", "issued", "called_off"])
                | Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="requisition_is_closed_when_it_says_so",
                condition=Q(status__in=["waiting", "approved"], closed_at=None)
                | (~Q(status__in=["waiting", "approved"]) & Q(closed_at__isnull=False)),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("requisition", args=[self.pk])

    # -- verbs ----------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def ask(
        cls,
        wants: Sequence[Want],
        *,
        by: User,
        at: datetime | None = None,
        purpose: str = "",
        once: UUID | None = None,
    ) -> Self:
        """Ask for supplies (申请领用) for one's department; the same form sent again gives the first one."""
        from .. import quotas

        at = at or now()
        if by.department_id is None:
            raise Refused(_("You are in no department yet, so nobody could approve this."))
        department = Department.objects.select_for_update().get(pk=by.department_id)
        if once and (asked := cls.objects.filter(once=once).first()):
            return asked
        _refuse_senseless(wants)
        allowances = quotas.of(department, [want.item.pk for want in wants], at)
        with history.reason(by=by):
            made = cls.objects.create(
                requester=by, department=department, purpose=purpose.strip(), requested_at=at, once=once
            )
            for want in wants:
                made._add(want, allowances[want.item.pk].left)
        made._wait_for_approval(at=at)
        return made

    @transaction.atomic
    def approve(
        self,
        *,
        by: User,
        at: datetime | None = None,
        quantities: Mapping[int, int] | None = None,
        remark: str = "",
    ) -> Self:
        """Agree (批准), perhaps to less: `quantities` by line; what is not named stays as asked for."""
        at = at or now()
        self._lock(self.Status.WAITING)
        self._refuse_others(by, at)
        agreed = [(line, (quantities or {}).get(line.pk, line.asked)) for line in self.rows]
        for line, quantity in agreed:
            if not 0 <= quantity <= line.asked:
                raise Refused(
                    _("%(item)s: between 0 and %(most)d.") % {"item": line.item, "most": line.asked}
                )
        if not any(quantity for _line, quantity in agreed):
            raise Refused(_("Nothing would be left to hand out. Refuse the requisition instead."))
        with history.reason(remark, by=by):
            for line, quantity in agreed:
                line.note(approved=quantity)
        self._decide(self.Status.APPROVED, remark, by=by, at=at)
        start_timer(self, self.HANDING_OUT, team=Role.INVENTORY_CLERK, at=at, label=self.label)
        self._tell([self.requester], "supplies.requisition-approved", by=by, at=at)
        self._tell(User.objects.in_role(Role.INVENTORY_CLERK), "supplies.requisition-to-issue", by=by, at=at)
        return self

    @transaction.atomic
    def refuse(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """Not agreed to (驳回), and why."""
        at = at or now()
        self._lock(self.Status.WAITING)
        self._refuse_others(by, at)
        if not reason.strip():
            raise Refused(_("Please say why it is refused."))
        self.closed_at, self.closed_by = at, by
        self._decide(self.Status.REFUSED, reason, by=by, at=at)
        told = {"by": by, "at": at, "reason": reason.strip(), "channels": ALOUD}
        self._tell([self.requester], "supplies.requisition-refused", **told)
        return self

    @transaction.atomic
    def withdraw(self, *, by: User, at: datetime | None = None) -> Self:
        """Not needed after all (撤回): one's own, as long as nothing was handed out."""
        at = at or now()
        self._lock(self.Status.WAITING, self.Status.APPROVED)
        if by.pk != self.requester_id:
            raise Refused(_("Only who asked can withdraw it."))
        if self.has_issued:
            raise Refused(_("Something was handed out already. Bring it back instead."))
        self._close(self.Status.WITHDRAWN, by=by, at=at)
        for key in (self.APPROVAL, self.HANDING_OUT):
            cancel_timer(self, key, at=at, by=by, reason=gettext_noop("withdrawn by who asked"))
        return self

    # -- questions ------------------------------------------------------------------------------------

    def may_be_decided_by(self, user: User, at: datetime) -> bool:
        return self.is_waiting and approvers.may_decide(user, self.requester, self.department, at)

    # -- how the verbs do it --------------------------------------------------------------------------

    def _add(self, want: Want, left: int | None) -> None:
        over = left is not None and want.quantity > max(0, left)
        if over and not want.over_reason.strip():
            raise Refused(_("%(item)s: more than the quota. Please say why.") % {"item": want.item})
        self.lines.create(
            item=want.item,
            asked=want.quantity,
            quota_left=left,
            over_reason=want.over_reason.strip() if over else "",
        )

    def _wait_for_approval(self, *, at: datetime) -> None:
        approver = approvers.approver_of(self.requester, self.department, at)
        team = "" if approver else Role.ADMIN_MANAGER
        start_timer(self, self.APPROVAL, owner=approver, team=team, at=at, label=self.label)
        people = [approver] if approver else User.objects.in_role(team).exclude(pk=self.requester_id)
        told = {"by": self.requester, "at": at, "purpose": self.purpose, "channels": ALOUD}
        self._tell(people, "supplies.requisition-asked", **told)

    def _refuse_others(self, by: User, at: datetime) -> None:
        if by.pk == self.requester_id:
            raise Refused(_("Nobody decides about their own requisition."))
        if not self.may_be_decided_by(by, at):
            raise Refused(_("Only the head of the department or who stands in can decide about this."))

    def _decide(self, status: str, reason: str, *, by: User, at: datetime) -> None:
        self.status, self.decided_at, self.decided_by = status, at, by
        self.decision_reason = reason.strip()
        fields = ["status", "decided_at", "decided_by", "decision_reason", "closed_at", "closed_by"]
        self._save(*fields, by=by, reason=reason)
        stop_timer(self, self.APPROVAL, at=at, by=by)


def _refuse_senseless(wants: Sequence[Want]) -> None:
    if not wants:
        raise Refused(_("Nothing was chosen."))
    if len({want.item.pk for want in wants}) < len(wants):
        raise Refused(_("The same item stands there twice."))
    for want in wants:
        whole = isinstance(want.quantity, int) and not isinstance(want.quantity, bool)
        if not whole or not 1 <= want.quantity <= MOST:
            raise Refused(
                _("%(item)s: a whole number from 1 to %(most)d.") % {"item": want.item, "most": MOST}
            )
        if not (want.item.active and want.item.requestable):
            raise Refused(_("%(item)s is not handed out any more.") % {"item": want.item})
