"""Every change of an order, a delivery, an invoice, a claim and a price is kept."""

from auditlog.registry import auditlog

from .models import Invoice, Order, OrderLine, Price, Receipt, ReceiptLine, Reimbursement


def register() -> None:
    auditlog.register(Order, exclude_fields=["once"])
    auditlog.register(OrderLine, exclude_fields=["amount"])
    auditlog.register(Receipt, exclude_fields=["once"])
    auditlog.register(ReceiptLine)
    auditlog.register(Invoice, exclude_fields=["once", "file", "content_type"])
    auditlog.register(Reimbursement)
    auditlog.register(Price, exclude_fields=["likeness", "amount", "once"])
