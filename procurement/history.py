"""Every change of a business record is kept, before and after."""

from . import budget_history, delivery_history, request_history, supplier_history


def register() -> None:
    supplier_history.register()
    request_history.register()
    budget_history.register()
    delivery_history.register()
