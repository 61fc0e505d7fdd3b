"""Every change of a purchase request is kept, before and after."""

from auditlog.registry import auditlog

from .models import Approval, ApprovalRule, PurchaseRequest, Quote, QuoteLine, RequestLine


def register() -> None:
    auditlog.register(
        PurchaseRequest, exclude_fields=["once", "initials", "version", "created_at", "shortage"]
    )
    auditlog.register(Quote, exclude_fields=["content_type"])
    for model in (RequestLine, QuoteLine, ApprovalRule, Approval):
        auditlog.register(model)
