"""What purchases cost, to be claimed from finance on the day on which it arose."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from notices.telling import tell
from organization.models import User
from pages import history
from pages.clock import now
from pages.money import NOTHING, MoneyField, rounded
from pages.refusals import Refused
from sla.models.figure import bounds, local_day
from sla.timers import cancel_timer, start_timer, stop_timer

from ..delivery_querysets import ReimbursementQuerySet
from .invoice import Invoice
from .order import Order
from .order_record import person


class Reimbursement(models.Model):
    """What a purchase cost, to be claimed on the day it arose (报销, 日清日结).

    Arises when goods are accepted or their invoice is entered, whichever comes first; one per order and day.
    """

    CLAIM = "reimbursement"

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("reimbursement", "To be claimed")
        CLAIMED = "claimed", pgettext_lazy("reimbursement", "Claimed")
        PAID = "paid", pgettext_lazy("reimbursement", "Paid")
        RETURNED = "returned", pgettext_lazy("reimbursement", "Sent back by finance")
        DROPPED = "dropped", pgettext_lazy("reimbursement", "No longer needed")

    UNCLAIMED = (Status.OPEN, Status.RETURNED)

    order = models.ForeignKey(
        Order,
        on_delete=models.PROTECT,
        related_name="reimbursements",
        verbose_name=gettext_lazy("purchase order"),
    )
    status = models.CharField(
        gettext_lazy("status"), max_length=10, choices=Status.choices, default=Status.OPEN
    )
    amount = MoneyField(gettext_lazy("amount"), validators=[MinValueValidator(0)])
    arose_at = models.DateTimeField(gettext_lazy("arose at"))
    claimant = person(gettext_lazy("to be claimed by"), null=False)
    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        null=True,
        related_name="reimbursements",
        verbose_name=gettext_lazy("invoice"),
    )
    claimed_at = models.DateTimeField(gettext_lazy("claimed at"), null=True)
    claim_number = models.CharField(gettext_lazy("number of the claim"), max_length=40, blank=True)
    settled_at = models.DateTimeField(gettext_lazy("paid or sent back at"), null=True)
    remark = models.CharField(gettext_lazy("remark"), max_length=200, blank=True)

    objects = ReimbursementQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("reimbursement")
        verbose_name_plural = gettext_lazy("reimbursements")
        ordering = ["-arose_at", "-pk"]
        permissions = [
            ("settle_reimbursement", gettext_lazy("Can record that a claim was paid or sent back"))
        ]
        indexes = [
            models.Index(fields=["-arose_at", "-id"], name="reimbursement_newest"),
            models.Index(
                fields=["arose_at"],
                name="reimbursement_unclaimed",
                condition=Q(status__in=["open", "returned"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="reimbursement_claimed_with_an_invoice",
                condition=~Q(status__in=["claimed", "paid"])
                | Q(claimed_at__isnull=False, invoice__isnull=False),
            ),
            models.CheckConstraint(name="reimbursement_is_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.order.number} {self.order.supplier}"

    def get_absolute_url(self) -> str:
        return reverse("reimbursement", args=[self.pk])

    # -- verbs ----------------------------------------------------------------------------------------

    @classmethod
    def arise(cls, order: Order, *, by: User, at: datetime) -> Self | None:
        """Goods or an invoice came: what is not claimed yet joins today's claim, or begins one.

        Part of the verbs that hold the order. The higher of what was received and invoiced is owed once.
        """
        owed = max(order.received_value, order.invoiced) - cls._covered(order)
        if owed <= 0:
            return None
        start, end = bounds(local_day(at))
        today = order.reimbursements.filter(arose_at__gte=start, arose_at__lt=end, status=cls.Status.OPEN)
        claim = today.order_by("pk").first()
        if claim:
            claim.amount += owed
            claim._save("amount", by=by)
            return claim
        return cls._begin(order, owed, by=by, at=at)

    @classmethod
    def fit(cls, order: Order, *, reason: str, by: User, at: datetime) -> None:
        """An acceptance or an invoice was withdrawn: what is no longer owed is not claimed either.

        Refused where it is claimed already. Part of the verbs that hold the order.
        """
        excess = cls._covered(order) - max(order.received_value, order.invoiced)
        for claim in order.reimbursements.filter(status__in=cls.UNCLAIMED).order_by("-pk"):
            less = min(excess, claim.amount)
            if less <= 0:
                break
            claim.amount -= less
            excess -= less
            claim._shrink(reason=reason, by=by, at=at)
        if excess > 0:
            raise Refused(_("It has been claimed already. Finance has to send the claim back first."))

    @transaction.atomic
    def claim(
        self, *, invoice: Invoice, number: str, by: User, at: datetime | None = None, remark: str = ""
    ) -> Self:
        """Put it in for reimbursement (报销) with its invoice; that stops the clock of the day.

        What the invoice does not cover stays open as a claim of its own, as old as this one.
        """
        at = at or now()
        self._lock(*self.UNCLAIMED)
        invoice = Invoice.objects.get(pk=invoice.pk)
        if not number.strip():
            raise Refused(_("A claim has a number."))
        if invoice.order_id != self.order_id or invoice.withdrawn_at:
            raise Refused(_("Choose an invoice of this order."))
        covered = min(self.amount, invoice.left)
        if covered <= 0:
            raise Refused(_("Invoice %(invoice)s has been claimed in full already.") % {"invoice": invoice})
        rest, self.amount = self.amount - covered, covered
        self.status, self.claimed_at, self.invoice = self.Status.CLAIMED, at, invoice
        self.claim_number, self.remark, self.settled_at = number.strip(), remark.strip(), None
        self._save(
            "amount", "status", "claimed_at", "invoice", "claim_number", "remark", "settled_at", by=by
        )  # fmt: skip
        stop_timer(self, self.CLAIM, at=at, by=by)
        if rest > 0:
            self._begin(self.order, rest, by=by, at=self.arose_at)
        return self

    @transaction.atomic
    def pay(self, *, by: User, at: datetime | None = None) -> Self:
        """Finance has paid (已付款)."""
        self._lock(self.Status.CLAIMED)
        self._guard_settler(by)
        self.status, self.settled_at = self.Status.PAID, at or now()
        self._save("status", "settled_at", by=by)
        return self

    @transaction.atomic
    def send_back(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """Finance sent the claim back (退回): it is to be claimed again, and the day's clock runs anew."""
        at, reason = at or now(), reason.strip()
        self._lock(self.Status.CLAIMED)
        if not reason:
            raise Refused(_("Please say why it is sent back."))
        self.status, self.settled_at, self.remark = self.Status.RETURNED, at, reason
        self._save("status", "settled_at", "remark", by=by, reason=reason)
        start_timer(self, self.CLAIM, owner=self.claimant, at=at, label=str(self))
        tell(
            [self.claimant],
            "procurement.claim_returned",
            at=at,
            by=by,
            params={"claim": str(self), "reason": reason},
            link=self.get_absolute_url(),
            source=self,
        )
        return self

    @transaction.atomic
    def drop(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """Nothing is to be claimed any more (不再报销), such as a rebate; it never arises again."""
        at, reason = at or now(), reason.strip()
        self._lock(*self.UNCLAIMED)
        if not reason:
            raise Refused(_("Please say why it is not claimed."))
        self.status, self.remark = self.Status.DROPPED, reason
        self._save("status", "remark", by=by, reason=reason)
        cancel_timer(self, self.CLAIM, at=at, by=by, reason=reason)
        return self

    # -- questions ------------------------------------------------------------------------------------

    @property
    def number(self) -> str:
        """ "BX202611-00012"."""
        return f"BX{timezone.localtime(self.arose_at):%Y%m}-{self.pk or 0:05}"

    @property
    def is_unclaimed(self) -> bool:
        return self.status in self.UNCLAIMED

    @property
    def waited(self) -> timedelta:
        """From when it arose until it was claimed."""
        return (self.claimed_at or now()) - self.arose_at

    # -- how the verbs do it --------------------------------------------------------------------------

    @classmethod
    def _covered(cls, order: Order) -> Decimal:
        return rounded(order.reimbursements.aggregate(sum=Sum("amount"))["sum"] or NOTHING)

    @classmethod
    def _begin(cls, order: Order, amount: Decimal, *, by: User, at: datetime) -> Self:
        with history.reason(by=by):
            claim = cls.objects.create(order=order, amount=amount, arose_at=at, claimant=order.buyer)
        start_timer(claim, cls.CLAIM, owner=claim.claimant, at=at, label=str(claim))
        return claim

    def _shrink(self, *, reason: str, by: User, at: datetime) -> None:
        if self.amount:
            self._save("amount", by=by, reason=reason)
            return
        self.status, self.remark = self.Status.DROPPED, reason
        self._save("amount", "status", "remark", by=by, reason=reason)
        cancel_timer(self, self.CLAIM, at=at, by=by, reason=reason)

    def _guard_settler(self, by: User) -> None:
        if by.pk == self.claimant_id:
            raise Refused(_("Nobody settles their own claim."))

    def _lock(self, *allowed: str) -> None:
        """Hold the order, then the claim, as they are now; refuse unless its state is one of `allowed`."""
        self.order._lock()
        order = self.order
        self.refresh_from_db(from_queryset=Reimbursement.objects.select_for_update())
        self.order = order
        if self.status not in allowed:
            raise Refused(
                _("This claim is “%(state)s”; that cannot be done to it.")
                % {"state": self.get_status_display()}
            )

    def _save(self, *fields: str, by: User, reason: str = "") -> None:
        with history.reason(reason, by=by):
            self.save(update_fields=fields)
