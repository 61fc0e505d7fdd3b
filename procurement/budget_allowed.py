"""What may be spent on a kind of cost in a period: by its own line, or by what finer lines add up to."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from pages.money import NOTHING

from .models import Budget
from .spans import Span, month

Key = tuple[int, int | None, Span]


class Found(NamedTuple):
    """An amount and the lines it comes from: one line of its own, or several that add up to it."""

    amount: Decimal
    lines: list[Budget]
    is_own: bool

    @property
    def budget(self) -> Budget | None:
        return self.lines[0] if self.is_own else None


class Allowed:
    """All lines of these periods and of the months in them: one query."""

    def __init__(self, spans: Iterable[Span]):
        wanted = {one for span in spans for one in (span, *span.months)}
        lines = Budget.objects.within(wanted).select_related("category", "department", "owner")
        self.lines: dict[Key, Budget] = {
            (line.category_id, line.department_id, line.span): line for line in lines
        }
        self.departments = {department for _category, department, _span in self.lines if department}

    def find(self, category: int, department: int | None, span: Span) -> Found | None:
        """The line of the period; else its months together; for the whole company else its departments."""
        if line := self.lines.get((category, department, span)):
            return Found(line.amount, [line], is_own=True)
        months = self._months(category, department, span)
        if months or department is not None:
            return _together(months)
        parts = [self.find(category, one, span) for one in sorted(self.departments)]
        return _together([line for part in parts if part for line in part.lines])

    def amount(self, category: int, department: int | None, span: Span) -> Decimal | None:
        found = self.find(category, department, span)
        return found.amount if found else None

    def _months(self, category: int, department: int | None, span: Span) -> list[Budget]:
        if span.period == Budget.Period.MONTH:
            return []
        lines = (
            self.lines.get((category, department, month(span.year, number)))
            for number in range(span.first_month, span.last_month + 1)
        )
        return [line for line in lines if line]


def _together(lines: list[Budget]) -> Found | None:
    if not lines:
        return None
    return Found(sum((line.amount for line in lines), NOTHING), lines, is_own=False)
