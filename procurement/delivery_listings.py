"""The columns of the lists of orders, deliveries, claims and prices."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.exports import Column

MONEY, STATE = "procurement/_cell_money.html", "procurement/_cell_state.html"

ORDERS = [
    Column("number", pgettext_lazy("document", "Number"), sort="pk", width=20),
    Column("supplier", _("Supplier"), sort="supplier__name", width=28),
    Column("request", _("What for"), "request.title", width=28),
    Column("department", _("Using department"), sort="department__name"),
    Column("total", _("Total"), sort=True, template=MONEY),
    Column("expected_on", _("Delivery by"), sort=True, template="procurement/_cell_expected.html"),
    Column("status", _("State"), sort=True, template=STATE),
    Column("buyer", _("Buyer"), sort="buyer__name"),
    Column("created_at", _("Drawn up"), sort=True),
]
RECEIPTS = [
    Column("number", pgettext_lazy("document", "Number"), sort="pk", width=20),
    Column("title", _("What for"), "order.request.title", width=28),
    Column("supplier", _("Supplier"), "order.supplier", sort="order__supplier__name", width=28),
    Column("department", _("Using department"), "order.department", sort="order__department__name"),
    Column("place", _("Delivered to"), sort="place__name"),
    Column("arrived_at", pgettext_lazy("goods", "Arrived"), sort=True),
    Column("received_by", _("Arrival noted by"), sort="received_by__name"),
    Column("accepted_at", pgettext_lazy("goods", "Accepted"), sort=True),
    Column("status", _("State"), sort=True, template=STATE),
]
RECEIPT_LINES = [
    Column(
        "receipt",
        pgettext_lazy("goods", "Receipt"),
        "receipt.number",
        width=20,
        template="procurement/_cell_receipt.html",
    ),
    Column("order_line", pgettext_lazy("goods", "Name"), sort="order_line__name", width=28),
    Column("supplier", _("Supplier"), "receipt.order.supplier", width=28),
    Column("department", _("Using department"), "receipt.order.department"),
    Column("quantity", pgettext_lazy("goods", "Arrived"), sort=True),
    Column("rejected", pgettext_lazy("goods", "Rejected"), sort=True),
    Column("fits", _("Fits the need")),
    Column("defect", pgettext_lazy("goods", "What is wrong"), width=24),
    Column("buyer", _("Buyer"), "receipt.order.buyer"),
    Column(
        "accepted_at", pgettext_lazy("goods", "Accepted"), "receipt.accepted_at", sort="receipt__accepted_at"
    ),
]
CLAIMS = [
    Column("number", pgettext_lazy("document", "Number"), sort="pk", width=20),
    Column("order", pgettext_lazy("order", "Order"), width=36),
    Column("amount", _("Amount"), sort=True, template=MONEY),
    Column("arose_at", _("Arose"), sort=True),
    Column("claimant", _("To be claimed by"), sort="claimant__name"),
    Column("invoice", _("Invoice")),
    Column("claim_number", _("Number of the claim")),
    Column("claimed_at", pgettext_lazy("reimbursement", "Claimed"), sort=True),
    Column("status", _("State"), sort=True, template=STATE),
]
PRICES = [
    Column("name", pgettext_lazy("goods", "Name"), sort=True, width=28),
    Column("group", _("Kind")),
    Column("category", _("Category"), sort="category__name"),
    Column("supplier", _("Supplier"), sort="supplier__name", width=28),
    Column("day", pgettext_lazy("price", "Bought on"), sort=True, template="procurement/_cell_day.html"),
    Column("quantity", _("Quantity"), sort=True),
    Column("unit_price", _("Unit price"), sort=True, template=MONEY),
    Column("last_year", _("Last year"), sort=True, template=MONEY),
    Column("index", _("Index"), template="procurement/_cell_index.html"),
    Column("reason", _("Why dearer"), template="procurement/_cell_reason.html", width=30),
]
