"""Clauses 4.1.1, 4.3.1 and 4.3.2: what stands in the ledger lies on the shelves; it is counted monthly."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from organization.roles import Role
from sla.deadlines import AsGiven, Within
from sla.standards import EMAIL, INBOX, Climb, Shape, Standard, climb, register

from .measures_stocktakes import consumables_that_differ, office_supplies_that_differ

TO_BE_MENDED = Within(hours=40)
STEPS = (
    Climb(to=(f"role:{Role.INVENTORY_CLERK}",), percent=50, channels=(INBOX,)),
    Climb(to=(f"role:{Role.ADMIN_MANAGER}",), offset=timedelta(0), channels=(INBOX, EMAIL)),
)

register(
    Standard(
        key="office-supplies-match",
        clause="4.1.1",
        title=_("Office supplies match the ledger"),
        wording=_("Of every office supply, stock and ledger differ by one at most."),
        shape=Shape.STATE,
        deadline=TO_BE_MENDED,
        calendar="office",
        steps=STEPS,
        offenders=office_supplies_that_differ,
    ),
    Standard(
        key="consumables-match",
        clause="4.3.1",
        title=_("Consumables match the ledger"),
        wording=_("Of every low-value consumable, stock and ledger differ by one at most."),
        shape=Shape.STATE,
        deadline=TO_BE_MENDED,
        calendar="office",
        steps=STEPS,
        offenders=consumables_that_differ,
    ),
    Standard(
        key="consumables-stocktake",
        clause="4.3.2",
        title=_("Monthly count of consumables"),
        wording=_(
            "Low-value consumables are counted every month; what fell below its minimum is bought at once."
        ),
        shape=Shape.DUTY,
        deadline=AsGiven(),
        calendar="office",
        steps=climb(pace=timedelta(hours=1)),
        action=_("Count the stock"),
    ),
)
