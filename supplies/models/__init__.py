from .asset import Asset, AssetEvent, Handover
from .audit import AssetAudit, AuditLine, Sighting
from .category import Category
from .item import Item, Stock
from .ledger import Movement, Posting
from .maintenance import MaintenancePlan, Repair
from .requisition import Quota, Requisition, RequisitionLine
from .settings import SuppliesSettings
from .shortage import Shortage
from .stocktake import Stocktake, StocktakeLine
from .year_end import YearEndLine, YearEndPlan

__all__ = [
    "Asset",
    "AssetAudit",
    "AssetEvent",
    "AuditLine",
    "Category",
    "Handover",
    "Item",
    "MaintenancePlan",
    "Movement",
    "Posting",
    "Quota",
    "Repair",
    "Requisition",
    "RequisitionLine",
    "Shortage",
    "Sighting",
    "Stock",
    "Stocktake",
    "StocktakeLine",
    "SuppliesSettings",
    "YearEndLine",
    "YearEndPlan",
]
