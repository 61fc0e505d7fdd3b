"""Area 2, environment (环境保障): routine inspection, extra services, office security."""

from django.utils.translation import gettext_lazy as _

from ..standards import Shape
from .clause import Clause

CLAUSES = (
    Clause(
        "2.1.1",
        _("Morning inspection"),
        _(
            "Before 10:00 every working day, cleanliness, plants and arrangement are in order and "
            "consumables are topped up."
        ),
        Shape.DUTY,
        key="morning-inspection",
    ),
    Clause(
        "2.1.2",
        _("Closing inspection"),
        _("The late shift switches off every appliance and closes doors and windows before leaving."),
        Shape.DUTY,
        key="closing-inspection",
    ),
    Clause(
        "2.2.1",
        _("Festive decoration"),
        _("Before a holiday the office is decorated, to a plan and within its cost."),
        Shape.DUTY,
        key="festive-decoration",
    ),
    Clause(
        "2.2.2",
        _("Carpet cleaning"),
        _("Carpets are cleaned area by area in their turn."),
        Shape.DUTY,
        key="carpet-cleaning",
    ),
    Clause(
        "2.3.1",
        _("Staff list for building security"),
        _("Every two weeks building security receives the staff list as the newest directory has it."),
        Shape.DUTY,
        key="security-roster",
    ),
    Clause(
        "2.3.2",
        _("Ask visitors in and lead them"),
        _("Nobody walks in alone: every visitor is asked for the purpose and the host, and is led."),
        Shape.RATE,
    ),
    Clause(
        "2.3.3",
        _("Close large rooms over lunch"),
        _("The doors of the large meeting rooms are closed over the lunch break."),
        Shape.DUTY,
        key="lunch-doors",
    ),
    Clause(
        "2.3.4",
        _("Screen weekend visitors"),
        _("At weekends and on holidays visitors are looked at more carefully before they come in."),
        Shape.RATE,
    ),
)

EFFECTS = (
    Clause(
        "2.1",
        _("The office is tidy and safe"),
        _(
            "The office is tidy, plants have no dead leaves, supplies are complete, scrap paper is used "
            "again, and nothing is a hazard."
        ),
        Shape.RATE,
    ),
    Clause(
        "2.2",
        _("The office makes a good impression"),
        _("There is a festive mood at holidays, and colleagues and guests like the office."),
        Shape.SAMPLE,
    ),
    Clause(
        "2.3",
        _("Keys and property are safe"),
        _("No outsider gets a key to the office from the building, and no property is lost."),
        Shape.STATE,
    ),
)
