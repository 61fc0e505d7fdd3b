"""Two years of budgets, and what the office cost in the last fifteen months beside its purchases."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from django.utils import timezone

from organization.models import Department, User
from pages.money import rounded

from .. import budget_watch
from ..budget_standing import Standing, current
from ..cost_comparison import compare
from ..models import Budget, Control, Cost, CostCategory
from ..spans import Span, containing, month
from .budget_words import BILLS, CONTROLS, MONTHLY, PURCHASES, YEARLY, Bill

MONTHS = 15
CONTROLLED_MONTHS = 9
ROUND = 100


class Past(NamedTuple):
    """What the entries of the past are made of."""

    random: Random
    now: datetime
    kinds: dict[str, CostCategory]
    departments: dict[str, Department]
    officer: User
    manager: User


def fill(random: Random, now: datetime) -> None:
    past = Past(
        random,
        now,
        {kind.name: kind for kind in CostCategory.objects.all()},
        {department.code: department for department in Department.objects.all()},
        User.objects.get(username="officer"),
        User.objects.get(username="manager"),
    )
    today = timezone.localdate(now)
    _budgets(past, today.year - 1)
    _budgets(past, today.year)
    for span in _months_back(today, MONTHS):
        _bills(past, span, today)
        _purchases(past, span, today)
    _settle(past, today)
    for span in _months_back(today, CONTROLLED_MONTHS)[:-1]:
        _controls(past, span)
    budget_watch.watch(now)


def _months_back(today: date, count: int) -> list[Span]:
    """The last so many months, the running one last."""
    found = [containing("month", today)]
    while len(found) < count:
        found.append(found[-1].before)
    return found[::-1]


def _budgets(past: Past, year: int) -> None:
    reason = f"{year}年度预算"
    grown = Decimal("1.04") if year == timezone.localdate(past.now).year else Decimal(1)
    for name, amounts in MONTHLY.items():
        lines = [_whole(amount * grown) for amount in amounts]
        for number, amount in enumerate(lines, start=1):
            _set(past, month(year, number), name, amount, reason)
        _set(past, Span("year", year), name, sum(lines, Decimal(0)), reason)
    for name, (code, period, amount) in YEARLY:
        spans = [Span("year", year)] if period == "year" else [Span("quarter", year, n) for n in range(1, 5)]
        for span in spans:
            _set(past, span, name, _whole(amount * grown), reason, past.departments.get(code))


def _set(
    past: Past, span: Span, name: str, amount: Decimal, reason: str, department: Department | None = None
) -> None:
    owner = department.head if department else past.manager
    Budget.set(span, past.kinds[name], department, amount, reason=reason, by=past.manager, owner=owner)


def _bills(past: Past, span: Span, today: date) -> None:
    for name, bill in BILLS:
        for day in _days_of(past.random, bill, span):
            amount = _amount(past.random, bill, span)
            if day <= today:
                _enter(past, name, bill.code, day, amount, bill.text.format(month=span.number))


def _days_of(random: Random, bill: Bill, span: Span) -> Iterator[date]:
    if bill.day:
        yield span.first.replace(day=min(bill.day, span.last.day))
        return
    for _time in range(random.randint(*bill.times)):
        yield span.first + timedelta(days=random.randrange(span.last.day))


def _amount(random: Random, bill: Bill, span: Span) -> Decimal:
    season = bill.seasons[span.number - 1] if bill.seasons else Decimal(1)
    about = Decimal(random.randint(-bill.spread, bill.spread) + 100) / 100
    cents = Decimal(random.randrange(100)) / 100 if bill.spread else Decimal(0)
    return rounded(bill.amount * season * about) + cents


def _purchases(past: Past, span: Span, today: date) -> None:
    """What was bought before the orders were kept here came as one sum a month."""
    for name, amount in PURCHASES.items():
        day = span.last.replace(day=26)
        bought = Cost.objects.filter(category=past.kinds[name]).between(span.first, span.last)
        if day > today or bought.exists():
            continue
        about = Decimal(past.random.randint(88, 114)) / 100
        _enter(past, name, "admin", day, rounded(amount * about), f"{span.number}月{name}采购汇总")


def _enter(past: Past, name: str, code: str, day: date, amount: Decimal, text: str) -> None:
    at = min(timezone.make_aware(datetime.combine(day, time(16, 20))), past.now)
    Cost.enter(
        category=past.kinds[name], department=past.departments.get(code), day=day, amount=amount, text=text,
        document=f"FY{day:%Y%m}-{past.random.randrange(1000):03}", by=past.officer, at=at,
    )  # fmt: skip


def _settle(past: Past, today: date) -> None:
    """One line goes over with nothing done about it, one is under control, all others hold."""
    lines = {
        (line.category.name, line.span.period, line.budget.department_id): line for line in current(today)
    }
    courier, repairs = lines.pop(("快递", "month", None)), lines.pop(("维修保养", "month", None))
    _tighten(past, courier, "0.92", "按年初计划压减")
    _tighten(past, repairs, "0.88", "按年初计划压减")
    Control.note(
        category=repairs.category, budget=repairs.budget, explanation="二楼空调主板老化，集中更换两块",
        action="本月其余维修顺延到下月；与维保商谈年度包修价", until=repairs.span.last, by=past.manager,
        at=past.now - timedelta(hours=20), month=today,
    )  # fmt: skip
    for line in lines.values():
        if line.is_over:
            amount = _whole(line.forecast.expected * Decimal("1.06"))
            line.budget.revise(amount, reason="按前三季度实际调增，经理办公会同意", by=past.manager)


def _tighten(past: Past, line: Standing, share: str, reason: str) -> None:
    expected = max(line.forecast.expected, Decimal(500))
    amount = max(_whole(expected * Decimal(share)) - ROUND, Decimal(0))
    line.budget.revise(amount, reason=reason, by=past.manager)


def _controls(past: Past, span: Span) -> None:
    """After each month the manager writes down why something rose; now and then one is forgotten."""
    at = timezone.make_aware(datetime.combine(span.last + timedelta(days=3), time(10, 30)))
    for row in compare(span):
        if row.wants_control and past.random.random() < 0.8:
            explanation, action = CONTROLS.get(row.category.name, CONTROLS["其他"])
            Control.note(
                category=row.category, month=span.first, explanation=explanation, action=action,
                by=past.manager, at=min(at, past.now),
            )  # fmt: skip


def _whole(amount: Decimal) -> Decimal:
    """To whole hundreds, upwards, as budgets are drawn up."""
    return Decimal(-(-amount // ROUND) * ROUND)
