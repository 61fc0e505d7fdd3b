"""Who may see which money: all of it by permission, a department's as its head or in their place."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from organization.models import Department, User
from organization.standins import stand_ins
from pages.clock import now

EVERYTHING = "procurement.view_every_budget"


def departments_seen(user: User, at: datetime | None = None) -> list[int]:
    """The departments whose money this person answers for: as their head, or standing in for it."""
    if not user.is_authenticated:
        return []
    heads = dict(Department.objects.exclude(head=None).order_by().values_list("pk", "head_id"))
    acting = stand_ins(heads.values(), at or now())
    return [pk for pk, head in heads.items() if user.pk in (head, acting[head])]


def sees_everything(user: User) -> bool:
    return user.has_perm(EVERYTHING)


def offered(user: User) -> list[Department]:
    """The departments this person may choose from. Raises PermissionDenied where there is nothing to see."""
    if sees_everything(user):
        return list(Department.objects.order_by("name"))
    found = list(Department.objects.filter(pk__in=departments_seen(user)).order_by("name"))
    if not found:
        raise PermissionDenied
    return found
