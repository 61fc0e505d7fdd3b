"""Clause 4.2.1: every fixed asset is where the register says."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from organization.roles import Role
from sla.deadlines import Within
from sla.standards import EMAIL, INBOX, Climb, Shape, Standard, register

from .measures import assets_that_differ

register(
    Standard(
        key="assets-match",
        clause="4.2.1",
        title=_("Fixed assets match the register"),
        wording=_("Every fixed asset is where and with whom the register says; the difference is zero."),
        shape=Shape.STATE,
        deadline=Within(hours=40),
        calendar="office",
        steps=(
            Climb(to=(f"role:{Role.INVENTORY_CLERK}",), percent=50, channels=(INBOX,)),
            Climb(to=(f"role:{Role.ADMIN_MANAGER}",), offset=timedelta(0), channels=(INBOX, EMAIL)),
        ),
        offenders=assets_that_differ,
    )
)
