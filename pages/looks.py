"""Looking at something sensitive (a customer's phone, an ID number) leaves a trace."""

from typing import Any

from auditlog.models import LogEntry
from django.db.models import Model


def record_look(obj: Model, by: Any, what: str, **numbers: int | str) -> LogEntry:
    """Write into the history of `obj` that `by` has looked at `what`, unmasked.

    `what` is a msgid, marked with `gettext_noop("phone number")` and translated when it is read; `numbers`
    fill its gaps ("export of %(count)d customers").
    """
    return LogEntry.objects.log_create(
        obj,
        force_log=True,
        action=LogEntry.Action.ACCESS,
        changes={},
        actor=by,
        actor_email=getattr(by, "email", None),
        additional_data={"looked_at": what, "looked_at_numbers": numbers},
    )
