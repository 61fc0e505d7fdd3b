"""Who is told that the year-end plan waits for them."""

from datetime import datetime

from notices.telling import tell
from organization.models import User

from ..models import YearEndPlan


def tell_deciders(plan: YearEndPlan, *, by: User, at: datetime) -> None:
    """Those who may decide, and had no hand in it."""
    may = User.objects.active().filter(groups__permissions__codename="decide_yearendplan")
    people = may.exclude(pk__in=[pk for pk in (plan.drawn_by_id, by.pk) if pk]).distinct()
    _tell(plan, people, "supplies.year-end-to-decide", by=by, at=at)


def tell_submitter(plan: YearEndPlan, *, reason: str, by: User, at: datetime) -> None:
    people = User.objects.filter(pk=plan.submitted_by_id).exclude(pk=by.pk)
    _tell(plan, people, "supplies.year-end-sent-back", by=by, at=at, reason=reason)


def _tell(plan: YearEndPlan, people, kind: str, *, by: User, at: datetime, **more: str) -> None:
    params = {"year": plan.year, "person": str(by), **more}
    tell(people, kind, at=at, by=by, params=params, link=plan.get_absolute_url(), source=plan)
