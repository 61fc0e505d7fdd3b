from .calendar import Calendar, CalendarHours, ConfirmedYear, DayOverride
from .escalation import Escalation, Excuse
from .policy import Policy, PolicyVersion, Step, StepDraft
from .timer import Holding, Pause, Timer

__all__ = [
    "Calendar",
    "CalendarHours",
    "ConfirmedYear",
    "DayOverride",
    "Escalation",
    "Excuse",
    "Holding",
    "Pause",
    "Policy",
    "PolicyVersion",
    "Step",
    "StepDraft",
    "Timer",
]
