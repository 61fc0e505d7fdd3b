"""Taking stock: what is in scope, what the ledger says of it, and how what was found becomes a document.

The figures of the ledger are looked up when counting is over, at the instant of each line's own count: what
was handed out or came in before or after it is no difference.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from notices.telling import tell
from organization.models import Place, User
from pages.money import NOTHING, rounded
from pages.refusals import Refused
from sla.models import Occurrence, Timer

from . import ledger
from .models import Category, Item, Movement, Posting, Stock, Stocktake, StocktakeLine, SuppliesSettings

DUTY = "consumables-stocktake"


class Scope(NamedTuple):
    """What is to be counted: of a kind, a category, at a place and all inside it; None or "" is all."""

    kind: str = ""
    category: Category | None = None
    place: Place | None = None

    @property
    def title(self) -> str:
        words = (Item.Kind(self.kind).label if self.kind else "", self.category, self.place)
        named = " · ".join(str(word) for word in words if word)
        return _("Count: %(scope)s") % {"scope": named or _("All stock")}

    @property
    def is_all_consumables(self) -> bool:
        return self.kind == Item.Kind.CONSUMABLE and not self.category and not self.place


class Frozen(NamedTuple):
    """One stock as the ledger has it at the moment of opening."""

    item: int
    place: int
    kind: str
    quantity: int


# -- opening -----------------------------------------------------------------------------------------


def frozen_rows(scope: Scope) -> list[Frozen]:
    """Every stock in scope: where something lies, and of what is in use its usual place even when empty.

    The items are held until the transaction ends, so that nothing moves between looking and writing, and a
    second stocktake of the same waits for this one.
    """
    items = _items_of(scope)
    list(items.select_for_update().order_by("pk").values_list("pk"))
    places = _inside(scope.place)
    at_places = Q(place__in=places) if places is not None else Q()
    rows = {
        (item, place): Frozen(item, place, kind, quantity)
        for item, place, kind, quantity in Stock.objects.filter(at_places, item__in=items, quantity__gt=0)
        .values_list("item_id", "place_id", "item__kind", "quantity")
    }  # fmt: skip
    for item, place, kind in items.filter(at_places, active=True).values_list("pk", "place_id", "kind"):
        rows.setdefault((item, place), Frozen(item, place, kind, 0))
    if not rows:
        raise Refused(_("There is nothing in stock to count there."))
    refuse_counted_elsewhere(rows)
    return list(rows.values())


def refuse_counted_elsewhere(stocks: Iterable[tuple[int, int]]) -> None:
    """No stock is counted in two stocktakes at once. `stocks` are keys of items with those of places."""
    wanted = set(stocks)
    standing = StocktakeLine.objects.filter(stocktake__status__in=Stocktake.OPEN)
    for line in standing.select_related("stocktake", "item", "place").order_by("pk"):
        if (line.item_id, line.place_id) in wanted:
            words = {"item": line.item, "place": line.place, "stocktake": line.stocktake}
            raise Refused(_("%(item)s at %(place)s is being counted already: %(stocktake)s.") % words)


def lay_out(stocktake: Stocktake, rows: Iterable[Frozen]) -> None:
    """One line for each stock; that they were laid out, the history of the stocktake itself tells."""
    rules = SuppliesSettings.current()
    tolerances = {kind: rules.tolerance_of(kind) for kind in Item.Kind.values}
    stocktake.lines.bulk_create(
        StocktakeLine(
            stocktake=stocktake,
            item_id=row.item,
            place_id=row.place,
            frozen=row.quantity,
            tolerance=tolerances[row.kind],
        )
        for row in sorted(rows)
    )


def unexpected(stocktake: Stocktake, item: Item, place: Place) -> dict[str, Any]:
    """What a line begins with that nobody had expected: what the ledger said there when all was frozen."""
    return {
        "item": item,
        "place": place,
        "frozen": Movement.objects.balance_at(item, place, stocktake.frozen_at),
        "tolerance": SuppliesSettings.current().tolerance_of(item.kind),
    }


def _items_of(scope: Scope):
    items = Item.objects.all()
    if scope.kind:
        items = items.filter(kind=scope.kind)
    return items.filter(category=scope.category) if scope.category else items


def _inside(place: Place | None) -> set[int] | None:
    """A place with all that is inside it; None for everywhere."""
    if place is None:
        return None
    below: dict[int | None, list[int]] = {}
    for pk, parent in Place.objects.order_by().values_list("pk", "parent_id"):
        below.setdefault(parent, []).append(pk)
    found, ahead = set(), [place.pk]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += below.get(here, [])
    return found


# -- the monthly duty ----------------------------------------------------------------------------------


def duty_waiting(scope: Scope) -> Occurrence | None:
    """The monthly count that is open and has no stocktake yet, where all consumables are counted."""
    if not scope.is_all_consumables:
        return None
    waiting = Occurrence.objects.filter(duty__standard=DUTY, state=Occurrence.State.OPEN)
    taken = Stocktake.objects.filter(occurrence__isnull=False).values("occurrence")
    return waiting.exclude(pk__in=taken).order_by("due_at").first()


def open_for(occurrence: Occurrence, *, at: datetime) -> Stocktake | None:
    """The duty has come: lay its count out, or take up the one of all consumables that is open already.

    None, and the duty is to be shown by hand, where there is nothing to count or part of it is being counted.
    """
    standing = Stocktake.objects.open().filter(
        kind=Item.Kind.CONSUMABLE, category=None, place=None, occurrence=None
    )
    if stocktake := standing.select_for_update().first():
        stocktake.occurrence = occurrence
        stocktake.save(update_fields=["occurrence"])
    else:
        title = f"{occurrence.duty.title} {occurrence.day:%Y-%m}"[:80]
        try:
            stocktake = Stocktake.open(
                by=None, at=at, title=title, kind=Item.Kind.CONSUMABLE, occurrence=occurrence
            )
        except Refused:
            return None
    Timer.objects.about(occurrence).running().update(link=stocktake.get_absolute_url())
    return stocktake


# -- figures -------------------------------------------------------------------------------------------


def reckon(stocktake: Stocktake) -> list[StocktakeLine]:
    """Find each counted line's variance from the ledger at its count; gives those whose figures changed."""
    changed = []
    for line in stocktake.lines.filter(counted__isnull=False).with_book().select_related("item"):
        variance = line.found - line.then
        if (line.book, line.variance) != (line.then, variance):
            line.book, line.variance, line.amount = line.then, variance, worth(line.item, variance)
            changed.append(line)
    _keep_figures(stocktake, changed)
    return changed


