"""Every change of the register of assets is kept, before and after."""

from auditlog.registry import auditlog

from .models import Asset, Handover, MaintenancePlan, Repair


def register() -> None:
    auditlog.register(Asset, exclude_fields=["initials", "picture_type", "once", "version", "seen_at"])
    auditlog.register(Handover, exclude_fields=["once"])
    auditlog.register(MaintenancePlan, exclude_fields=["once"])
    auditlog.register(Repair)
