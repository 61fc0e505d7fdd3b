"""What people are told of purchase requests."""

from django.utils.translation import gettext_lazy as _

from notices import kinds

KINDS = {
    "procurement.confirmation_wanted": (
        _("Purchase to be confirmed"),
        _("Please confirm: %(title)s"),
        _("%(number)s: is this the specification your department needs?"),
    ),
    "procurement.quotes_wanted": (
        _("Purchase to be quoted"),
        _("To be quoted: %(title)s"),
        _("%(number)s: the requirement is confirmed. Ask suppliers for their prices."),
    ),
    "procurement.approval_wanted": (
        _("Purchase to be approved"),
        _("Please approve: %(title)s"),
        _("%(number)s: CNY %(amount)s wait for your decision."),
    ),
    "procurement.request_approved": (
        _("Purchase approved"),
        _("Approved: %(title)s"),
        _("%(number)s: CNY %(amount)s may be ordered."),
    ),
    "procurement.request_refused": (
        _("Purchase refused"),
        _("Refused: %(title)s"),
        _("%(number)s: %(reason)s"),
    ),
    "procurement.request_sent_back": (
        _("Purchase sent back"),
        _("Sent back: %(title)s"),
        _("%(number)s: %(reason)s"),
    ),
}


def register() -> None:
    for key, (label, title, body) in KINDS.items():
        kinds.register(key, title=title, body=body, label=label)
