"""What people are told."""

from . import budget_kinds, delivery_kinds, request_kinds, supplier_kinds


def register() -> None:
    request_kinds.register()
    budget_kinds.register()
    delivery_kinds.register()
    supplier_kinds.register()
