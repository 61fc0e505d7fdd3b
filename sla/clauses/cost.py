"""Area 4, cost control (成本控制): supplies, assets, consumables, suppliers, electricity, budgets."""

from django.utils.translation import gettext_lazy as _

from ..standards import Shape
from .clause import Clause

CLAUSES = (
    Clause(
        "4.1.1",
        _("Office supplies match the ledger"),
        _("Of every office supply, stock and ledger differ by one at most."),
        Shape.STATE,
    ),
    Clause(
        "4.1.2",
        _("Minimum stock is there"),
        _("Of every office supply the minimum is always in stock."),
        Shape.STATE,
    ),
    Clause(
        "4.1.3",
        _("Issue by real use"),
        _("Office supplies are issued by what a department really uses."),
        Shape.RATE,
    ),
    Clause(
        "4.1.4",
        _("Office supplies below last year's cost"),
        _("Office supplies cost less than in the same period of last year."),
        Shape.RATE,
    ),
    Clause(
        "4.2.1",
        _("Fixed assets match the register"),
        _("Every fixed asset is where and with whom the register says; the difference is zero."),
        Shape.STATE,
    ),
    Clause(
        "4.2.2",
        _("Year-end check of assets"),
        _(
            "At the end of the year assets are checked by their depreciation, and repairs and purchases "
            "are planned together."
        ),
        Shape.DUTY,
        key="year-end-check",
    ),
    Clause(
        "4.2.3",
        _("Fixed assets below last year's cost"),
        _("Fixed assets cost less than in the same period of last year."),
        Shape.RATE,
    ),
    Clause(
        "4.3.1",
        _("Consumables match the ledger"),
        _("Of every low-value consumable, stock and ledger differ by one at most."),
        Shape.STATE,
    ),
    Clause(
        "4.3.2",
        _("Monthly count of consumables"),
        _("Low-value consumables are counted every month; what fell below its minimum is bought at once."),
        Shape.DUTY,
        key="consumables-stocktake",
        also=(Shape.TIMER,),
    ),
    Clause(
        "4.3.3",
        _("Consumables below last year's cost"),
        _("Low-value consumables cost less than last year."),
        Shape.RATE,
    ),
    Clause(
        "4.4.1",
        _("Three suppliers in every category"),
        _("For every category of goods there are at least three suppliers."),
        Shape.STATE,
    ),
    Clause(
        "4.4.2",
        _("Quarterly supplier review"),
        _("Suppliers are evaluated every quarter; by the result one negotiates with them or replaces them."),
        Shape.DUTY,
        key="supplier-review",
    ),
    Clause(
        "4.5.1",
        _("Daily check of devices"),
        _(
            "Electrical devices are checked daily: the early shift switches on, the late shift switches off, "
            "and some areas have the person nearest to them."
        ),
        Shape.DUTY,
        key="device-check",
    ),
    Clause(
        "4.5.2",
        _("Set air conditioning by the weather"),
        _("Air conditioning in public areas is set by the temperature."),
        Shape.RATE,
    ),
    Clause(
        "4.6.1",
        _("Compare costs by kind"),
        _("Each kind of cost is compared period by period, and what rose is brought under control."),
        Shape.RATE,
    ),
    Clause(
        "4.6.2",
        _("Keep to the budget"),
        _("There are budgets for month, quarter and year, and something is done before one is overspent."),
        Shape.STATE,
    ),
)

EFFECTS = (
    Clause(
        "4.5",
        _("Electricity is used with reason"),
        _("Electricity is used with reason, without waste, and safely."),
        Shape.RATE,
    ),
)
