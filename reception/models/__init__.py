from .allocation import AllocationRule, AllocationTarget, AllocationTurn
from .call import Call
from .caller_type import CallerType, Product, Region
from .check import CallCheck
from .customer import Customer
from .customer_merge import CustomerMerge
from .customer_phone import CustomerPhone
from .phone_call import PhoneCall, PhoneEvent
from .settings import DeskSettings

__all__ = [
    "AllocationRule",
    "AllocationTarget",
    "AllocationTurn",
    "Call",
    "CallCheck",
    "CallerType",
    "Customer",
    "CustomerMerge",
    "CustomerPhone",
    "DeskSettings",
    "PhoneCall",
    "PhoneEvent",
    "Product",
    "Region",
]
