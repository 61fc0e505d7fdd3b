"""What people are told about budgets."""

from django.utils.translation import gettext_lazy as _

from notices import kinds

from . import budget_watch


def register() -> None:
    kinds.register(
        budget_watch.WARN,
        label=_("A budget fills up"),
        title=_("%(percent)s%% of a budget is used: %(budget)s"),
        body=_("Of ¥%(amount)s. By the end it will be about ¥%(expected)s."),
    )
    kinds.register(
        budget_watch.OVER,
        label=_("A budget will be crossed"),
        title=_("Will be crossed: budget %(budget)s"),
        body=_(
            "At this rate it is crossed on %(day)s: about ¥%(expected)s of ¥%(amount)s. Please note why, and "
            "what is done."
        ),
    )
