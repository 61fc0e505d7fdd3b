"""A month's costs, kind by kind, against the month before (环比), last year's (同比) and the budget."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from pages.money import NOTHING
from sla.figures import local_day
from sla.standards import Tally

from .budget_allowed import Allowed
from .budget_figures import last_day
from .budget_standing import Books
from .models import Control, CostCategory
from .spans import Span, containing

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Compared:
    """One kind of cost in one month; `before`, `last_year` and `budget` are None where there is nothing."""

    category: CostCategory
    span: Span
    spent: Decimal
    before: Decimal | None
    last_year: Decimal | None
    budget: Decimal | None
    controls: list[Control] = field(default_factory=list)

    @property
    def change_before(self) -> Decimal | None:
        """Percent more (or less) than in the month before."""
        return _change(self.spent, self.before)

    @property
    def change_last_year(self) -> Decimal | None:
        return _change(self.spent, self.last_year)

    @property
    def index(self) -> Decimal | None:
        """Last year's month is 100."""
        return None if self.change_last_year is None else 100 + self.change_last_year

    @property
    def rose(self) -> bool:
        """Over last year's month, from nothing too."""
        return self.last_year is not None and self.spent > self.last_year

    @property
    def is_over_budget(self) -> bool:
        return self.budget is not None and self.spent > self.budget

    @property
    def has_control(self) -> bool:
        return bool(self.standing_controls)

    @property
    def standing_controls(self) -> list[Control]:
        return [control for control in self.controls if control.withdrawn_at is None]

    @property
    def is_counted(self) -> bool:
        """Whether the figure of clause 4.6.1 has it: something was spent that can be compared."""
        return self.spent > 0 and (self.last_year is not None or self.budget is not None)

    @property
    def is_kept(self) -> bool:
        return self.has_control or not (self.rose or self.is_over_budget)

    @property
    def wants_control(self) -> bool:
        return self.is_counted and not self.is_kept


def compare(span: Span, department: int | None = None) -> list[Compared]:
    """Every kind that cost something, then or now, or has a budget: a fixed number of queries.

    Where nothing at all was kept in the books for last year's month, there is nothing to compare with; a kind
    that cost nothing in a month that was kept rose from nothing.
    """
    books = Books(span.year_before.first, span.last)
    allowed = Allowed([span])
    controls = _controls(span)
    kept_then = books.has_any(span.year_before), books.has_any(span.before)
    found = [
        _one(category, span, department, books, allowed, controls.get(category.pk, []), kept_then)
        for category in CostCategory.objects.all()
    ]
    return [one for one in found if one.spent or one.before or one.last_year or one.budget is not None]


def _one(
    category: CostCategory,
    span: Span,
    department: int | None,
    books: Books,
    allowed: Allowed,
    controls: list[Control],
    kept_then: tuple[bool, bool],
) -> Compared:
    def in_span(one: Span) -> Decimal:
        return books.spent_in(category.pk, department, one)

    last_year, before = kept_then
    return Compared(
        category=category,
        span=span,
        spent=in_span(span),
        before=in_span(span.before) if before else None,
        last_year=in_span(span.year_before) if last_year else None,
        budget=allowed.amount(category.pk, department, span),
        controls=controls,
    )


def _controls(span: Span) -> dict[int, list[Control]]:
    """Of the whole company; what is done about one department's budget says nothing of the others."""
    found: dict[int, list[Control]] = {}
    whole = Control.objects.filter(month=span.first, budget__department=None)
    for control in whole.select_related("noted_by").order_by("-noted_at"):
        found.setdefault(control.category_id, []).append(control)
    return found


def _change(now: Decimal, then: Decimal | None) -> Decimal | None:
    """In percent to a tenth; None where there is nothing to compare with."""
    if not then or then < 0:
        return None
    return ((now / then - 1) * 100).quantize(TENTH, ROUND_HALF_UP)


def added_up(rows: Iterable[Compared], span: Span) -> Compared:
    """All kinds together, as a last line."""
    rows = list(rows)

    def sum_of(name: str) -> Decimal | None:
        known = [value for row in rows if (value := getattr(row, name)) is not None]
        return sum(known, NOTHING) if known else None

    return Compared(
        CostCategory(),
        span,
        sum_of("spent") or NOTHING,
        sum_of("before"),
        sum_of("last_year"),
        sum_of("budget"),
    )


def measure(start: datetime, end: datetime) -> Iterable[Tally]:
    """On the last day of a month its kinds of cost; kept are those that did not rise, or are controlled."""
    day = local_day(start)
    if day != last_day(day):
        return []
    counted = [one for one in compare(containing("month", day)) if one.is_counted]
    return [Tally(None, len(counted), sum(1 for one in counted if one.is_kept))] if counted else []


def months_between(first: date, last: date) -> Span:
    """The newest month that was judged in these days: where the records behind a figure are looked at."""
    newest = containing("month", last)
    return newest if newest.last <= last or newest.first < first else newest.before
