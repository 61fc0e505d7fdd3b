"""Clause 4.2.2: at the end of the year every asset is looked at, and repairs and purchases are planned."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from sla.deadlines import AsGiven
from sla.standards import Shape, Standard, climb, register

from .drawing import DUTY

register(
    Standard(
        key=DUTY,
        clause="4.2.2",
        title=_("Year-end check of assets"),
        wording=_(
            "At the end of the year assets are checked by their depreciation, and repairs and purchases "
            "are planned together."
        ),
        shape=Shape.DUTY,
        deadline=AsGiven(),
        calendar="office",
        steps=climb(pace=timedelta(hours=1)),
        action=_("Draw up the year-end plan"),
    )
)
