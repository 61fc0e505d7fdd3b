"""What stands in an empty office: the usual calendars, and a policy for every standard declared."""

from django.utils import timezone

from . import calendars, invariants, rolling, standards
from .models import Calendar, Policy, StepDraft


def write_missing(sender=None, **kwargs) -> None:
    """Run after every migrate: first calendars, then policies; what a manager changed is never touched."""
    calendars.write_missing()
    known = set(Policy.objects.values_list("standard", flat=True))
    for standard in standards.every():
        if standard.key not in known:
            _write(standard)
    invariants.every()
    rolling.mark_history()


def _write(standard: standards.Standard) -> None:
    Policy.objects.create(standard=standard.key).amend(
        deadline=standard.deadline,
        calendar=Calendar.objects.get(key=standard.calendar) if standard.deadline else None,
        steps=[StepDraft(step.to, step.percent, step.offset, step.channels) for step in standard.steps],
        target=standard.target,
        may_pause=standard.may_pause,
        at=timezone.now(),
    )
