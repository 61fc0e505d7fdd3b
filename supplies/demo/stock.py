"""Ninety days in the storerooms: opening stock, weekly deliveries, daily issues, a few mistakes."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from organization.models import Department, Place, User
from organization.roles import Role
from pages.money import rounded

from .. import ledger, shortages
from ..ledger import Line
from ..models import Category, Item, Posting, SuppliesSettings
from . import asking, stocktakes
from . import stock_words as words

DAYS = 90
ISSUES_A_DAY = (0, 2)
LEFT_SHORT = 5
WEIGHTS = {
    "sales": 5,
    "rnd": 5,
    "marketing": 3,
    "service": 3,
    "finance": 2,
    "purchasing": 2,
    "hr": 2,
    "admin": 2,
}


def fill(random: Random, now: datetime) -> None:
    """Categories, storerooms and items; then every day as it was."""
    SuppliesSettings.objects.get_or_create(pk=1)
    categories = _categories()
    rooms, desk = _rooms()
    goods = _items(categories, rooms)
    past = Past(random, now, goods, desk)
    past.open()
    counts = stocktakes.Counts(now)
    for back in range(DAYS, 0, -1):
        day = timezone.localdate(now) - timedelta(days=back)
        counts.morning(day)
        past.live(day)
        counts.evening(day)
    past.today()
    shortages.sweep(now)


def _categories() -> dict[str, Category]:
    return {
        code: Category.objects.create(code=code, name=name, useful_months=months, residual_percent=percent)
        for code, (name, months, percent) in words.CATEGORIES.items()
    }


def _rooms() -> tuple[list[Place], Place]:
    store = Place.objects.get(name="库房")
    front = Place.objects.get(name="前台")
    rooms = [Place.objects.create(name=name, kind=Place.Kind.AREA, parent=store) for name in words.ROOMS]
    return rooms, Place.objects.create(name=words.DESK, kind=Place.Kind.AREA, parent=front)


def _items(categories: dict[str, Category], rooms: list[Place]) -> list[tuple[words.Goods, Item]]:
    found = []
    for number, goods in enumerate(words.GOODS, start=1):
        item = Item.objects.create(
            code=f"WP{number:04}",
            name=goods.name,
            specification=goods.specification,
            kind=goods.kind,
            category=categories[goods.category],
            unit=goods.unit,
            minimum=max(1, goods.monthly // 2),
            target=goods.monthly * 2 + 2,
            place=rooms[goods.room],
            shelf=f"{'ABCD'[goods.room]}-{number % 6 + 1:02}",
            barcode=f"69012345{number:05}",
            requestable=goods.asked_for,
        )
        found.append((goods, item))
    return found


class Past:
    """What happened to the stock, drawn from one `random` and done by the verbs."""

    def __init__(self, random: Random, now: datetime, goods: list, desk: Place):
        self.random, self.now, self.desk = random, now, desk
        self.goods = dict(enumerate(goods))
        self.clerk = User.objects.get(username="clerk")
        self.officer = User.objects.in_role(Role.ADMINISTRATION_OFFICER).order_by("pk").first()
        departments = {one.code: one for one in Department.objects.all() if one.code in WEIGHTS}
        self.departments = [departments[code] for code in WEIGHTS]
        self.weights = list(WEIGHTS.values())
        self.people = {one.pk: list(one.members.active().order_by("pk")) for one in self.departments}

    def open(self) -> None:
        """What lay there when the ledger began."""
        lines = [
            Line(item, item.place, 2 * goods.monthly + 3, self._cost(goods, 2 * goods.monthly + 3))
            for goods, item in self.goods.values()
        ]
        at = self._at(timezone.localdate(self.now) - timedelta(days=DAYS + 1), 9, 0)
        ledger.post(Posting.Kind.OPENING, lines, by=self.clerk, at=at)

    def live(self, day) -> None:
        """One day: on Tuesdays what ran low comes in; every working day some departments fetch things."""
        if day.weekday() > 4:
            return
        if day.weekday() == 1:
            self._deliver(day)
        for number in range(self.random.randint(*ISSUES_A_DAY)):
            self._issue(day, 10 + 2 * number)
        if day.weekday() == 2:
            self._to_the_desk(day)
        if day.day in (8, 22):
            self._correct(day)
        if day.day == 15:
            self._bring_back(day)
        if day.day == 12:
            self._mistake(day)

    def today(self) -> None:
        """A few items have been used up since the last delivery, so that something is short now."""
        chosen = self.random.sample(sorted(self.goods), LEFT_SHORT + 7)
        at = min(self.now, self._at(timezone.localdate(self.now) - timedelta(days=1), 16, 30))
        for number, key in enumerate(chosen[:LEFT_SHORT]):
            _goods, item = self._fresh(key)
            here = item.stocks.get(place=item.place).quantity
            take = here - (0 if number == 0 else item.minimum // 2)
            if take > 0:
                self._hand_out([Line(item, item.place, take)], at + timedelta(minutes=number))

    # -- what happens -----------------------------------------------------------------------------

    def _deliver(self, day) -> None:
        lines = []
        for key in self.goods:
            goods, item = self._fresh(key)
            if item.on_hand <= max(item.minimum, goods.monthly * 2 // 3):
                lines.append(Line(item, item.place, item.lacking, self._cost(goods, item.lacking)))
        if lines:
            ledger.receive(lines, by=self.clerk, at=self._at(day, 9, 30), reason="周配送")

    def _issue(self, day, hour: int) -> None:
        keys = self.random.sample(sorted(self.goods), self.random.randint(2, 5))
        lines = []
        for key in keys:
            goods, item = self._fresh(key)
            here = item.stocks.filter(place=item.place).values_list("quantity", flat=True).first() or 0
            wanted = max(1, round(goods.monthly * self.random.uniform(0.1, 0.4)))
            if goods.asked_for and here:
                lines.append(Line(item, item.place, min(wanted, here)))
        if lines:
            self._hand_out(lines, self._at(day, hour, self.random.randrange(50)))

    def _hand_out(self, lines: list[Line], at: datetime) -> None:
        department = self.random.choices(self.departments, self.weights)[0]
        person = self.random.choice(self.people[department.pk])
        asking.hand_out(lines, department=department, person=person, by=self.clerk, at=at)

    def _to_the_desk(self, day) -> None:
        """Water, tea and cups go from the store to the reception desk, which uses them up."""
        moved, used = [], []
        for key, (goods, _item) in self.goods.items():
            if goods.category == "tea" and self.random.random() < 0.6:
                _goods, item = self._fresh(key)
                many = max(1, goods.monthly // 6)
                if (
                    item.stocks.filter(place=item.place).values_list("quantity", flat=True).first() or 0
                ) >= many:
                    moved.append(Line(item, item.place, many, to=self.desk))
                    used.append(Line(item, self.desk, many))
        if moved:
            ledger.transfer(moved, by=self.clerk, at=self._at(day, 16, 0), reason="补充前台")
            admin = next(one for one in self.departments if one.code == "admin")
            ledger.issue(used, department=admin, by=self.officer, at=self._at(day, 17, 30), reason="接待来访")

    def _correct(self, day) -> None:
        _goods, item = self._fresh(self.random.choice(sorted(self.goods)))
        if item.stocks.filter(place=item.place, quantity__gt=1).exists():
            reason = self.random.choice(["包装破损", "受潮作废", "上次少记一件"])
            ledger.correct(
                [Line(item, item.place, 1 if "少记" in reason else -1)],
                reason=reason, by=self.clerk, at=self._at(day, 17, 0),
            )  # fmt: skip

    def _bring_back(self, day) -> None:
        _goods, item = self._fresh(self.random.choice([0, 6, 7, 8]))
        line = Line(item, item.place, self.random.randint(1, 3))
        department = self.random.choices(self.departments, self.weights)[0]
        ledger.take_back(
            [line], department=department, by=self.clerk, at=self._at(day, 11, 20), reason="多领退回"
        )

    def _mistake(self, day) -> None:
        """A delivery entered twice, found and taken back a quarter of an hour later."""
        goods, item = self._fresh(23)
        again = ledger.receive(
            [Line(item, item.place, 10, self._cost(goods, 10))], by=self.clerk, at=self._at(day, 14, 5)
        )
        ledger.reverse(again, reason="重复录入", by=self.clerk, at=self._at(day, 14, 20))

    # -- small things -------------------------------------------------------------------------------

    def _fresh(self, key: int) -> tuple[words.Goods, Item]:
        goods, item = self.goods[key]
        item.refresh_from_db(fields=["on_hand", "value", "moved_at"])
        return goods, item

    def _cost(self, goods: words.Goods, quantity: int) -> Decimal:
        """Prices move a little from delivery to delivery."""
        per_cent = Decimal(self.random.randint(97, 104)) / 100
        return rounded(Decimal(goods.price) * per_cent * quantity)

    def _at(self, day, hour: int, minute: int) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))
