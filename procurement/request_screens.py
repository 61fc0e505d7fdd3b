"""Where purchase requests stand in the menu, and who is owed what of them."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organization.models import User
from pages import clock, menu
from sla import mine
from sla.models import Timer
from sla.querysets import TimerQuerySet

from .models import Approval, PurchaseRequest

MOST_COUNTED = 100
STEPS = (PurchaseRequest.CONFIRMATION, PurchaseRequest.QUOTATION, PurchaseRequest.APPROVING)


def register() -> None:
    menu.register(menu.COST, _("Purchase requests"), "purchase-requests", "shopping-cart", None, 50)
    menu.register(menu.COST, _("Waiting for my word"), "approvals", "gavel", None, 51)
    menu.register(
        menu.SYSTEM, _("Rules of approval"), "approval-rules", "scale", "procurement.arrange_procurement", 60
    )
    menu.register_new(_("Purchase request"), "purchase-request-new", "shopping-cart", order=30)
    menu.badge("approvals", waiting)
    mine.register(owed_to=purchases_owed_to)


def waiting(user: User) -> int:
    """How much waits for the person's word: steps of approvals, and requirements to confirm."""
    at = clock.now()
    steps = Approval.objects.waiting_for(user, at).order_by().values_list("pk")
    wishes = PurchaseRequest.objects.to_confirm_by(user, at).order_by().values_list("pk")
    return len(steps.union(wishes, all=True)[:MOST_COUNTED])


def purchases_owed_to(user: User) -> TimerQuerySet:
    """What runs about the purchases that the person asked for."""
    requests = PurchaseRequest.objects.under_way().filter(requester=user).order_by()
    steps = Approval.objects.waiting().filter(request__requester=user).order_by()
    about = Q(
        subject_type=ContentType.objects.get_for_model(PurchaseRequest), subject_id__in=requests.values("pk")
    ) | Q(subject_type=ContentType.objects.get_for_model(Approval), subject_id__in=steps.values("pk"))
    return Timer.objects.running().filter(about, standard__in=STEPS)
