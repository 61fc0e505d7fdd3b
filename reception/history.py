"""Every change of a business record of the desk is kept, before and after; numbers stand there masked."""

from auditlog.registry import auditlog

from .models import (
    AllocationRule,
    AllocationTarget,
    Call,
    CallCheck,
    CallerType,
    Customer,
    CustomerMerge,
    CustomerPhone,
    DeskSettings,
    Product,
    Region,
)


def register() -> None:
    auditlog.register(
        Call,
        exclude_fields=[
            "once",
            "initials",
            "tail",
            "digest",
            "version",
            "changed_by",
            "created_at",
            "updated_at",
        ],
        mask_fields=["number"],
        mask_callable="pages.phones.mask",
    )
    auditlog.register(
        Customer,
        include_fields=[
            *Customer.EDITABLE,
            "numbers",
            "source_call",
            "merged_into",
            "withdrawn_at",
            "anonymised_at",
        ],
    )
    auditlog.register(
        CustomerPhone,
        exclude_fields=["tail", "digest"],
        mask_fields=["number"],
        mask_callable="pages.phones.mask",
    )
    auditlog.register(CustomerMerge, exclude_fields=["taken_over"])
    for model in (AllocationRule, AllocationTarget, CallCheck, CallerType, DeskSettings, Product, Region):
        auditlog.register(model)
