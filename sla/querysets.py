"""Questions asked of promises and their clocks more than once."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q


class PolicyQuerySet(models.QuerySet):
    def in_force(self, standard: str) -> "models.Model":
        """The policy of a standard with its current version, calendar and steps, or DoesNotExist."""
        return (
            self.select_related("current__calendar").prefetch_related("current__steps").get(standard=standard)
        )


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
        if user.has_perm("sla.oversee_timer"):
            return self
        near = Q(owner=user) | Q(owner__manager=user) | Q(owner__backup=user)
        return self.filter(near | Q(owner=None, team__in=list(user.role_names)))


class EscalationQuerySet(models.QuerySet):
    def open(self) -> "EscalationQuerySet":
        """Steps taken on timers that still run."""
        return self.filter(timer__stopped_at=None)

    def with_lag(self) -> "EscalationQuerySet":
        return self.annotate(lag_time=F("noticed_at") - F("due_at"))
