"""Where audits of assets stand in the menu, and what people are told of them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices import kinds
from pages import menu, pulse

from ..models import AssetAudit

OPEN_ONES = (
    "SELECT {gather}(id || ':' || version, '/') FROM (SELECT id, version FROM supplies_assetaudit "
    "WHERE status IN ('open', 'review') ORDER BY id) AS being_audited"
)
"""Those under way, with how often each was changed; one that is closed leaves the row."""


def register() -> None:
    menu.register(menu.COST, _("Audits of assets"), "audits", "scan", "supplies.view_assetaudit", order=45)
    menu.badge("audits", to_approve)
    menu.register_new(
        pgettext_lazy("new", "Audit of assets"), "audit-open", "scan", "supplies.add_assetaudit", order=65
    )
    pulse.watch("audits", OPEN_ONES, may="supplies.view_assetaudit")


def to_approve(user) -> int:
    """How many wait for this person's word."""
    if not user.has_perm("supplies.approve_audit"):
        return 0
    return AssetAudit.objects.to_approve(user).count()


def register_kinds() -> None:
    kinds.register(
        "supplies.audit-to-approve",
        label=_("Audit of assets to be approved"),
        title=_("To be approved: %(audit)s"),
        body=_("%(person)s has handed in the audit. Please look at the differences."),
    )
    kinds.register(
        "supplies.audit-taken-up",
        label=_("Audit of assets taken up again"),
        title=_("To be scanned again: %(audit)s"),
        body=_("%(person)s: %(reason)s"),
    )
