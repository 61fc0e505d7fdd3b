"""Calls, callers and rules as they come in at a desk in Beijing."""

from datetime import datetime, timedelta
from itertools import count

from organization.models import User
from pages import phones
from reception.models import AllocationRule, AllocationTarget, Call, CallerType, Product, Region

_numbers = count(1)


def make_caller_type(name: str = "", **fields) -> CallerType:
    number = next(_numbers)
    fields.setdefault("key", f"type-{number}")
    return CallerType.objects.create(name=name or f"来电类型{number}", **fields)


def make_product(name: str = "") -> Product:
    return Product.objects.create(name=name or f"产品{next(_numbers)}")


def make_region(name: str = "") -> Region:
    return Region.objects.create(name=name or f"区域{next(_numbers)}")


def make_rule(*people: User, **conditions) -> AllocationRule:
    """A rule under which `people` take turns in this order."""
    rule = AllocationRule.objects.create(**conditions)
    for position, user in enumerate(people):
        AllocationTarget.objects.create(rule=rule, user=user, position=position)
    return rule


def make_call(receptionist: User, at: datetime, *, ended: bool = False, number: str = "", **fields) -> Call:
    """A call answered at `at` after two rings; with `ended`, it ended a minute later."""
    tail = next(_numbers)
    call = Call.log(
        by=receptionist,
        at=at,
        phone=phones.parse(number or f"138 0013 {8000 + tail % 1000}"),
        **{
            "caller_name": "王小明",
            "company": "北京远景科技有限公司",
            "rings": 2,
            "purpose": "询问报价",
            **fields,
        },
    )
    return call.hang_up(by=receptionist, at=at + timedelta(minutes=1)) if ended else call


def make_missed_call(receptionist: User, at: datetime, *, number: str = "13911112222", **fields) -> Call:
    phone = phones.parse(number) if number else None
    return Call.miss(by=receptionist, at=at, phone=phone, **{"rings": 6, **fields})
