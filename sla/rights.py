"""Who may do what with a promise: whoever owes it, the line manager above, and those with the right over all.

A permission asked about one record (`user.has_perm("sla.reassign_timer", timer)`) is answered here; asked
without a record it is the role's own.
"""

from collections.abc import Callable

import rules

from . import duty_access
from .models import Excuse, Occurrence, Timer


def _about(test: Callable) -> rules.Predicate:
    """A predicate that is false where no record is given."""
    return rules.predicate(
        lambda user, record=None: record is not None and test(user, record), name=test.__name__
    )


def _holds(permission: str) -> rules.Predicate:
    """Holders of the role's permission have it for every record."""
    return _about(lambda user, record: user.has_perm(permission))


@_about
def _owes(user, timer: Timer) -> bool:
    return timer.owner_id == user.pk


@_about
def _manages(user, timer: Timer) -> bool:
    return timer.owner is not None and timer.owner.manager_id == user.pk


@_about
def _backs_up(user, timer: Timer) -> bool:
    return timer.owner is not None and timer.owner.backup_id == user.pk


@_about
def _belongs_to_team(user, timer: Timer) -> bool:
    return timer.owner_id is None and timer.team in user.role_names


@_about
def _is_somebody_elses(user, excuse: Excuse) -> bool:
    return user.pk not in (excuse.asked_by_id, excuse.timer.owner_id)


@_about
def _has_part_in(user, occurrence: Occurrence) -> bool:
    return duty_access.may_do(user, occurrence)


@rules.predicate
def _leads(user) -> bool:
    """Sees other people's misses: by role, or as somebody's line manager."""
    return user.has_perm("sla.view_every_timer") or _has_reports(user)


def _has_reports(user) -> bool:
    if not hasattr(user, "_has_reports"):
        user._has_reports = user.pk is not None and user.reports.exists()
    return user._has_reports


@rules.predicate
def _sees_figures(user) -> bool:
    """Sees everybody's figures by role, or those of the people below."""
    return user.has_perm("sla.view_board") or _has_reports(user)


rules.add_perm("sla.follow_escalations", _leads)
rules.add_perm("sla.follow_board", _sees_figures)
rules.add_perm(
    "sla.acknowledge_timer",
    _owes | _manages | _backs_up | _belongs_to_team | _holds("sla.acknowledge_timer"),
)
rules.add_perm("sla.reassign_timer", _manages | _holds("sla.reassign_timer"))
rules.add_perm("sla.pause_timer", _owes | _manages | _belongs_to_team | _holds("sla.reassign_timer"))
rules.add_perm("sla.excuse_timer", _owes | _manages | _belongs_to_team)
rules.add_perm("sla.decide_excuse", _holds("sla.decide_excuse") & _is_somebody_elses)
rules.add_perm("sla.do_occurrence", _holds("sla.do_every_duty") | _has_part_in)
