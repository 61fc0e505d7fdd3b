"""Costs out of a spreadsheet (费用清单), looked through row by row; read twice it writes nothing twice."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import Department, User
from organization.sheets import Line
from pages.clock import now
from pages.exports import Column
from pages.money import CENT

from .models import Cost, CostCategory
from .sheet_cells import Cells, Mistake, amount_of, columns, day_of, named, sentence

HEADERS = {
    "day": ("日期", "费用日期", "发生日期", "day", "date"),
    "category": ("费用科目", "科目", "费用类别", "类别", "category"),
    "department": ("部门", "使用部门", "承担部门", "department"),
    "amount": ("金额", "费用金额", "amount"),
    "text": ("摘要", "说明", "用途", "备注", "text"),
    "document": ("单据号", "发票号", "发票号码", "凭证号", "document"),
}
NEEDED = ("day", "category", "amount", "text")
WHOLE = ("", "全公司", "公司")
EXAMPLE = [("2026-11-05", "快递", "行政部", "1280.50", "10月顺丰月结", "SF202610-118")]
TEMPLATE = [
    Column(name, HEADERS[name][0], lambda row, place=place: row[place], width=22)
    for place, name in enumerate(HEADERS)
]
FIRST_YEAR = 2000


class CostRow(NamedTuple):
    """One cost as it will be written."""

    number: int
    day: date
    category: int
    department: int | None
    amount: Decimal
    text: str
    document: str
    names: tuple[str, str]

    @property
    def once(self) -> str:
        """The same for the same cost in any list: the number of its document and everything it says."""
        told = (self.document, self.day, self.category, self.department, self.amount, self.text)
        return hashlib.sha256("|".join(map(str, told)).encode()).hexdigest()

    @property
    def packed(self) -> list[Any]:
        return [self.number, self.day.isoformat(), *self[2:4], str(self.amount), *self[5:7], list(self.names)]

    @classmethod
    def unpacked(cls, row: Sequence[Any]) -> "CostRow":
        return cls(row[0], date.fromisoformat(row[1]), *row[2:4], Decimal(row[4]), *row[5:7], tuple(row[7]))


class Reading(NamedTuple):
    """What was found in a list: costs that are new, those written before, and rows with something wrong."""

    fresh: list[CostRow]
    known: list[CostRow]
    mistakes: list[Mistake]

    @property
    def total(self) -> Decimal:
        return sum((row.amount for row in self.fresh), Decimal(0))


def read_costs(lines: Sequence[Line]) -> Reading:
    """Look through a list. Raises ValidationError where it is no list of costs at all."""
    places = columns(lines, HEADERS, NEEDED)
    if len(lines) == 1:
        raise ValidationError(_("There is no row below the headers."))
    categories = {one.name: one for one in CostCategory.objects.filter(active=True)}
    departments = {one.name: one for one in Department.objects.all()}
    today = timezone.localdate(now())
    rows: dict[str, CostRow] = {}
    mistakes: list[Mistake] = []
    for line in lines[1:]:
        cells = Cells(line, places)
        try:
            row = _row(cells, categories, departments, today)
            if earlier := rows.get(row.once):
                raise ValidationError(_("The same as row %(number)d.") % {"number": earlier.number})
            rows[row.once] = row
        except ValidationError as error:
            mistakes.append(Mistake(line.number, cells.shown, sentence(error)))
    written = set(Cost.objects.filter(once__in=list(rows)).values_list("once", flat=True))
    return Reading(
        [row for once, row in rows.items() if once not in written],
        [row for once, row in rows.items() if once in written],
        mistakes,
    )


def _row(cells: Cells, categories: dict, departments: dict, today: date) -> CostRow:
    category = named(cells.needed("category", _("Kind of cost")), categories, _("Kind of cost"))
    whose = cells.text("department")
    department = None if whose in WHOLE else named(whose, departments, _("Department"))
    day = day_of(cells.needed("day", _("Day")))
    if day.year < FIRST_YEAR or day > today:
        raise ValidationError(_("%(day)s is still to come, or too long ago.") % {"day": day})
    amount = amount_of(cells.needed("amount", _("Amount")), least=CENT)
    return CostRow(
        cells.number, day, category.pk, department.pk if department else None, amount,
        cells.needed("text", _("What for")), cells.text("document", 60), (category.name, whose),
    )  # fmt: skip


@transaction.atomic
def take_over(rows: Iterable[CostRow], *, by: User) -> int:
    """Write the costs of a list; gives how many were new."""
    rows = list(rows)
    categories = CostCategory.objects.in_bulk({row.category for row in rows})
    departments = Department.objects.in_bulk({row.department for row in rows if row.department})
    written = set(Cost.objects.filter(once__in=[row.once for row in rows]).values_list("once", flat=True))
    at, fresh = now(), [row for row in rows if row.once not in written]
    for row in fresh:
        Cost.enter(
            category=categories[row.category], department=departments.get(row.department), day=row.day,
            amount=row.amount, text=row.text, document=row.document, by=by, at=at, once=row.once,
        )  # fmt: skip
    return len(fresh)
