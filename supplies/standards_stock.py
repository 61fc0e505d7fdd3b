"""Work items 4.1 and 4.3: that the minimum is in stock, and that what fell short is bought at once."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from sla.deadlines import Within
from sla.house_rules import STEPS
from sla.standards import Shape, Standard, climb, register

from .measures_stock import supplies_below_minimum

register(
    Standard(
        key="minimum-stock",
        clause="4.1.2",
        title=_("Minimum stock is there"),
        wording=_("Of every office supply the minimum is always in stock."),
        shape=Shape.STATE,
        deadline=Within(hours=24),
        calendar="office",
        steps=STEPS,
        offenders=supplies_below_minimum,
    ),
    Standard(
        key="replenish",
        clause="4.3.2",
        title=_("Buy consumables at once"),
        wording=_("A consumable that fell below its minimum is requested from purchasing at once."),
        shape=Shape.TIMER,
        deadline=Within(hours=4),
        calendar="office",
        steps=climb(pace=timedelta(hours=2)),
        action=_("Request purchase"),
    ),
    Standard(
        key="replenish-stock",
        clause="",
        title=_("Buy what fell short"),
        wording=_("Whatever else is kept in stock and fell below its minimum is requested within a day."),
        shape=Shape.TIMER,
        deadline=Within(hours=8),
        calendar="office",
        steps=climb(pace=timedelta(hours=4)),
        action=_("Request purchase"),
    ),
)
