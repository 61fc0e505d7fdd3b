"""Deliveries: noted when they arrive, accepted by those who use the goods, withdrawn where that was wrong."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from notices.telling import tell
from organization.models import Place, User
from pages import history
from pages.clock import now
from pages.refusals import Refused
from sla.timers import cancel_timer, start_timer, stop_timer
from supplies.models import Posting
from supplies.models.item import MOST

from ..delivery_querysets import ReceiptQuerySet
from .order import Order
from .order_line import OrderLine
from .order_record import person
from .receipt_line import Finding, ReceiptLine


class Receipt(models.Model):
    """A delivery (收货), whole or in part: written down by buyer or clerk, accepted by the using department.

    Accepting posts it to the stock or the register of assets; then it never changes, but as a whole it may
    be withdrawn.
    """

    ACCEPTANCE = "goods-acceptance"

    class Status(models.TextChoices):
        ARRIVED = "arrived", pgettext_lazy("receipt", "To be accepted")
        ACCEPTED = "accepted", pgettext_lazy("receipt", "Accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("receipt", "Withdrawn")

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="receipts", verbose_name=gettext_lazy("purchase order")
    )
    status = models.CharField(
        gettext_lazy("status"), max_length=10, choices=Status.choices, default=Status.ARRIVED
    )
    note_number = models.CharField(gettext_lazy("delivery note"), max_length=60, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("delivered to")
    )
    arrived_at = models.DateTimeField(gettext_lazy("arrived at"))
    received_by = person(gettext_lazy("received by"), null=False)
    accepted_at = models.DateTimeField(gettext_lazy("accepted at"), null=True)
    accepted_by = person(gettext_lazy("accepted by"))
    over_reason = models.CharField(gettext_lazy("why more than ordered"), max_length=200, blank=True)
    remark = models.CharField(gettext_lazy("remark"), max_length=200, blank=True)
    posting = models.OneToOneField(
        Posting,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("stock document"),
    )
    withdrawn_at = models.DateTimeField(gettext_lazy("withdrawn at"), null=True)
    withdrawn_by = person(gettext_lazy("withdrawn by"))
    withdrawal_reason = models.CharField(gettext_lazy("reason for withdrawing"), max_length=200, blank=True)
    once = models.UUIDField(gettext_lazy("form ticket"), unique=True, null=True, editable=False)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("receipt of goods")
        verbose_name_plural = gettext_lazy("receipts of goods")
        ordering = ["-arrived_at", "-pk"]
        indexes = [
            models.Index(fields=["-arrived_at", "-id"], name="receipt_newest"),
            models.Index(fields=["accepted_at"], name="receipt_by_acceptance"),
        ]
        constraints = [
            models.CheckConstraint(
                name="receipt_is_accepted_by_somebody",
                condition=~Q(status="accepted") | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="receipt_is_withdrawn_with_a_reason",
                condition=~Q(status="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.order.supplier}"

    def get_absolute_url(self) -> str:
        return reverse("receipt", args=[self.pk])

    # -- verbs ----------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def arrive(
        cls,
        order: Order,
        quantities: Mapping[int, int],
        *,
        by: User,
        place: Place,
        at: datetime | None = None,
        note_number: str = "",
        over_reason: str = "",
        remark: str = "",
        once: UUID | None = None,
    ) -> Self:
        """Note what arrived (到货登记): so many of each line, by the line's key. The order is held meanwhile.

        The same `once` again gives the receipt that was noted the first time.
        """
        at = at or now()
        order._lock()
        if once and (first := cls.objects.filter(once=once).first()):
            return first
        order._lock(order.Status.PLACED)
        lines = {line.pk: line for line in order.lines.all()}
        came = {lines[key]: count for key, count in quantities.items() if count != 0 and key in lines}
        _guard_sense(came)
        _guard_outstanding(came, order.on_the_way(), over_reason.strip())
        with history.reason(by=by):
            receipt = cls.objects.create(
                order=order, place=place, arrived_at=at, received_by=by, note_number=note_number.strip(),
                over_reason=over_reason.strip(), remark=remark.strip(), once=once,
            )  # fmt: skip
            for line, count in came.items():
                ReceiptLine.objects.create(receipt=receipt, order_line=line, quantity=count)
        receipt._promise_acceptance(by=by, at=at)
        return receipt

    @transaction.atomic
    def accept(self, findings: Mapping[int, Finding], *, by: User, at: datetime | None = None) -> Self:
        """Accept it (验收): what is good goes to the stock, the register of assets or the costs.

        `findings` by the key of the receipt's line; a line that is not named is good.
        """
        from .. import receiving

        at = at or now()
        self._lock(self.Status.ARRIVED, self.Status.ACCEPTED)
        if self._was_found(findings, by):
            return self  # the second click
        self.refuse_unless(self.Status.ARRIVED)
        self._guard_accepter(by, at)
        for line in self.lines.select_related("order_line"):
            self._find(line, findings.get(line.pk, Finding()), by=by)
        self.status, self.accepted_at, self.accepted_by = self.Status.ACCEPTED, at, by
        self.posting = receiving.enter(self, by=by, at=at)
        self._save("status", "accepted_at", "accepted_by", "posting", by=by)
        stop_timer(self, self.ACCEPTANCE, at=at, by=by)
        return self

    @transaction.atomic
    def withdraw(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """Take it back as a whole (撤销): out of the stock, the register, the costs and the prices."""
        from .. import receiving

        at = at or now()
        self._lock(self.Status.ARRIVED, self.Status.ACCEPTED)
        reason = reason.strip()
        if not reason:
            raise Refused(_("Please say why it is withdrawn."))
        was_accepted = self.status == self.Status.ACCEPTED
        self.status, self.withdrawn_at, self.withdrawn_by = self.Status.WITHDRAWN, at, by
        self.withdrawal_reason = reason
        self._save(
            "status", "withdrawn_at", "withdrawn_by", "withdrawal_reason", by=by, reason=reason
        )  # fmt: skip
        if was_accepted:
            receiving.take_back(self, reason=reason, by=by, at=at)
        else:
            cancel_timer(self, self.ACCEPTANCE, at=at, by=by, reason=reason)
        return self

    # -- questions ------------------------------------------------------------------------------------

    @property
    def number(self) -> str:
        """ "SH202611-00012"."""
        return f"SH{timezone.localtime(self.arrived_at):%Y%m}-{self.pk or 0:05}"

    @property
    def is_waiting(self) -> bool:
        """It lies here and was not accepted yet."""
        return self.status == self.Status.ARRIVED

    def may_be_accepted_by(self, user: User, at: datetime) -> bool:
        """Somebody of the using department or its head; not who noted the arrival, while there are others."""
        return user.pk in {one.pk for one in self.accepters(at)}

    def accepters(self, at: datetime) -> list[User]:
        """Who may accept it, the likeliest first: who asked for it, who confirmed it, the head, others."""
        department, request = self.order.department, self.order.request
        members = {one.pk: one for one in User.objects.active().filter(department=department)}
        head = department.head.stand_in(at) if department.head else None
        if head:
            members.setdefault(head.pk, head)
        others = [one for one in members.values() if one.pk != self.received_by_id]
        first = (request.requester_id, request.confirmed_by_id, head.pk if head else None)
        ranks = {pk: rank for rank, pk in reversed(list(enumerate(first)))}
        return sorted(others or members.values(), key=lambda one: (ranks.get(one.pk, 9), one.pk))

    def refuse_unless(self, *allowed: str) -> None:
        """Raises Refused with a sentence where the delivery is in none of these states."""
        if self.status not in allowed:
            raise Refused(
                _("This delivery is “%(state)s”; that cannot be done to it.")
                % {"state": self.get_status_display()}
            )

    # -- how the verbs do it --------------------------------------------------------------------------

    def _was_found(self, findings: Mapping[int, Finding], by: User) -> bool:
        """Whether this person has accepted it already, and found exactly this."""
        if self.status != self.Status.ACCEPTED or self.accepted_by_id != by.pk:
            return False
        found = {line.pk: Finding(line.rejected, bool(line.fits), line.defect) for line in self.lines.all()}
        return all(findings.get(pk, Finding()) == finding for pk, finding in found.items())

    def _promise_acceptance(self, *, by: User, at: datetime) -> None:
        owner = next(iter(self.accepters(at)), by)
        start_timer(
            self, self.ACCEPTANCE, owner=owner, at=at, label=f"{self.number} {self.order.request.title}"
        )
        if owner.pk != by.pk:
            tell(
                [owner],
                "procurement.goods_arrived",
                at=at,
                by=by,
                params={"receipt": self.number, "title": self.order.request.title, "place": str(self.place)},
                link=self.get_absolute_url(),
                source=self,
            )

    def _guard_accepter(self, by: User, at: datetime) -> None:
        if self.may_be_accepted_by(by, at):
            return
        if by.pk == self.received_by_id:
            raise Refused(_("You noted the arrival yourself; somebody else of the department accepts it."))
        raise Refused(
            _("Goods are accepted by the department that uses them: %(department)s.")
            % {"department": self.order.department}
        )

    def _find(self, line: ReceiptLine, finding: Finding, *, by: User) -> None:
        if not 0 <= finding.rejected <= line.quantity:
            raise Refused(
                _("%(line)s: between none and %(count)d can be rejected.")
                % {"line": line.order_line, "count": line.quantity}
            )
        if (finding.rejected or not finding.fits) and not finding.defect.strip():
            raise Refused(_("%(line)s: say what is wrong with it.") % {"line": line.order_line})
        line.rejected, line.fits, line.defect = finding.rejected, finding.fits, finding.defect.strip()
        with history.reason(by=by):
            line.save(update_fields=["rejected", "fits", "defect"])

    def _lock(self, *allowed: str) -> None:
        """Hold the order, then the receipt, as they are now; refuse unless its state is one of `allowed`."""
        self.order._lock()
        order = self.order
        self.refresh_from_db(from_queryset=Receipt.objects.select_for_update())
        self.order = order
        self.refuse_unless(*allowed)

    def _save(self, *fields: str, by: User, reason: str = "") -> None:
        with history.reason(reason, by=by):
            self.save(update_fields=fields)


def _guard_sense(came: Mapping[OrderLine, int]) -> None:
    if not came:
        raise Refused(_("Nothing was entered."))
    for line, count in came.items():
        if not isinstance(count, int) or isinstance(count, bool):
            raise Refused(_("%(line)s: only whole numbers are counted.") % {"line": line})
        if not 1 <= count <= MOST:
            raise Refused(_("%(line)s: from 1 to %(most)d at once.") % {"line": line, "most": MOST})


def _guard_outstanding(came: Mapping[OrderLine, int], waiting: Mapping[int, int], reason: str) -> None:
    """More than was ordered is taken only knowingly."""
    for line, count in came.items():
        left = max(0, line.outstanding - waiting.get(line.pk, 0))
        if count > left and not reason:
            raise Refused(
                _("%(line)s: only %(left)d are outstanding. Send the rest back, or say why more is taken.")
                % {"line": line, "left": left}
            )
