"""A promise given to somebody, while its clock runs and after it has stopped."""

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.telling import tell
from pages.refusals import Refused

from .. import standards
from ..querysets import TimerQuerySet
from .figure import StaleDay, local_day
from .policy import PolicyVersion


class Timer(models.Model):
    """One promise on one record (计时): who owes it, since when, until when, and how it ended.

    `climbed` holds one bit per step already taken; `next_look_at` is the moment of the next one, empty when
    nothing is left to do: stopped, paused, acknowledged, or every step taken.
    """

    class Outcome(models.TextChoices):
        RUNNING = "", _("Running")
        MET = "met", _("Met")
        MISSED = "missed", pgettext_lazy("promise", "Missed")
        CANCELLED = "cancelled", _("Cancelled")

    standard = models.CharField(_("standard"), max_length=40)
    version = models.ForeignKey(
        PolicyVersion,
        on_delete=models.PROTECT,
        related_name="timers",
        db_index=False,
        verbose_name=_("version"),
    )
    subject_type = models.ForeignKey(
        ContentType,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name=_("kind of record"),
    )
    subject_id = models.PositiveBigIntegerField(_("record"))
    subject = GenericForeignKey("subject_type", "subject_id")
    label = models.CharField(_("about"), max_length=200, blank=True)
    link = models.CharField(_("link"), max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="timers",
        verbose_name=_("responsible"),
    )
    team = models.CharField(_("team"), max_length=40, blank=True)
    started_at = models.DateTimeField(_("started"))
    due_at = models.DateTimeField(_("due"))
    given_at = models.DateTimeField(_("agreed date"), null=True, blank=True)
    climbed = models.PositiveIntegerField(_("steps taken"), default=0)
    next_look_at = models.DateTimeField(_("next step"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused since"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("acknowledged by"),
    )
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("stopped by"),
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True, default="")
    stop_reason = models.CharField(_("reason"), max_length=200, blank=True)
    excused = models.BooleanField(_("excused"), default=False)

    objects = TimerQuerySet.as_manager()

    class Meta:
        verbose_name = _("timer")
        verbose_name_plural = _("timers")
        ordering = ["due_at"]
        permissions = [
            ("view_every_timer", _("Can see everybody's timers")),
            ("reassign_timer", _("Can reassign everybody's timers")),
            ("acknowledge_timer", _("Can acknowledge everybody's timers")),
        ]
        indexes = [
            models.Index(
                fields=["next_look_at"], condition=Q(next_look_at__isnull=False), name="timer_next_look"
            ),
            models.Index(
                fields=["owner", "due_at"], condition=Q(stopped_at=None), name="timer_running_by_owner"
            ),
            models.Index(
                fields=["standard", "due_at"], condition=Q(stopped_at=None), name="timer_running_by_standard"
            ),
            models.Index(fields=["stopped_at"], condition=Q(stopped_at__isnull=False), name="timer_stopped"),
            models.Index(
                fields=["standard", "due_at"], condition=Q(outcome="missed"), name="timer_missed_by_standard"
            ),
            models.Index(
                fields=["acknowledged_at"],
                condition=Q(acknowledged_at__isnull=False),
                name="timer_acknowledged",
            ),
            models.Index(fields=["subject_type", "subject_id"], name="timer_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "standard"],
                condition=Q(stopped_at=None),
                name="timer_one_running_per_subject",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("started_at")), name="timer_due_after_start"),
            models.CheckConstraint(
                condition=Q(stopped_at=None, outcome="") | (Q(stopped_at__isnull=False) & ~Q(outcome="")),
                name="timer_outcome_when_stopped",
            ),
            models.CheckConstraint(
                condition=Q(next_look_at=None) | Q(stopped_at=None, paused_at=None, acknowledged_at=None),
                name="timer_looked_at_only_while_climbing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declared.title} · {self.label}" if self.label else str(self.declared.title)

    def get_absolute_url(self) -> str:
        return reverse("timer", args=[self.pk])

    # -- verbs -----------------------------------------------------------------------------------

    @transaction.atomic
    def stop(self, *, at: dt.datetime, by=None) -> None:
        """The promise was kept, or at last fulfilled: met when `at` is no later than the deadline."""
        self._lock()
        self._guard_running()
        if self.paused_at:
            self._end_pause(at=at, by=by)
        met = at <= self.due_at
        self._close(Timer.Outcome.MET if met else Timer.Outcome.MISSED, at=at, by=by)

    @transaction.atomic
    def cancel(self, *, at: dt.datetime, by=None, reason: str) -> None:
        """The promise no longer applies, for instance because the record was withdrawn."""
        self._lock()
        self._guard_running()
        if self.paused_at:
            self._end_pause(at=at, by=by)
        self._close(Timer.Outcome.CANCELLED, at=at, by=by, reason=reason)

    @transaction.atomic
    def pause(self, *, at: dt.datetime, by, reason: str) -> None:
        """Stop the clock while somebody else is to move, where the promise allows it."""
        self._lock()
        self._guard_running()
        if not self.version.may_pause:
            raise Refused(_("This promise may not be paused."))
        if self.paused_at:
            raise Refused(_("This timer is paused already."))
        if at > self.due_at:
            raise Refused(_("This timer is overdue already; ask for an excuse instead."))
        if not reason.strip():
            raise Refused(_("Please say why the clock should pause."))
        self.pauses.create(started_at=at, reason=reason, paused_by=by)
        self.paused_at, self.next_look_at = at, None
        self.save(update_fields=["paused_at", "next_look_at"])

    @transaction.atomic
    def resume(self, *, at: dt.datetime, by) -> None:
        """Let the clock go on; the deadline moves by the time that was paused."""
        self._lock()
        self._guard_running()
        if not self.paused_at:
            raise Refused(_("This timer is not paused."))
        self._end_pause(at=at, by=by)
        self.save(update_fields=["paused_at", "due_at", "next_look_at"])

    @transaction.atomic
    def reassign(self, *, to, at: dt.datetime, by, reason: str) -> None:
        """Hand the promise to somebody else; who held it how long is kept."""
        self._lock()
        self._guard_running()
        if to == self.owner:
            raise Refused(_("%(person)s is responsible already.") % {"person": to})
        if not reason.strip():
            raise Refused(_("Please say why somebody else takes over."))
        since = self.holdings.aggregate(last=models.Max("until"))["last"] or self.started_at
        self.holdings.create(holder=self.owner, since=since, until=at, reason=reason, handed_over_by=by)
        self.owner = to
        self.save(update_fields=["owner"])
        if to != by:
            self.tell([to], "sla.handed-over", at=at, by=by, reason=reason)

    @transaction.atomic
    def acknowledge(self, *, at: dt.datetime, by) -> None:
        """Somebody takes notice: the climb ends, the clock does not."""
        self._lock()
        self._guard_running()
        if not self.climbed:
            raise Refused(_("Nobody has been told yet, so there is nothing to acknowledge."))
        if self.acknowledged_at:
            raise Refused(_("%(person)s has acknowledged this already.") % {"person": self.acknowledged_by})
        self.acknowledged_at, self.acknowledged_by, self.next_look_at = at, by, None
        self.save(update_fields=["acknowledged_at", "acknowledged_by", "next_look_at"])

    @transaction.atomic
    def reopen(self, *, at: dt.datetime, by) -> None:
        """What was stopped or withdrawn is to be done after all: the clock goes on as if never stopped."""
        self._lock()
        if self.is_running:
            raise Refused(_("This timer is running."))
        if self.outcome != Timer.Outcome.CANCELLED:
            StaleDay.note([self.standard], [self.decided_on])
        self.outcome, self.stopped_at, self.stopped_by, self.stop_reason = "", None, None, ""
        self.next_look_at = self.upcoming()
        self.save(update_fields=["outcome", "stopped_at", "stopped_by", "stop_reason", "next_look_at"])

    @transaction.atomic
    def recompute(self) -> bool:
        """Work the deadline out anew after the calendar changed; tells whether it moved."""
        self._lock()
        before = self.due_at
        self.due_at = self.computed_due()
        self.next_look_at = self.upcoming()
        self.save(update_fields=["due_at", "next_look_at"])
        return self.due_at != before

    def tell(self, people, kind: str, *, at: dt.datetime, by, **particulars) -> None:
        """Tell people about this promise, in the words of the notice `kind`."""
        params = {"standard": self.standard, "label": self.label, "due_at": self.due_at, "person": str(by)}
        tell(
            people, kind, at=at, by=by, params=params | particulars, link=self.get_absolute_url(), source=self
        )

    # -- what follows from the rows ----------------------------------------------------------------

    @property
    def declared(self) -> standards.Standard:
        return standards.get(self.standard)

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None

    def is_overdue(self, at: dt.datetime) -> bool:
        """Past the deadline at `at`, or when it stopped."""
        return (self.stopped_at or at) > self.due_at

    @property
    def decided_on(self) -> dt.date:
        """The day on which the promise was kept or broken, and on which it counts."""
        return local_day(min(self.stopped_at or self.due_at, self.due_at))

    def computed_due(self) -> dt.datetime:
        """The deadline from policy, calendar and ended pauses; office hours where the calendar has them."""
        hours = self.version.calendar.hours()
        due = self.version.limit.due(self.started_at, hours, self.given_at)
        for pause in self.pauses.all() if self.pk else ():
            if pause.ended_at:
                due = hours.add(due, hours.between(pause.started_at, pause.ended_at))
        return max(due, self.started_at)

    def upcoming(self) -> dt.datetime | None:
        """The moment of the next step not yet taken, or None when nothing is left to climb."""
        if self.stopped_at or self.paused_at or self.acknowledged_at:
            return None
        return min(
            (
                step.moment(self.started_at, self.due_at)
                for step in self.version.ladder
                if not self.climbed >> step.position & 1
            ),
            default=None,
        )

    # -- inside the verbs ---------------------------------------------------------------------------

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=Timer.objects.select_for_update())

    def _guard_running(self) -> None:
        if self.stopped_at:
            raise Refused(_("This timer has stopped already."))

    def _close(self, outcome: str, *, at: dt.datetime, by, reason: str = "") -> None:
        self.outcome, self.stopped_at, self.stopped_by, self.stop_reason = outcome, at, by, reason
        self.next_look_at = self.paused_at = None
        self.save(
            update_fields=[
                "outcome", "stopped_at", "stopped_by", "stop_reason", "next_look_at", "paused_at", "due_at",
            ]
        )  # fmt: skip
        if outcome != Timer.Outcome.CANCELLED:  # which counts nowhere, neither before nor after
            StaleDay.note([self.standard], [self.decided_on])

    def _end_pause(self, *, at: dt.datetime, by) -> None:
        pause = self.pauses.get(ended_at=None)
        pause.ended_at, pause.resumed_by = at, by
        pause.save(update_fields=["ended_at", "resumed_by"])
        self.paused_at = None
        self.due_at = self.computed_due()
        self.next_look_at = self.upcoming()


class Pause(models.Model):
    """A time in which a timer stood still (暂停), with who and why."""

    timer = models.ForeignKey(Timer, on_delete=models.CASCADE, related_name="pauses", verbose_name=_("timer"))
    started_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("paused by"),
    )
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("resumed by"),
    )

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["timer"], condition=Q(ended_at=None), name="pause_one_open_per_timer"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="pause_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Holding(models.Model):
    """Who was responsible for a timer before it was handed on (经手), and for how long."""

    timer = models.ForeignKey(
        Timer, on_delete=models.CASCADE, related_name="holdings", verbose_name=_("timer")
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("holder"),
    )
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("handed over by"),
    )

    class Meta:
        verbose_name = _("holding")
        verbose_name_plural = _("holdings")
        ordering = ["since"]

    def __str__(self) -> str:
        return f"{self.holder}"
