"""What a purchase does to the budgets: judged before, bound when ordered, spent when accepted, or called off.

What is bound is released once and to the cent: as many pieces as came or will not come, at the price ordered,
never more than is left, and the rest with the last piece.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import Department, User
from pages.clock import now
from pages.money import rounded, spoken
from pages.refusals import Refused
from supplies.models import Category

from .models import Budget, Commitment, Cost, CostCategory, Order, OrderLine, ReceiptLine

STAGES = ("request", "order", "invoice")
STRICTNESS = (Budget.Rule.IGNORE, Budget.Rule.WARN, Budget.Rule.ASK, Budget.Rule.BLOCK)


class Crossing(NamedTuple):
    """A budget that would be crossed: what it says about that, what is used, and what would be then."""

    budget: Budget
    rule: str
    used: Decimal
    after: Decimal

    @property
    def over(self) -> Decimal:
        return self.after - self.budget.amount

    @property
    def sentence(self) -> str:
        """What is said to whoever is about to cross it."""
        return _("Budget %(budget)s: %(after)s of %(amount)s would be used, %(over)s too much.") % {
            "budget": f"{self.budget.category} {self.budget.span.name} {self.budget.whose}",
            "after": spoken(self.after),
            "amount": spoken(self.budget.amount),
            "over": spoken(self.over),
        }


def judge(
    stage: str,
    category: Category,
    department: Department,
    day: date,
    amount: Decimal,
    *,
    is_asset: bool = False,
) -> list[Crossing]:
    """The budgets that so much more, counted on that day, would cross, the strictest first.

    `stage` is "request", "order" or "invoice"; a budget that does not mind at this stage is not named.
    """
    if stage not in STAGES:
        raise ValueError(f"Unknown stage: {stage}")
    kind = CostCategory.objects.of_goods(category, is_asset=is_asset)
    found = []
    for budget in (
        Budget.objects.touching(kind, department).covering(day).select_related("category", "department")
    ):
        used_now = used(budget)
        if used_now + amount > budget.amount and budget.rule_at(stage) != Budget.Rule.IGNORE:
            found.append(Crossing(budget, budget.rule_at(stage), used_now, used_now + amount))
    return sorted(found, key=lambda crossing: -STRICTNESS.index(crossing.rule))


def strictest(crossings: Iterable[Crossing]) -> str:
    """The strictest rule of them; "ignore" where there are none."""
    return max((one.rule for one in crossings), key=STRICTNESS.index, default=Budget.Rule.IGNORE)


def refuse_blocked(crossings: Iterable[Crossing]) -> None:
    """Raises Refused with a sentence where one of the budgets lets nothing pass."""
    for crossing in crossings:
        if crossing.rule == Budget.Rule.BLOCK:
            raise Refused(crossing.sentence)


def used(budget: Budget) -> Decimal:
    """What was spent in its period, and what is still bound in it."""
    span = budget.span
    costs = Cost.objects.filter(category=budget.category_id).between(span.first, span.last)
    bound = (
        Commitment.objects.filter(category=budget.category_id).between(span.first, span.last).still_bound()
    )
    if budget.department_id:
        costs = costs.filter(department=budget.department_id)
        bound = bound.filter(department=budget.department_id)
    return costs.total() + bound.left()


@transaction.atomic
def commit(order: Order, *, at: datetime | None = None) -> list[Commitment]:
    """Bind what a placed order will cost, on the day for which delivery was agreed; once per line."""
    return [_bind(order, line, at or now()) for line in order.lines.select_related("category").order_by("pk")]


def _bind(order: Order, line: OrderLine, at: datetime) -> Commitment:
    fields = {
        "category": CostCategory.objects.of_goods(line.category, is_asset=line.is_asset),
        "department": order.department,
        "day": order.expected_on,
        "amount": line.amount,
        "made_at": at,
        "released_at": None if line.amount else at,
    }
    return Commitment.objects.get_or_create(order_line=line, defaults=fields)[0]


@transaction.atomic
def spend(
    receipt_line: ReceiptLine, *, by: User, at: datetime | None = None, amount: Decimal | None = None
) -> Cost | None:
    """The accepted pieces of a delivery cost their price, or `amount` where it came at another; said once.

    Their share of what the order bound is released. None where nothing was accepted, or it cost nothing.
    """
    at = at or now()
    line = receipt_line.order_line
    commitment = _locked(line)
    once = f"receipt-line-{receipt_line.pk}"
    if (spent := Cost.objects.filter(once=once).first()) or not receipt_line.accepted:
        return spent
    cost_of_it = rounded(line.unit_price * receipt_line.accepted) if amount is None else rounded(amount)
    if commitment:
        _release(commitment, line, receipt_line.accepted, at)
    if not cost_of_it:
        return None
    kind = commitment.category if commitment else CostCategory.objects.of_goods(
        line.category, is_asset=line.is_asset
    )  # fmt: skip
    return Cost.enter(
        category=kind, department=line.order.department, day=timezone.localdate(at), amount=cost_of_it,
        text=f"{line} × {receipt_line.accepted}"[:200], document=line.order.number, by=by, at=at,
        source=receipt_line, once=once,
    )  # fmt: skip


@transaction.atomic
def call_off(order_line: OrderLine, quantity: int, *, at: datetime | None = None) -> None:
    """So many pieces will not come: what they bound is free again."""
    if commitment := _locked(order_line):
        _release(commitment, order_line, quantity, at or now())


def _locked(line: OrderLine) -> Commitment | None:
    """What the line bound, held until the transaction ends; None where it never bound anything."""
    held = Commitment.objects.select_for_update(of=("self",)).select_related("category")
    return held.filter(order_line=line).first()


def _release(commitment: Commitment, line: OrderLine, pieces: int, at: datetime) -> None:
    """Free the share of so many pieces; of the last ones whatever is left."""
    if commitment.released_at:
        return
    commitment.released += min(rounded(line.unit_price * pieces), commitment.left)
    if commitment.released == commitment.amount:
        commitment.released_at = at
    commitment.save(update_fields=["released", "released_at"])
