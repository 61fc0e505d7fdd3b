"""Every change of a supplier, its contacts, papers and reviews is kept; secrets stand there masked."""

from auditlog.registry import auditlog

from .models import Contact, Criterion, Paper, Review, ReviewRound, ReviewScore, Supplier

SEEN_OF_AN_ACCOUNT = 4


def masked_account(text: str) -> str:
    """Of a bank account the last four signs are seen; the history says "None" where there was none."""
    return f"****{text[-SEEN_OF_AN_ACCOUNT:]}" if text not in ("", "None") else ""


def register() -> None:
    auditlog.register(
        Supplier,
        include_fields=[*Supplier.EDITABLE, "status", "status_reason", "left_on"],
        mask_fields=["bank_account"],
        mask_callable="procurement.supplier_history.masked_account",
    )
    auditlog.register(
        Contact,
        include_fields=["supplier", *Contact.EDITABLE],
        mask_fields=["phone"],
        mask_callable="pages.phones.mask",
    )
    auditlog.register(Paper, exclude_fields=["file", "content_type", "once"])
    for model in (Criterion, Review, ReviewRound, ReviewScore):
        auditlog.register(model)
