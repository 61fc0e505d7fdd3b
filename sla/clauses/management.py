"""Area 5, internal management (内部管理): policies, processes, growth of the staff."""

from django.utils.translation import gettext_lazy as _

from ..standards import Shape
from .clause import Clause

CLAUSES = (
    Clause(
        "5.1.1",
        _("Rules that can be carried out"),
        _("The department's rules can be carried out, are simple, and work."),
        Shape.RATE,
    ),
    Clause(
        "5.1.2",
        _("Every rule has an owner"),
        _("Every rule names the person responsible and the department it belongs to."),
        Shape.STATE,
    ),
    Clause(
        "5.1.3",
        _("Review rules every half year"),
        _("Every rule is looked at again and renewed each half year."),
        Shape.TIMER,
    ),
    Clause(
        "5.2.1",
        _("Processes begin with the result"),
        _("Processes are worked out backwards from the result they are to bring."),
        Shape.STATE,
    ),
    Clause(
        "5.2.2",
        _("Complete processes"),
        _("Every step of a process names people, things, method, time and key points."),
        Shape.STATE,
    ),
    Clause(
        "5.2.3",
        _("Improve what went wrong"),
        _("A problem that is found is improved at once: plan, do, check, act."),
        Shape.TIMER,
    ),
    Clause(
        "5.3.1",
        _("Daily sharing"),
        _("Every working day one colleague shares something from the work."),
        Shape.DUTY,
        key="daily-sharing",
    ),
    Clause(
        "5.3.2",
        _("Weekly backup training"),
        _("Every week colleagues train for each other's posts, so that each post has a backup."),
        Shape.DUTY,
        key="backup-training",
        also=(Shape.STATE,),
    ),
)

EFFECTS: tuple[Clause, ...] = ()
