"""Where the year-end check stands in the menu, what people are told of it, what is heard of the duty."""

from contextlib import suppress

from django.utils.translation import gettext_lazy as _

from notices import kinds
from pages import menu
from pages.refusals import Refused
from sla.models import Occurrence
from sla.signals import occurrence_opened

from ..models import YearEndPlan
from . import drawing


def register() -> None:
    menu.register(
        menu.COST, _("Year-end check"), "year-ends", "calendar-event", "supplies.view_yearendplan", order=47
    )
    menu.badge("year-ends", to_decide)


def to_decide(user) -> int:
    """How many plans wait for this person's word."""
    if not user.has_perm("supplies.decide_yearendplan"):
        return 0
    waiting = YearEndPlan.objects.filter(status=YearEndPlan.Status.REVIEW)
    return waiting.exclude(drawn_by=user).exclude(submitted_by=user).count()


def register_kinds() -> None:
    kinds.register(
        "supplies.year-end-to-decide",
        label=_("Year-end plan to be decided"),
        title=_("To be decided: year-end check %(year)s"),
        body=_("%(person)s has submitted the plan of repairs and replacements."),
    )
    kinds.register(
        "supplies.year-end-sent-back",
        label=_("Year-end plan sent back"),
        title=_("To be gone over: year-end check %(year)s"),
        body=_("%(person)s: %(reason)s"),
    )


def connect() -> None:
    occurrence_opened.connect(check_is_due, sender=Occurrence, dispatch_uid="supplies.check_is_due")


def check_is_due(sender, occurrence: Occurrence, at, **kwargs) -> None:
    """The day of the year-end check has come: the plan is drawn up, if there is anything to draw up."""
    if occurrence.duty.standard != drawing.DUTY:
        return
    with suppress(Refused):  # decided already, or nothing in the register: the duty is shown by hand
        YearEndPlan.draw_up(drawing.year_of(occurrence), by=None, at=at, occurrence=occurrence)
