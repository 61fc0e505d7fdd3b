"""Where the promises stand in the menu, and who begins the day with what went wrong."""

from django.utils.translation import gettext_lazy as _

from organization import scopes
from pages import home, menu

from . import misses


def register() -> None:
    """Escalations for whoever leads people, excuses for whoever oversees them, promises for whoever may."""
    home.register(5, "sla.acknowledge_timer", "escalations")
    menu.register(
        menu.OVERVIEW, _("Escalations"), "escalations", "clock-exclamation", "sla.follow_escalations", 40
    )
    menu.badge("escalations", misses.count_unacknowledged)
    menu.register(menu.OVERVIEW, _("Excuses"), "excuses", "gavel", "sla.view_excuse", 45)
    menu.badge("excuses", misses.count_undecided)
    menu.register(menu.SYSTEM, _("Promises"), "policies", "adjustments", "sla.view_policy", 25)
    scopes.register("timers", _("Read running promises"), "sla.view_every_timer")
