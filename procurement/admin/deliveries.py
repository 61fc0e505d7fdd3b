"""Orders, deliveries, claims and prices in the admin: looked at; they change by their verbs."""

from django.contrib import admin

from supplies.admin.read_only import ReadOnly, ReadOnlyInline

from ..models import Invoice, Order, OrderLine, Price, Receipt, ReceiptLine, Reimbursement


class OrderLineInline(ReadOnlyInline):
    model = OrderLine
    fields = ["name", "specification", "quantity", "unit", "unit_price", "amount", "received", "cancelled"]


class ReceiptLineInline(ReadOnlyInline):
    model = ReceiptLine
    fields = ["order_line", "quantity", "rejected", "fits", "defect"]


@admin.register(Order)
class OrderAdmin(ReadOnly):
    list_display = ["number", "supplier", "department", "total", "expected_on", "status", "buyer"]
    list_filter = ["status", "department"]
    list_select_related = ["supplier", "department", "buyer"]
    search_fields = ["supplier__name", "request__title"]
    date_hierarchy = "created_at"
    exclude = ["once"]
    inlines = [OrderLineInline]


@admin.register(Receipt)
class ReceiptAdmin(ReadOnly):
    list_display = ["number", "order", "place", "arrived_at", "status", "received_by", "accepted_by"]
    list_filter = ["status"]
    list_select_related = ["order__supplier", "place", "received_by", "accepted_by"]
    search_fields = ["order__supplier__name", "note_number"]
    date_hierarchy = "arrived_at"
    exclude = ["once"]
    inlines = [ReceiptLineInline]


@admin.register(Invoice)
class InvoiceAdmin(ReadOnly):
    list_display = ["number", "supplier", "dated_on", "amount", "entered_by", "withdrawn_at"]
    list_select_related = ["supplier", "entered_by"]
    search_fields = ["number", "supplier__name"]
    exclude = ["once", "file", "content_type"]


@admin.register(Reimbursement)
class ReimbursementAdmin(ReadOnly):
    list_display = ["number", "order", "amount", "arose_at", "status", "claimant", "claim_number"]
    list_filter = ["status"]
    list_select_related = ["order__supplier", "claimant"]
    search_fields = ["claim_number", "order__supplier__name"]
    date_hierarchy = "arose_at"


@admin.register(Price)
class PriceAdmin(ReadOnly):
    list_display = ["name", "group", "supplier", "day", "quantity", "unit_price", "last_year", "reason"]
    list_filter = ["group"]
    list_select_related = ["supplier"]
    search_fields = ["name", "supplier__name"]
    date_hierarchy = "day"
    exclude = ["likeness", "once"]
