"""“What would happen if?”: a promise tried out on paper, with its deadline and every step at its moment."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from .deadlines import Deadline, sentences
from .models import Calendar, Step, StepDraft
from .models.policy import moment
from .wording import StepWords, step_words

AGREED_AFTER = dt.timedelta(days=7)


class Trial(NamedTuple):
    """What would happen to a promise given at `start`."""

    start: dt.datetime
    due: dt.datetime
    reasons: list[str]
    steps: list[tuple[dt.datetime, StepWords]]


def tried(
    deadline: Deadline,
    calendar: Calendar,
    steps: Iterable[Step | StepDraft],
    start: dt.datetime,
    given: dt.datetime | None = None,
) -> Trial:
    """Try it out; without a `given` date, one agreed for a week later is supposed."""
    hours, given = calendar.hours(), given or start + AGREED_AFTER
    due = max(start, deadline.due(start, hours, given))
    moments = sorted(((moment(step, start, due), step_words(step)) for step in steps), key=lambda one: one[0])
    return Trial(start, due, sentences(deadline.explain(start, hours, given)), moments)
