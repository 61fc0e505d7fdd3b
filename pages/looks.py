"""Looking at something sensitive (a customer's phone, an ID number) leaves a trace."""

from typing import Any

from auditlog.models import LogEntry
from django.db.models import Model


def record_look(obj: Model, by: Any, what: Any) -> LogEntry:
    """Write into the history of `obj` that `by` has looked at `what` ("phone number"), unmasked."""
    return LogEntry.objects.log_create(
        obj,
        force_log=True,
        action=LogEntry.Action.ACCESS,
        changes={},
        actor=by,
        actor_email=getattr(by, "email", None),
        additional_data={"looked_at": str(what)},
    )
