"""The demo office's counts: consumables every month, office supplies once, and some that are under way.

The storeroom's ninety days call `morning` and `evening` around each day, so that what was found is posted
among that day's movements; the chances are of a `random` of its own, so that the store's stay the same.
"""

from datetime import date, datetime, timedelta
from random import Random

from organization.models import Place, User
from organization.roles import Role
from sla.models import Occurrence
from sla.models.figure import bounds, local_day

from .. import stocktaking
from ..models import Category, Item, Movement, Stocktake, StocktakeLine

SEED = 43
OFFICE_SUPPLIES = timedelta(days=38)
FOUND = [0] * 13 + [1, -1, -1]
WHY = ["展会领用未登记", "拆零后未按支登记", "上月退库漏记", "受潮作废未登记"]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Counts:
    """The counts of ninety days, as the days go by."""

    def __init__(self, now: datetime):
        self.now, self.random = now, Random(SEED)  # noqa: S311 - it must be foreseeable
        self.clerk, self.manager = (User.objects.get(username=name) for name in ("clerk", "manager"))
        self.officer = User.objects.in_role(Role.ADMINISTRATION_OFFICER).order_by("pk").first()
        done = Occurrence.objects.filter(duty__standard=stocktaking.DUTY, state=Occurrence.State.DONE)
        self.monthly = {local_day(one.opens_at): one for one in done.select_related("duty", "ended_by")}
        self.other = _working_day(local_day(now - OFFICE_SUPPLIES))
        self.open: tuple[Stocktake, Occurrence | None] | None = None

    def morning(self, day: date) -> None:
        """On some days the stock is frozen before anything moves."""
        occurrence = self.monthly.get(day)
        if occurrence:
            title = f"{occurrence.duty.title} {occurrence.day:%Y-%m}"
            at, kind = occurrence.opens_at + 5 * MINUTE, Item.Kind.CONSUMABLE
        elif day == self.other:
            title, at, kind = "办公用品季度盘点", bounds(day)[0] + 9 * HOUR, Item.Kind.OFFICE_SUPPLY
        else:
            return
        stocktake = Stocktake.open(by=self.clerk, at=at, title=title, kind=kind, occurrence=occurrence)
        self.open = (stocktake, occurrence)

    def evening(self, day: date) -> None:
        """It was counted during the day, and approved before people went home."""
        if self.open is None:
            return
        stocktake, occurrence = self.open
        self.open = None
        wrong = 1 if occurrence is None else 0
        at = self.count(stocktake, stocktake.frozen_at + 20 * MINUTE, wrong=wrong)
        at = min(at + HOUR, self.now)
        stocktake.approve(by=self.manager, at=max(at, occurrence.ended_at) if occurrence else at)
        if occurrence:
            occurrence.proof = stocktake
            occurrence.save(update_fields=["proof_type", "proof_id"])

    def count(self, stocktake: Stocktake, at: datetime, *, wrong: int) -> datetime:
        """The clerk counts all, the officer again what differs; so many differ indeed. Gives the end."""
        lines = list(stocktake.lines.for_rows())
        big = self.random.sample(range(len(lines)), wrong)
        slip = self.random.randrange(len(lines))  # counted wrongly the first time
        truth = {}
        for number, line in enumerate(lines):
            at += self.random.randrange(60, 150) * timedelta(seconds=1)
            truth[line.pk] = self._found(line, at, number in big)
            seen = truth[line.pk] + (4 if number == slip else 0)
            stocktake.count(line, seen, by=self.clerk, at=at)
        stocktake.submit(by=self.clerk, at=at + 5 * MINUTE)
        for line in stocktake.lines.filter(recount=True):
            at += 4 * MINUTE
            stocktake.count(line, truth[line.pk], by=self.officer, at=at + 10 * MINUTE)
        if stocktake.is_counting:
            stocktake.submit(by=self.officer, at=at + 15 * MINUTE)
        beyond = stocktake.lines.beyond()
        stocktake.explain({line.pk: self.random.choice(WHY) for line in beyond}, by=self.clerk)
        return at + 20 * MINUTE

    def _found(self, line: StocktakeLine, at: datetime, is_wrong: bool) -> int:
        book = _book(line, at)
        return max(0, book + (-3 if is_wrong else self.random.choice(FOUND)))


def fill(random: Random, now: datetime) -> None:
    """What is under way: one half counted, one counted again, one to be approved, one called off."""
    counts = Counts(now)
    counts.morning(local_day(now))  # this month's, where it has been done today
    counts.evening(local_day(now))
    _called_off(counts, now - timedelta(days=12))
    _waiting(counts, now - 26 * HOUR)
    _again(counts, now - 4 * HOUR)
    _half(counts, now - 2 * HOUR)
    due = Occurrence.objects.filter(duty__standard=stocktaking.DUTY, state=Occurrence.State.OPEN)
    for occurrence in due.select_related("duty"):
        stocktaking.open_for(occurrence, at=occurrence.opens_at)


def _waiting(counts: Counts, at: datetime) -> None:
    stocktake = Stocktake.open(by=counts.clerk, at=at, title="备件间盘点", kind=Item.Kind.SPARE_PART)
    counts.count(stocktake, at + 10 * MINUTE, wrong=1)


def _again(counts: Counts, at: datetime) -> None:
    """Two of the paper goods differ; nobody has counted them again yet."""
    paper = Category.objects.get(code="paper")
    stocktake = Stocktake.open(
        by=counts.clerk, at=at, title="纸品抽盘", kind=Item.Kind.OFFICE_SUPPLY, category=paper
    )
    for number, line in enumerate(stocktake.lines.for_rows()):
        then = at + (number + 1) * 2 * MINUTE
        stocktake.count(line, _book(line, then) + (3 if number < 2 else 0), by=counts.clerk, at=then)
    stocktake.submit(by=counts.clerk, at=at + HOUR)


def _half(counts: Counts, at: datetime) -> None:
    """Reception supplies: half of them counted, and a strange code scanned."""
    stocktake = Stocktake.open(
        by=counts.officer, at=at, title="接待用品盘点", kind=Item.Kind.RECEPTION_SUPPLY
    )
    lines = list(stocktake.lines.for_rows())
    for number, line in enumerate(lines[: (len(lines) + 1) // 2]):
        then = at + (number + 1) * 3 * MINUTE
        stocktake.count(line, _book(line, then), by=counts.clerk if number % 2 else counts.officer, at=then)
    place = lines[0].place
    stocktake.note_stray("6925303721039", place, by=counts.clerk, at=at + 20 * MINUTE)


def _called_off(counts: Counts, at: datetime) -> None:
    store = Place.objects.get(name="备件间")
    stocktake = Stocktake.open(by=counts.clerk, at=at, title="备件间临时盘点", place=store)
    stocktake.cancel(reason="当天有货到，改期再盘", by=counts.clerk, at=at + HOUR)


def _book(line: StocktakeLine, at: datetime) -> int:
    return Movement.objects.balance_at(line.item, line.place, at)


def _working_day(day: date) -> date:
    """That day, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
