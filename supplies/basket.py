"""What somebody has chosen from the catalogue and not asked for yet; it lies in their session."""

from collections.abc import Mapping

from django.http import HttpRequest

from .models import Item

KEY = "supplies-basket"


class Basket:
    """Quantities by item; the session keeps them from page to page, with a script and without."""

    def __init__(self, request: HttpRequest):
        self.session = request.session

    def __len__(self) -> int:
        """How many different items."""
        return len(self.quantities)

    @property
    def quantities(self) -> dict[int, int]:
        return {int(pk): quantity for pk, quantity in self.session.get(KEY, {}).items()}

    def items(self) -> list[Item]:
        """What of it can still be asked for, by name."""
        found = Item.objects.requestable().filter(pk__in=self.quantities)
        return list(found.select_related("category").order_by("name", "pk"))

    def put(self, quantities: Mapping[int, int]) -> None:
        """Take these quantities for these items; nothing takes an item out."""
        kept = self.quantities | dict(quantities)
        self.session[KEY] = {str(pk): quantity for pk, quantity in kept.items() if quantity}

    def keep_only(self, items: list[Item]) -> None:
        known = {item.pk for item in items}
        self.put({pk: 0 for pk in self.quantities if pk not in known})

    def clear(self) -> None:
        self.session.pop(KEY, None)
