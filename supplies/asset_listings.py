"""The columns of the register of assets; what things cost stands there for those who may see it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.clock import now
from pages.exports import Column

from .depreciation import book_value

ASSETS = [
    Column("tag", _("Asset tag"), sort=True, template="supplies/_asset_cell.html"),
    Column("category", _("Category"), "category.name", sort="category__name"),
    Column("status", _("State"), sort=True, template="supplies/_asset_state.html"),
    Column("custodian", _("Custodian"), "custodian.name", sort="custodian__name"),
    Column("department", _("Department"), "department.name", sort="department__name"),
    Column("place", _("Place"), "place.name", sort="place__name"),
    Column("bought_on", _("Bought on"), lambda asset: asset.bought_on.isoformat(), sort="bought_on"),
]
PRICE = Column("price", pgettext_lazy("asset", "Price"), sort=True, template="supplies/_money_cell.html")
ALONG = [
    Column("tag", _("Asset tag")),
    Column("name", pgettext_lazy("goods", "Name"), width=22),
    Column("model", _("Model and specification"), width=22),
    Column("serial", _("Serial number"), width=18),
    Column("category", _("Category"), "category.name"),
    Column("status", _("State")),
    Column("custodian", _("Custodian"), "custodian.name"),
    Column("staff_no", _("Staff number"), "custodian.staff_no"),
    Column("department", _("Department"), "department.name"),
    Column("place", _("Place"), "place.name"),
    Column("bought_on", _("Bought on")),
    Column("in_use_on", _("Put to use on")),
    Column("supplier", _("Supplier"), width=24),
    Column("warranty_until", _("Warranty until")),
    Column("due_back_on", _("Due back on")),
    Column("scrapped_on", _("Scrapped on")),
    Column("remark", _("Remark"), width=24),
]
WORTH = [
    Column("price", pgettext_lazy("asset", "Price")),
    Column("residual", _("Residual value")),
    Column("useful_months", _("Useful life in months")),
    Column("book_value", _("Book value today"), lambda asset: book_value(asset, timezone.localdate(now()))),
]


def columns_for(user, *, along: bool) -> list[Column]:
    """Those of the page, or of the file that is taken along."""
    may_see_worth = user.has_perm("supplies.view_asset_value")
    if along:
        return [*ALONG, *WORTH] if may_see_worth else ALONG
    return [*ASSETS, PRICE] if may_see_worth else ASSETS
