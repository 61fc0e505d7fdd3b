"""Who decides about a department's supplies: its head or who stands in; on the head's own, the line manager.

Besides them those may who approve for every department; nobody decides about their own request.
"""

from datetime import datetime

from organization.models import Absence, Department, User
from organization.standins import stand_ins

MAY = "supplies.approve_requisition"


def approver_of(requester: User, department: Department, at: datetime) -> User | None:
    """Who is to decide; None where only those can who approve for every department."""
    for superior in (department.head, requester.manager):
        acting = superior.stand_in(at) if superior and superior.pk != requester.pk else None
        if acting and acting.pk != requester.pk:
            return acting
    return None


def may_decide(user: User, requester: User, department: Department, at: datetime) -> bool:
    """Whether `user` may approve or refuse what `requester` asked for."""
    if user.pk == requester.pk:
        return False
    if user.has_perm(MAY):
        return True
    superior = department.head_id if department.head_id != requester.pk else None
    superior = superior or requester.manager_id
    return superior in acted_for(user, at)


def acted_for(user: User, at: datetime) -> set[int]:
    """Those for whom `user` acts at the instant: oneself, and who is away and has this backup."""
    away = Absence.objects.covering(at).order_by().values_list("user", flat=True)
    found = {person for person, acting in stand_ins(away, at).items() if acting == user.pk}
    return {user.pk, *found}
