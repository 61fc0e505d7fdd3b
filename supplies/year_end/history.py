"""What the history keeps of the year-end plan: who decided what, and why."""

from auditlog.registry import auditlog

from ..models import YearEndLine, YearEndPlan


def register() -> None:
    auditlog.register(YearEndPlan, exclude_fields=["version"])
    auditlog.register(YearEndLine, include_fields=["verdict", "expected_cost", "reason"])
