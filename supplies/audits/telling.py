"""Who is told that an audit waits for them."""

from datetime import datetime

from notices.telling import tell
from organization.models import User

from ..models import AssetAudit


def tell_approvers(audit: AssetAudit, *, by: User, at: datetime) -> None:
    """Scanning is over: those who may close audits, and did not scan, are told."""
    may = User.objects.active().filter(groups__permissions__codename="approve_audit")
    people = may.exclude(pk__in=audit.counters.values("pk")).exclude(pk=by.pk).distinct()
    _tell(audit, people, "supplies.audit-to-approve", by=by, at=at)


def tell_counters(audit: AssetAudit, *, reason: str, by: User, at: datetime) -> None:
    """It is taken up again: those who scanned are told why."""
    people = audit.counters.exclude(pk=by.pk)
    _tell(audit, people, "supplies.audit-taken-up", by=by, at=at, reason=reason)


def _tell(audit: AssetAudit, people, kind: str, *, by: User, at: datetime, **more: str) -> None:
    params = {"audit": str(audit), "person": str(by), **more}
    tell(people, kind, at=at, by=by, params=params, link=audit.get_absolute_url(), source=audit)
