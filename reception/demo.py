"""The demo office's ninety days at the telephone: about sixty calls a working day, promises kept and missed.

Past calls and their timers are written in bulk, in the columns the verbs would have left; what a manager
looks at closely (corrections, withdrawals, customers) is done by the verbs themselves.
"""

from datetime import datetime, timedelta
from random import Random

from django.db.models.functions import Coalesce

from organization.models import Department, User
from organization.roles import Role
from pages import phones, pinyin
from sla.models import Calendar

from . import demo_just_now
from . import demo_words as words
from .demo_promises import feed_back, keep
from .models import (
    AllocationRule,
    AllocationTarget,
    Call,
    CallCheck,
    CallerType,
    Customer,
    DeskSettings,
    Product,
    Region,
)

DAYS = 90
PRODUCTS = ["智能会议", "云通信", "门禁安防", "办公装备", "售后维保"]
REGISTERED_BEFORE = 170
BATCH = 400


def fill(random: Random, now: datetime) -> None:
    """Write rules, customers, calls, their timers and escalations, spot checks, corrections."""
    arrange(random)
    desk = Desk(random, now)
    desk.register_known_customers()
    calls = desk.ring()
    feed_back(calls, random=random, now=now)
    Call.objects.bulk_create(calls, batch_size=BATCH)
    Call.objects.update(
        created_at=Coalesce("ended_at", "rang_at"),
        updated_at=Coalesce("called_back_at", "fed_back_at", "rang_at"),
    )
    keep(calls, random=random, now=now)
    desk.register_new_customers(calls)
    check(random, calls)
    put_right(random, calls)
    demo_just_now.ring(random, now, desk.customers)


def arrange(random: Random) -> None:
    """The allocation principle of the demo company."""
    DeskSettings.objects.update_or_create(pk=1, defaults={"company": "云岭集团"})
    for position, name in enumerate(PRODUCTS, start=1):
        Product.objects.create(name=name, position=position)
    kinds = {kind.key: kind for kind in CallerType.objects.all()}
    places = {department.code: department for department in Department.objects.all()}
    sellers = list(places["sales"].members.active().order_by("staff_no"))
    for number, region in enumerate(Region.objects.all()):
        rule = AllocationRule.objects.create(
            caller_type=kinds["new-customer"], region=region, position=number
        )
        AllocationTarget.objects.bulk_create(
            AllocationTarget(rule=rule, user=user, position=place)
            for place, user in enumerate(random.sample(sellers, 3))
        )
    for kind, code in {
        "new-customer": "sales",
        "customer": "service",
        "supplier": "purchasing",
        "applicant": "hr",
    }.items():
        AllocationRule.objects.create(caller_type=kinds[kind], department=places[code], position=20)
    AllocationRule.objects.create(
        product=Product.objects.get(name="售后维保"), department=places["service"], position=30
    )
    last = AllocationRule.objects.create(department=places["admin"], position=99)
    officers = User.objects.in_role(Role.ADMINISTRATION_OFFICER)
    AllocationTarget.objects.bulk_create(AllocationTarget(rule=last, user=user) for user in officers)


