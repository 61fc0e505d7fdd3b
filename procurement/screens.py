"""Where the pages stand in the menu, who sees them, and what tells open screens to look again."""

from . import budget_screens, delivery_screens, request_screens, supplier_screens


def register() -> None:
    budget_screens.register()
    delivery_screens.register()
    supplier_screens.register()
    request_screens.register()
