"""What happened on overdue promises: the steps taken, who was told by which way, and who has read it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType

from notices.models import Delivery, Notice

from .models import Escalation, Timer
from .wording import StepWords, step_words

LAG_SHOWN_SECONDS = 2


class Told(NamedTuple):
    """One person told at a step, and how far the message got on each way out."""

    notice: Notice
    deliveries: list[Delivery]


class StepTaken(NamedTuple):
    """A step of the climb with everybody who was told at it.

    `told` is empty where a later step, taken at the same moment, told the same people.
    """

    escalation: Escalation
    words: StepWords
    told: list[Told]

    @property
    def lag(self):
        """How late it was noticed, where that is worth showing; else None."""
        lag = self.escalation.lag
        return lag if lag.total_seconds() > LAG_SHOWN_SECONDS else None


def chronicles(timers: Iterable[Timer]) -> dict[int, list[StepTaken]]:
    """For each timer its steps taken, first to last; four queries however many timers there are."""
    taken = Escalation.objects.filter(timer__in=[timer.pk for timer in timers])
    steps = list(taken.select_related("step").order_by("due_at", "step__position"))
    told = _told([step.pk for step in steps])
    found: dict[int, list[StepTaken]] = defaultdict(list)
    for step in steps:
        found[step.timer_id].append(StepTaken(step, step_words(step.step), told[step.pk]))
    return found


def _told(escalations: list[int]) -> dict[int, list[Told]]:
    about = ContentType.objects.get_for_model(Escalation)
    notices = Notice.objects.filter(source_type=about, source_id__in=escalations)
    notices = list(notices.select_related("recipient").order_by("pk"))
    deliveries: dict[int, list[Delivery]] = defaultdict(list)
    sent = Delivery.objects.filter(notice__in=[notice.pk for notice in notices])
    for delivery in sent.select_related("channel").order_by("pk"):
        deliveries[delivery.notice_id].append(delivery)
    found: dict[int, list[Told]] = defaultdict(list)
    for notice in notices:
        found[notice.source_id].append(Told(notice, deliveries[notice.pk]))
    return found
