"""What people are told about orders, deliveries and claims."""

from django.utils.translation import gettext_lazy as _

from notices import kinds


def register() -> None:
    kinds.register(
        "procurement.order_to_release",
        label=_("An order would cross a budget"),
        title=_("To be released: %(order)s"),
        body=_("%(amount)s CNY would cross a budget. Reason: %(reason)s"),
    )
    kinds.register(
        "procurement.order_released",
        label=_("An order was released"),
        title=_("Released: %(order)s"),
        body=_("%(person)s lets it cross the budget. It can be placed now."),
    )
    kinds.register(
        "procurement.goods_arrived",
        label=_("Goods to be accepted"),
        title=_("Arrived, please accept: %(title)s"),
        body=_("Delivery %(receipt)s lies at %(place)s."),
    )
    kinds.register(
        "procurement.claim_returned",
        label=_("A claim was sent back"),
        title=_("Sent back by finance: %(claim)s"),
        body=_("Reason: %(reason)s Claim it again by the end of the day."),
    )
