"""Who must approve a purchase: by its amount, by the budgets it would cross, and never who asks for it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from organization.models import User
from organization.roles import Role
from pages.money import NOTHING
from pages.refusals import Refused

from . import budgets
from .models import ApprovalRule, Budget, CostCategory, PurchaseRequest, RequestLine


class Step(NamedTuple):
    """One step to come: of a person, or of everybody in a role."""

    person: User | None = None
    team: str = ""
    over_budget: bool = False

    @property
    def whose(self) -> tuple[int | None, str]:
        return (self.person.pk if self.person else None, self.team)


def crossings(request: PurchaseRequest, day: date) -> list[budgets.Crossing]:
    """The budgets that the chosen quotes would cross; what counts for one kind of cost is added up first."""
    found: dict[int, budgets.Crossing] = {}
    for line, amount in _by_kind(request):
        judged = budgets.judge(
            "request", line.category, request.department, day, amount, is_asset=line.is_asset
        )
        for crossing in judged:
            found.setdefault(crossing.budget.pk, crossing)
    return list(found.values())


def plan(request: PurchaseRequest, crossed: Iterable[budgets.Crossing], at: datetime) -> list[Step]:
    """The steps of its approval in order, nobody twice; raises Refused where it cannot be approved at all."""
    crossed = list(crossed)
    budgets.refuse_blocked(crossed)
    asking = [crossing for crossing in crossed if crossing.rule == Budget.Rule.ASK]
    steps: list[Step] = []
    for rule in _in_force(request.total, bool(asking)):
        _add(steps, _resolve(rule, request, at, over_budget=rule.only_over_budget))
    if asking and not any(step.over_budget for step in steps):
        _add(steps, _managers(request, at, over_budget=True))
    if not steps:
        steps.append(_of_head(request, at))
    return steps


def _by_kind(request: PurchaseRequest) -> list[tuple[RequestLine, Decimal]]:
    """A line of each kind of cost, with what all lines of that kind come to."""
    kinds: dict[tuple[int, bool], int] = {}
    amounts: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    example: dict[int, RequestLine] = {}
    for line in request.lines.filter(chosen__isnull=False).select_related("chosen", "category"):
        goods = line.category_id, line.is_asset
        if goods not in kinds:
            kinds[goods] = CostCategory.objects.of_goods(line.category, is_asset=line.is_asset).pk
        example.setdefault(kinds[goods], line)
        amounts[kinds[goods]] += line.amount
    return [(example[kind], amount) for kind, amount in amounts.items()]


def _in_force(total: Decimal, is_over: bool) -> Iterator[ApprovalRule]:
    rules = ApprovalRule.objects.filter(active=True, from_amount__lte=total).select_related("person")
    return (rule for rule in rules if is_over or not rule.only_over_budget)


def _add(steps: list[Step], step: Step) -> None:
    """Who approves already is not asked twice, but told that a budget is exceeded, too."""
    for place, known in enumerate(steps):
        is_one_of_them = known.person and step.team and step.team in known.person.role_names
        if known.whose == step.whose or is_one_of_them:
            steps[place] = known._replace(over_budget=known.over_budget or step.over_budget)
            return
    steps.append(step)


def _resolve(rule: ApprovalRule, request: PurchaseRequest, at: datetime, *, over_budget: bool) -> Step:
    if rule.approver == ApprovalRule.Approver.HEAD:
        return _of_head(request, at, over_budget=over_budget)
    if rule.approver == ApprovalRule.Approver.PERSON:
        return _of_person(rule.person, request, at, over_budget=over_budget)
    return _managers(request, at, over_budget=over_budget)


def _of_head(request: PurchaseRequest, at: datetime, *, over_budget: bool = False) -> Step:
    """The head of the using department; of the department above it where it has none."""
    department = request.department
    while department.head_id is None and department.parent_id:
        department = department.parent
    return _of_person(department.head, request, at, over_budget=over_budget)


def _of_person(
    person: User | None, request: PurchaseRequest, at: datetime, *, over_budget: bool = False
) -> Step:
    """The person; where that is the requester or nobody is there for them, their line, then the managers."""
    able = next((one for one in _upwards(person) if _may_act(one, request, at)), None)
    return (
        Step(person=able, over_budget=over_budget)
        if able
        else _managers(request, at, over_budget=over_budget)
    )


def _upwards(person: User | None) -> Iterator[User]:
    """The person, their line manager, and so on, each once."""
    seen: set[int] = set()
    while person is not None and person.pk not in seen:
        yield person
        seen.add(person.pk)
        person = person.manager


def _may_act(person: User, request: PurchaseRequest, at: datetime) -> bool:
    """Not the requester, works here, and there today or stood in for by somebody who is not the requester."""
    if person.pk == request.requester_id or not person.works_here:
        return False
    acting = person.stand_in(at)
    return acting is not None and acting.pk != request.requester_id


def _managers(request: PurchaseRequest, at: datetime, *, over_budget: bool) -> Step:
    """Any admin manager but the requester; else the requester's line. Refused where nobody is left."""
    others = User.objects.in_role(Role.ADMIN_MANAGER).exclude(pk=request.requester_id)
    if others.exists():
        return Step(team=Role.ADMIN_MANAGER, over_budget=over_budget)
    above = next((one for one in _upwards(request.requester) if _may_act(one, request, at)), None)
    if above is None:
        raise Refused(
            _("Nobody could approve this: nobody approves their own request. Add a rule of approval first.")
        )
    return Step(person=above, over_budget=over_budget)
