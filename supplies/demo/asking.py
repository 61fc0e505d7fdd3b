"""How the demo office came to what it drew: somebody asked, the head agreed, the store handed out.

The storeroom's ninety days call `hand_out` where something goes to a department; each time has a `random` of
its own, so that the store's own chances stay the same.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from organization.models import Department, User
from sla import calendars
from sla.hours import Hours

from .. import approvers, ledger
from ..ledger import Line
from ..models import Posting, Requisition
from ..models.requisition import Want
from ..models.requisition_issue import Part

PAST_THE_DESK, SLOW_HEAD, SLOW_STORE = 0.14, 0.06, 0.05
PURPOSES = [
    "日常办公", "日常办公", "日常办公", "部门补充", "季度培训", "客户拜访资料", "项目评审会", "新人入职",
    "展会准备", "投标文件装订", "月度例会", "",
]  # fmt: skip
WHY_MORE = ["新人入职三位", "投标文件装订", "展会用量大", "季度结账集中打印", "上月未领，本月一起领"]
REMARKS = ["先发一部分，不够再申请", "库存有限，节约使用", "按人均标准发放"]


def hand_out(
    lines: Sequence[Line], *, department: Department, person: User, by: User, at: datetime
) -> Posting:
    """What `lines` say left the store at `at`: nearly always asked for and approved before."""
    random = Random(int(at.timestamp()))  # noqa: S311 - it must be foreseeable
    askable = all(line.item.requestable and line.item.active for line in lines)
    if not askable or random.random() < PAST_THE_DESK:
        return ledger.issue(lines, department=department, person=person, by=by, at=at)
    hours = calendars.hours("office")
    approved_at = _before(hours, at, random, 3 if random.random() < SLOW_STORE else 0)
    asked_at = _before(hours, approved_at, random, 3 if random.random() < SLOW_HEAD else 0)
    requisition = ask(lines, random, by=person, at=asked_at)
    approve(requisition, random, at=approved_at, lowered=False)
    places = {line.item.pk: line.place for line in lines}
    parts = [Part(row, row.open, places[row.item_id]) for row in requisition.rows]
    return requisition.hand_out(parts, by=by, at=at)


def ask(lines: Sequence[Line], random: Random, *, by: User, at: datetime) -> Requisition:
    """With a reason at hand, in case it is more than the quota."""
    wants = [Want(line.item, line.quantity, random.choice(WHY_MORE)) for line in lines]
    return Requisition.ask(wants, by=by, at=at, purpose=random.choice(PURPOSES))


def approve(requisition: Requisition, random: Random, *, at: datetime, lowered: bool) -> None:
    """By the head or who stood in; where nobody did, by the head from afar; a head's own by who is above."""
    requester, head = requisition.requester, requisition.department.head
    above = requester.manager if head == requester else head
    by = approvers.approver_of(requester, requisition.department, at) or above
    quantities = {row.pk: max(1, row.asked // 2) for row in requisition.rows} if lowered else None
    requisition.approve(by=by, at=at, quantities=quantities, remark=random.choice(REMARKS) if lowered else "")


def _before(hours: Hours, at: datetime, random: Random, days: int) -> datetime:
    """An instant in office hours before `at`: hours earlier, or so many working days."""
    local = timezone.localtime(at)
    earlier = local - timedelta(minutes=random.randrange(20, 200))
    for _number in range(days):
        earlier -= timedelta(days=1)
        while not hours.is_working_day(earlier.date()):
            earlier -= timedelta(days=1)
    if hours.is_open(earlier):
        return earlier
    day = earlier.date() if earlier.hour >= 10 else earlier.date() - timedelta(days=1)
    while not hours.is_working_day(day):
        day -= timedelta(days=1)
    until = [end for _start, end in hours.windows(day) if end <= at]
    return (until[-1] if until else earlier) - timedelta(minutes=random.randrange(5, 90))
