"""Budgets: what may be spent, what orders bind, what was spent, and what is done before a line is crossed."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department
from pages.money import MoneyField
from supplies.models import Category

from .order import OrderLine


class CostCategory(models.Model):
    """A kind of cost (费用科目), by its nature; purchases of its categories of goods count here."""

    class Nature(models.TextChoices):
        FIXED = "fixed", pgettext_lazy("cost", "Fixed")
        PER_HEAD = "per_head", pgettext_lazy("cost", "Per head")
        SEASONAL = "seasonal", pgettext_lazy("cost", "Seasonal")
        VARIABLE = "variable", pgettext_lazy("cost", "As needed")
        ONE_OFF = "one_off", pgettext_lazy("cost", "One-off")

    name = models.CharField(_("kind of cost"), max_length=60, unique=True)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature.choices)
    goods = models.ManyToManyField(
        Category, blank=True, related_name="cost_categories", verbose_name=_("categories of goods")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("kind of cost")
        verbose_name_plural = _("kinds of cost")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


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

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["-year", "period", "number", "category", "department"]
        permissions = [("view_every_budget", _("Can see every department's budgets and costs"))]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "period", "number", "category", "department"],
                nulls_distinct=False,
                name="budget_once_per_period_kind_and_department",
                violation_error_message=_("There is a budget for this already; change its amount."),
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
        return f"{self.category} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("budget", args=[self.pk])


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
    source_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    source_id = models.PositiveBigIntegerField(null=True)
    source = GenericForeignKey("source_type", "source_id")
    once = models.CharField(max_length=64, unique=True, null=True, editable=False)

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
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.amount}"


class Control(models.Model):
    """What is done about a kind of cost that rises or a budget about to be crossed (管控措施)."""

    category = models.ForeignKey(
        CostCategory, on_delete=models.PROTECT, related_name="controls", verbose_name=_("kind of cost")
    )
    budget = models.ForeignKey(
        Budget, on_delete=models.PROTECT, null=True, related_name="controls", verbose_name=_("budget")
    )
    month = models.DateField(_("month"))
    explanation = models.CharField(_("explanation"), max_length=300)
    action = models.CharField(_("what is done"), max_length=300)
    until = models.DateField(_("until"), null=True, blank=True)
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("noted by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("control")
        verbose_name_plural = _("controls")
        ordering = ["-month", "-pk"]
        indexes = [models.Index(fields=["category", "month"], name="control_by_month")]

    def __str__(self) -> str:
        return f"{self.category} {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return self.budget.get_absolute_url() if self.budget_id else reverse("costs")
