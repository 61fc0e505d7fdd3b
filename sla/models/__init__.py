from .calendar import Calendar, CalendarHours, ConfirmedYear, DayOverride, Decision
from .escalation import Escalation, Excuse
from .policy import Policy, PolicyVersion, Step, StepDraft
from .timer import Holding, Pause, Timer

__all__ = [
    "Calendar",
    "CalendarHours",
    "ConfirmedYear",
    "DayOverride",
    "Decision",
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
