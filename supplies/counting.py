"""Going along the shelves with a phone: how far each place is, what comes next, what a scanned code means."""

import re
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from organization.models import Place

from .models import Asset, Item, Stocktake, StocktakeLine

SHEET = 200
"""Lines to a page of the sheet: each sends two boxes, and no form sends more than a thousand."""

LABEL = re.compile(r"/s/([^/?#]+)/?$")
"""Our own labels hold the address of a thing: its end is the code."""


class Progress(NamedTuple):
    """So many of the lines of a place, or of all, are done in this round."""

    place: Place | None
    done: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.done == self.total

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 100


class Scanned(NamedTuple):
    """What a code stands for in a stocktake: one line, or several to choose from, or an item without a line.

    `sentence` says why nothing of it can be counted.
    """

    item: Item | None = None
    lines: tuple[StocktakeLine, ...] = ()
    sentence: str = ""

    @property
    def line(self) -> StocktakeLine | None:
        return self.lines[0] if len(self.lines) == 1 else None


def of_round(stocktake: Stocktake):
    """The lines that are counted in this round: all of them, or those to be counted again."""
    lines = stocktake.lines.all()
    return lines.filter(recount=True) if stocktake.status == Stocktake.Status.RECOUNTING else lines


def progress(stocktake: Stocktake) -> list[Progress]:
    """How far each place is, by name; in one query."""
    done = ~Q(pk__in=stocktake.lines.unsettled(stocktake.status).values("pk"))
    rows = of_round(stocktake).order_by("place__name", "place").values_list("place", "place__name")
    return [
        Progress(Place(pk=pk, name=name), done, total)
        for pk, name, total, done in rows.annotate(Count("pk"), done=Count("pk", filter=done))
    ]


def together(places: list[Progress]) -> Progress:
    """How far all of it is."""
    return Progress(None, sum(one.done for one in places), sum(one.total for one in places))


def upcoming(stocktake: Stocktake, place: Place | None = None) -> StocktakeLine | None:
    """The next line that nobody has counted yet, shelf by shelf; at `place`, if it is named."""
    left = stocktake.lines.unsettled(stocktake.status).for_rows()
    return (left.filter(place=place) if place else left).first()


def sheet(stocktake: Stocktake, place: Place, number: str | None) -> Page:
    """One page of the lines of a place to be written in from paper."""
    return Paginator(of_round(stocktake).filter(place=place).for_rows(), SHEET).get_page(number)


def code_in(text: str) -> str:
    """The code itself of what a scanner read: a number, or the address on one of our labels."""
    text = text.replace("\x00", "").strip()[:200]
    found = LABEL.search(text)
    return found[1] if found else text


def look_up(stocktake: Stocktake, code: str, place: Place | None) -> Scanned:
    """What is meant by a code read at a place, if it is said where one stands."""
    item = Item.objects.filter(Q(code__iexact=code) | Q(barcode=code)).order_by("pk").first()
    if item is None:
        return Scanned(sentence=_foreign(code))
    lines = tuple(stocktake.lines.filter(item=item).for_rows())
    here = tuple(line for line in lines if place and line.place_id == place.pk)
    return Scanned(item, here or (lines if not place else ()))


def elsewhere(stocktake: Stocktake, item: Item) -> list[StocktakeLine]:
    """Where else the stocktake expects this item."""
    return list(stocktake.lines.filter(item=item).for_rows())


def _foreign(code: str) -> str:
    if asset := Asset.objects.filter(tag__iexact=code).first():
        words = {"code": code, "asset": asset.name}
        return _("%(code)s is the tag of a fixed asset (%(asset)s), not of stock. The code is kept.") % words
    return _("%(code)s belongs to no item. The code is kept, to be looked into.") % {"code": code}
