"""What the history keeps of an audit; the scans are kept as they are."""

from auditlog.registry import auditlog

from ..models import AssetAudit, AuditLine, Sighting

LINE = ["asset", "place", "result", "found_place", "settlement", "remark", "settled_by"]


def register() -> None:
    auditlog.register(AssetAudit, exclude_fields=["once", "version"])
    auditlog.register(AuditLine, include_fields=LINE)
    auditlog.register(Sighting, include_fields=["explanation", "explained_by"])
