"""Telling those who answer for a budget that it fills up, and that it will be crossed: once for each line."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from notices.telling import tell
from organization.models import User
from organization.roles import Role
from pages.history import reason as recorded
from sla import figures

from .budget_figures import COMPARED, last_day
from .budget_standing import Standing, current
from .models import Budget

WARN, OVER = "procurement.budget-warning", "procurement.budget-over"


def watch(at: datetime) -> int:
    """Look at every line of today; gives how many people were told of. Looking again tells nothing new."""
    today = timezone.localdate(at)
    if today == last_day(today):
        figures.outdate(COMPARED, today)  # the month is judged on its last day, whatever happens on it
    return sum(_tell(line, at) for line in current(today))


def _tell(line: Standing, at: datetime) -> int:
    budget = line.budget
    if line.is_over and budget.told_at is None:
        return _announce(line, OVER, "told_at", "warning", at)
    if (line.percent or 0) >= budget.warn_percent and budget.warned_at is None and budget.told_at is None:
        return _announce(line, WARN, "warned_at", "info", at)
    return 0


@transaction.atomic
def _announce(line: Standing, kind: str, mark: str, level: str, at: datetime) -> int:
    budget = Budget.objects.select_for_update(of=("self",)).get(pk=line.budget.pk)
    if getattr(budget, mark):
        return 0
    setattr(budget, mark, at)
    with recorded(gettext_noop("told who answers for it")):
        budget.save(update_fields=[mark])
    params = {
        "budget": str(line.budget),
        "percent": line.percent,
        "amount": str(line.amount),
        "expected": str(line.forecast.expected),
        "day": line.forecast.crossed_on.isoformat() if line.forecast.crossed_on else "",
    }
    people = recipients(budget, at)
    tell(
        people, kind, at=at, params=params, link=budget.get_absolute_url(), source=budget, level=level,
        key=f"{kind}:{budget.pk}:{budget.amount}",
    )  # fmt: skip
    return len(people)


def recipients(budget: Budget, at: datetime) -> list[User]:
    """Who answers for it: its owner, else the head of its department, else the admin managers."""
    head = budget.department.head if budget.department_id else None
    for person in (budget.owner, head):
        if person and person.is_active:
            return [person.stand_in(at) or person]
    return list(User.objects.in_role(Role.ADMIN_MANAGER))


def offenders() -> Iterable[tuple[str, str]]:
    """Lines of today that are over or going over without a control: label and address."""
    from pages import clock

    for line in current(timezone.localdate(clock.now())):
        if line.wants_control:
            yield str(line.budget), line.budget.get_absolute_url()
