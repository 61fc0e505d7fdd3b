from .calendar import Calendar, CalendarHours, ConfirmedYear, DayOverride, Decision
from .duty import Attendance, Duty, DutyTurn, Evidence, Occurrence
from .escalation import Escalation, Excuse
from .figure import BoardSettings, DailyFigure, RepeatedMiss, StaleDay
from .invariant import Draw, Drawn, Invariant
from .policy import Policy, PolicyVersion, Step, StepDraft
from .scorecard import Display, Scorecard
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
