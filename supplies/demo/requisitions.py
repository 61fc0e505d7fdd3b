"""What is asked for just now in the demo office: waiting, late, over the quota, refused, partly handed out.

The ninety days before were lived through with the storeroom's (`asking`).
"""

from datetime import datetime, timedelta
from random import Random

from organization.models import Department, User
from sla import calendars
from sla.hours import Hours

from .. import quotas
from ..models import Item, Movement, Quota, Requisition
from ..models.requisition import Want
from ..models.requisition_issue import Part
from . import asking

SET_BY_HAND = [("sales", "复印纸", 6), ("marketing", "便利贴", 12), ("rnd", "白板笔", 8), ("hr", "中性笔", 2)]


def fill(random: Random, now: datetime) -> None:
    """Some quotas of the manager's own, and what is under way."""
    manager = User.objects.get(username="manager")
    for code, name, monthly in SET_BY_HAND:
        department = Department.objects.get(code=code)
        Quota.write_down(department, _named(name), monthly, by=manager)
    today = UnderWay(random, now)
    today.wait()
    today.decide()
    today.hand_out()


def _named(name: str) -> Item:
    return Item.objects.requestable().filter(name=name).order_by("code").first()


class UnderWay:
    """What people asked for in the last days, in every state it can be in."""

    def __init__(self, random: Random, now: datetime):
        self.random, self.now = random, now
        self.hours: Hours = calendars.hours("office")
        self.clerk = User.objects.get(username="clerk")
        self.last = Movement.objects.order_by("-at").values_list("at", flat=True).first() or now

    def wait(self) -> None:
        """For the heads: one late, one over the quota, some of today."""
        self._ask("sales", "记事本 2 便利贴 3", "客户拜访资料", 27)
        self._ask("sales2", "白板笔 2", "培训室补充", 2)
        over = quotas.of(self._person("sales").department, [_named("复印纸").pk], self.now)
        left = max(0, over[_named("复印纸").pk].left or 0)
        self._ask("sales", f"复印纸 {left + 2} 长尾夹 1", "投标文件装订", 1, why="三份标书同时装订")
        self._ask("staff", "荧光笔 2 文件夹 6", "展会准备", 3)
        self._ask("head", "计算器 1", "", 4)
        self._ask("rnd", "鼠标 1 网线 4", "新人入职", 5)

    def decide(self) -> None:
        """Refused, agreed to with less, taken back by who asked."""
        refused = self._ask("staff", "插线板 4", "活动布展", 11)
        head = refused.department.head
        refused.refuse("展会现场由搭建方提供，无需领用", by=head, at=self._ago(9))
        withdrawn = self._ask("staff", "铅笔 2", "", 8)
        withdrawn.withdraw(by=withdrawn.requester, at=self._ago(7))

    def hand_out(self) -> None:
        """Waiting at the counter: fresh, late, half handed out, called off."""
        for who, wanted, purpose, asked, agreed in (
            ("staff", "便利贴 4 记事本 2", "市场周会", 6, 4),
            ("service", "5号电池 4 洗手液 2", "客服热线耳机", 20, 18),
            ("finance", "订书钉 3 回形针 2", "季度结账", 5, 3),
        ):
            self._agreed(who, wanted, purpose, asked, agreed)
        half = self._agreed("rnd", "文件夹 6 拉杆夹 10", "项目评审会", 7, 5)
        self._part(half, 0.5)
        off = self._agreed("hr", "荧光笔 2", "", 12, 10)
        off.call_off("该型号停产，请改领单色荧光笔", by=self.clerk, at=self._ago(2))
        lowered = self._ask("staff", "复印纸 3", "宣传册试印", 6)
        asking.approve(lowered, self.random, at=self._ago(5), lowered=True)
        self._part(lowered, 1)

    # -- small things -------------------------------------------------------------------------------

    def _person(self, who: str) -> User:
        """Somebody with an account, or an ordinary member of a department."""
        if found := User.objects.filter(username=who).first():
            return found
        members = User.objects.active().filter(department__code=who.rstrip("2"), departments_headed=None)
        return members.order_by("-pk").first()

    def _ago(self, hours: int) -> datetime:
        """So many office hours before now."""
        at = self.now
        while hours:
            at -= timedelta(hours=1)
            hours -= self.hours.is_open(at)
        return at

    def _ask(self, who: str, wanted: str, purpose: str, ago: int, why: str = "部门用量增加") -> Requisition:
        words = wanted.split()
        pairs = zip(words[::2], words[1::2], strict=True)
        wants = [Want(_named(name), int(quantity), why) for name, quantity in pairs]
        return Requisition.ask(wants, by=self._person(who), at=self._ago(ago), purpose=purpose)

    def _agreed(self, who: str, wanted: str, purpose: str, asked: int, agreed: int) -> Requisition:
        requisition = self._ask(who, wanted, purpose, asked)
        asking.approve(requisition, self.random, at=self._ago(agreed), lowered=False)
        return requisition

    def _part(self, requisition: Requisition, share: float) -> None:
        """So much of the first line, as far as there is any."""
        line = requisition.rows[0]
        stock = line.item.stocks.filter(quantity__gt=0).order_by("-quantity").select_related("place").first()
        quantity = min(max(1, int(line.open * share)), stock.quantity) if stock else 0
        if quantity:
            at = max(self.last, self._ago(1))
            requisition.hand_out([Part(line, quantity, stock.place)], by=self.clerk, at=at)
