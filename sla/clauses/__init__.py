"""The department's job description (岗位说明书): its 71 clauses in order, measured yet or not."""

from datetime import timedelta

from .. import standards
from ..deadlines import AsGiven
from ..standards import Shape, Standard
from ..work_items import number_of
from . import coordination, cost, environment, management, reception
from .clause import Clause

__all__ = ["CLAUSES", "EFFECTS", "Clause", "of_item", "register_duties"]

_AREAS = (reception, environment, coordination, cost, management)

#: The numbered clauses, "1.1.1" to "5.3.2".
CLAUSES: tuple[Clause, ...] = tuple(clause for area in _AREAS for clause in area.CLAUSES)

#: What a work item as a whole is to achieve (效果), under the number of the item.
EFFECTS: tuple[Clause, ...] = tuple(effect for area in _AREAS for effect in area.EFFECTS)

PACE = timedelta(hours=1)


def of_item(number: str) -> list[Clause]:
    """The clauses of one work item in order, then its effects: "1.1" → 1.1.1 … 1.1.7, 1.1."""
    clauses = [clause for clause in CLAUSES if number_of(clause.number) == number]
    return clauses + [effect for effect in EFFECTS if effect.number == number]


def register_duties() -> None:
    """Declare a standard for every recurring clause that no app has: a duty can be set up for it today."""
    declared = {standard.key for standard in standards.every()}
    for clause in CLAUSES:
        if clause.key and clause.key not in declared:
            standards.register(_duty(clause))


def _duty(clause: Clause) -> Standard:
    return Standard(
        key=clause.key,
        clause=clause.number,
        title=clause.title,
        wording=clause.wording,
        shape=Shape.DUTY,
        deadline=AsGiven(),
        calendar="office",
        steps=standards.climb(pace=PACE),
    )
