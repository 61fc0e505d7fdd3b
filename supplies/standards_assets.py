"""Rules of the house about assets: accepted soon, brought back, kept in order, with people who work here."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from organization.roles import Role
from sla.deadlines import AsGiven, Within, WorkingDays
from sla.standards import EMAIL, INBOX, Audience, Climb, Offender, Shape, Standard, climb, register

from .models import Asset, Handover, MaintenancePlan

_CLERKS, _MANAGERS = f"role:{Role.INVENTORY_CLERK}", f"role:{Role.ADMIN_MANAGER}"
_WEEK_BEFORE = Climb(to=(Audience.OWNER,), offset=timedelta(days=-7), channels=(INBOX,))
_DAY_BEFORE = Climb(to=(Audience.OWNER,), offset=timedelta(days=-1), channels=(INBOX,))
_DAY = timedelta(days=1)


def held_by_leavers() -> Iterator[Offender]:
    """Assets whose custodian does not work here any more."""
    for asset in Asset.objects.held_by_leavers().select_related("custodian").order_by("tag"):
        yield Offender(f"{asset.custodian.name} · {asset}", asset.get_absolute_url())


register(
    Standard(
        key=Handover.ACCEPTANCE,
        clause="",
        title=_("Accept assets handed over"),
        wording=_("Whoever is handed an asset accepts or declines it within two working days."),
        shape=Shape.TIMER,
        deadline=WorkingDays(2),
        calendar="office",
        steps=climb(first=(Audience.OWNER,), pace=_DAY),
        action=_("Accept"),
    ),
    Standard(
        key=Asset.RETURN,
        clause="",
        title=_("Bring back what was lent"),
        wording=_("An asset that was lent is brought back by the closing of the day that was agreed."),
        shape=Shape.TIMER,
        deadline=AsGiven(),
        calendar="office",
        steps=(
            _DAY_BEFORE,
            Climb(to=(Audience.OWNER,), offset=timedelta(0)),
            Climb(to=(Audience.MANAGER, _CLERKS), offset=_DAY),
            Climb(to=(_MANAGERS,), offset=3 * _DAY),
        ),
        action=_("Bring back"),
    ),
    Standard(
        key=MaintenancePlan.DUE,
        clause="",
        title=_("Maintain assets as planned"),
        wording=_("Maintenance is done by the day on which its plan has it due."),
        shape=Shape.TIMER,
        deadline=AsGiven(),
        calendar="office",
        steps=(
            _WEEK_BEFORE,
            Climb(to=(Audience.OWNER,), offset=timedelta(0)),
            Climb(to=(Audience.MANAGER,), offset=2 * _DAY),
            Climb(to=(_MANAGERS,), offset=5 * _DAY),
        ),
        may_pause=True,
        action=_("Enter maintenance"),
    ),
    Standard(
        key="assets-have-custodians-who-work-here",
        clause="",
        title=_("Every asset is with somebody who works here"),
        wording=_("What is in the custody of people who leave is handed over or returned."),
        shape=Shape.STATE,
        deadline=Within(hours=16),
        calendar="office",
        steps=(
            Climb(to=(_CLERKS,), percent=50, channels=(INBOX,)),
            Climb(to=(_MANAGERS,), offset=timedelta(0), channels=(INBOX, EMAIL)),
        ),
        offenders=held_by_leavers,
    ),
)
