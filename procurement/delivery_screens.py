"""Where orders, deliveries, claims and prices stand in the menu, and what waits there for somebody."""

from django.utils.translation import gettext_lazy as _

from pages import clock, menu

from .models import Receipt, Reimbursement


def register() -> None:
    menu.register(menu.COST, _("Purchase orders"), "orders", "clipboard-list", "procurement.view_order", 62)
    menu.register(menu.COST, _("Receiving and acceptance"), "receipts", "package-import", None, 64)
    menu.register(
        menu.COST,
        _("Reimbursement"),
        "reimbursements",
        "file-spreadsheet",
        "procurement.view_reimbursement",
        66,
    )
    menu.register(menu.COST, _("Prices paid"), "prices", "chart-line", "procurement.view_price", 68)
    menu.badge("receipts", _to_accept)
    menu.badge("reimbursements", _to_claim)


def _to_accept(user) -> int:
    return Receipt.objects.to_accept(user).count()


def _to_claim(user) -> int:
    """One's own claims that are due today or were before."""
    return Reimbursement.objects.unclaimed_by(clock.now()).filter(claimant=user).count()
