"""A purchase request as a whole: from the chosen quotes to the approval, and what the orders do to it."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, Self

from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models import User
from organization.roles import Role
from pages.clock import now
from pages.refusals import Refused
from sla.models.figure import local_day
from sla.timers import cancel_timer, stop_timer

from ..request_querysets import PurchaseRequestQuerySet
from .request_line import RequestLine
from .request_quotes import RequestQuotes
from .supplier import Supplier


class ToOrder(NamedTuple):
    """What of an approved line is still to be ordered, where, and at which price."""

    line: RequestLine
    supplier: Supplier
    unit_price: Decimal
    quantity: int


class PurchaseRequest(RequestQuotes):
    """A purchase request (采购申请), from the wish to the approval; orders are made from its lines.

    Submitted by its requester, confirmed by the using department, quoted and chosen by the buyer, approved
    step by step by amount and budget. `requester` is empty where the stock asked by itself.
    """

    objects = PurchaseRequestQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("purchase request")
        verbose_name_plural = gettext_lazy("purchase requests")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("buy", gettext_lazy("Can quote and order")),
            ("receive_goods", gettext_lazy("Can write down what was delivered")),
            ("view_every_request", gettext_lazy("Can see every department's purchases")),
            ("arrange_procurement", gettext_lazy("Can change the rules of approval and purchasing")),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="request_newest"),
            models.Index(fields=["status", "created_at"], name="request_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                name="request_is_confirmed_before_it_is_quoted",
                condition=~Q(status__in=["quoting", "approval", "approved", "ordered", "closed"])
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="request_has_an_end_with_reason",
                condition=~Q(status__in=["refused", "withdrawn"]) | ~Q(end_reason=""),
            ),
            models.CheckConstraint(
                name="request_is_not_confirmed_by_its_requester",
                condition=Q(confirmed_by=None) | Q(requester=None) | ~Q(confirmed_by=F("requester")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("purchase-request", args=[self.pk])

    # -- verbs ----------------------------------------------------------------------------------------

    @transaction.atomic
    def ask_for_approval(self, *, by: User, at: datetime | None = None, few_quotes_reason: str = "") -> Self:
        """All is quoted and chosen: hand it to those who approve, by amount and budget (报批)."""
        from .. import approving, comparing

        at = at or now()
        self._lock(self.Status.QUOTING, self.Status.APPROVAL)
        if self.status == self.Status.APPROVAL:
            return self  # the second click
        self.few_quotes_reason = few_quotes_reason.strip() or self.few_quotes_reason
        comparing.refuse_unready(self, local_day(at))
        crossings = approving.crossings(self, local_day(at))
        steps = approving.plan(self, crossings, at)
        self.status, self.over_budget = self.Status.APPROVAL, bool(crossings)
        self._save("status", "few_quotes_reason", "over_budget", by=by)
        stop_timer(self, self.QUOTATION, at=at, by=by)
        for position, step in enumerate(steps, start=1):
            self.approvals.create(position=position, **step._asdict())
        self._next_step(by=by, at=at)
        return self

    @transaction.atomic
    def step_approved(self, *, by: User, at: datetime) -> Self:
        """Called by the step that was approved: the next one begins, or all is approved."""
        if self._next_step(by=by, at=at):
            return self
        self.status, self.approved_at = self.Status.APPROVED, at
        self._save("status", "approved_at", by=by)
        self._tell(self._concerned(by), "procurement.request_approved", by=by, at=at, amount=str(self.total))
        return self

    @transaction.atomic
    def step_refused(self, reason: str, *, by: User, at: datetime) -> Self:
        """Called by the step that was refused: that is the end of the request."""
        self._drop_steps(by=by, at=at, reason=reason)
        self.status, self.end_reason, self.closed_at = self.Status.REFUSED, reason[:200], at
        self._save("status", "end_reason", "closed_at", by=by, reason=reason)
        self._tell(self._concerned(by), "procurement.request_refused", by=by, at=at, reason=reason)
        return self

    @transaction.atomic
    def send_back(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """Back to who asks for it (退回修改): what is changed then is confirmed, quoted and approved anew."""
        at = at or now()
        self._lock(self.Status.SUBMITTED, self.Status.QUOTING, self.Status.APPROVAL)
        reason = _reason(reason)
        self._stop_asking(by=by, at=at, reason=reason)
        self.status, self.sent_back_reason = self.Status.DRAFT, reason
        self.confirmed_at = self.confirmed_by = None
        self.confirmed_text = ""
        self._save(
            "status",
            "sent_back_reason",
            "confirmed_at",
            "confirmed_by",
            "confirmed_text",
            by=by,
            reason=reason,
        )
        self._tell(self._concerned(by), "procurement.request_sent_back", by=by, at=at, reason=reason)
        return self

    @transaction.atomic
    def quote_again(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """Back to the buyer for other prices (退回询价): the requirement stays confirmed."""
        at = at or now()
        self._lock(self.Status.APPROVAL, self.Status.APPROVED)
        reason = _reason(reason)
        self._refuse_ordered()
        self._stop_asking(by=by, at=at, reason=reason)
        self.status, self.approved_at, self.over_budget = self.Status.QUOTING, None, False
        self._save("status", "approved_at", "over_budget", by=by, reason=reason)
        self._ask_to_quote(at=at)
        return self

    @transaction.atomic
    def withdraw(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """It is not needed any more (撤回); as long as nothing was ordered."""
        at = at or now()
        allowed = {*self.OPEN} - {self.Status.ORDERED}
        self._lock(*allowed)
        reason = _reason(reason)
        self._refuse_ordered()
        self._stop_asking(by=by, at=at, reason=reason)
        self.status, self.end_reason, self.closed_at = self.Status.WITHDRAWN, reason, at
        self._save("status", "end_reason", "closed_at", by=by, reason=reason)
        return self

    @transaction.atomic
    def note_ordered(self, *, by: User, at: datetime | None = None) -> Self:
        """Bring the status in line with the orders: ordered once nothing is left to order, else approved."""
        self._lock(self.Status.APPROVED, self.Status.ORDERED)
        status = self.Status.APPROVED if self.lines_to_order() else self.Status.ORDERED
        if status != self.status:
            self.status = status
            self._save("status", by=by)
        return self

    @transaction.atomic
    def close(self, *, by: User, at: datetime | None = None) -> Self:
        """Everything has come, or will not come any more (关闭)."""
        self._lock(self.Status.APPROVED, self.Status.ORDERED, self.Status.CLOSED)
        if self.status != self.Status.CLOSED:
            self.status, self.closed_at = self.Status.CLOSED, at or now()
            self._save("status", "closed_at", by=by)
        return self

    def hold(self) -> None:
        """Take the row for this transaction, in whatever status."""
        self._lock(*self.Status.values)

    # -- questions ------------------------------------------------------------------------------------

    @property
    def number(self) -> str:
        """ "CG202611-00012"."""
        return f"CG{timezone.localtime(self.created_at):%Y%m}-{self.pk or 0:05}"

    def lines_to_order(self) -> list[ToOrder]:
        """What is approved and not ordered yet; what an order called off is to be ordered again."""
        if self.status not in (self.Status.APPROVED, self.Status.ORDERED):
            return []
        standing = ~Q(order_lines__order__status="cancelled")
        ordered = Sum(F("order_lines__quantity") - F("order_lines__cancelled"), filter=standing, default=0)
        lines = self.lines.select_related("chosen__quote__supplier", "item", "category")
        return [
            ToOrder(line, line.chosen.quote.supplier, line.chosen.unit_price, line.quantity - line.taken)
            for line in lines.annotate(taken=ordered)
            if line.taken < line.quantity
        ]

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_no_longer_short(self) -> bool:
        """The stock asked for it, but there is enough again before anything was ordered."""
        waiting = self.is_open and self.status != self.Status.ORDERED
        return bool(waiting and self.shortage_id and self.shortage.ended_at)

    def may_be_changed_by(self, user: User) -> bool:
        """Whose wish it is; for the stock, those who keep it or buy for it."""
        if self.requester_id:
            return user.pk == self.requester_id
        return user.has_perm("supplies.post_stock") or user.has_perm("procurement.buy")

    # -- how the verbs do it --------------------------------------------------------------------------

    def _next_step(self, *, by: User, at: datetime) -> bool:
        """Begin the next step of the approval; False where there is none."""
        step = self.approvals.filter(status="ahead").order_by("position").first()
        if step:
            step.request = self
            step.begin(at=at)
        return step is not None

    def _drop_steps(self, *, by: User, at: datetime, reason: str) -> None:
        for step in self.approvals.filter(status__in=["ahead", "waiting"]):
            step.drop(by=by, at=at, reason=reason)

    def _stop_asking(self, *, by: User, at: datetime, reason: str) -> None:
        for key in (self.CONFIRMATION, self.QUOTATION):
            cancel_timer(self, key, at=at, by=by, reason=reason)
        self._drop_steps(by=by, at=at, reason=reason)

    def _refuse_ordered(self) -> None:
        if self.orders.exclude(status="cancelled").exists():
            raise Refused(_("Something of it is ordered already; cancel the order first."))

    def _concerned(self, by: User) -> list[User]:
        """Requester and buyer; for the stock its clerks. Not who does it."""
        people = [self.requester] if self.requester_id else [*User.objects.in_role(Role.INVENTORY_CLERK)]
        return [one for one in [*people, self.buyer] if one and one.pk != by.pk]


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused(_("Please say why."))
    return text.strip()[:200]
