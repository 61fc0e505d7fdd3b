from .calendar import Calendar, CalendarHours, ConfirmedYear, DayOverride, Decision
from .display import Display
from .duty import Duty, DutyTurn
from .escalation import Escalation, Excuse
from .evidence import Attendance, Evidence
from .figure import BoardSettings, DailyFigure, RepeatedMiss, StaleDay
from .invariant import Draw, Drawn, Invariant
from .occurrence import Occurrence
from .policy import Policy, PolicyVersion, Step, StepDraft
from .scorecard import Scorecard
from .timer import Holding, Pause, Timer

__all__ = [
    "Attendance",
    "BoardSettings",
    "Calendar",
    "CalendarHours",
    "ConfirmedYear",
    "DailyFigure",
    "DayOverride",
    "Decision",
    "Display",
    "Draw",
    "Drawn",
    "Duty",
    "DutyTurn",
    "Escalation",
    "Evidence",
    "Excuse",
    "Holding",
    "Invariant",
    "Occurrence",
    "Pause",
    "Policy",
    "PolicyVersion",
    "RepeatedMiss",
    "Scorecard",
    "StaleDay",
    "Step",
    "StepDraft",
    "Timer",
]
