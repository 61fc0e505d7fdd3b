"""Asking that something be bought: what exactly, confirmed by those who will use it, quoted, approved."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department
from pages.money import MoneyField
from pages.uploads import StoredIn
from supplies.models import Category, Item, Shortage
from supplies.models.item import MOST

from ..querysets import PurchaseRequestQuerySet
from .supplier import Supplier


class PurchaseRequest(models.Model):
    """A purchase request (采购申请), from the wish to the approval; orders are made from its lines.

    Submitted by its requester, confirmed by the using department, quoted and chosen by the buyer, approved
    step by step by amount and budget. `requester` is empty where the stock asked by itself.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("purchase", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("purchase", "Requirement to be confirmed")
        QUOTING = "quoting", pgettext_lazy("purchase", "Being quoted")
        APPROVAL = "approval", pgettext_lazy("purchase", "To be approved")
        APPROVED = "approved", pgettext_lazy("purchase", "Approved")
        ORDERED = "ordered", pgettext_lazy("purchase", "Ordered")
        CLOSED = "closed", pgettext_lazy("purchase", "Closed")
        REFUSED = "refused", pgettext_lazy("purchase", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("purchase", "Withdrawn")

    OPEN = (Status.DRAFT, Status.SUBMITTED, Status.QUOTING, Status.APPROVAL, Status.APPROVED, Status.ORDERED)
    CONFIRMATION, QUOTATION, APPROVING = "purchase-confirmation", "purchase-quotation", "purchase-approval"

    title = models.CharField(_("title"), max_length=120)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="purchase_requests",
        verbose_name=_("requested by"),
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("using department")
    )
    purpose = models.CharField(_("what for"), max_length=300, blank=True)
    needed_on = models.DateField(_("needed on"), null=True, blank=True)
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("buyer"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    created_at = models.DateTimeField(_("created at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    confirmed_at = models.DateTimeField(_("requirement confirmed at"), null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    few_quotes_reason = models.CharField(_("why fewer than three suppliers"), max_length=200, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    end_reason = models.CharField(_("reason"), max_length=200, blank=True)
    shortage = models.OneToOneField(
        Shortage,
        on_delete=models.PROTECT,
        null=True,
        related_name="purchase_request",
        verbose_name=_("shortage"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    objects = PurchaseRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchase request")
        verbose_name_plural = _("purchase requests")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("buy", _("Can quote and order")),
            ("receive_goods", _("Can write down what was delivered")),
            ("view_every_request", _("Can see every department's purchases")),
            ("arrange_procurement", _("Can change the rules of approval and purchasing")),
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
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("purchase-request", args=[self.pk])

    @property
    def number(self) -> str:
        """ "CG202611-00012"."""
        return f"CG{timezone.localtime(self.created_at):%Y%m}-{self.pk or 0:05}"


class RequestLine(models.Model):
    """One thing to be bought: for the stock (`item`), as assets (`is_asset`), or used up at once.

    `chosen` is the quote that was taken; `dear_reason` why a price above last year's is paid,
    `choice_reason` why not the cheapest.
    """

    request = models.ForeignKey(
        PurchaseRequest, on_delete=models.CASCADE, related_name="lines", verbose_name=_("purchase request")
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("item")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("category")
    )
    name = models.CharField(pgettext_lazy("goods", "name"), max_length=80)
    specification = models.CharField(_("specification"), max_length=200, blank=True)
    unit = models.CharField(pgettext_lazy("of measure", "unit"), max_length=10)
    quantity = models.PositiveIntegerField(
        _("quantity"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    is_asset = models.BooleanField(_("becomes a fixed asset"), default=False)
    expected_price = MoneyField(
        _("expected unit price"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    chosen = models.ForeignKey(
        "QuoteLine", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("chosen quote")
    )
    choice_reason = models.CharField(_("why not the cheapest"), max_length=200, blank=True)
    dear_reason = models.CharField(_("why dearer than last year"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of a purchase request")
        verbose_name_plural = _("lines of purchase requests")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="request_line_buys_something", condition=Q(quantity__gte=1)),
            models.CheckConstraint(
                name="request_line_is_stock_or_asset", condition=Q(item=None) | Q(is_asset=False)
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.specification)))


class Quote(models.Model):
    """What one supplier asks for a request (报价)."""

    request = models.ForeignKey(
        PurchaseRequest, on_delete=models.CASCADE, related_name="quotes", verbose_name=_("purchase request")
    )
    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="quotes", verbose_name=_("supplier")
    )
    quoted_on = models.DateField(_("quoted on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    delivery_days = models.PositiveSmallIntegerField(_("delivered within days"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    file = models.FileField(_("file"), upload_to=StoredIn("quotes"), blank=True)
    filename = models.CharField(_("file name"), max_length=120, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by")
    )

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "supplier"],
                name="quote_once_per_supplier",
                violation_error_message=_("This supplier's quote is there already; change it."),
            ),
            models.CheckConstraint(
                name="quote_is_valid_after_it_was_made",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("quoted_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.request.number}"


class QuoteLine(models.Model):
    """The unit price a supplier asks for one line, taxes included."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines", verbose_name=_("quote"))
    line = models.ForeignKey(
        RequestLine,
        on_delete=models.CASCADE,
        related_name="quotes",
        verbose_name=_("line of a purchase request"),
    )
    unit_price = MoneyField(_("unit price"), validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = _("line of a quote")
        verbose_name_plural = _("lines of quotes")
        ordering = ["unit_price", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "line"], name="quote_prices_a_line_once"),
            models.CheckConstraint(name="quote_price_is_not_negative", condition=Q(unit_price__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.unit_price}"


class ApprovalRule(models.Model):
    """From which amount on who approves (审批权限); all rules up to the amount apply, in their order."""

    class Approver(models.TextChoices):
        HEAD = "head", _("The head of the using department")
        ADMIN_MANAGER = "admin_manager", _("An admin manager")
        PERSON = "person", _("A certain person")

    from_amount = MoneyField(_("from this amount"), validators=[MinValueValidator(0)])
    approver = models.CharField(_("who approves"), max_length=20, choices=Approver.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    only_over_budget = models.BooleanField(_("only when a budget is exceeded"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name = _("rule of approval")
        verbose_name_plural = _("rules of approval")
        ordering = ["position", "from_amount", "pk"]
        constraints = [
            models.CheckConstraint(
                name="approval_rule_names_a_person_when_it_says_so",
                condition=Q(approver="person", person__isnull=False)
                | (~Q(approver="person") & Q(person=None)),
                violation_error_message=_("Name the person who approves, or choose a role."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_amount} → {self.get_approver_display()}"


class Approval(models.Model):
    """One step of the approval of a request (审批): whose it is, and what was decided."""

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
        verbose_name=_("purchase request"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.AHEAD)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    team = models.CharField(_("role"), max_length=40, blank=True)
    over_budget = models.BooleanField(_("because a budget is exceeded"), default=False)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    comment = models.CharField(_("comment"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
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
