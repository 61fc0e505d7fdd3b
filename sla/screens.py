"""Where the promises stand in the menu, and who begins the day with what went wrong."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization import scopes
from pages import home, menu

from . import invariants, mine, misses


def register() -> None:
    """Escalations for whoever leads people, excuses for whoever oversees them, promises for whoever may."""
    home.register(3, "sla.change_boardsettings", "board")
    home.register(5, "sla.acknowledge_timer", "escalations")
    home.register(80, None, "mine")
    menu.register(menu.OVERVIEW, pgettext_lazy("page", "Mine"), "mine", "user-check", order=5)
    menu.badge("mine", mine.count)
    menu.register(menu.OVERVIEW, _("Standards board"), "board", "layout-dashboard", "sla.follow_board", 10)
    menu.register(menu.OVERVIEW, _("Duties"), "duties", "calendar-repeat", order=20)
    menu.register(
        menu.OVERVIEW, _("Escalations"), "escalations", "clock-exclamation", "sla.follow_escalations", 40
    )
    menu.badge("escalations", misses.count_unacknowledged)
    menu.register(menu.OVERVIEW, _("Excuses"), "excuses", "gavel", "sla.view_excuse", 45)
    menu.badge("excuses", misses.count_undecided)
    menu.register(
        menu.OVERVIEW, _("What must always hold"), "invariants", "shield-check", "sla.view_invariant", 50
    )
    menu.badge("invariants", invariants.count_broken)
    menu.register(menu.OVERVIEW, _("Random samples"), "draws", "dice", "sla.view_draw", 55)
    menu.register(menu.OVERVIEW, _("Scorecards"), "scorecards", "report-analytics", "sla.view_scorecard", 60)
    menu.register(menu.SYSTEM, _("Promises"), "policies", "adjustments", "sla.view_policy", 25)
    menu.register(menu.SYSTEM, _("Displays"), "displays", "device-tv", "sla.view_display", 80)
    scopes.register("timers", _("Read running promises"), "sla.view_every_timer")
    scopes.register("standards", _("Read the figures of the standards board"), "sla.view_board")
