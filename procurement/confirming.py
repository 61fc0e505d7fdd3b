"""Who says, for the using department, that what is asked for is what it needs; never who asks for it."""

from datetime import datetime

from organization.models import Department, User
from organization.roles import Role


def who_confirms(request, at: datetime) -> User | None:
    """Who is asked: whoever was named, else the head, a colleague, or in the end the line manager.

    Where the stock asks by itself, a clerk of the department knows best. None where nobody is left.
    """
    for person in _candidates(request):
        acting = person.stand_in(at)
        if acting is not None and acting.pk != request.requester_id:
            return acting
    return None


def _candidates(request):
    """Those who may be asked, the nearest first; read one after the other, as few as are needed."""
    department, requester = request.department, request.requester
    if request.confirmer_id:
        yield request.confirmer
    if requester is None:
        yield from _members(department).filter(groups__name=Role.INVENTORY_CLERK)
    if department.head_id and department.head_id != request.requester_id:
        yield department.head
    if requester and requester.backup_id and requester.backup.department_id == department.pk:
        yield requester.backup
    yield from _members(department).exclude(pk=request.requester_id)
    if requester and requester.manager_id:
        yield requester.manager


def colleagues(department: Department, requester: User) -> list[User]:
    """Whom the requester may name to confirm."""
    return list(_members(department).exclude(pk=requester.pk))


def _members(department: Department):
    return User.objects.active().filter(department=department).order_by("pk")
