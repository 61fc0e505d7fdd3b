"""Work item 4.4, suppliers (供应商管理): its two clauses, and two rules of the house that go with them."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from organization.roles import Role
from sla.deadlines import AsGiven, WorkingDays
from sla.standards import EMAIL, INBOX, Audience, Climb, Offender, Shape, Standard, climb, register

from .supplier_querysets import short_categories

_BUYERS, _MANAGERS = f"role:{Role.BUYER}", f"role:{Role.ADMIN_MANAGER}"
_OWNER, _DAY = (Audience.OWNER,), timedelta(days=1)
_BY_POST = (INBOX, EMAIL)


def categories_short_of_suppliers() -> Iterator[Offender]:
    """Categories in use with fewer than three suppliers where one may order."""
    page = reverse("supplier-categories")
    for category in short_categories():
        count = ngettext("%(count)d supplier", "%(count)d suppliers", category.live)
        yield Offender(f"{category} · {count % {'count': category.live}}", f"{page}#category-{category.pk}")


register(
    Standard(
        key="three-suppliers",
        clause="4.4.1",
        title=_("Three suppliers in every category"),
        wording=_("For every category of goods there are at least three suppliers."),
        shape=Shape.STATE,
        deadline=WorkingDays(10),
        calendar="office",
        steps=(
            Climb(to=(_BUYERS,), offset=timedelta(0), channels=(INBOX,)),
            Climb(to=(_MANAGERS,), offset=_DAY, channels=_BY_POST),
        ),
        offenders=categories_short_of_suppliers,
    ),
    Standard(
        key="supplier-review",
        clause="4.4.2",
        title=_("Quarterly supplier review"),
        wording=_(
            "Suppliers are evaluated every quarter; by the result one negotiates with them or replaces them."
        ),
        shape=Shape.DUTY,
        deadline=AsGiven(),
        calendar="office",
        steps=climb(pace=timedelta(hours=1)),
        action=_("Review the suppliers"),
    ),
    Standard(
        key="supplier-paper",
        clause="",
        title=_("Renew a supplier's contract or licence"),
        wording=_("Contracts and licences of suppliers are renewed or withdrawn before they end."),
        shape=Shape.TIMER,
        deadline=AsGiven(),
        calendar="office",
        steps=(
            Climb(to=_OWNER, offset=-30 * _DAY, channels=(INBOX,)),
            Climb(to=_OWNER, offset=-7 * _DAY),
            Climb(to=_OWNER, offset=timedelta(0)),
            Climb(to=(_MANAGERS,), offset=_DAY),
        ),
        action=_("Renew the paper"),
    ),
    Standard(
        key="supplier-follow-up",
        clause="",
        title=_("Follow up a supplier review"),
        wording=_("What was decided about a supplier is followed up by the person and the day named."),
        shape=Shape.TIMER,
        deadline=AsGiven(),
        calendar="office",
        steps=(
            Climb(to=_OWNER, offset=-2 * _DAY, channels=(INBOX,)),
            Climb(to=(Audience.OWNER, Audience.BACKUP), offset=timedelta(0)),
            Climb(to=(_MANAGERS,), offset=_DAY),
        ),
        action=_("Say what came of it"),
    ),
)