def worth(item: Item, variance: int) -> Decimal:
    """What so many of it are worth at the average; of what there is none, at the last price paid."""
    if variance == 0:
        return NOTHING
    if item.on_hand:
        return rounded(item.value * variance / item.on_hand)
    came = item.movements.filter(quantity__gt=0, posting__kind__in=ledger.INCOMING).order_by("-at", "-pk")
    last = came.first()
    return rounded(last.amount * variance / last.quantity) if last else NOTHING


def hold_items(stocktake: Stocktake) -> None:
    """Nothing of what was counted moves until the transaction ends; held in the ledger's own order."""
    counted = stocktake.lines.order_by().values("item")
    list(Item.objects.select_for_update().filter(pk__in=counted).order_by("pk").values_list("pk"))


def post_variances(stocktake: Stocktake, *, by: User, at: datetime) -> Posting | None:
    """One document with every variance; None where ledger and shelves agree. What it was worth is kept."""
    lines = list(
        stocktake.lines.exclude(variance=0).filter(variance__isnull=False).select_related("item", "place")
    )
    if not lines:
        return None
    try:
        posting = ledger.post(
            Posting.Kind.COUNT,
            [ledger.Line(line.item, line.place, line.variance) for line in lines],
            by=by,
            at=at,
            reason=stocktake.title,
            source=stocktake,
        )
    except Refused as why:
        raise Refused(
            _("%(why)s More was taken since the count than was found. Send it back to be counted again.")
            % {"why": why}
        ) from why
    moved = {(one.item_id, one.place_id): one.amount for one in posting.movements.all()}
    for line in lines:
        line.amount = moved[line.item_id, line.place_id]
    _keep_figures(stocktake, lines)
    return posting


def _keep_figures(stocktake: Stocktake, lines: list[StocktakeLine]) -> None:
    """What the ledger says is no deed of anybody: the history, which may be read, does not tell of it."""
    stocktake.lines.bulk_update(lines, ["book", "variance", "amount"], batch_size=500)


# -- telling people --------------------------------------------------------------------------------------


def tell_approvers(stocktake: Stocktake, *, by: User, at: datetime) -> None:
    """Counting is over: those who may approve, and did not count, are told."""
    may = Q(groups__permissions__codename="approve_stocktake")
    counted = stocktake.counters.values("pk")
    people = User.objects.active().filter(may).exclude(pk__in=counted).exclude(pk=by.pk).distinct()
    _tell(stocktake, people, "supplies.stocktake-to-approve", by=by, at=at)


def tell_counters(stocktake: Stocktake, *, reason: str, by: User, at: datetime) -> None:
    """It is to be counted again: those who counted are told why."""
    people = stocktake.counters.exclude(pk=by.pk)
    _tell(stocktake, people, "supplies.stocktake-sent-back", by=by, at=at, reason=reason)


def _tell(stocktake: Stocktake, people, kind: str, *, by: User, at: datetime, **more: str) -> None:
    params = {"stocktake": str(stocktake), "person": str(by), **more}
    tell(people, kind, at=at, by=by, params=params, link=stocktake.get_absolute_url(), source=stocktake)
