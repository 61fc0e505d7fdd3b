"""Budgets in and out of a spreadsheet: the file that was exported may be changed and brought back."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organization.models import Department, User
from organization.sheets import Line
from pages.exports import Column

from .models import Budget, CostCategory
from .sheet_cells import Cells, Mistake, amount_of, columns, named, sentence
from .spans import Span

HEADERS = {
    "year": ("年份", "年度", "year"),
    "period": ("期间", "周期", "period"),
    "number": ("月/季", "月份", "季度", "序号", "number"),
    "category": ("费用科目", "科目", "费用类别", "category"),
    "department": ("部门", "department"),
    "amount": ("金额", "预算金额", "预算", "amount"),
}
NEEDED = ("year", "period", "category", "amount")
WHOLE = ("", "全公司", "公司")
PERIODS = {
    word: period
    for period, words in {
        "month": ("月", "月度", "month"),
        "quarter": ("季", "季度", "quarter"),
        "year": ("年", "年度", "全年", "year"),
    }.items()
    for word in words
}
WORDS = {"month": "月", "quarter": "季", "year": "年"}
HIGHEST = {"month": 12, "quarter": 4, "year": 0}


def _whose(budget: Budget) -> str:
    return budget.department.name if budget.department_id else "全公司"


COLUMNS = [
    Column("year", "年份"),
    Column("period", "期间", lambda budget: WORDS[budget.period]),
    Column("number", "月/季", lambda budget: budget.number or ""),
    Column("category", "费用科目", "category.name", width=20),
    Column(
        "department",
        "部门",
        _whose,
        width=20,
    ),
    Column("amount", "金额"),
    Column("remark", "备注", width=30),
]


class BudgetRow(NamedTuple):
    """One line as it will be: `before` is its amount now, None where there is none yet."""

    number: int
    span: Span
    category: int
    department: int | None
    amount: Decimal
    before: Decimal | None
    names: tuple[str, str]

    @property
    def key(self) -> tuple[Span, int, int | None]:
        return self.span, self.category, self.department

    @property
    def packed(self) -> list[Any]:
        return [self.number, list(self.span), self.category, self.department, str(self.amount)]

    @classmethod
    def unpacked(cls, row: Sequence[Any]) -> "BudgetRow":
        return cls(row[0], Span(*row[1]), row[2], row[3], Decimal(row[4]), None, ("", ""))


class BudgetReading(NamedTuple):
    """Lines that will be other than now, those that are so already, and rows with something wrong."""

    changed: list[BudgetRow]
    same: list[BudgetRow]
    mistakes: list[Mistake]


def read_budgets(lines: Sequence[Line]) -> BudgetReading:
    """Look through a list. Raises ValidationError where it is no list of budgets at all."""
    places = columns(lines, HEADERS, NEEDED)
    if len(lines) == 1:
        raise ValidationError(_("There is no row below the headers."))
    categories = {one.name: one for one in CostCategory.objects.all()}
    departments = {one.name: one for one in Department.objects.all()}
    rows: dict[tuple, BudgetRow] = {}
    mistakes: list[Mistake] = []
    for line in lines[1:]:
        cells = Cells(line, places)
        try:
            row = _row(cells, categories, departments)
            if earlier := rows.get(row.key):
                raise ValidationError(_("The same budget as row %(number)d.") % {"number": earlier.number})
            rows[row.key] = row
        except ValidationError as error:
            mistakes.append(Mistake(line.number, cells.shown, sentence(error)))
    now = _amounts_now(rows.values())
    found = [row._replace(before=now.get(row.key)) for row in rows.values()]
    return BudgetReading(
        [row for row in found if row.before != row.amount],
        [row for row in found if row.before == row.amount],
        mistakes,
    )


def _row(cells: Cells, categories: dict, departments: dict) -> BudgetRow:
    category = named(cells.needed("category", _("Kind of cost")), categories, _("Kind of cost"))
    whose = cells.text("department")
    department = None if whose in WHOLE else named(whose, departments, _("Department"))
    amount = amount_of(cells.needed("amount", _("Amount")), least=Decimal(0))
    span = _span(cells)
    return BudgetRow(
        cells.number, span, category.pk, department.pk if department else None, amount, None,
        (category.name, whose),
    )  # fmt: skip


def _span(cells: Cells) -> Span:
    year, number = (cells.text(name).rstrip("年月季") for name in ("year", "number"))
    word = cells.text("period")
    period = PERIODS.get(word)
    if period is None:
        raise ValidationError(_("“%(text)s” is neither 月, 季 nor 年.") % {"text": word})
    if not (year.isascii() and year.isdecimal() and 2000 <= int(year) <= 2100):
        raise ValidationError(_("“%(text)s” is no year.") % {"text": year})
    number = number.removeprefix("Q").removeprefix("第") or "0"
    highest = HIGHEST[period]
    if not (number.isascii() and number.isdecimal() and min(1, highest) <= int(number) <= highest):
        raise ValidationError(_("A month is 1 to 12, a quarter 1 to 4; a year has no number."))
    return Span(period, int(year), int(number))


def _amounts_now(rows: Iterable[BudgetRow]) -> dict[tuple, Decimal]:
    years = {row.span.year for row in rows}
    lines = Budget.objects.filter(year__in=years)
    return {(line.span, line.category_id, line.department_id): line.amount for line in lines}


@transaction.atomic
def take_over(rows: Iterable[BudgetRow], *, reason: str, by: User) -> int:
    """Write the lines of a list; gives how many."""
    rows = list(rows)
    categories = CostCategory.objects.in_bulk({row.category for row in rows})
    departments = Department.objects.in_bulk({row.department for row in rows if row.department})
    for row in rows:
        department = departments.get(row.department)
        Budget.set(row.span, categories[row.category], department, row.amount, reason=reason, by=by)
    return len(rows)
