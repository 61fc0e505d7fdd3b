"""What must hold in the house at any moment, whatever the job description says: nobody falls between posts.

These rules are about people, promises and duties together, so they stand here, not in `organization`.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from organization.models import Department, User
from organization.roles import Role
from pages import clock

from .deadlines import Within
from .models import Duty, DutyTurn, Timer
from .models.figure import local_day
from .standards import EMAIL, INBOX, Climb, Offender, Shape, Standard, register

_MANAGERS = (f"role:{Role.ADMIN_MANAGER}",)
STEPS = (
    Climb(to=_MANAGERS, percent=50, channels=(INBOX,)),
    Climb(to=_MANAGERS, offset=dt.timedelta(0), channels=(INBOX, EMAIL)),
)


def departments_without_head() -> Iterator[Offender]:
    """Departments with no head, or with one who has left."""
    working = User.objects.active().filter(pk=OuterRef("head"))
    for department in Department.objects.filter(~Exists(working)).order_by("name"):
        yield Offender(department.name, department.get_absolute_url())


def receptionists_without_backup() -> Iterator[Offender]:
    """People at the front desk for whom nobody stands in."""
    backups = User.objects.active().filter(pk=OuterRef("backup"))
    for person in User.objects.in_role(Role.RECEPTIONIST).filter(~Exists(backups)).order_by("name", "pk"):
        yield Offender(person.name, person.get_absolute_url())


def promises_of_leavers() -> Iterator[Offender]:
    """Running promises that somebody still owes who does not work here any more."""
    left = Q(owner__status=User.Status.LEFT) | Q(owner__is_active=False)
    for timer in Timer.objects.running().filter(left).select_related("owner").order_by("due_at", "pk"):
        yield Offender(" · ".join(filter(None, (timer.owner.name, timer.label))), timer.get_absolute_url())


def duties_without_anybody() -> Iterator[Offender]:
    """Duties in force whose person has left, whose role nobody holds, or in whose rotation nobody is left."""
    today = local_day(clock.now())
    in_force = Duty.objects.filter(Q(until=None) | Q(until__gte=today), active=True)
    turns = DutyTurn.objects.filter(duty=OuterRef("pk"), person__in=User.objects.active())
    nobody = (
        Q(assignment=Duty.Assignment.PERSON) & ~Q(person__in=User.objects.active())
        | Q(assignment=Duty.Assignment.ROLE) & ~Q(team__in=_roles_held())
        | Q(assignment=Duty.Assignment.ROTATION) & ~Exists(turns)
    )
    for duty in in_force.filter(nobody).order_by("title", "pk"):
        yield Offender(duty.title, duty.get_absolute_url())


def _roles_held() -> list[str]:
    held = User.objects.active().exclude(groups=None).order_by()
    return list(held.values_list("groups__name", flat=True).distinct())


def _rule(key: str, title, wording, hours: int, offenders) -> Standard:
    """A rule of the house: no clause, office hours to mend it, and the admin managers to be told."""
    return Standard(
        key=key,
        clause="",
        title=title,
        wording=wording,
        shape=Shape.STATE,
        deadline=Within(hours=hours),
        calendar="office",
        steps=STEPS,
        offenders=offenders,
    )


register(
    _rule(
        "departments-have-heads",
        _("Every department has a head"),
        _("Each department has somebody who answers for it and works here."),
        24,
        departments_without_head,
    ),
    _rule(
        "desk-has-backups",
        _("Everybody at the front desk has a backup"),
        _("For each receptionist somebody is named who stands in (B role) and works here."),
        16,
        receptionists_without_backup,
    ),
    _rule(
        "leavers-owe-nothing",
        _("Nobody who left still owes a promise"),
        _("Promises of people who leave are handed over at once."),
        4,
        promises_of_leavers,
    ),
    _rule(
        "duties-have-somebody",
        _("Every duty in force has somebody to do it"),
        _("A duty's person works here, its role is held by somebody, or its rotation has people in it."),
        8,
        duties_without_anybody,
    ),
)
