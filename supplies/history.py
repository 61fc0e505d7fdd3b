"""Every change of a business record is kept, before and after."""

from auditlog.registry import auditlog

from . import asset_history, stocktake_history
from .audits import history as audit_history
from .models import Category, Item, Quota, Requisition, RequisitionLine, SuppliesSettings
from .year_end import history as year_end_history


def register() -> None:
    asset_history.register()
    stocktake_history.register()
    audit_history.register()
    year_end_history.register()
    auditlog.register(Category)
    auditlog.register(
        Item,
        exclude_fields=[
            "initials",
            "picture_type",
            "on_hand",
            "value",
            "moved_at",
        ],  # the ledger tells of these
    )
    auditlog.register(SuppliesSettings)
    auditlog.register(Quota)
    auditlog.register(Requisition, exclude_fields=["once"])
    auditlog.register(RequisitionLine, exclude_fields=["issued", "returned"])
