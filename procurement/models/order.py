"""An order after it was drawn up: placed with the supplier, called off where it will not come."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Self

from django.db import models, transaction
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices.telling import tell
from organization.models import User
from organization.roles import Role
from pages import history
from pages.clock import now
from pages.money import NOTHING, rounded
from pages.refusals import Refused
from sla import calendars
from sla.timers import cancel_timer, start_timer, stop_timer

from ..delivery_querysets import OrderQuerySet
from .order_line import OrderLine
from .order_record import OrderRecord


class Order(OrderRecord):
    """A purchase order (采购订单) to one supplier, made from approved lines; once placed it never changes.

    What was ordered wrongly is cancelled, wholly or for the rest, and ordered anew.
    """

    DELIVERY = "order-delivery"

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("purchase order")
        verbose_name_plural = gettext_lazy("purchase orders")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="order_newest"),
            models.Index(fields=["supplier", "placed_at"], name="order_by_supplier"),
            models.Index(fields=["expected_on"], name="order_open", condition=Q(status="placed")),
        ]
        constraints = [
            models.CheckConstraint(
                name="order_placed_when_it_says_so",
                condition=Q(status__in=["draft", "cancelled"]) | Q(placed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="order_is_cancelled_with_a_reason",
                condition=~Q(status="cancelled") | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.supplier}"

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.pk])

    # -- verbs ----------------------------------------------------------------------------------------

    @transaction.atomic
    def revise(
        self,
        *,
        by: User,
        expected_on: date,
        terms: str,
        quantities: Mapping[int, int],
        reasons: Mapping[int, str],
    ) -> Self:
        """Bring a draft into its final form: when it is to come, on which terms, how many of each line."""
        self._lock(self.Status.DRAFT)
        self.expected_on, self.terms = expected_on, terms.strip()
        self.request.hold()
        left = {one.line.pk: one.quantity for one in self.request.lines_to_order()}
        for line in self.lines.all():
            line.quantity = quantities.get(line.pk, line.quantity)
            self._guard_quantity(line, left.get(line.request_line_id, 0))
            line.amount = rounded(line.unit_price * line.quantity)
            line.dear_reason = reasons.get(line.pk, line.dear_reason).strip()
            with history.reason(by=by):
                line.save(update_fields=["quantity", "amount", "dear_reason"])
        self.total = sum((line.amount for line in self.lines.all()), NOTHING)
        self.asked_at = self.released_at = self.released_by = None
        self._save("expected_on", "terms", "total", "asked_at", "released_at", "released_by", by=by)
        self.request.note_ordered(by=by)
        return self

    @transaction.atomic
    def ask(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """Ask the admin manager to let the order cross a budget, and say why."""
        at = at or now()
        self._lock(self.Status.DRAFT)
        if not reason.strip():
            raise Refused(_("Please say why the budget is to be crossed."))
        self.over_reason, self.asked_at = reason.strip(), at
        self._save("over_reason", "asked_at", by=by, reason=reason)
        tell(
            [one for one in User.objects.in_role(Role.ADMIN_MANAGER) if one.pk != by.pk],
            "procurement.order_to_release",
            at=at,
            by=by,
            params={"order": str(self), "amount": str(self.total), "reason": self.over_reason},
            link=self.get_absolute_url(),
            source=self,
        )
        return self

    @transaction.atomic
    def release(self, *, by: User, at: datetime | None = None) -> Self:
        """Let the order cross a budget (放行); nobody releases what they ordered themselves."""
        at = at or now()
        self._lock(self.Status.DRAFT)
        if self.asked_at is None:
            raise Refused(_("Nobody has asked for this order to be released."))
        if by.pk in (self.buyer_id, self.created_by_id):
            raise Refused(_("Nobody releases their own order; another manager has to."))
        self.released_at, self.released_by = at, by
        self._save("released_at", "released_by", by=by)
        tell(
            [self.buyer],
            "procurement.order_released",
            at=at,
            by=by,
            params={"order": str(self), "person": str(by)},
            link=self.get_absolute_url(),
            source=self,
        )
        return self

    @transaction.atomic
    def place(self, *, by: User, at: datetime | None = None) -> Self:
        """Place it with the supplier (下达): it binds the budgets, and the supplier's time runs."""
        from .. import budgets, ordering

        at = at or now()
        self._lock(self.Status.DRAFT)
        ordering.refuse_unready(self, at)
        self.status, self.placed_at = self.Status.PLACED, at
        self._save("status", "placed_at", by=by)
        budgets.commit(self, at=at)
        day = timezone.make_aware(datetime.combine(self.expected_on, time.min))
        start_timer(
            self,
            self.DELIVERY,
            owner=self.buyer,
            at=at,
            label=str(self),
            given=calendars.hours("office").closing(day),
        )
        return self

    @transaction.atomic
    def cancel(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """Cancel what has not come (取消): the whole order, or of a part delivered one the rest."""
        at = at or now()
        self._lock(self.Status.DRAFT, self.Status.PLACED)
        if self.receipts.filter(status="arrived").exists():
            raise Refused(_("A delivery waits to be accepted. Have it accepted or withdrawn first."))
        for line in self.lines.all():
            self._call_off(line, line.outstanding, by=by, at=at, reason=_given(reason))
        self._end(reason, by=by, at=at)
        return self

    @transaction.atomic
    def cancel_line(
        self, line: OrderLine, quantity: int, reason: str, *, by: User, at: datetime | None = None
    ) -> Self:
        """Some of a line will not come any more, and why."""
        at = at or now()
        self._lock(self.Status.PLACED)
        line = self.lines.get(pk=line.pk)
        most = line.outstanding - self.on_the_way().get(line.pk, 0)
        if not 1 <= quantity <= most:
            raise Refused(
                _("%(line)s: at most %(count)d can still be cancelled.") % {"line": line, "count": most}
            )
        self._call_off(line, quantity, by=by, at=at, reason=_given(reason))
        if not any(line.outstanding for line in self.lines.all()):
            self._end(reason, by=by, at=at)
        return self

    # -- questions ------------------------------------------------------------------------------------

    @property
    def number(self) -> str:
        """ "DD202611-00012"."""
        return f"DD{timezone.localtime(self.created_at):%Y%m}-{self.pk or 0:05}"

    @property
    def received_value(self) -> Decimal:
        """What the accepted pieces cost."""
        return sum((rounded(line.unit_price * line.received) for line in self.lines.all()), NOTHING)

    @property
    def invoiced(self) -> Decimal:
        found = self.invoices.filter(withdrawn_at=None).aggregate(sum=Sum("amount"))["sum"]
        return rounded(found or NOTHING)

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    def refuse_unless(self, *allowed: str) -> None:
        """Raises Refused with a sentence where the order is in none of these states."""
        if self.status not in allowed:
            raise Refused(
                _("This order is “%(state)s”; that cannot be done to it.")
                % {"state": self.get_status_display()}
            )

    def on_the_way(self) -> dict[int, int]:
        """Of each line, how many lie here and wait to be accepted."""
        waiting = self.lines.filter(receipt_lines__receipt__status="arrived").order_by()
        return dict(waiting.values_list("pk").annotate(Sum("receipt_lines__quantity")))

    # -- how the verbs do it --------------------------------------------------------------------------

    def _guard_quantity(self, line: OrderLine, rest: int) -> None:
        own = OrderLine.objects.get(pk=line.pk).quantity
        if not 1 <= line.quantity <= own + rest:
            raise Refused(
                _("%(line)s: %(most)d were approved and are not ordered elsewhere; order 1 to %(most)d.")
                % {"line": line, "most": own + rest}
            )

    def _call_off(self, line: OrderLine, quantity: int, *, by: User, at: datetime, reason: str) -> None:
        from .. import budgets

        if not quantity:
            return
        line.cancelled += quantity
        with history.reason(reason, by=by):
            line.save(update_fields=["cancelled"])
        if self.placed_at:
            budgets.call_off(line, quantity, at=at)

    def _end(self, reason: str, *, by: User, at: datetime) -> None:
        """Nothing more will come: received, where something has, else cancelled."""
        if any(line.received for line in self.lines.all()):
            cancel_timer(self, self.DELIVERY, at=at, by=by, reason=reason)
            self.settle(by=by, at=at)
            return
        self.status, self.cancelled_at, self.cancel_reason = self.Status.CANCELLED, at, _given(reason)
        self._save("status", "cancelled_at", "cancel_reason", by=by, reason=reason)
        cancel_timer(self, self.DELIVERY, at=at, by=by, reason=reason)
        self._tell_request(by=by, at=at)

    def settle(self, *, by: User, at: datetime, arrived_at: datetime | None = None) -> None:
        """Bring the state in step with what was accepted; part of the verbs of receipts.

        The supplier's time ends when the last piece arrived, not when somebody came to accept it.
        """
        lacking = any(line.outstanding for line in self.lines.all())
        if lacking == (self.status == self.Status.PLACED):
            return
        self.status = self.Status.PLACED if lacking else self.Status.RECEIVED
        self.received_at = None if lacking else at
        self._save("status", "received_at", by=by)
        if not lacking:
            stop_timer(self, self.DELIVERY, at=arrived_at or at, by=by)
        self._tell_request(by=by, at=at)

    def _tell_request(self, *, by: User, at: datetime) -> None:
        """The request is closed once nothing of it is left to order or to come, else ordered or not."""
        request = self.request
        request.hold()
        if request.status not in (request.Status.APPROVED, request.Status.ORDERED):
            return
        ahead = request.orders.filter(status__in=[self.Status.DRAFT, self.Status.PLACED])
        if request.lines_to_order() or ahead.exists():
            request.note_ordered(by=by, at=at)
        else:
            request.close(by=by, at=at)

    def _lock(self, *allowed: str) -> None:
        """Take the row for this transaction, as it is now; refuse unless its state is one of `allowed`."""
        self.refresh_from_db(from_queryset=Order.objects.select_for_update())
        if allowed:
            self.refuse_unless(*allowed)

    def _save(self, *fields: str, by: User, reason: str = "") -> None:
        with history.reason(reason, by=by):
            self.save(update_fields=fields)


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Please say why it is cancelled."))
    return reason.strip()
