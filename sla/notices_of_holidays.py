"""The State Council's notice (放假通知) as a spreadsheet: each autumn the office takes over next year's.

Three columns are understood under their usual Chinese and English headings: the day, whether it is worked
(or, as in public data sets, whether it is off), and the holiday's name.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organization.sheets import Line

from .models import Decision

HEADER_WITHIN = 10
DAY = {"日期", "date", "day", "天"}
WORKED = {"是否上班", "上班", "isworking", "working", "worked"}
OFF = {"是否放假", "放假", "休息", "isoffday", "off"}
KIND = {"安排", "类型", "type"}
NAME = {"名称", "节日", "假期", "说明", "name", "reason"}
YES = {"是", "1", "true", "yes", "y", "√"}
NO = {"否", "0", "false", "no", "n", "×", "x"}
WORK_WORDS = {"上班", "班", "工作日", "补班", "调休上班", "working", "work"}
OFF_WORDS = {"放假", "休", "休息", "假", "节假日", "off", "holiday"}
_DAY = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?")


class Mistake(NamedTuple):
    """A row that cannot be taken over: its number in the sheet, what stands there, what is wrong."""

    number: int
    text: str
    sentence: str


class Preview(NamedTuple):
    """What a sheet would decide, in the order of days, and the rows in the way."""

    decisions: list[Decision]
    mistakes: list[Mistake]

    @property
    def year(self) -> int | None:
        """The year the notice is about; a few of its days may lie in the December before."""
        years = Counter(decision.day.year for decision in self.decisions)
        return years.most_common(1)[0][0] if years else None


def look_through(lines: Iterable[Line]) -> Preview:
    """What the rows of a sheet say. Raises ValidationError where no heading is understood."""
    lines = list(lines)
    start, columns = _headings(lines)
    decisions: dict[date, Decision] = {}
    mistakes = []
    for line in lines[start + 1 :]:
        try:
            decision = _decision(line, columns)
            if decision.day in decisions:
                raise ValidationError(_("This day stands in the sheet twice."))
            decisions[decision.day] = decision
        except ValidationError as error:
            mistakes.append(Mistake(line.number, " · ".join(filter(None, line.cells))[:120], error.message))
    return Preview([decisions[day] for day in sorted(decisions)], mistakes)


def _normal(text: str) -> str:
    return "".join(text.casefold().split()).replace("_", "")


def _headings(lines: list[Line]) -> tuple[int, dict[str, int]]:
    """Where the headings are, and which column is which."""
    known = {"day": DAY, "worked": WORKED, "off": OFF, "kind": KIND, "name": NAME}
    for index, line in enumerate(lines[:HEADER_WITHIN]):
        cells = [_normal(cell) for cell in line.cells]
        found = {
            name: next((column for column, cell in enumerate(cells) if cell in words), None)
            for name, words in known.items()
        }
        columns = {name: column for name, column in found.items() if column is not None}
        if "day" in columns and columns.keys() & {"worked", "off", "kind"}:
            return index, columns
    raise ValidationError(
        _("The headings are missing: a column 日期 (date) and a column 是否上班 (working) are needed."),
        code="headings",
    )


def _decision(line: Line, columns: dict[str, int]) -> Decision:
    def cell(name: str) -> str:
        column = columns.get(name)
        return line.cells[column] if column is not None and column < len(line.cells) else ""

    is_working = _is_working(cell)
    name = cell("name") or (_("Make-up workday") if is_working else _("Public holiday"))
    if len(name) > 80 or name.startswith("="):
        raise ValidationError(_("The name is too long, or a formula."))
    return Decision(_day(cell("day")), is_working, name)


def _day(text: str) -> date:
    match = _DAY.fullmatch(text.strip())
    try:
        return date(*(int(number) for number in match.groups())) if match else date.fromisoformat(text)
    except ValueError:
        raise ValidationError(
            _("“%(text)s” is not a day; write it like 2027-01-01.") % {"text": text[:40]}
        ) from None


def _is_working(cell: Callable[[str], str]) -> bool:
    for name, meaning in (("worked", True), ("off", False)):
        text = _normal(cell(name))
        if text in YES | NO:
            return meaning if text in YES else not meaning
    for name in ("worked", "off", "kind"):
        text = _normal(cell(name))
        if text in WORK_WORDS | OFF_WORDS:
            return text in WORK_WORDS
    raise ValidationError(_("Whether the day is worked is not clear; write 是 or 否."))
