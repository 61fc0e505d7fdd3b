"""How a promise stands today: its limit, calendar and steps, in versions that are never changed."""

import datetime as dt
from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.history import reason as recorded_reason
from pages.refusals import Refused
from pages.stamps import new_stamp

from .. import deadlines, standards
from ..querysets import PolicyQuerySet
from .calendar import Calendar


class StepDraft(NamedTuple):
    """A step as the manager writes it, before it belongs to a version."""

    to: tuple[str, ...]
    percent: int | None
    offset: dt.timedelta | None
    channels: tuple[str, ...]


class Policy(models.Model):
    """The promise as the department keeps it (时限规则): one per standard, tuned in the browser."""

    standard = models.CharField(_("standard"), max_length=40, unique=True)
    current = models.ForeignKey(
        "sla.PolicyVersion",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("current version"),
    )
    stamp = models.CharField(_("stamp"), max_length=32, default=new_stamp, editable=False)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["standard"]

    def __str__(self) -> str:
        return str(self.declared.title)

    @transaction.atomic
    def amend(
        self,
        *,
        deadline: deadlines.Deadline | None,
        calendar: Calendar | None,
        steps: list[StepDraft],
        target: int,
        enabled: bool = True,
        may_pause: bool = False,
        reason: str = "",
        by=None,
        at: dt.datetime,
        after: int | None = None,
    ) -> "PolicyVersion":
        """Put a new version in force. Timers already running keep the version under which they started.

        `after` is the number of the version the change was made from; a newer one in between refuses it.
        """
        Policy.objects.select_for_update().get(pk=self.pk)
        number = (self.versions.aggregate(highest=models.Max("number"))["highest"] or 0) + 1
        if after is not None and after != number - 1:
            raise Refused(_("Somebody else has changed this promise meanwhile. Look at it again."))
        version = self.versions.create(
            number=number,
            target=target,
            deadline=deadlines.dump(deadline) if deadline else None,
            calendar=calendar,
            enabled=enabled,
            may_pause=may_pause,
            reason=reason,
            created_by=by,
            created_at=at,
        )
        for position, step in enumerate(in_order(steps, deadline)):
            version.steps.create(
                position=position,
                to=list(step.to),
                percent=step.percent,
                offset=step.offset,
                channels=list(step.channels),
            )
        self.current, self.stamp = version, new_stamp()
        with recorded_reason(reason, by=by):
            self.save(update_fields=["current", "stamp"])
        return version

    @property
    def declared(self) -> standards.Standard:
        return standards.get(self.standard)


class PolicyVersion(models.Model):
    """A promise as it stood between two changes (规则版本); a timer keeps the one it started under."""

    policy = models.ForeignKey(
        Policy, on_delete=models.PROTECT, related_name="versions", verbose_name=_("promise")
    )
    number = models.PositiveIntegerField(_("version"))
    target = models.PositiveSmallIntegerField(_("target in percent"), validators=[MaxValueValidator(100)])
    deadline = models.JSONField(_("deadline"), null=True)
    calendar = models.ForeignKey(
        Calendar, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("calendar")
    )
    enabled = models.BooleanField(_("in force"), default=True)
    may_pause = models.BooleanField(_("may be paused"), default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("changed by"),
    )
    created_at = models.DateTimeField(_("in force since"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a promise")
        verbose_name_plural = _("versions of a promise")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_version_number_unique"),
            models.CheckConstraint(condition=Q(target__lte=100), name="policy_version_target_percent"),
            models.CheckConstraint(
                condition=Q(deadline=None) | Q(calendar__isnull=False),
                name="policy_version_deadline_has_calendar",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} v{self.number}"

    @cached_property
    def limit(self) -> deadlines.Deadline | None:
        return deadlines.load(self.deadline) if self.deadline else None

    @property
    def ladder(self) -> list["Step"]:
        """The steps that tell somebody; those on screen only are the browser's affair."""
        return [step for step in self.steps.all() if step.channels]


class Step(models.Model):
    """One rung of the climb (升级步骤): when, to whom, by which channels."""

    version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="steps", verbose_name=_("version")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    percent = models.PositiveSmallIntegerField(
        _("share of the time in percent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    offset = models.DurationField(_("offset from the deadline"), null=True, blank=True)
    to = models.JSONField(_("to whom"), default=list)
    channels = models.JSONField(_("channels"), default=list, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="step_position_unique"),
            models.CheckConstraint(
                condition=Q(percent__isnull=False, offset=None) | Q(percent=None, offset__isnull=False),
                name="step_has_one_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} #{self.position}"

    def moment(self, started_at: dt.datetime, due_at: dt.datetime) -> dt.datetime:
        """The instant at which this step is due, for a timer that runs from `started_at` to `due_at`."""
        return moment(self, started_at, due_at)


def moment(step: "Step | StepDraft", started_at: dt.datetime, due_at: dt.datetime) -> dt.datetime:
    if step.percent is not None:
        return started_at + (due_at - started_at) * step.percent / 100
    return max(started_at, due_at + step.offset)


def in_order(steps: list[StepDraft], deadline: deadlines.Deadline | None) -> list[StepDraft]:
    """The steps in the order in which they come due, on a timer of a day where the limit varies."""
    start = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    length = getattr(deadline, "length", None) or dt.timedelta(days=1)
    return sorted(steps, key=lambda step: moment(step, start, start + length))
