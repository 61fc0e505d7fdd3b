"""What of the stock is counted: of which items there is too little."""

from collections.abc import Iterator

from sla.standards import Offender

from .models import Item


def supplies_below_minimum() -> Iterator[Offender]:
    """Office supplies of which less than the minimum is in stock, those that lack most of it first."""
    short = Item.objects.short().filter(kind=Item.Kind.OFFICE_SUPPLY).order_by("code")
    for item in sorted(short, key=lambda item: item.on_hand / item.minimum):
        yield Offender(f"{item} · {item.on_hand}/{item.minimum} {item.unit}", item.get_absolute_url())
