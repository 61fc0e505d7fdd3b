"""Work item 4.6, what the office costs (办公环境成本): compared by kind, and kept to the budget."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organization.roles import Role
from sla.deadlines import Within
from sla.standards import EMAIL, INBOX, Climb, Offender, Shape, Standard, register

from . import budget_watch, cost_comparison
from .budget_figures import COMPARED

_MANAGERS = (f"role:{Role.ADMIN_MANAGER}",)


def _records(first: date, last: date, person_id: int | None = None) -> str:
    """The comparison of the newest month that was judged in these days."""
    return f"{reverse('cost-comparison')}?month={cost_comparison.months_between(first, last)}"


def _lines_out_of_control() -> list[Offender]:
    return [Offender(*found) for found in budget_watch.offenders()]


register(
    Standard(
        key=COMPARED,
        clause="4.6.1",
        title=_("Compare costs by kind"),
        wording=_("Each kind of cost is compared period by period, and what rose is brought under control."),
        shape=Shape.RATE,
        measure=cost_comparison.measure,
        records=_records,
    ),
    Standard(
        key="budgets-under-control",
        clause="4.6.2",
        title=_("Keep to the budget"),
        wording=_(
            "There are budgets for month, quarter and year, and something is done before one is overspent."
        ),
        shape=Shape.STATE,
        deadline=Within(hours=16),
        calendar="office",
        steps=(
            Climb(to=_MANAGERS, percent=50, channels=(INBOX,)),
            Climb(to=_MANAGERS, offset=timedelta(0), channels=(INBOX, EMAIL)),
        ),
        offenders=_lines_out_of_control,
    ),
)
