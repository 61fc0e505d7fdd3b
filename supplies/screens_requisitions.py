"""Where asking for supplies stands in the menus, and what people see they are owed."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import User
from pages import menu
from sla import mine
from sla.models import Timer
from sla.querysets import TimerQuerySet

from .models import Requisition

MOST_COUNTED = 100


def register() -> None:
    menu.register(menu.COST, _("Supplies catalogue"), "catalogue", "shopping-cart", None, 5)
    menu.register(menu.COST, _("Requisitions"), "requisitions", "clipboard-list", None, 10)
    menu.register(
        menu.COST,
        _("To hand out"),
        "requisitions-to-hand-out",
        "package-export",
        "supplies.issue_requisition",
        15,
    )
    menu.register(menu.COST, _("Use of departments"), "department-use", "chart-bar", None, 60)
    menu.register(menu.COST, _("Quotas"), "quotas", "scale", "supplies.arrange_supplies", 65)
    menu.register_new(pgettext_lazy("new", "Requisition"), "catalogue", "shopping-cart", None, order=30)
    menu.badge("requisitions", _to_decide)
    menu.badge("requisitions-to-hand-out", _to_hand_out)
    mine.register(owed_to=owed_to)


def owed_to(user: User) -> TimerQuerySet:
    """The approvals and handings-out that the person waits for."""
    kind = ContentType.objects.get_for_model(Requisition)
    mine = Requisition.objects.filter(requester=user, status__in=Requisition.OPEN)
    promises = (Requisition.APPROVAL, Requisition.HANDING_OUT)
    return Timer.objects.running().filter(
        standard__in=promises, subject_type=kind, subject_id__in=mine.values("pk")
    )


def _to_decide(user: User) -> int:
    """Those this person is asked to decide, up to a hundred; others one may decide, the list shows."""
    asked = Timer.objects.running().filter(standard=Requisition.APPROVAL, owner=user).values("subject_id")
    own = Q(department__head=user) | Q(pk__in=asked)
    waiting = Requisition.objects.waiting().filter(own).exclude(requester=user)
    return len(waiting.order_by().values_list("pk")[:MOST_COUNTED])


def _to_hand_out(user: User) -> int:
    return len(Requisition.objects.to_hand_out().order_by().values_list("pk")[:MOST_COUNTED])
