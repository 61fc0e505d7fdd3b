"""What the demo office asked for in the last ninety days, from the wish to the approval."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from organization.models import Department, User
from organization.roles import Role
from pages.money import rounded
from sla import calendars
from sla.models.figure import bounds, local_day
from supplies.models import Category, Item

from ..comparing import Comparison
from ..models import ApprovalRule, PurchaseRequest, RequestLine, Supplier
from ..models.request_quotes import Choice
from ..models.request_wish import Wanted
from . import purchase_words as words

STAGES = ("draft", "submitted", "confirmed", "quoting", "chosen", "approval", "approved")
LEAST_QUOTES = 3


def fill(random: Random, now: datetime) -> None:
    """A rule for large amounts, what the stock asked for by itself, and what people asked for."""
    boss = User.objects.filter(username="boss").first()
    if boss:
        ApprovalRule.objects.create(from_amount=10_000, approver="person", person=boss, position=40)
    buying = Buying(random, now)
    buying.follow_the_stock()
    for wish in words.PAST:
        buying.live(wish)


class Buying:
    """People asking, confirming, quoting and approving, drawn from one `random` and done by the verbs."""

    def __init__(self, random: Random, now: datetime):
        self.random, self.now = random, now
        self.hours = calendars.hours("office")
        self.buyer = User.objects.in_role(Role.BUYER).order_by("pk").first()
        self.manager = User.objects.in_role(Role.ADMIN_MANAGER).order_by("pk").first()
        self.categories = {category.code: category for category in Category.objects.all()}
        self.items = {(item.name, item.specification): item for item in Item.objects.in_use()}
        self.people = {
            person.username: person for person in User.objects.active().select_related("department")
        }

    def live(self, wish: words.Wish) -> PurchaseRequest | None:
        """One wish through its stages as far as it came, or as time has gone."""
        end, _colon, reason = wish.end.partition(": ")
        who, at = self._who(wish.who), self._morning(wish.days)
        lines = [line for thing in wish.things if (line := self._wanted(thing))]
        if not lines:
            return None
        request = PurchaseRequest.draft(
            by=who, title=wish.title, purpose=wish.purpose, department=who.department, lines=lines, at=at,
            needed_on=local_day(at) + timedelta(days=self.random.randint(10, 25)),
        )  # fmt: skip
        reached = self._last_stage(end)
        if reached > 0:
            at = self._later(at, minutes=20)
            request.submit(by=who, at=at)
            self.go_on(request, at, reached, wish.quotes)
        self._end(request, end, reason)
        return request

    def follow_the_stock(self) -> None:
        """What ran low long enough ago was confirmed, quoted and approved."""
        asked = PurchaseRequest.objects.filter(shortage__isnull=False, status="submitted").order_by("pk")
        for request in asked.filter(submitted_at__lt=self.now - timedelta(days=3)):
            self.go_on(request, request.submitted_at, STAGES.index("approved"), LEAST_QUOTES)

    def go_on(self, request: PurchaseRequest, at: datetime, reached: int, quotes: int) -> None:
        """From the requirement on, stage by stage, until `reached` or until now."""
        steps = (self._confirm, self._quote, self._choose, self._ask, self._approve)
        for stage, step in enumerate(steps, start=2):
            hours = 6 if step is self._quote else 2
            at = self._later(at, minutes=60 * hours + self.random.randint(0, 150))
            if stage > reached or at > self.now:
                return
            at = step(request, at, quotes) or at

    # -- the stages ---------------------------------------------------------------------------------

    def _confirm(self, request: PurchaseRequest, at: datetime, quotes: int) -> None:
        request.confirm_requirement(by=request.confirmer or self.manager, at=at)

    def _quote(self, request: PurchaseRequest, at: datetime, quotes: int) -> None:
        lines = list(request.lines.select_related("category", "item"))
        wanted = [line.category_id for line in lines]
        remarks = words.WARRANTIES if any(line.is_asset for line in lines) else words.REMARKS
        for number, supplier in enumerate(self._suppliers(wanted, quotes)):
            request.quote(
                supplier=supplier,
                prices={line.pk: self._price(line, number) for line in lines},
                quoted_on=local_day(at),
                valid_until=local_day(at) + timedelta(days=30),
                delivery_days=self.random.choice([1, 2, 3, 5, 7]),
                remark=self.random.choice(remarks),
                by=self.buyer,
                at=at,
            )

    def _choose(self, request: PurchaseRequest, at: datetime, quotes: int) -> None:
        """The cheapest, or now and then another; what is dearer than last year is explained."""
        if not request.quotes.exists():
            return
        request.choose_cheapest(by=self.buyer, at=at)
        choices = {}
        for row in Comparison(request, local_day(at)).rows:
            offer, why = row.chosen, ""
            reasons = words.DEVICE_CHOICES if row.line.is_asset else words.CHOICES
            others = [one for one in row.offers if one.quoted and one.price > row.chosen.price]
            if others and self.random.random() < 0.15:
                offer, why = min(others, key=lambda one: one.price), self.random.choice(reasons)
            dear = self.random.choice(words.DEAR) if row.hint.is_dear(offer.price) else ""
            if why or dear:
                choices[row.line.pk] = Choice(offer.quoted, why, dear)
        request.choose(choices, by=self.buyer, at=at)

    def _ask(self, request: PurchaseRequest, at: datetime, quotes: int) -> None:
        few = words.FEW if request.suppliers_quoted() < LEAST_QUOTES else ""
        request.ask_for_approval(by=self.buyer, at=at, few_quotes_reason=few)

    def _approve(self, request: PurchaseRequest, at: datetime, quotes: int) -> None:
        while step := request.approvals.filter(status="waiting").first():
            if at > self.now:
                return
            step.request = request
            by = (step.person.stand_in(at) or step.person) if step.person_id else self.manager
            step.approve(self.random.choice(words.COMMENTS), by=by, at=at)
            at = self._later(at, minutes=self.random.randint(40, 300))

    def _end(self, request: PurchaseRequest, end: str, reason: str) -> None:
        at = min(self.now, self._later(request.submitted_at or request.created_at, minutes=60 * 20))
        if end == "refused" and (step := request.approvals.filter(status="waiting").first()):
            step.request = request
            step.refuse(reason, by=step.person or self.manager, at=at)
        elif end == "withdrawn":
            request.withdraw(reason, by=request.requester, at=at)
        elif end == "sent_back":
            request.send_back(reason, by=request.confirmer, at=min(self.now, self._later(at, minutes=5)))

    def _last_stage(self, end: str) -> int:
        known = {"refused": "approval", "withdrawn": "quoting", "sent_back": "submitted"}
        return STAGES.index(known.get(end, end))

    # -- who, what, where, when -----------------------------------------------------------------------

    def _who(self, name: str) -> User:
        """Somebody with an account, else somebody of that department who does not head it."""
        if name in self.people and name not in ("sales",):
            return self.people[name]
        department = Department.objects.get(code=name)
        members = department.members.active().exclude(pk=department.head_id).order_by("pk")
        return self.random.choice(list(members.select_related("department")))

    def _wanted(self, thing: words.Thing) -> Wanted | None:
        """The line; None where the stock does not have the item."""
        if thing.category:
            category = self.categories.get(thing.category)
            return category and Wanted(
                name=thing.name, specification=thing.specification, unit=thing.unit, quantity=thing.quantity,
                category=category, is_asset=thing.is_asset, expected_price=Decimal(thing.price),
            )  # fmt: skip
        item = self.items.get((thing.name, thing.specification))
        return item and Wanted(
            name=item.name, specification=item.specification, unit=item.unit, quantity=thing.quantity,
            category=item.category, item=item,
        )  # fmt: skip

    def _suppliers(self, categories: list[int], count: int) -> list[Supplier]:
        """Those that sell most of it, so that no one supplier gets everything."""
        live = list(Supplier.objects.live().order_by("pk").prefetch_related("categories"))
        self.random.shuffle(live)
        sold = {one.pk: {category.pk for category in one.categories.all()} for one in live}
        fitting = [one for one in live if sold[one.pk].intersection(categories)]
        best = sorted(fitting, key=lambda one: -len(sold[one.pk].intersection(categories)))
        return best[:count]

    def _price(self, line: RequestLine, number: int) -> Decimal:
        base = line.expected_price or self._stock_price(line.item)
        share = Decimal(str(round(0.97 + 0.05 * number + self.random.uniform(-0.03, 0.05), 3)))
        return max(rounded(base * share), Decimal("0.10"))

    def _stock_price(self, item: Item | None) -> Decimal:
        if item is None or not item.on_hand:
            return Decimal(20)
        return max(item.value / item.on_hand, Decimal("0.50"))

    def _morning(self, days: int) -> datetime:
        """Some time in the morning of a working day, so many days ago."""
        start = bounds(local_day(self.now) - timedelta(days=days))[0]
        at = start + timedelta(hours=9, minutes=self.random.randint(5, 140))
        if days and not self.hours.windows(local_day(at)):
            at = self.hours.next_opening(at) + timedelta(minutes=self.random.randint(5, 60))
        return min(at, self.now)

    def _later(self, at: datetime, *, minutes: int) -> datetime:
        return self.hours.add(at, timedelta(minutes=minutes))
