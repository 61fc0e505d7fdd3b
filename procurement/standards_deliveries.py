"""Work item 3.3, purchasing (各类采购), and what 4.1 to 4.3 say of the cost of goods; two house rules."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from organization.roles import Role
from sla.deadlines import AsGiven, Closing, WorkingDays
from sla.standards import INBOX, Audience, Climb, Shape, Standard, climb, register

from .measures_deliveries import PRICES, goods_fit, records
from .receiving import FIT

_OWNER, _MANAGERS = (Audience.OWNER,), (f"role:{Role.ADMIN_MANAGER}",)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def _below(key: str, clause: str, title, wording) -> Standard:
    return Standard(
        key=key,
        clause=clause,
        title=title,
        wording=wording,
        shape=Shape.RATE,
        measure=PRICES[key],
        records=records(key),
    )


register(
    Standard(
        key=FIT,
        clause="3.3.1",
        title=_("Goods fit the need"),
        wording=_("What is bought is what the department that uses it needs."),
        shape=Shape.RATE,
        measure=goods_fit,
        records=records(FIT),
    ),
    _below(
        "purchase-below-last-year",
        "3.3.2",
        _("Purchase below last year's cost"),
        _("What is bought costs less than in the same period of last year."),
    ),
    Standard(
        key="reimbursement",
        clause="3.3.3",
        title=_("Claim expenses the same day"),
        wording=_("A purchase is put in for reimbursement on the day on which it arose."),
        shape=Shape.TIMER,
        deadline=Closing(),
        calendar="office",
        steps=(
            Climb(to=_OWNER, offset=-_HOUR / 2, channels=(INBOX,)),
            Climb(to=(Audience.OWNER, Audience.BACKUP), offset=timedelta(0)),
            Climb(to=(Audience.MANAGER, *_MANAGERS), offset=_HOUR),
        ),
        action=_("Claim"),
    ),
    _below(
        "office-supplies-below-last-year",
        "4.1.4",
        _("Office supplies below last year's cost"),
        _("Office supplies cost less than in the same period of last year."),
    ),
    _below(
        "assets-below-last-year",
        "4.2.3",
        _("Fixed assets below last year's cost"),
        _("Fixed assets cost less than in the same period of last year."),
    ),
    _below(
        "consumables-below-last-year",
        "4.3.3",
        _("Consumables below last year's cost"),
        _("Low-value consumables cost less than last year."),
    ),
    Standard(
        key="order-delivery",
        clause="",
        title=_("Have an order delivered in time"),
        wording=_("What was ordered has come in full on the day agreed with the supplier."),
        shape=Shape.TIMER,
        deadline=AsGiven(),
        calendar="office",
        steps=(
            Climb(to=_OWNER, offset=-_DAY, channels=(INBOX,)),
            Climb(to=_OWNER, offset=timedelta(0)),
            Climb(to=_MANAGERS, offset=2 * _DAY),
        ),
        action=_("See to the delivery"),
    ),
    Standard(
        key="goods-acceptance",
        clause="",
        title=_("Accept what was delivered"),
        wording=_("The department that uses the goods looks at them and accepts them within a working day."),
        shape=Shape.TIMER,
        deadline=WorkingDays(1),
        calendar="office",
        steps=climb(pace=timedelta(hours=4)),
        action=_("Accept the goods"),
    ),
)
