"""Where budgets and costs stand in the menu."""

from django.utils.translation import gettext_lazy as _

from pages import menu


def register() -> None:
    menu.register(menu.COST, _("Budgets and costs"), "budgets", "chart-bar", "procurement.view_budget", 80)
    menu.register(menu.COST, _("Costs"), "costs", "report-analytics", "procurement.view_cost", 82)
    menu.register_new(_("Cost"), "cost-new", "report-analytics", "procurement.enter_cost", order=80)
