"""Every change of a budget, a kind of cost or a control is kept; a cost never changes."""

from auditlog.registry import auditlog

from .models import Budget, Control, CostCategory


def register() -> None:
    auditlog.register(CostCategory, m2m_fields={"goods"})
    auditlog.register(Budget, exclude_fields=["warned_at", "told_at"])
    auditlog.register(Control, exclude_fields=["once"])