class Desk:
    """Ninety days of ringing, drawn from one `random`."""

    def __init__(self, random: Random, now: datetime):
        self.random, self.now = random, now
        self.kinds = {kind.key: kind for kind in CallerType.objects.all()}
        self.products, self.regions = list(Product.objects.all()), list(Region.objects.all())
        self.receptionists = list(User.objects.in_role(Role.RECEPTIONIST).order_by("pk"))
        members = (
            User.objects.active().filter(department__isnull=False).select_related("department").order_by("pk")
        )
        self.people: dict[str, list[User]] = {}
        for user in members:
            self.people.setdefault(user.department.code, []).append(user)
        self.customers: list[Customer] = []

    def register_known_customers(self) -> None:
        """Those who were customers before the ninety days."""
        for _number in range(REGISTERED_BEFORE):
            at = self.now - timedelta(
                days=self.random.randrange(DAYS + 1, 700), minutes=self.random.randrange(600)
            )
            caller = words.Caller(
                words.person(self.random), words.company(self.random), words.number(self.random)
            )
            self.customers.append(self._register(caller, at=at))

    def register_new_customers(self, calls: list[Call]) -> None:
        """The new customers who rang, entered when their two minutes say they were."""
        for call in calls:
            if entered := getattr(call, "registered_at", None):
                caller = words.Caller(call.caller_name, call.company, call.number)
                customer = self._register(caller, at=entered, owner=call.transferred_to)
                Customer.objects.filter(pk=customer.pk).update(source_call=call)
                Call.objects.filter(pk=call.pk).update(customer=customer)

    def _register(self, caller: words.Caller, *, at: datetime, owner: User | None = None) -> Customer:
        fields = {
            "name": caller.name,
            "company": caller.company,
            "product": self.random.choice(self.products),
            "region": self.random.choice(self.regions),
            "owner": owner or self.random.choice(self.people["sales"]),
        }
        number = [(phones.parse(caller.number), "")]
        return Customer.register(
            fields=fields, phones=number, by=self.random.choice(self.receptionists), at=at
        )

    def ring(self) -> list[Call]:
        """All calls of the working days, unsaved, oldest first."""
        hours = Calendar.objects.get(key="desk").hours()
        first = (self.now - timedelta(days=DAYS)).astimezone(hours.tz).date()
        days = [first + timedelta(days=number) for number in range(DAYS + 1)]
        return [call for day in days for call in self._day(hours.windows(day))]

    def _day(self, windows) -> list[Call]:
        if not windows:
            return []
        opens, closes = windows[0][0], windows[-1][1]
        seconds = int((closes - opens).total_seconds()) - 900
        moments = sorted(
            opens + timedelta(seconds=self.random.randrange(60, seconds))
            for _number in range(self.random.randrange(40, 71))
        )
        return [self._call(rang_at) for rang_at in moments if rang_at < self.now - timedelta(minutes=20)]

    def _call(self, rang_at: datetime) -> Call:
        kind = self.random.choices(list(words.KINDS), [one.weight for one in words.KINDS.values()])[0]
        call = Call(rang_at=rang_at, caller_type=self.kinds[kind], receptionist=self._receptionist())
        self._introduce(call, kind)
        call.tail, call.digest = phones.tail(call.number), phones.digest(call.number)
        call.initials = f"{pinyin.initials(call.caller_name)} {pinyin.initials(call.company)}".strip()[:200]
        call.changed_by = call.receptionist
        call.rings = self.random.choices([1, 2, 3, 4, 5], [30, 45, 20, 4, 1])[0]
        if self.random.random() < 0.03:
            return self._miss(call)
        return self._answer(call, kind)

    def _receptionist(self) -> User:
        return self.random.choices(self.receptionists, [3, 2][: len(self.receptionists)])[0]

    def _introduce(self, call: Call, kind: str) -> None:
        if kind == "customer" and self.customers:
            customer = self.random.choice(self.customers)
            call.customer, call.product, call.region = customer, customer.product, customer.region
            call.caller_name, call.company = customer.name, customer.company
            call.number = customer.phones.all()[0].number if not hasattr(customer, "rang") else customer.rang
            customer.rang = call.number
        else:
            caller = words.caller(self.random, kind)
            call.caller_name, call.company = caller.name or "", caller.company
            call.number = phones.parse(caller.number).number
            if kind == "new-customer":
                call.caller_name = words.person(self.random)
                call.product, call.region = (
                    self.random.choice(self.products),
                    self.random.choice(self.regions),
                )
        call.purpose = self.random.choice(words.KINDS[kind].purposes)

    def _miss(self, call: Call) -> Call:
        call.status, call.caller_type, call.purpose = Call.Status.MISSED, None, ""
        call.rings = self.random.randrange(5, 10)
        called_back = call.rang_at + timedelta(minutes=self.random.choice([3, 6, 9, 14, 20, 26, 28, 47, 95]))
        forgotten = self.random.random() < 0.4 and call.rang_at > self.now - timedelta(days=3)
        if called_back < self.now and not forgotten:
            call.called_back_at, call.called_back_by = called_back, self._receptionist()
            call.callback_outcome = self.random.choice(words.OUTCOMES)
        return call

    def _answer(self, call: Call, kind: str) -> Call:
        call.status = Call.Status.ENDED
        call.answered_at = call.rang_at + timedelta(seconds=6 * call.rings)
        call.ended_at = call.answered_at + timedelta(seconds=self.random.randrange(25, 260))
        call.caller_hung_up_first = self.random.random() < 0.97
        if call.caller_type.no_feedback_reason:
            call.no_feedback_reason = call.caller_type.no_feedback_reason
        else:
            self._transfer(call, kind)
        return call

    def _transfer(self, call: Call, kind: str) -> None:
        codes = {"customer": "service", "new-customer": "sales", "supplier": "purchasing", "applicant": "hr"}
        team = self.people[codes.get(kind, "admin")]
        call.proposed_to = call.customer.owner if call.customer else self.random.choice(team)
        call.transferred_to = call.proposed_to
        if self.random.random() < 0.07:
            call.transferred_to = self.random.choice(team)
            if call.transferred_to != call.proposed_to and self.random.random() < 0.9:
                call.override_reason = self.random.choice(words.OVERRIDES)


def check(random: Random, calls: list[Call]) -> None:
    """Spot checks, about three a week."""
    checkers = list(User.objects.in_role(Role.ADMINISTRATION_OFFICER)) + list(
        User.objects.in_role(Role.ADMIN_MANAGER)
    )
    answered = [call for call in calls if call.status == Call.Status.ENDED]
    for call in random.sample(answered, min(40, len(answered))):
        marks = {aspect: random.choices([3, 4, 5], [1, 4, 5])[0] for aspect in CallCheck.ASPECTS}
        CallCheck.record(
            call,
            by=random.choice(checkers),
            at=call.ended_at + timedelta(minutes=random.randrange(10, 400)),
            followed_script=random.random() < 0.95,
            caller_hung_up_first=random.random() < 0.97,
            remark=random.choice(words.REMARKS),
            **marks,
        )


def put_right(random: Random, calls: list[Call]) -> None:
    """A few entries were corrected, a few withdrawn."""
    answered = [
        call for call in calls if call.status == Call.Status.ENDED and not hasattr(call, "registered_at")
    ]
    chosen = random.sample(answered, min(24, len(answered)))
    for call in chosen[:14]:
        at = call.ended_at + timedelta(minutes=random.randrange(5, 90))
        changes = {"purpose": f"{call.purpose}（已核对）"}
        call.correct(
            changes, reason=random.choice(words.CORRECTIONS), expected_version=1, by=call.receptionist, at=at
        )
    for call in chosen[14:]:
        at = call.ended_at + timedelta(minutes=random.randrange(5, 90))
        call.withdraw(random.choice(words.WITHDRAWALS), by=call.receptionist, at=at)
