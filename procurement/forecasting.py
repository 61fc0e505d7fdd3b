"""What a period will have cost at its end, and on which day a limit is crossed, by the nature of the cost.

Pure: everything comes in as numbers and days, so that a table of cases says all there is to say.

- fixed: known entries repeat: the month before, day by day, until the period ends;
- seasonal: last year's course of the same period, as much higher or lower as this year has been so far;
- per head: so much a working day; as needed: so much a calendar day; before five such days have passed, at
  the pace of the period before;
- one-off: nothing more comes than what is bound.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from pages.money import NOTHING, rounded

from .spans import Span, month, same_day_next_year

FEW_DAYS = 5
LITTLE = Decimal("0.05")
"""Less than this share of last year's period says nothing about the pace of this year."""

FIXED, SEASONAL, PER_HEAD, ONE_OFF = "fixed", "seasonal", "per_head", "one_off"


@dataclass(frozen=True)
class Course:
    """What is known on `today` of a kind of cost in a period.

    `spent` is what it cost up to and on that day, `bound` what orders bind beyond it; `history` what was
    spent on each earlier day, back to the beginning of last year's period where books were kept.
    """

    nature: str
    span: Span
    today: date
    spent: Decimal
    bound: Decimal = NOTHING
    history: Mapping[date, Decimal] = field(default_factory=dict)
    works: Callable[[date], bool] = lambda day: True

    @property
    def days_to_come(self) -> list[date]:
        first = max(self.today + timedelta(days=1), self.span.first)
        return list(_days(first, self.span.last))

    def between(self, first: date, last: date) -> Decimal:
        return sum((amount for day, amount in self.history.items() if first <= day <= last), NOTHING)


class Forecast(NamedTuple):
    """What it will have come to at the end, and when the limit is crossed: None where it is not."""

    expected: Decimal
    crossed_on: date | None
    is_crossed: bool

    @property
    def is_over(self) -> bool:
        return self.crossed_on is not None


def forecast(course: Course, limit: Decimal) -> Forecast:
    """Where the course leads. What is crossed already is crossed today; met exactly is not crossed."""
    reached = course.spent + course.bound
    total, crossed_on = course.spent, course.today if reached > limit else None
    for day, amount in sorted(_to_come(course)):
        total += amount
        if crossed_on is None and total > limit:
            crossed_on = day
    return Forecast(max(total, reached), crossed_on, reached > limit)


def _to_come(course: Course) -> list[tuple[date, Decimal]]:
    """The days on which more will be spent, and how much."""
    if not course.days_to_come:
        return []
    coming = {FIXED: _repeated, SEASONAL: _as_last_year, ONE_OFF: lambda course: []}
    return list(coming.get(course.nature, _at_this_pace)(course))


def _repeated(course: Course) -> Iterable[tuple[date, Decimal]]:
    """The entries of the month before come again each month; what did not come yet in this one will."""
    days = course.days_to_come
    this = month(course.today.year, course.today.month)
    pattern = _pattern(course, this)
    for each in course.span.months:
        if each.last < days[0]:
            continue
        due = [
            (date(each.year, each.number, min(number, each.last.day)), amount) for number, amount in pattern
        ]
        if each == this:
            yield from _rest(due, course, days[0])
        else:
            yield from ((day, amount) for day, amount in due if day >= days[0])


def _pattern(course: Course, this: Span) -> list[tuple[int, Decimal]]:
    """Day of the month and amount of each entry of the month before; its bills being late, of that before."""
    for known in (this.before, this.before.before):
        found = [(day.day, amount) for day, amount in course.history.items() if day in known and amount > 0]
        if found:
            return sorted(found)
    return []


def _rest(due: list[tuple[date, Decimal]], course: Course, first: date) -> Iterable[tuple[date, Decimal]]:
    """Of what is due in the running month the part that has not come, latest entries last."""
    begun = max(course.today.replace(day=1), course.span.first)
    come = course.spent - course.between(course.span.first, begun - timedelta(days=1))
    for day, amount in due:
        missing = max(NOTHING, amount - max(NOTHING, come))
        come -= amount
        if missing:
            yield max(day, first), missing


def _as_last_year(course: Course) -> Iterable[tuple[date, Decimal]]:
    """Last year's days, as much higher as this year's part is than last year's; else at this pace."""
    last = course.span.year_before
    course_then = {same_day_next_year(day): amount for day, amount in course.history.items() if day in last}
    whole = sum(course_then.values(), NOTHING)
    if whole <= 0:
        return _at_this_pace(course)
    so_far = sum((amount for day, amount in course_then.items() if day <= course.today), NOTHING)
    measure = course.spent / so_far if so_far >= whole * LITTLE else Decimal(1)
    return [
        (day, rounded(amount * max(NOTHING, measure)))
        for day, amount in course_then.items()
        if day > course.today and amount > 0
    ]


def _at_this_pace(course: Course) -> Iterable[tuple[date, Decimal]]:
    """As much every day as so far, on working days where it goes by people."""
    counts = course.works if course.nature == PER_HEAD else lambda day: True
    passed = sum(1 for day in _days(course.span.first, course.today) if counts(day))
    ahead = [day for day in course.days_to_come if counts(day)]
    pace = course.spent / passed if passed else NOTHING
    if passed < FEW_DAYS and (before := course.between(course.span.before.first, course.span.before.last)):
        pace = before / (passed + len(ahead) or 1)
    given = NOTHING
    for number, day in enumerate(ahead, start=1):
        upto = rounded(max(NOTHING, pace) * number)
        yield day, upto - given
        given = upto


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
