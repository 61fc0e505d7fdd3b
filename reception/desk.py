"""What the desk owes right now: the running promises on calls, nearest deadline first."""

from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType

from organization.models import User
from sla.models import Timer

from .models import Call

MOST_SHOWN = 30
SHORTCUTS = {Call.FEEDBACK: "Alt+f", Call.CRM_ENTRY: "Alt+n", Call.CALL_BACK: "Alt+b"}


class Owed(NamedTuple):
    """One running promise and the call it is about; `shortcut` on the most urgent of its kind."""

    timer: Timer
    call: Call
    shortcut: str

    @property
    def is_feedback(self) -> bool:
        return self.timer.standard == Call.FEEDBACK

    @property
    def is_crm_entry(self) -> bool:
        return self.timer.standard == Call.CRM_ENTRY

    @property
    def is_call_back(self) -> bool:
        return self.timer.standard == Call.CALL_BACK


def owed(user: User) -> list[Owed]:
    """The desk's running promises, for those who work there; the desk shares them, whoever took the call."""
    subject = ContentType.objects.get_for_model(Call)
    timers = list(
        Timer.objects.running()
        .filter(subject_type=subject, standard__in=SHORTCUTS)
        .select_related("owner")
        .order_by("due_at", "pk")[:MOST_SHOWN]
    )
    calls = Call.objects.visible_to(user).for_rows().in_bulk([timer.subject_id for timer in timers])
    free = dict(SHORTCUTS)
    return [
        Owed(timer, calls[timer.subject_id], free.pop(timer.standard, ""))
        for timer in timers
        if timer.subject_id in calls
    ]
