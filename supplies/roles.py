"""What each role may do in the storerooms and with the assets.

Everybody may ask for supplies, see their own requisitions and what is in their custody, and accept it; a head
of department decides about the department's. Neither needs a grant.
"""

from organization.roles import Role

_NOUNS = (
    "category", "item", "stock", "posting", "movement", "requisition", "requisitionline", "quota", "shortage",
    "stocktake", "stocktakeline", "asset", "assetevent", "handover", "maintenanceplan", "repair",
    "assetaudit", "auditline", "sighting", "yearendplan", "yearendline", "suppliessettings",
    "itemimport",
)  # fmt: skip
_SEE = [f"supplies.view_{noun}" for noun in _NOUNS]
_STORE = [
    *_SEE,
    "organization.view_place",  # the admin looks places up by typing
    "supplies.add_item",
    "supplies.change_item",
    "supplies.delete_item",
    "supplies.add_category",
    "supplies.change_category",
    "supplies.delete_category",
    "supplies.import_item",
    "supplies.post_stock",
    "supplies.issue_requisition",
    "supplies.add_stocktake",
    "supplies.change_stocktake",
]
_ASSETS = [
    "supplies.view_asset",
    "supplies.view_asset_value",
    "supplies.add_asset",
    "supplies.change_asset",
    "supplies.handle_asset",
    "supplies.import_asset",
    "supplies.add_maintenanceplan",
    "supplies.change_maintenanceplan",
    "supplies.add_assetaudit",
    "supplies.change_assetaudit",
    "supplies.add_yearendplan",
    "supplies.change_yearendplan",
]
_DECIDE = [
    "supplies.approve_requisition",
    "supplies.approve_stocktake",
    "supplies.approve_audit",
    "supplies.decide_yearendplan",
    "supplies.arrange_supplies",
    "supplies.add_quota",
    "supplies.change_quota",
    "supplies.delete_quota",
    "supplies.change_suppliessettings",
]

GRANTS: dict[Role, list[str]] = {
    Role.INVENTORY_CLERK: [*_STORE, *_ASSETS],
    Role.ADMINISTRATION_OFFICER: [*_STORE, *_ASSETS, "supplies.approve_stocktake", "supplies.approve_audit"],
    Role.ADMIN_MANAGER: [*_STORE, *_ASSETS, *_DECIDE],
    Role.IT_ADMIN: [
        "supplies.view_item",
        "supplies.view_category",
        "supplies.view_asset",
        "supplies.view_assetevent",
        "supplies.view_repair",
        "supplies.handle_asset",
    ],
    Role.BUYER: [
        "supplies.view_item",
        "supplies.view_category",
        "supplies.view_shortage",
        "supplies.view_asset",
    ],
    Role.AUDITOR: [*_SEE, "supplies.view_asset_value"],
}
