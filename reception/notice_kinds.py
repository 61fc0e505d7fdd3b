"""What the desk tells people."""

from django.utils.translation import gettext_lazy as _

from notices import kinds


def register() -> None:
    kinds.register(
        "reception.feedback",
        label=_("A call for you"),
        title=_("Call for you: %(caller)s"),
        body=_("%(text)s Number: %(number)s"),
        acknowledgeable=True,
    )
