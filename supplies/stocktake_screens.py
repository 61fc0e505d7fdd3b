"""Where stocktakes stand in the menu, what people are told of them, what is heard of the monthly duty."""

from django.utils.translation import gettext_lazy as _

from notices import kinds
from pages import menu, pulse
from sla.models import Occurrence
from sla.signals import occurrence_opened

from . import stocktaking
from .models import Stocktake

OPEN_ONES = (
    "SELECT {gather}(id || ':' || version, '/') FROM (SELECT id, version FROM supplies_stocktake "
    "WHERE status IN ('counting', 'recounting', 'review') ORDER BY id) AS being_counted"
)
"""Those under way, with how often each was changed; one that is closed leaves the row."""


def register() -> None:
    menu.register(menu.COST, _("Stocktakes"), "stocktakes", "list-check", "supplies.view_stocktake", order=40)
    menu.badge("stocktakes", to_approve)
    menu.register_new(_("Stocktake"), "stocktake-open", "list-check", "supplies.add_stocktake", order=60)
    pulse.watch("stocktakes", OPEN_ONES, may="supplies.view_stocktake")


def to_approve(user) -> int:
    """How many wait for this person's word."""
    if not user.has_perm("supplies.approve_stocktake"):
        return 0
    return Stocktake.objects.to_approve(user).count()


def register_kinds() -> None:
    kinds.register(
        "supplies.stocktake-to-approve",
        label=_("Stocktake to be approved"),
        title=_("To be approved: %(stocktake)s"),
        body=_("%(person)s has handed in the count. Please look at the variances."),
    )
    kinds.register(
        "supplies.stocktake-sent-back",
        label=_("Stocktake sent back"),
        title=_("To be counted again: %(stocktake)s"),
        body=_("%(person)s: %(reason)s"),
    )


def connect() -> None:
    occurrence_opened.connect(count_is_due, sender=Occurrence, dispatch_uid="supplies.count_is_due")


def count_is_due(sender, occurrence: Occurrence, at, **kwargs) -> None:
    """The day of the monthly count has come."""
    if occurrence.duty.standard == stocktaking.DUTY:
        stocktaking.open_for(occurrence, at=at)
