"""Suppliers' invoices: entered once, compared with what was received, withdrawn where they were wrong."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models import User
from pages import history
from pages.clock import now
from pages.money import NOTHING, MoneyField, rounded
from pages.refusals import Refused
from pages.uploads import StoredIn
from sla.models.figure import local_day

from .order import Order
from .order_record import person
from .supplier import Supplier


class Invoice(models.Model):
    """A supplier's invoice (发票) for an order; its number comes once from a supplier."""

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="invoices", verbose_name=gettext_lazy("purchase order")
    )
    number = models.CharField(gettext_lazy("invoice number"), max_length=40)
    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("supplier")
    )
    dated_on = models.DateField(gettext_lazy("dated"))
    amount = MoneyField(gettext_lazy("amount"), validators=[MinValueValidator(Decimal("0.01"))])
    file = models.FileField(gettext_lazy("file"), upload_to=StoredIn("invoices"), blank=True)
    filename = models.CharField(gettext_lazy("file name"), max_length=120, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    entered_at = models.DateTimeField(gettext_lazy("entered at"))
    entered_by = person(gettext_lazy("entered by"), null=False)
    over_reason = models.CharField(gettext_lazy("why more than was received"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(gettext_lazy("withdrawn at"), null=True)
    withdrawal_reason = models.CharField(gettext_lazy("reason for withdrawing"), max_length=200, blank=True)
    once = models.UUIDField(gettext_lazy("form ticket"), unique=True, null=True, editable=False)

    class Meta:
        verbose_name = gettext_lazy("invoice")
        verbose_name_plural = gettext_lazy("invoices")
        ordering = ["-dated_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "number"],
                condition=Q(withdrawn_at=None),
                name="invoice_once_per_supplier_and_number",
                violation_error_message=gettext_lazy(
                    "This invoice of the supplier has been entered already."
                ),
            ),
            models.CheckConstraint(name="invoice_amount_is_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.order_id])

    # -- verbs ----------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def enter(
        cls,
        order: Order,
        *,
        number: str,
        dated_on: date,
        amount: Decimal,
        by: User,
        at: datetime | None = None,
        over_reason: str = "",
        file: Any = None,
        once: UUID | None = None,
    ) -> Self:
        """Enter an invoice (登记发票); more than was received needs a reason, and the budgets have a say.

        The same `once` again gives the invoice that was entered the first time.
        """
        from .reimbursement import Reimbursement

        at = at or now()
        order._lock()
        if once and (first := cls.objects.filter(once=once).first()):
            return first
        order._lock(order.Status.PLACED, order.Status.RECEIVED)
        amount, over_reason = rounded(amount), over_reason.strip()
        _guard_number(order, number.strip())
        _guard_amount(order, amount, over_reason)
        _guard_budgets(order, amount, local_day(at))
        with history.reason(by=by):
            invoice = cls.objects.create(
                order=order, supplier=order.supplier, number=number.strip(), dated_on=dated_on,
                amount=amount, entered_at=at, entered_by=by, over_reason=over_reason, once=once,
                file=file or "", filename=getattr(file, "name", "") or "",
                content_type=getattr(file, "content_type", "") or "",
            )  # fmt: skip
        Reimbursement.arise(order, by=by, at=at)
        return invoice

    @transaction.atomic
    def withdraw(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """Take a wrong invoice back (撤销); not once it is claimed."""
        from .reimbursement import Reimbursement

        at, reason = at or now(), reason.strip()
        self.order._lock()
        self.refresh_from_db(from_queryset=Invoice.objects.select_for_update())
        if self.withdrawn_at:
            raise Refused(_("This invoice has been withdrawn already."))
        if not reason:
            raise Refused(_("Please say why it is withdrawn."))
        if self.reimbursements.filter(status__in=["claimed", "paid"]).exists():
            raise Refused(_("This invoice has been claimed. Finance has to send the claim back first."))
        self.withdrawn_at, self.withdrawal_reason = at, reason
        with history.reason(reason, by=by):
            self.save(update_fields=["withdrawn_at", "withdrawal_reason"])
        Reimbursement.fit(self.order, reason=reason, by=by, at=at)
        return self

    # -- questions ------------------------------------------------------------------------------------

    @property
    def left(self) -> Decimal:
        """What of it is not claimed yet."""
        claimed = self.reimbursements.filter(status__in=["claimed", "paid"])
        return self.amount - rounded(claimed.aggregate(sum=Sum("amount"))["sum"] or NOTHING)


def _guard_number(order: Order, number: str) -> None:
    if not number:
        raise Refused(_("An invoice has a number."))
    if Invoice.objects.filter(supplier=order.supplier, number=number, withdrawn_at=None).exists():
        raise Refused(_("This invoice of the supplier has been entered already."))


def _guard_amount(order: Order, amount: Decimal, over_reason: str) -> None:
    if amount <= 0:
        raise Refused(_("An invoice is about some money."))
    received, invoiced = order.received_value, order.invoiced
    if invoiced + amount > received and not over_reason:
        raise Refused(
            _(
                "Goods worth %(received)s were accepted and %(invoiced)s invoiced already. "
                "Say why the invoice is higher."
            )
            % {"received": received, "invoiced": invoiced}
        )


def _guard_budgets(order: Order, amount: Decimal, day: date) -> None:
    """What is invoiced beyond the goods adds to what they cost; it is laid on the line that cost most."""
    from .. import budgets

    beyond = max(NOTHING, order.invoiced + amount - max(order.received_value, order.total))
    dearest = max(order.lines.select_related("category"), key=lambda line: (line.amount, -line.pk))
    for crossing in budgets.judge(
        "invoice", dearest.category, order.department, day, beyond, is_asset=dearest.is_asset
    ):
        if crossing.rule == "block" or (crossing.rule == "ask" and order.released_at is None):
            raise Refused(crossing.sentence)
