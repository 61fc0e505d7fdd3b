"""What people are told about requisitions."""

from django.utils.translation import gettext_lazy as _

from notices import kinds


def register() -> None:
    kinds.register(
        "supplies.requisition-asked",
        label=_("Supplies to approve"),
        title=_("%(requester)s asks for supplies"),
        body=_("%(items)s. %(purpose)s"),
    )
    kinds.register(
        "supplies.requisition-approved",
        label=_("Your requisition was approved"),
        title=_("Approved: %(number)s"),
        body=_("%(items)s. You are told as soon as it is handed out."),
    )
    kinds.register(
        "supplies.requisition-refused",
        label=_("Your requisition was refused"),
        title=_("Refused: %(number)s"),
        body=_("%(items)s. Reason: %(reason)s"),
    )
    kinds.register(
        "supplies.requisition-to-issue",
        label=_("Supplies to hand out"),
        title=_("To hand out to %(requester)s"),
        body=_("%(number)s: %(items)s"),
    )
    kinds.register(
        "supplies.requisition-issued",
        label=_("Your supplies were handed out"),
        title=_("Handed out: %(number)s"),
        body=_("%(handed)s"),
    )
    kinds.register(
        "supplies.requisition-called-off",
        label=_("The rest of your requisition was called off"),
        title=_("The rest is called off: %(number)s"),
        body=_("%(items)s. Reason: %(reason)s"),
    )
