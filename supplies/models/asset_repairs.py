"""What breaks, is mended and kept in order."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from notices.telling import tell
from organization.models import User
from organization.roles import Role
from pages import history
from pages.clock import now
from pages.refusals import Refused
from sla.timers import cancel_timer

from .asset_event import AssetEvent
from .asset_moves import MovingAsset
from .maintenance import MaintenancePlan, Repair

HANDLERS = (Role.INVENTORY_CLERK, Role.IT_ADMIN)


class BreakingAsset(MovingAsset):
    """The verbs of repair and maintenance; each leaves a `Repair` with its cost."""

    class Meta:
        abstract = True

    @transaction.atomic
    def send_to_repair(
        self, *, fault: str, contractor: str = "", by: User, at: datetime | None = None
    ) -> Repair:
        """It is broken (报修): reported by whoever has it, or sent away by the administration.

        A loan rests meanwhile. Those who handle assets are told, unless one of them reports it.
        """
        at = at or now()
        self._lock()
        self._must_be(self.Status.IDLE, self.Status.IN_USE, self.Status.LENT)
        self._nothing_waits()
        self.status = self.Status.IN_REPAIR
        self._save("status", by=by, reason=fault)
        with history.reason(by=by):
            repair = self.repairs.create(
                fault=fault.strip(), contractor=contractor.strip(), began_at=at, began_by=by
            )
        self._note(AssetEvent.Kind.SENT_TO_REPAIR, by=by, at=at, reason=fault)
        cancel_timer(self, self.RETURN, at=at, by=by, reason=fault)
        if not by.has_perm("supplies.handle_asset"):
            params = {"asset": str(self), "name": str(by), "fault": repair.fault}
            who, link = _handlers(), self.get_absolute_url()
            tell(who, "supplies.fault", at=at, params=params, link=link, source=self, by=by)
        return repair

    @transaction.atomic
    def repaired(
        self, *, result: str = "", cost: Decimal | None = None, contractor: str = "", by: User,
        at: datetime | None = None,
    ) -> Repair:  # fmt: skip
        """The repair has ended (修复), with what it cost; the asset is where it was before."""
        at = at or now()
        self._lock()
        if self.status != self.Status.IN_REPAIR:
            raise Refused(_("%(asset)s is not in repair.") % {"asset": self})
        repair = self.repairs.get(ended_at=None)
        repair.end(result=result, cost=cost, contractor=contractor, by=by, at=at)
        taken = self.Status.IN_USE if self.custodian_id else self.Status.IDLE
        self.status = self.Status.LENT if self.due_back_on else taken
        self._save("status", by=by, reason=result)
        self._note(AssetEvent.Kind.REPAIRED, by=by, at=at, reason=result or repair.fault, cost=cost)
        self._await_return(at=at)
        return repair

    @transaction.atomic
    def maintain(
        self, *, done: str, cost: Decimal | None = None, contractor: str = "",
        plan: MaintenancePlan | None = None, by: User,
        at: datetime | None = None,
    ) -> Repair:  # fmt: skip
        """It was maintained (维保), by plan or without one."""
        at = at or now()
        self._lock()
        self._must_be(self.Status.IDLE, self.Status.IN_USE, self.Status.LENT)
        with history.reason(by=by):
            repair = self.repairs.create(
                kind=Repair.Kind.MAINTENANCE, plan=plan, fault=done.strip(), contractor=contractor.strip(),
                began_at=at, began_by=by, ended_at=at, ended_by=by, cost=cost,
            )  # fmt: skip
        self._note(AssetEvent.Kind.MAINTAINED, by=by, at=at, reason=done, cost=cost)
        return repair


def _handlers():
    """Those who see to what is broken."""
    return User.objects.active().filter(groups__name__in=[str(role) for role in HANDLERS]).distinct()
