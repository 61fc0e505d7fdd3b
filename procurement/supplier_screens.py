"""Where the suppliers and their reviews stand in the menu, and what waits there for whom."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages import menu

from .models import Review


def register() -> None:
    menu.register(
        menu.COST,
        pgettext_lazy("companies", "Suppliers"),
        "suppliers",
        "heart-handshake",
        "procurement.view_supplier",
        60,
    )
    menu.register(menu.COST, _("Supplier reviews"), "review-rounds", "star", "procurement.view_review", 70)
    menu.register_new(_("Supplier"), "supplier-new", "heart-handshake", "procurement.add_supplier", order=60)
    menu.badge("review-rounds", waiting)


def waiting(user) -> int:
    """Reviews that wait for this person: to be decided where they may decide, else to be scored."""
    if user.has_perm("procurement.decide_review"):
        return Review.objects.filter(status=Review.Status.SCORED).exclude(scored_by=user).count()
    if user.has_perm("procurement.change_review"):
        return Review.objects.filter(status=Review.Status.OPEN, deliveries__gt=0).count()
    return 0
