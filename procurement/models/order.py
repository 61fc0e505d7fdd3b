"""Orders and what comes of them: deliveries, accepted by those who use the goods, invoices, reimbursement."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, Place
from pages.money import MoneyField
from pages.uploads import StoredIn
from supplies.models import Category, Item, Posting
from supplies.models.item import MOST

from ..querysets import OrderQuerySet
from .request import PurchaseRequest, RequestLine
from .supplier import Supplier


class Order(models.Model):
    """A purchase order (采购订单) to one supplier, made from approved lines; once placed it never changes.

    What was ordered wrongly is cancelled, wholly or for the rest, and ordered anew.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("order", "Draft")
        PLACED = "placed", pgettext_lazy("order", "Placed")
        RECEIVED = "received", pgettext_lazy("order", "Received")
        CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")

    DELIVERY = "order-delivery"

    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="orders", verbose_name=_("supplier")
    )
    request = models.ForeignKey(
        PurchaseRequest, on_delete=models.PROTECT, related_name="orders", verbose_name=_("purchase request")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("using department")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    total = MoneyField(_("total"), default=0)
    expected_on = models.DateField(_("delivery agreed for"))
    terms = models.CharField(_("terms"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    placed_at = models.DateTimeField(_("placed at"), null=True)
    received_at = models.DateTimeField(_("received in full at"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchase order")
        verbose_name_plural = _("purchase orders")
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

    @property
    def number(self) -> str:
        """ "DD202611-00012"."""
        return f"DD{timezone.localtime(self.created_at):%Y%m}-{self.pk or 0:05}"


class OrderLine(models.Model):
    """One thing ordered; `received` is what was accepted so far, `cancelled` what will not come any more."""

    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="lines", verbose_name=_("purchase order")
    )
    request_line = models.ForeignKey(
        RequestLine,
        on_delete=models.PROTECT,
        related_name="order_lines",
        verbose_name=_("line of a purchase request"),
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("item")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("category")
    )
    name = models.CharField(pgettext_lazy("goods", "name"), max_length=80)
    specification = models.CharField(_("specification"), max_length=200, blank=True)
    unit = models.CharField(pgettext_lazy("of measure", "unit"), max_length=10)
    is_asset = models.BooleanField(_("becomes a fixed asset"), default=False)
    quantity = models.PositiveIntegerField(
        _("quantity"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    unit_price = MoneyField(_("unit price"), validators=[MinValueValidator(0)])
    amount = MoneyField(_("amount"))
    received = models.PositiveIntegerField(_("received"), default=0)
    cancelled = models.PositiveIntegerField(_("cancelled"), default=0)

    class Meta:
        verbose_name = _("line of an order")
        verbose_name_plural = _("lines of orders")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="order_line_orders_something", condition=Q(quantity__gte=1)),
            models.CheckConstraint(
                name="order_line_amount_is_price_times_quantity",
                condition=Q(amount=Round(F("unit_price") * F("quantity"), 2)),
            ),
            models.CheckConstraint(
                name="order_line_cancels_what_has_not_come", condition=Q(cancelled__lte=F("quantity"))
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.specification)))

    @property
    def outstanding(self) -> int:
        """How many are still to come."""
        return max(0, self.quantity - self.received - self.cancelled)


class Receipt(models.Model):
    """A delivery (收货), whole or in part: written down by buyer or clerk, accepted by the using department.

    Accepting posts it to the stock or the register of assets; then it never changes.
    """

    ACCEPTANCE, REIMBURSEMENT = "goods-acceptance", "reimbursement"

    class Status(models.TextChoices):
        ARRIVED = "arrived", pgettext_lazy("receipt", "To be accepted")
        ACCEPTED = "accepted", pgettext_lazy("receipt", "Accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("receipt", "Withdrawn")

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("purchase order")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ARRIVED)
    note_number = models.CharField(_("delivery note"), max_length=60, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("delivered to")
    )
    arrived_at = models.DateTimeField(_("arrived at"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("received by")
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    over_reason = models.CharField(_("why more than ordered"), max_length=200, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    posting = models.OneToOneField(
        Posting, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("stock document")
    )
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("receipt of goods")
        verbose_name_plural = _("receipts of goods")
        ordering = ["-arrived_at", "-pk"]
        indexes = [models.Index(fields=["accepted_at"], name="receipt_by_acceptance")]
        constraints = [
            models.CheckConstraint(
                name="receipt_is_accepted_by_somebody",
                condition=~Q(status="accepted") | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("receipt", args=[self.pk])

    @property
    def number(self) -> str:
        """ "SH202611-00012"."""
        return f"SH{timezone.localtime(self.arrived_at):%Y%m}-{self.pk or 0:05}"


class ReceiptLine(models.Model):
    """So many of an order's line came; of these `rejected` do not fit the need or are defective, and why."""

    receipt = models.ForeignKey(
        Receipt, on_delete=models.CASCADE, related_name="lines", verbose_name=_("receipt of goods")
    )
    order_line = models.ForeignKey(
        OrderLine, on_delete=models.PROTECT, related_name="receipt_lines", verbose_name=_("line of an order")
    )
    quantity = models.PositiveIntegerField(
        _("quantity"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    fits = models.BooleanField(_("fits the need"), null=True)
    defect = models.CharField(_("what is wrong"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of a receipt")
        verbose_name_plural = _("lines of receipts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "order_line"], name="receipt_names_an_order_line_once"
            ),
            models.CheckConstraint(
                name="receipt_line_rejects_what_came", condition=Q(rejected__lte=F("quantity"))
            ),
            models.CheckConstraint(
                name="receipt_line_says_what_is_wrong", condition=Q(rejected=0) | ~Q(defect="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_line} × {self.quantity}"

    @property
    def accepted(self) -> int:
        return self.quantity - self.rejected


class Invoice(models.Model):
    """A supplier's invoice (发票) for an order; its number comes once from a supplier."""

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="invoices", verbose_name=_("purchase order")
    )
    number = models.CharField(_("invoice number"), max_length=40)
    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="+", verbose_name=_("supplier")
    )
    dated_on = models.DateField(_("dated"))
    amount = MoneyField(_("amount"), validators=[MinValueValidator(0)])
    file = models.FileField(_("file"), upload_to=StoredIn("invoices"), blank=True)
    filename = models.CharField(_("file name"), max_length=120, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    over_reason = models.CharField(_("why more than was received"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawal_reason = models.CharField(_("reason for withdrawing"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-dated_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "number"],
                condition=Q(withdrawn_at=None),
                name="invoice_once_per_supplier_and_number",
                violation_error_message=_("This invoice of the supplier has been entered already."),
            ),
            models.CheckConstraint(name="invoice_amount_is_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.order_id])


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

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="reimbursements", verbose_name=_("purchase order")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    amount = MoneyField(_("amount"), validators=[MinValueValidator(0)])
    arose_at = models.DateTimeField(_("arose at"))
    claimant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("to be claimed by"),
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, related_name="reimbursements", verbose_name=_("invoice")
    )
    claimed_at = models.DateTimeField(_("claimed at"), null=True)
    claim_number = models.CharField(_("number of the claim"), max_length=40, blank=True)
    settled_at = models.DateTimeField(_("paid or sent back at"), null=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reimbursement")
        verbose_name_plural = _("reimbursements")
        ordering = ["-arose_at", "-pk"]
        permissions = [("settle_reimbursement", _("Can record that a claim was paid or sent back"))]
        constraints = [
            models.CheckConstraint(
                name="reimbursement_claimed_with_an_invoice",
                condition=~Q(status__in=["claimed", "paid"])
                | Q(claimed_at__isnull=False, invoice__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.amount}"

    def get_absolute_url(self) -> str:
        return reverse("reimbursement", args=[self.pk])
