"""The demo office's assets: an old register taken over a hundred days ago, then a quarter of what happens."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.utils import timezone

from organization.models import Department, Place, User

from ..depreciation import months_later
from ..handing_over import hand_over_all
from ..models import Asset, Category, MaintenancePlan
from . import assets_words as words

TAKEN_OVER = 100  # days ago


def fill(random: Random, now: datetime) -> None:
    """The register, then the quarter, then what is open today."""
    code, name, months, percent = words.VEHICLES
    Category.objects.get_or_create(
        code=code, defaults={"name": name, "useful_months": months, "residual_percent": percent}
    )
    past = AssetPast(random, now)
    past.take_over()
    past.buy()
    past.plan()
    past.lend()
    past.break_down()
    past.scrap()
    past.leave_open()


class AssetPast:
    """What happened to the assets, drawn from one `random` and done by the verbs."""

    def __init__(self, random: Random, now: datetime):
        self.random, self.now, self.today = random, now, timezone.localdate(now)
        self.categories = {one.code: one for one in Category.objects.all()}
        self.departments = {one.code: one for one in Department.objects.all()}
        self.places = {one.name: one for one in Place.objects.order_by("-pk")}
        self.cast = {one.username: one for one in User.objects.all()}
        self.clerk, self.store = self.cast["clerk"], self.places["库房"]
        self.people = {
            code: list(one.members.active().order_by("pk")) for code, one in self.departments.items()
        }

    # -- the register as it was taken over ------------------------------------------------------------

    def take_over(self) -> None:
        for make in words.MAKES:
            for number in range(make.pieces):
                self._enter(make, number)

    def _enter(self, make: words.Make, number: int) -> None:
        bought = months_later(self.today, -self.random.randint(*make.ages)) - timedelta(
            self.random.randint(0, 27)
        )
        bought = min(bought, self.today - timedelta(days=TAKEN_OVER + 5))
        person = self._holder(make, number)
        place = self.places[make.room] if make.room else person.place or self.store
        department = person.department if person else self.departments["admin"]
        self._register(make, bought, self._at(TAKEN_OVER, 9 + number % 8, number), department, place,
                       custodian=person)  # fmt: skip

    def _holder(self, make: words.Make, number: int) -> User | None:
        """People in turn; of things that everybody uses, somebody of the administration, or the store."""
        if make.holders:
            department = self.people[make.holders[number % len(make.holders)]]
            return department[(number // len(make.holders) + len(make.model)) % len(department)]
        if make.room == "库房":
            return None
        return self.cast["it"] if make.room == "机房" else self.cast["officer"]

    def _register(
        self, make: words.Make, bought: date, at: datetime, department: Department, place: Place, **more
    ) -> Asset:
        serial = f"{make.serial}{self.random.randint(10_000, 99_999)}" if make.serial else ""
        return Asset.register(
            name=make.name, model=make.model, serial=serial, category=self.categories[make.category],
            department=department, place=place, price=Decimal(make.price), bought_on=bought,
            supplier=make.supplier, warranty_until=months_later(bought, 36 if make.serial else 12),
            by=self.clerk, at=at, **more,
        )  # fmt: skip

    # -- the quarter -----------------------------------------------------------------------------------

    def buy(self) -> None:
        """New notebooks, handed over; one taker is late, one declines the first and takes another."""
        takers = [self.people[code][-1] for code in ("rnd", "finance", "purchasing", "service")]
        for number, taker in enumerate(takers):
            back = 80 - 18 * number
            new = self._new(back)
            handover = new.hand_over(
                taker=taker, by=self.clerk, at=self._at(back, 14, 10), reason="新员工配发"
            )
            if number == 2:
                reason = "屏幕右下角有坏点，请更换"
                handover.decline(reason=reason, by=taker, at=self._at(back, 16, 30))
                handover = self._new(back).hand_over(taker=taker, by=self.clerk, at=self._at(back - 1, 10, 0))
            handover.accept(by=taker, at=self._at(back - (5 if number == 1 else 1), 11, 20))

    def _new(self, back: int) -> Asset:
        day = self._at(back, 10, 0)
        return self._register(words.NEW, timezone.localdate(day), day, self.departments["admin"], self.store)

    def plan(self) -> None:
        """Maintenance: some of it done in the quarter, one overdue, one due in a few days."""
        responsible = (self.cast["officer"], self.clerk, self.cast["it"])
        for number, (name, title, every, company, cost) in enumerate(words.PLANS):
            for place, asset in enumerate(Asset.objects.filter(name=name).order_by("pk")):
                first = self.today - timedelta(days=70 - 9 * number - 5 * place)
                plan = MaintenancePlan.set_up(
                    asset, title=title, every_months=every, next_due_on=first, contractor=company,
                    responsible=responsible[number % 3], expected_cost=Decimal(cost), by=self.clerk,
                    at=self._at(TAKEN_OVER - 2, 15, number),
                )  # fmt: skip
                back = 71 - 9 * number - 5 * place
                plan.done(cost=Decimal(cost), by=plan.responsible, at=self._at(max(1, back), 11, 0))
        self._soon("直饮水机", -2, "两天前就该更换")
        self._soon("公务车", 4, "按里程提前保养")
        self._soon("柜式空调", 12, "换季提前清洗")

    def _soon(self, name: str, days: int, reason: str) -> None:
        plan = MaintenancePlan.objects.filter(asset__name=name).order_by("pk").first()
        day = self.today + timedelta(days=days)
        plan.amend(next_due_on=day, reason=reason, by=self.clerk, at=self._at(9, 10, 0))

    def lend(self) -> None:
        """Projectors and the camera go out and come back, one of them late."""
        things = list(Asset.objects.filter(name__in=["投影仪", "便携投影仪", "数码相机"]).order_by("pk"))
        takers = [self.cast["sales"], self.people["marketing"][2], self.cast["head"], self.people["rnd"][3]]
        for number in range(8):
            thing, taker, back = things[number % len(things)], takers[number % len(takers)], 84 - 9 * number
            due = timezone.localdate(self._at(back - 4, 9, 0))
            reason = words.LOANS[number % len(words.LOANS)]
            out = thing.lend(
                taker=taker, due_back_on=due, reason=reason, by=self.clerk, at=self._at(back, 9, 30)
            )
            out.accept(by=taker, at=self._at(back, 9, 50))
            thing.refresh_from_db()
            if number == 3:
                day = due + timedelta(days=2)
                thing.extend(due_back_on=day, reason="展会延期", by=self.clerk, at=self._at(back - 3, 15, 0))
            thing.take_back(
                place=self.store, by=self.clerk, at=self._at(back - (8 if number == 5 else 4), 16, 0)
            )

    def break_down(self) -> None:
        """Repairs with their costs; an old printer was mended twice."""
        broken = list(Asset.objects.filter(status=Asset.Status.IN_USE, name="笔记本电脑").order_by("pk"))
        printer = Asset.objects.filter(name="激光打印机").order_by("bought_on").first()
        chosen = [*self.random.sample(broken, 5), printer, printer]
        for number, asset in enumerate(chosen):
            fault, result, cost = words.FAULTS[number]
            asset.refresh_from_db()
            by = asset.custodian or self.clerk
            asset.send_to_repair(fault=fault, by=by, at=self._at(78 - 10 * number, 9, 40))
            back = 75 - 10 * number
            asset.repaired(
                result=result, cost=Decimal(cost), contractor=words.XC, by=self.cast["it"],
                at=self._at(back, 15, 20),
            )  # fmt: skip

    def scrap(self) -> None:
        """Old computers are written off; one of them by mistake."""
        old = Asset.objects.filter(category__code="computers", status=Asset.Status.IN_USE, price__lt=9000)
        for number, asset in enumerate(old.order_by("bought_on", "pk")[:5]):
            reason, proceeds = words.SCRAPS[number % len(words.SCRAPS)]
            back = 66 - 12 * number
            asset.scrap(
                reason=reason, proceeds=Decimal(proceeds) if proceeds else None, by=self.clerk,
                at=self._at(back, 17, 0),
            )  # fmt: skip
            if number == 3:
                asset.restore(reason="编号看错，该资产仍在使用", by=self.clerk, at=self._at(back - 1, 9, 15))

    # -- what is open today ----------------------------------------------------------------------------

    def leave_open(self) -> None:
        """Waiting to be accepted, lent, overdue and in repair."""
        taker, head = self.cast["staff"], self.cast["head"]
        spare, together = self._new(6), [self._new(3), Asset.objects.filter(name="显示器").first()]
        sheet = {"once": UUID(int=self.random.getrandbits(128)), "reason": "岗位调整配发"}
        hand_over_all(together, taker=taker, by=self.clerk, at=self._at(1, 15, 40), **sheet)
        spare.hand_over(taker=head, by=self.clerk, at=self._at(5, 10, 5), reason="到期更换")
        projectors = {"status": Asset.Status.IDLE, "name__in": ["投影仪", "便携投影仪"]}
        late, running, *_rest = Asset.objects.filter(**projectors).order_by("pk")
        self._lend_now(late, self.cast["sales"], back=9, days=-3)
        self._lend_now(running, taker, back=2, days=5)
        theirs = {"custodian__department__code": "rnd", "name": "笔记本电脑", "status": Asset.Status.IN_USE}
        for number, asset in enumerate(Asset.objects.filter(**theirs).order_by("pk")[:2]):
            fault = ("合盖后无法唤醒", "接电源不充电")[number]
            asset.send_to_repair(fault=fault, by=asset.custodian, at=self._at(1 + number, 10, 12))

    def _lend_now(self, thing: Asset, taker: User, *, back: int, days: int) -> None:
        at, due = self._at(back, 9, 20), self.today + timedelta(days=days)
        out = thing.lend(taker=taker, due_back_on=due, reason=words.LOANS[0], by=self.clerk, at=at)
        out.accept(by=taker, at=at + timedelta(minutes=25))

    def _at(self, back: int, hour: int, minute: int) -> datetime:
        """An instant so many days ago, on the working day before where that is a weekend; never ahead."""
        day = self.today - timedelta(days=back)
        day -= timedelta(days=max(0, day.weekday() - 4))
        return min(self.now, timezone.make_aware(datetime.combine(day, time(hour, minute))))
