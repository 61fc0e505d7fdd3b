"""Questions asked of promises and their clocks more than once."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import Count, F, Q

from . import sampling


class PolicyQuerySet(models.QuerySet):
    def with_rules(self) -> "PolicyQuerySet":
        """Together with the current version, its calendar and its steps."""
        return self.select_related("current__calendar").prefetch_related("current__steps")

    def in_force(self, standard: str) -> "models.Model":
        """The policy of one standard, or DoesNotExist."""
        return self.with_rules().get(standard=standard)

    def giving(self, standards: Iterable[str]) -> list["models.Model"]:
        """Those of the standards under which timers are started: switched on, and with a limit.

        What was read before is taken again while the policy's stamp says that neither its version nor its
        calendar has changed: one small query, written out because composing it costs more than its answer.
        """
        standards = list(standards)
        if not standards:
            return []
        places = ", ".join(["%s"] * len(standards))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, stamp FROM sla_policy WHERE standard IN ({places})", standards)  # noqa: S608
            stamps = dict(cursor.fetchall())
        missing = [pk for pk, stamp in stamps.items() if (pk, stamp) not in _read]
        for policy in self.with_rules().filter(pk__in=missing) if missing else ():
            _read[policy.pk, stamps[policy.pk]] = policy
        policies = [_read[key] for key in stamps.items()]
        return [policy for policy in policies if policy.current.enabled and policy.current.deadline]


#: Policies with their rules, by the stamp under which they were read.
_read: dict[tuple[int, str], "models.Model"] = {}


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


class OccurrenceQuerySet(models.QuerySet):
    def ahead(self) -> "OccurrenceQuerySet":
        """Still to be done: planned or open."""
        return self.filter(state__in=[self.model.State.PLANNED, self.model.State.OPEN])

    def of(self, user) -> "OccurrenceQuerySet":
        """Those a person is to do, alone or as one of a role."""
        return self.filter(Q(person=user) | Q(person=None, team__in=list(user.role_names)))


class DrawQuerySet(models.QuerySet):
    def visible_to(self, user) -> "DrawQuerySet":
        """Samples from the groups a person may see; those of a group no app knows any more are kept open."""
        return self.exclude(kind__in=sampling.hidden_from(user))

    def with_counts(self) -> "DrawQuerySet":
        """With `looked`, `bad` and `gone`: how many were looked at, and what was found."""
        return self.annotate(
            looked=Count("drawn", filter=~Q(drawn__result="")),
            bad=Count("drawn", filter=Q(drawn__result="bad")),
            gone=Count("drawn", filter=Q(drawn__result="gone")),
        )

    def just_now(self, kind: str, wanted: int, reason: str, by, since: dt.datetime) -> "models.Model | None":
        """The same draw by the same person since an instant, if there is one."""
        same = self.filter(kind=kind, wanted=wanted, reason=reason, drawn_by=by, drawn_at__gte=since)
        return same.order_by("-drawn_at").first()
