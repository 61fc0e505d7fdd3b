"""Budgets: the kinds of cost, and what may be spent on each in a month, a quarter or a year."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department
from pages.history import reason as recorded
from pages.money import MoneyField
from pages.refusals import Refused
from supplies.models import Category, YearEndPlan

from ..budget_figures import outdate_month
from ..budget_querysets import BudgetQuerySet, CostCategoryQuerySet
from ..spans import Span


class CostCategory(models.Model):
    """A kind of cost (费用科目), by its nature; purchases of its categories of goods count here."""

    class Nature(models.TextChoices):
        FIXED = "fixed", pgettext_lazy("cost", "Fixed")
        PER_HEAD = "per_head", pgettext_lazy("cost", "Per head")
        SEASONAL = "seasonal", pgettext_lazy("cost", "Seasonal")
        VARIABLE = "variable", pgettext_lazy("cost", "As needed")
        ONE_OFF = "one_off", pgettext_lazy("cost", "One-off")

    class Use(models.TextChoices):
        OTHER = "other", pgettext_lazy("cost", "Everything that belongs nowhere else")
        ASSETS = "assets", pgettext_lazy("cost", "Purchase of fixed assets")
        REPAIRS = "repairs", pgettext_lazy("cost", "Repairs of fixed assets")

    name = models.CharField(_("kind of cost"), max_length=60, unique=True)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature.choices)
    goods = models.ManyToManyField(
        Category, blank=True, related_name="cost_categories", verbose_name=_("categories of goods")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    use = models.CharField(
        _("takes"),
        max_length=10,
        choices=Use.choices,
        blank=True,
        help_text=_("Goods that belong to no kind of cost go where this says; each stands once."),
    )
    active = models.BooleanField(_("in use"), default=True)

    objects = CostCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of cost")
        verbose_name_plural = _("kinds of cost")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["use"],
                condition=~Q(use=""),
                name="cost_category_for_a_use_is_one",
                violation_error_message=_("Another kind of cost takes this already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


TWICE = _("There is a budget for this already; change its amount.")


class Budget(models.Model):
    """A line of the budget (预算): so much for a kind of cost in a period, of one department or of all.

    `on_request`, `on_order` and `on_invoice` say what happens where a purchase would cross the line.
    """

    class Period(models.TextChoices):
        MONTH = "month", pgettext_lazy("budget", "Month")
        QUARTER = "quarter", pgettext_lazy("budget", "Quarter")
        YEAR = "year", pgettext_lazy("budget", "Year")

    class Rule(models.TextChoices):
        IGNORE = "ignore", pgettext_lazy("budget", "Nothing")
        WARN = "warn", pgettext_lazy("budget", "Warn")
        ASK = "ask", pgettext_lazy("budget", "Ask for approval")
        BLOCK = "block", pgettext_lazy("budget", "Refuse")

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    period = models.CharField(_("period"), max_length=10, choices=Period.choices)
    number = models.PositiveSmallIntegerField(_("month or quarter"), default=0)
    category = models.ForeignKey(
        CostCategory, on_delete=models.PROTECT, related_name="budgets", verbose_name=_("kind of cost")
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
    )
    amount = MoneyField(_("amount"), validators=[MinValueValidator(0)])
    warn_percent = models.PositiveSmallIntegerField(
        _("warn from percent used"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    on_request = models.CharField(_("at the request"), max_length=10, choices=Rule.choices, default=Rule.WARN)
    on_order = models.CharField(_("at the order"), max_length=10, choices=Rule.choices, default=Rule.ASK)
    on_invoice = models.CharField(_("at the invoice"), max_length=10, choices=Rule.choices, default=Rule.WARN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answers for it"),
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    warned_at = models.DateTimeField(_("warned at"), null=True, editable=False)
    told_at = models.DateTimeField(_("seen to be crossed at"), null=True, editable=False)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["-year", "period", "number", "category", "department"]
        permissions = [("view_every_budget", _("Can see every department's budgets and costs"))]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "period", "number", "category", "department"],
                condition=Q(department__isnull=False),
                name="budget_once_per_period_kind_and_department",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["year", "period", "number", "category"],
                condition=Q(department=None),
                name="budget_once_per_period_and_kind_for_all",
                violation_error_message=TWICE,
            ),
            models.CheckConstraint(
                name="budget_period_has_its_number",
                condition=Q(period="month", number__range=(1, 12))
                | Q(period="quarter", number__range=(1, 4))
                | Q(period="year", number=0),
                violation_error_message=_("A month is 1 to 12, a quarter 1 to 4; a year has no number."),
            ),
            models.CheckConstraint(name="budget_is_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        whose = f" {self.department}" if self.department_id else ""
        return f"{self.category} {self.span}{whose}"

    def get_absolute_url(self) -> str:
        return reverse("budget", args=[self.pk])

    @classmethod
    @transaction.atomic
    def set(
        cls,
        span: Span,
        category: CostCategory,
        department: Department | None,
        amount: Decimal,
        *,
        reason: str,
        by: Any,
        at: datetime | None = None,
        **rules: Any,
    ) -> "Budget":
        """The line of this period, kind and department at this amount, made where there is none yet."""
        found = cls.objects.of(span).filter(category=category, department=department).first()
        if found:
            return found.revise(amount, reason=reason, by=by, at=at, **rules)
        with recorded(reason, by=by):
            budget = cls.objects.create(
                **span._asdict(), category=category, department=department, amount=amount, **rules
            )
        budget._outdate_figures()
        return budget

    @transaction.atomic
    def revise(
        self, amount: Decimal, *, reason: str, by: Any, at: datetime | None = None, **rules: Any
    ) -> "Budget":
        """Change the amount, or what happens at the line, and say why; a new line may be told of anew."""
        locked = Budget.objects.select_for_update(of=("self",)).get(pk=self.pk)
        changed = {name: value for name, value in {"amount": amount, **rules}.items()
                   if getattr(locked, name) != value}  # fmt: skip
        if not changed:
            return locked
        if not reason.strip():
            raise Refused(_("Please say why the budget is changed."))
        for name, value in changed.items():
            setattr(locked, name, value)
        if "amount" in changed:
            locked.warned_at = locked.told_at = None
        with recorded(reason.strip(), by=by):
            locked.save(update_fields=[*changed, "warned_at", "told_at"])
        locked._outdate_figures()
        return locked

    @transaction.atomic
    def remove(self, *, reason: str, by: Any) -> None:
        """Take away a line that should never have been; one about which something was noted stays."""
        if not reason.strip():
            raise Refused(_("Please say why the budget is removed."))
        if self.controls.exists() or self.planned.exists():
            raise Refused(_("Controls or a year-end plan belong to this budget; set it to 0 instead."))
        with recorded(reason.strip(), by=by):
            self.delete()
        self._outdate_figures()

    def _outdate_figures(self) -> None:
        if self.period == self.Period.MONTH:
            outdate_month(self.span.first)

    @property
    def span(self) -> Span:
        return Span(self.period, self.year, self.number)

    @property
    def whose(self) -> str:
        return str(self.department) if self.department_id else str(_("Whole company"))

    def rule_at(self, stage: str) -> str:
        """What happens at "request", "order" or "invoice"."""
        return getattr(self, f"on_{stage}")


class PlannedSpending(models.Model):
    """What the year-end check of assets put into a budget of the next year: once for each plan and budget."""

    plan = models.ForeignKey(
        YearEndPlan,
        on_delete=models.PROTECT,
        related_name="planned_spending",
        verbose_name=_("year-end plan"),
    )
    budget = models.ForeignKey(
        Budget, on_delete=models.PROTECT, related_name="planned", verbose_name=_("budget")
    )
    amount = MoneyField(_("amount"))

    class Meta:
        verbose_name = _("planned spending")
        verbose_name_plural = _("planned spending")
        ordering = ["budget", "plan"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "budget"], name="year_end_plan_is_in_a_budget_once")
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.amount}"
