"""Clause 4.1.3, and what the house promises to who asks for supplies: an answer, and then the goods."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sla.deadlines import WorkingDays
from sla.standards import Shape, Standard, climb, register

from .measures_requisitions import BY_REAL_USE, measure, records
from .models import Requisition

PACE = timedelta(hours=4)

register(
    Standard(
        key=BY_REAL_USE,
        clause="4.1.3",
        title=_("Issue by real use"),
        wording=_("Office supplies are issued by what a department really uses."),
        shape=Shape.RATE,
        measure=measure,
        records=records,
    ),
    Standard(
        key=Requisition.APPROVAL,
        clause="",
        title=_("Requisitions are decided within a working day"),
        wording=_("Whoever asks for supplies hears within a working day whether they are approved."),
        shape=Shape.TIMER,
        deadline=WorkingDays(1),
        calendar="office",
        steps=climb(pace=PACE),
        action=pgettext_lazy("requisition", "Decide"),
    ),
    Standard(
        key=Requisition.HANDING_OUT,
        clause="",
        title=_("Approved supplies are handed out within a working day"),
        wording=_("What was approved lies ready for the department within a working day."),
        shape=Shape.TIMER,
        deadline=WorkingDays(1),
        calendar="office",
        steps=climb(pace=PACE),
        action=_("Hand out"),
    ),
)
