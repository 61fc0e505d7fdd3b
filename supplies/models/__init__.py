from .asset import Asset
from .asset_event import AssetEvent
from .audit import AssetAudit
from .audit_line import AuditLine, Sighting
from .category import Category
from .handover import Handover
from .item import Item, Stock
from .item_import import ItemImport
from .ledger import Movement, Posting
from .maintenance import MaintenancePlan, Repair
from .quota import Quota
from .requisition import Requisition
from .requisition_line import RequisitionLine
from .settings import SuppliesSettings
from .shortage import Shortage
from .stocktake import Stocktake
from .stocktake_line import StocktakeLine, StrayCode
from .year_end import YearEndPlan
from .year_end_line import YearEndLine

__all__ = [
    "Asset",
    "AssetAudit",
    "AssetEvent",
    "AuditLine",
    "Category",
    "Handover",
    "Item",
    "ItemImport",
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
    "StrayCode",
    "SuppliesSettings",
    "YearEndLine",
    "YearEndPlan",
]
