"""Where the pages stand in the menu, who sees them, and what tells open screens to look again."""

from . import asset_screens, screens_requisitions, stock_screens, stocktake_screens
from .audits import screens as audit_screens
from .year_end import screens as year_end_screens


def register() -> None:
    asset_screens.register()
    screens_requisitions.register()
    stock_screens.register()
    stocktake_screens.register()
    audit_screens.register()
    year_end_screens.register()
