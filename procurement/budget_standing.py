"""How the budgets stand today: spent, bound, where it leads, and whether something is done about it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pages.money import NOTHING, rounded, spoken
from sla import calendars

from .forecasting import Course, Forecast, forecast
from .models import Budget, Commitment, Control, Cost, CostCategory
from .spans import Span, around

ByDay = dict[date, Decimal]
WHOLE_COMPANY = None


class Books:
    """What was spent and what is bound by kind, department and day, from one day to another: two queries."""

    def __init__(self, first: date, last: date, categories: Iterable[int] | None = None):
        self.first, self.last = first, last
        costs = Cost.objects.between(first, last)
        bound = Commitment.objects.between(first, last).still_bound()
        if categories is not None:
            wanted = list(categories)
            costs, bound = costs.filter(category__in=wanted), bound.filter(category__in=wanted)
        grouped = ("category_id", "department_id", "day")
        self._spent = _sorted_in(costs.order_by().values_list(*grouped).annotate(sum=Sum("amount")))
        left = Sum(F("amount") - F("released"))
        self._bound = _sorted_in(bound.order_by().values_list(*grouped).annotate(sum=left))

    def spent(self, category: int, department: int | None) -> ByDay:
        """By day; of the whole company where no department is named."""
        return self._spent.get((category, department), {})

    def spent_in(
        self, category: int, department: int | None, span: Span, until: date | None = None
    ) -> Decimal:
        last = min(span.last, until) if until else span.last
        days = self.spent(category, department).items()
        return sum((amount for day, amount in days if span.first <= day <= last), NOTHING)

    def bound_in(self, category: int, department: int | None, span: Span) -> Decimal:
        days = self._bound.get((category, department), {}).items()
        return sum((amount for day, amount in days if day in span), NOTHING)

    def has_any(self, span: Span) -> bool:
        """Whether anything at all was kept in the books for that time."""
        return any(day in span for days in self._spent.values() for day in days)


def _sorted_in(rows: Iterable[tuple]) -> dict[tuple[int, int | None], ByDay]:
    """Each amount under its kind and department, and under its kind for the whole company."""
    found: dict[tuple[int, int | None], ByDay] = defaultdict(lambda: defaultdict(lambda: NOTHING))
    for category, department, day, amount in rows:
        found[category, WHOLE_COMPANY][day] += rounded(amount)
        if department is not None:
            found[category, department][day] += rounded(amount)
    return found


@dataclass(frozen=True)
class Standing:
    """How a line stands: `amount` is what may be spent, None where nothing was planned."""

    category: CostCategory
    span: Span
    today: date
    amount: Decimal | None
    spent: Decimal
    bound: Decimal
    forecast: Forecast
    budget: Budget | None = None
    control: Control | None = None

    @property
    def used(self) -> Decimal:
        return self.spent + self.bound

    @property
    def left(self) -> Decimal | None:
        return None if self.amount is None else self.amount - self.used

    @property
    def percent(self) -> int | None:
        """Of the budget used, rounded down, so that 100 means all of it; over a budget of nothing: 999."""
        if self.amount is None:
            return None
        if not self.amount:
            return 999 if self.used > 0 else 0
        return int(self.used * 100 / self.amount)

    @property
    def spent_percent(self) -> int:
        """The share of the bar that was spent: at most all of it."""
        return max(0, min(100, int(self.spent * 100 / self.amount))) if self.amount else 0

    @property
    def bound_percent(self) -> int:
        return max(0, min(100 - self.spent_percent, (self.percent or 0) - self.spent_percent))

    @property
    def is_over(self) -> bool:
        """Crossed already, or going to be."""
        return self.amount is not None and self.forecast.is_over

    @property
    def wants_control(self) -> bool:
        return self.is_over and self.control is None

    @property
    def state(self) -> str:
        """ "none", "over", "going", "near" or "fine"."""
        if self.amount is None:
            return "none"
        if self.forecast.is_crossed:
            return "over"
        if self.is_over:
            return "going"
        near = self.budget.warn_percent if self.budget else 80
        return "near" if (self.percent or 0) >= near else "fine"

    @property
    def words(self) -> str:
        """Where it leads, in one sentence."""
        expected = {"expected": spoken(self.forecast.expected)}
        if self.amount is None:
            known = self.is_running and self.forecast.expected
            return _("About %(expected)s by the end.") % expected if known else _("No budget.")
        if self.forecast.is_crossed:
            return _("%(over)s over the budget.") % {"over": spoken(self.used - self.amount)}
        if self.is_over:
            day = date_format(self.forecast.crossed_on, pgettext("date format", "j M"))
            return _("At this rate over the budget on %(day)s.") % {"day": day}
        if not self.is_running:
            return _("Kept; %(left)s were left.") % {"left": spoken(self.left)}
        return _("Enough: about %(expected)s by the end.") % expected

    @property
    def is_running(self) -> bool:
        return self.today <= self.span.last


def standing(
    category: CostCategory,
    department: int | None,
    span: Span,
    amount: Decimal | None,
    *,
    books: Books,
    today: date,
    works: Callable[[date], bool],
    budget: Budget | None = None,
    control: Control | None = None,
) -> Standing:
    """How a kind of cost stands in a period, of one department or of all."""
    spent = books.spent_in(category.pk, department, span)
    bound = books.bound_in(category.pk, department, span)
    course = Course(
        nature=category.nature, span=span, today=today, spent=spent, bound=bound,
        history=books.spent(category.pk, department), works=works,
    )  # fmt: skip
    limit = amount if amount is not None else Decimal("Infinity")
    return Standing(category, span, today, amount, spent, bound, forecast(course, limit), budget, control)


def of_budgets(budgets: Iterable[Budget], today: date) -> list[Standing]:
    """How each of these lines stands, with what is done about it: the same few queries for any number."""
    budgets = list(budgets)
    if not budgets:
        return []
    first = min(span.year_before.first for span in (budget.span for budget in budgets))
    last = max(budget.span.last for budget in budgets)
    books = Books(first, last, {budget.category_id for budget in budgets})
    controls = _controls(budgets, today)
    works = working_days()
    return [
        standing(
            budget.category, budget.department_id, budget.span, budget.amount, books=books, today=today,
            works=works, budget=budget, control=controls.get(budget.pk),
        )
        for budget in budgets
    ]  # fmt: skip


def current(today: date) -> list[Standing]:
    """Every line of this month, this quarter and this year."""
    lines = Budget.objects.within(around(today)).select_related("category", "department", "owner")
    return of_budgets(lines.order_by("category__position", "period", "pk"), today)


def working_days() -> Callable[[date], bool]:
    """Whether the office works on a day, by its calendar."""
    return calendars.hours("office").is_working_day


def _controls(budgets: list[Budget], today: date) -> dict[int, Control]:
    """The newest control in force of each budget."""
    found = Control.objects.filter(budget__in=budgets).in_force(today).order_by("noted_at")
    return {control.budget_id: control for control in found}
