"""Questions asked of promises and their clocks more than once."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q


class PolicyQuerySet(models.QuerySet):
    def with_rules(self) -> "PolicyQuerySet":
        """Together with the current version, its calendar and its steps."""
        return self.select_related("current__calendar").prefetch_related("current__steps")

    def in_force(self, standard: str) -> "models.Model":
        """The policy of one standard, or DoesNotExist."""
        return self.with_rules().get(standard=standard)

    def giving(self, standards: Iterable[str]) -> list["models.Model"]:
        """Those of the standards under which timers are started: switched on, and with a limit.

        A version never changes, so one read before is taken again as long as its stamp and its calendar's say
        that it is the same: one small query.
        """
        switched_on = self.filter(
            standard__in=list(standards), current__enabled=True, current__deadline__isnull=False
        )
        stamps = switched_on.values_list("pk", "current__stamp", "current__calendar__stamp")
        missing = [pk for pk, *key in stamps if tuple(key) not in _read]
        for policy in self.with_rules().filter(pk__in=missing) if missing else ():
            _read[policy.current.stamp, policy.current.calendar.stamp] = policy
        return [_read[tuple(key)] for _pk, *key in stamps]


#: Policies with their rules, by the stamps of their version and calendar under which they were read.
_read: dict[tuple[str, str], "models.Model"] = {}


class TimerQuerySet(models.QuerySet):
    def running(self) -> "TimerQuerySet":
        return self.filter(stopped_at=None)

    def due(self, at: dt.datetime) -> "TimerQuerySet":
        """Timers at which the sweep has to look now."""
        return self.filter(next_look_at__lte=at)

    def overdue(self, at: dt.datetime) -> "TimerQuerySet":
        return self.running().filter(due_at__lt=at)

    def about(self, subject: models.Model) -> "TimerQuerySet":
        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject, for_concrete_model=True),
            subject_id=subject.pk,
        )

    def visible_to(self, user) -> "TimerQuerySet":
        """What a person may see: own timers, the team's, their reports'; with the right to oversee, all."""
        if user.has_perm("sla.view_every_timer"):
            return self
        near = Q(owner=user) | Q(owner__manager=user) | Q(owner__backup=user)
        return self.filter(near | Q(owner=None, team__in=list(user.role_names)))


class EscalationQuerySet(models.QuerySet):
    def open(self) -> "EscalationQuerySet":
        """Steps taken on timers that still run."""
        return self.filter(timer__stopped_at=None)

    def with_lag(self) -> "EscalationQuerySet":
        return self.annotate(lag_time=F("noticed_at") - F("due_at"))
