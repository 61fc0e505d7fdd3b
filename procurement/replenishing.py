"""The stock asks by itself: a purchase request the moment something falls below its minimum, once."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from organization.models import Department, User
from organization.roles import Role
from supplies import shortages
from supplies.models import Item, Shortage

from .models import PurchaseRequest
from .models.request_wish import Wanted


def ask_for(shortage: Shortage, *, at: datetime) -> PurchaseRequest | None:
    """The request for a shortage: one that is under way for the item already, else a new one, handed in.

    None, and the promise to replenish runs on, where the item is not bought again by itself, or where
    there is no department to buy for.
    """
    item = shortage.item
    if not item.reorders or not item.active:
        return None
    if standing := under_way(item):
        shortages.asked(shortage, at=at)
        return standing
    department = keepers()
    if department is None:
        return None
    request = PurchaseRequest.draft(
        by=None, department=department, lines=[wanted(item)], shortage=shortage, at=at, **_words(item)
    )
    request.submit(by=None, at=at)
    shortages.asked(shortage, at=at)
    return request


def under_way(item: Item) -> PurchaseRequest | None:
    """A request for the item that somebody has handed in and that is not at its end."""
    return PurchaseRequest.objects.under_way().filter(lines__item=item).order_by("pk").first()


def wanted(item: Item) -> Wanted:
    """As many as fill it up."""
    return Wanted(
        name=item.name,
        specification=item.specification,
        unit=item.unit,
        quantity=max(1, item.lacking),
        category=item.category,
        item=item,
    )


def _words(item: Item) -> dict[str, str]:
    """What the request says of itself, in the language of the office whoever took the last one."""
    told = {"item": item, "count": item.on_hand, "minimum": item.minimum, "unit": item.unit}
    with override(settings.LANGUAGE_CODE):
        title = _("Restock: %(item)s") % told
        purpose = _("Below the minimum: %(count)d of %(minimum)d %(unit)s left.") % told
    return {"title": title[:120], "purpose": purpose}


def keepers() -> Department | None:
    """The department of those who keep the stock, else of the admin managers."""
    for role in (Role.INVENTORY_CLERK, Role.ADMIN_MANAGER):
        person = User.objects.in_role(role).exclude(department=None).order_by("pk").first()
        if person:
            return person.department
    return None
