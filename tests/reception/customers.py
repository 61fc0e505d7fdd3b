"""Customers as they stand in the register of a trading company."""

from datetime import UTC, datetime
from typing import Any

from organization.models import User
from pages import phones
from reception.models import Call, Customer

from .builders import make_call, make_caller_type

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def make_customer(name: str = "张伟", *numbers: str, by: User | None = None, **fields: Any) -> Customer:
    """A customer on record, with numbers in any notation."""
    at = fields.pop("at", MONDAY)
    parsed = [(phones.parse(number), "") for number in numbers]
    return Customer.register(fields={"name": name, **fields}, phones=parsed, by=by, at=at)


def make_new_customers_call(receptionist: User, at: datetime, **details: Any) -> Call:
    """A call from a new customer that ended a minute after `at`: the two minutes run."""
    details.setdefault("caller_type", make_caller_type(is_new_customer=True))
    return make_call(receptionist, at, ended=True, **{"transferred_to": receptionist, **details})
