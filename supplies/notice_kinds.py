"""What people are told."""

from . import asset_screens, notice_kinds_requisitions, stocktake_screens
from .audits import screens as audit_screens
from .year_end import screens as year_end_screens


def register() -> None:
    asset_screens.register_kinds()
    notice_kinds_requisitions.register()
    stocktake_screens.register_kinds()
    audit_screens.register_kinds()
    year_end_screens.register_kinds()
