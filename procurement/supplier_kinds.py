"""What people are told about suppliers."""

from django.utils.translation import gettext_lazy as _

from notices import kinds


def register() -> None:
    kinds.register(
        "procurement.supplier-follow-up",
        label=_("Supplier to follow up"),
        title=_("Follow up: %(supplier)s"),
        body=_("%(reason)s Until %(day)s."),
    )
