"""Fifteen months of purchases, so that this year's prices have last year's beside them.

The last ninety days are what the stock cost when it came in; before that, most things cost a little more than
now, every fifth a little less.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from organization.models import User
from pages.money import rounded
from sla import calendars
from supplies.models import Category, Item, Movement

from .. import prices
from ..models import Price, Supplier
from ..past_prices import Plan, Purchase, Row, take_over
from . import deliveries_words as words
from .purchase_words import PAST, TODAY, Thing

MONTHS = 16  # up to fifteen before the first delivery
EVERY_MONTHS = 3
DEARER, CHEAPER = Decimal("0.93"), Decimal("1.05")
EXPLAINED = 4  # of so many dearer ones all but one are explained


def fill(random: Random, now: datetime) -> None:
    """Through the import, as an office would begin with its old lists."""
    memory = Memory(random, now)
    bought = [*memory.of_the_stock(), *memory.of_other_things()]
    buyer = User.objects.get(username="buyer")
    take_over(Plan([Row(number, {}, one) for number, one in enumerate(bought, start=2)]), by=buyer)
    for number, price in enumerate(Price.objects.dearer().order_by("pk")):
        if number % EXPLAINED:
            price.explain(words.REASONS[number % len(words.REASONS)], by=buyer)


class Memory:
    """What was bought, drawn from one `random`."""

    def __init__(self, random: Random, now: datetime):
        self.random, self.now = random, now
        self.hours = calendars.hours("office")
        self.sold = [
            (one, set(one.categories.values_list("pk", flat=True)))
            for one in Supplier.objects.live().order_by("pk")
        ]

    def of_the_stock(self) -> list[Purchase]:
        """What each item cost when it came in, at most once a month, and in the year before that."""
        came = Movement.objects.filter(posting__kind="receive", quantity__gt=0, amount__gt=0)
        found: list[Purchase] = []
        seen: dict[int, date] = {}
        for move in came.select_related("item__category").order_by("at", "pk"):
            day, price = timezone.localdate(move.at), rounded(move.amount / move.quantity)
            if move.item_id not in seen:
                found += self._years_before(move.item, price, day, max(2, move.quantity // 2), len(seen))
            elif (day - seen[move.item_id]).days < 28:
                continue
            seen[move.item_id] = day
            found.append(self._of_item(move.item, price, day, move.quantity))
        return found

    def of_other_things(self) -> list[Purchase]:
        """What is not kept in stock, as it was bought a year ago; of some nothing is known."""
        goods = {one.code: one for one in Category.objects.all()}
        things: dict[tuple, tuple[Thing, int]] = {}
        for wish in (*PAST, *TODAY):
            for thing in wish.things:
                if thing.category in goods:
                    things.setdefault((thing.name, thing.specification), (thing, wish.days))
        found = []
        for number, (thing, days) in enumerate(things.values()):
            if number % 5 != 4:
                share = DEARER if number % 4 == 1 else CHEAPER
                found.append(self._of_thing(thing, goods[thing.category], days, share))
        return found

    def _years_before(self, item: Item, price: Decimal, until: date, quantity: int, number: int) -> list:
        share = DEARER if number % 5 == 0 else CHEAPER
        found = []
        for back in range(EVERY_MONTHS, MONTHS, EVERY_MONTHS):
            day = self._working(until - timedelta(days=30 * back - number % 20))
            found.append(self._of_item(item, self._about(price * share), day, quantity))
        return found

    def _of_item(self, item: Item, price: Decimal, day: date, quantity: int) -> Purchase:
        about = {"item": item, "category": item.category, "group": prices.group_of(item, False)}
        return self._purchase(item, **about, day=day, quantity=quantity, unit_price=price)

    def _of_thing(self, thing: Thing, category: Category, days: int, share: Decimal) -> Purchase:
        day = self._working(timezone.localdate(self.now) - timedelta(days=days + 366))
        about = {"item": None, "category": category, "group": prices.group_of(None, thing.is_asset)}
        price = self._about(Decimal(thing.price) * share)
        return self._purchase(thing, **about, day=day, quantity=thing.quantity, unit_price=price)

    def _purchase(self, named: Item | Thing, *, category: Category, **more: Any) -> Purchase:
        fitting = [supplier for supplier, sold in self.sold if category.pk in sold]
        return Purchase(
            name=named.name,
            specification=named.specification,
            category=category,
            supplier=self.random.choice(fitting) if fitting else None,
            **more,
        )

    def _about(self, price: Decimal) -> Decimal:
        share = Decimal(str(round(self.random.uniform(0.985, 1.03), 4)))
        return max(rounded(price * share), Decimal("0.01"))

    def _working(self, day: date) -> date:
        start = timezone.make_aware(datetime.combine(day, time(0)))
        return timezone.localdate(self.hours.next_opening(start))
