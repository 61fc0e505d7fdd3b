"""Where the storerooms stand in the menu."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages import menu

from .models import Item

MOST_COUNTED = 100


def register() -> None:
    menu.register(
        menu.COST, pgettext_lazy("menu", "Stock"), "items", "building-warehouse", "supplies.view_item", 20
    )
    menu.register(menu.COST, _("Stock documents"), "postings", "list-details", "supplies.view_posting", 25)
    menu.register_new(_("Scan"), "scan", "scan", "supplies.view_item", order=90)
    menu.badge("items", _short)


def _short(user) -> int:
    """How many items are below their minimum, up to a hundred."""
    return len(Item.objects.short().order_by("kind", "code").values_list("pk")[:MOST_COUNTED])
