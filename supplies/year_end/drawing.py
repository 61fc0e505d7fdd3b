"""Putting the assets of a year on the worksheet: figures for all of them in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q, Sum

from pages.money import NOTHING, rounded
from sla.models import Occurrence, Timer

from ..depreciation import book_value, months_between
from ..models import Asset, MaintenancePlan, Repair, SuppliesSettings, YearEndLine, YearEndPlan
from ..querysets import end_of
from .proposals import Facts, propose

DUTY = "year-end-check"
FIGURES = ["category", "department", "age_months", "book_value", "repair_cost", "proposal", "grounds"]
OURS = ["verdict", "expected_cost"]
MOST_AGE = 32_767
Verdict = YearEndLine.Verdict


def lay_out(plan: YearEndPlan) -> int:
    """Bring the lines in step with the register; what a person typed stays. Answers how many there are.

    That it was drawn up, the history of the plan itself tells.
    """
    drawn = {line.asset_id: line for line in _drawn(plan)}
    known = {line.asset_id: line for line in plan.lines.all()}
    plan.lines.exclude(asset__in=drawn).delete()
    plan.lines.bulk_create(line for key, line in drawn.items() if key not in known)
    kept = [_refreshed(line, drawn[key]) for key, line in known.items() if key in drawn]
    plan.lines.bulk_update(kept, [*FIGURES, *OURS, "reason"], batch_size=500)
    return len(drawn)


def standing_on(day: date):
    """Bought by that day, and not scrapped by its end."""
    assets = Asset.objects.filter(Q(scrapped_on=None) | Q(scrapped_on__gt=day), bought_on__lte=day)
    return assets.order_by("tag")


def costs_of(assets: Iterable[Asset]) -> dict[int, dict[str, Decimal]]:
    """By asset: what keeping, repairing or replacing it is expected to cost.

    A repair costs what past repairs of it did on average, else those of its category, else what its
    maintenance is planned to cost; another one costs what it did.
    """
    assets = list(assets)
    keys = [asset.pk for asset in assets]
    own = _averages(Repair.objects.filter(asset__in=keys), "asset")
    alike = _averages(Repair.objects.filter(asset__category__in={one.category_id for one in assets}),
                      "asset__category")  # fmt: skip
    planned = dict(
        MaintenancePlan.objects.in_force().filter(asset__in=keys).order_by().values("asset")
        .annotate(cost=Sum("expected_cost")).values_list("asset", "cost")
    )  # fmt: skip
    costs = {}
    for asset in assets:
        mending = own.get(asset.pk) or planned.get(asset.pk) or alike.get(asset.category_id) or NOTHING
        costs[asset.pk] = {
            Verdict.KEEP: NOTHING, Verdict.REPAIR: rounded(mending), Verdict.REPLACE: asset.price,
        }  # fmt: skip
    return costs


# -- the duty ------------------------------------------------------------------------------------------


def duty_waiting(year: int) -> Occurrence | None:
    """The yearly duty that is open and has no plan yet."""
    waiting = Occurrence.objects.filter(duty__standard=DUTY, state=Occurrence.State.OPEN)
    taken = YearEndPlan.objects.filter(occurrence__isnull=False).values("occurrence")
    return next(
        (one for one in waiting.exclude(pk__in=taken).order_by("due_at") if year_of(one) == year), None
    )


def year_of(occurrence: Occurrence) -> int:
    """Which year it asks about: checked in December, or in the first half of the next year."""
    return occurrence.day.year if occurrence.day.month > 6 else occurrence.day.year - 1


def show_duty(plan: YearEndPlan) -> None:
    """Whoever has the duty is led to the plan."""
    if plan.occurrence:
        Timer.objects.about(plan.occurrence).running().update(link=plan.get_absolute_url())


# -- figures -------------------------------------------------------------------------------------------


def _drawn(plan: YearEndPlan) -> list[YearEndLine]:
    assets, day, rules = list(standing_on(plan.as_of)), plan.as_of, SuppliesSettings.current()
    until = min(end_of(day), plan.drawn_at)
    repairs = Repair.objects.filter(kind=Repair.Kind.REPAIR, began_at__lt=until)
    mended = _mended(repairs)
    broken = set(repairs.filter(Q(ended_at=None) | Q(ended_at__gte=until)).values_list("asset", flat=True))
    overdue = dict(
        MaintenancePlan.objects.due_by(min(day, until.date())).order_by().values("asset")
        .annotate(count=Count("pk")).values_list("asset", "count")
    )  # fmt: skip
    costs = costs_of(assets)
    lines = []
    for asset in assets:
        cost, count = mended.get(asset.pk, (NOTHING, 0))
        facts = Facts(asset.price, asset.residual, book_value(asset, day), cost, count,
                      asset.pk in broken, overdue.get(asset.pk, 0))  # fmt: skip
        lines.append(_line(plan, asset, facts, propose(facts, rules), costs[asset.pk]))
    return lines


def _line(plan: YearEndPlan, asset: Asset, facts: Facts, proposal: Any, costs: dict) -> YearEndLine:
    age = months_between(asset.in_use_on, plan.as_of)
    return YearEndLine(
        plan=plan, asset=asset, category_id=asset.category_id, department_id=asset.department_id,
        age_months=min(max(0, age), MOST_AGE), book_value=facts.book_value, repair_cost=facts.repair_cost,
        proposal=proposal.verdict, grounds=proposal.grounds, verdict=proposal.verdict,
        expected_cost=costs[proposal.verdict],
    )  # fmt: skip


def _refreshed(line: YearEndLine, drawn: YearEndLine) -> YearEndLine:
    """New figures; the decision too, unless somebody typed it."""
    for name in FIGURES if line.typed_by_id else [*FIGURES, *OURS]:
        setattr(line, name, getattr(drawn, name))
    if line.is_as_proposed:
        line.reason = ""
    return line


def _mended(repairs) -> dict[int, tuple[Decimal, int]]:
    rows = repairs.order_by().values("asset").annotate(cost=Sum("cost"), count=Count("pk"))
    return {row["asset"]: (rounded(row["cost"] or 0), row["count"]) for row in rows}


def _averages(repairs, key: str) -> dict[int, Decimal]:
    """The average of what ended repairs cost, by `key`."""
    paid = repairs.filter(kind=Repair.Kind.REPAIR, cost__gt=0).order_by()
    rows = paid.values(key).annotate(average=Avg("cost")).values_list(key, "average")
    found: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    found.update({pk: rounded(average) for pk, average in rows})
    return found
