"""Money that placed orders bind, and money spent; neither is ever changed, only released or reversed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organization.models import Department
from pages.clock import now
from pages.money import MoneyField, rounded
from pages.refusals import Refused

from ..budget_figures import outdate_month
from ..budget_querysets import CommitmentQuerySet, CostQuerySet
from .budget import CostCategory
from .order import OrderLine


class Commitment(models.Model):
    """What a placed order binds of the budgets (占用), until it is spent or called off.

    Released exactly once: by deliveries that cost it, or because it will not come.
    """

    order_line = models.OneToOneField(
        OrderLine, on_delete=models.PROTECT, related_name="commitment", verbose_name=_("line of an order")
    )
    category = models.ForeignKey(
        CostCategory, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("kind of cost")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department")
    )
    day = models.DateField(_("counts on"))
    amount = MoneyField(_("bound"))
    released = MoneyField(_("released"), default=0)
    made_at = models.DateTimeField(_("bound at"))
    released_at = models.DateTimeField(_("released in full at"), null=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["category", "day"], name="commitment_open", condition=Q(released_at=None))
        ]
        constraints = [
            models.CheckConstraint(
                name="commitment_releases_what_it_bound",
                condition=Q(released__gte=0, released__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="commitment_is_released_in_full_when_it_says_so",
                condition=Q(released_at=None) | Q(released=F("amount")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.amount}"

    @property
    def left(self) -> Decimal:
        """What is still bound."""
        return self.amount - self.released


class Cost(models.Model):
    """Money spent (费用): from an accepted delivery, or typed or imported; never changed, only reversed.

    `source` is the record it comes from; `reverses` the entry it takes back.
    """

    category = models.ForeignKey(
        CostCategory,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="costs",
        verbose_name=_("kind of cost"),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
    )
    day = models.DateField(_("day"))
    amount = MoneyField(_("amount"))
    text = models.CharField(_("what for"), max_length=200)
    document = models.CharField(_("number of the document"), max_length=60, blank=True)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    reason = models.CharField(_("why it was reversed"), max_length=200, blank=True)
    source_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    source_id = models.PositiveBigIntegerField(null=True)
    source = GenericForeignKey("source_type", "source_id")
    once = models.CharField(max_length=64, unique=True, null=True, editable=False)

    objects = CostQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        ordering = ["-day", "-pk"]
        permissions = [("enter_cost", _("Can enter, import and reverse costs"))]
        indexes = [
            models.Index(fields=["-day", "-id"], name="cost_newest"),
            models.Index(fields=["category", "day"], name="cost_by_category"),
            models.Index(
                fields=["source_type", "source_id"],
                name="cost_by_source",
                condition=Q(source_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="cost_is_something", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="cost_is_negative_only_to_reverse", condition=Q(amount__gt=0) | Q(reverses__isnull=False)
            ),
            models.CheckConstraint(
                name="cost_is_reversed_with_a_reason", condition=Q(reverses=None) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.amount}"

    def get_absolute_url(self) -> str:
        return reverse("cost", args=[self.pk])

    @classmethod
    @transaction.atomic
    def enter(
        cls,
        *,
        category: CostCategory,
        day: date,
        amount: Decimal,
        text: str,
        by: Any,
        at: datetime | None = None,
        department: Department | None = None,
        document: str = "",
        source: models.Model | None = None,
        once: str | None = None,
    ) -> "Cost":
        """Write down that money was spent; the second post of one form (`once`) answers the first's entry."""
        if amount <= 0:
            raise Refused(_("An amount is more than 0. To take a cost back, reverse it."))
        fields = {
            "category": category, "department": department, "day": day, "amount": rounded(amount),
            "text": text, "document": document, "entered_by": by, "entered_at": at or now(), "source": source,
        }  # fmt: skip
        if once is None:
            cost, is_new = cls.objects.create(**fields), True
        else:
            cost, is_new = cls._once(once, fields)
        if is_new:
            outdate_month(day)
        return cost

    @classmethod
    def _once(cls, once: str, fields: dict[str, Any]) -> tuple["Cost", bool]:
        found = cls.objects.filter(once=once).first()
        if found:
            return found, False
        try:
            with transaction.atomic():
                return cls.objects.create(once=once, **fields), True
        except IntegrityError:  # another click was faster
            return cls.objects.get(once=once), False

    @transaction.atomic
    def reverse(self, *, reason: str, by: Any, at: datetime | None = None) -> "Cost":
        """Take an entry back (冲销) by its opposite on the same day; the entry itself stays as it is."""
        if not reason.strip():
            raise Refused(_("Please say why the cost is reversed."))
        locked = Cost.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if locked.reverses_id:
            raise Refused(_("A reversal is not reversed. Enter the cost anew."))
        if Cost.objects.filter(reverses=locked).exists():
            raise Refused(_("This cost has been reversed already."))
        opposite = Cost.objects.create(
            category=locked.category, department=locked.department, day=locked.day, amount=-locked.amount,
            text=locked.text, document=locked.document, entered_by=by, entered_at=at or now(),
            reverses=locked, reason=reason.strip(),
        )  # fmt: skip
        outdate_month(locked.day)
        return opposite

    @property
    def is_reversed(self) -> bool:
        return hasattr(self, "reversed_by")
