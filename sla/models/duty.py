"""Duties that come by themselves: what recurs, when, whose turn it is, and each time it came."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..querysets import OccurrenceQuerySet
from .calendar import Calendar


class Duty(models.Model):
    """Something to be done again and again (例行职责): when, by whom, and what has to be shown for it."""

    class Roll(models.TextChoices):
        """What becomes of a day on which nobody works."""

        KEEP = "keep", _("on that day all the same")
        NEXT = "next", _("on the next working day")
        PREVIOUS = "previous", _("on the working day before")
        SKIP = "skip", _("not at all")

    class Assignment(models.TextChoices):
        PERSON = "person", _("one person")
        ROLE = "role", _("everybody in a role")
        ROTATION = "rotation", _("people in turn")

    title = models.CharField(_("what is to be done"), max_length=120)
    instructions = models.TextField(_("how"), max_length=4000, blank=True)
    standard = models.CharField(_("clause"), max_length=40)
    rule = models.JSONField(_("when it recurs"))
    roll = models.CharField(_("on a day off"), max_length=10, choices=Roll.choices, default=Roll.NEXT)
    calendar = models.ForeignKey(
        Calendar, on_delete=models.PROTECT, related_name="duties", verbose_name=_("calendar")
    )
    opens = models.CharField(_("not before"), max_length=5, blank=True)
    closes = models.CharField(_("not after"), max_length=5, blank=True)
    assignment = models.CharField(_("done by"), max_length=10, choices=Assignment.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("person"),
    )
    team = models.CharField(_("role"), max_length=40, blank=True)
    evidence = models.JSONField(_("what is to be shown"), default=list, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    active = models.BooleanField(_("in force"), default=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    laid_until = models.DateField(_("laid out until"), null=True, editable=False)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["standard", "title"]
        permissions = [("do_every_duty", _("Can do and skip everybody's duties"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(assignment="person", person__isnull=False, team="")
                | (Q(assignment="role", person=None) & ~Q(team=""))
                | Q(assignment="rotation", person=None, team=""),
                name="duty_has_one_way_of_assignment",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="duty_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("duty", args=[self.pk])


class DutyTurn(models.Model):
    """One place in a rotation (轮值顺序)."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="turns", verbose_name=_("duty"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "position"], name="duty_turn_position_unique"),
            models.UniqueConstraint(fields=["duty", "person"], name="duty_turn_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Occurrence(models.Model):
    """A duty as it falls on one day (当次职责): from when until when, whose it is, and what came of it.

    `day` is the day the rule names, which never changes; the window may lie on another day where it rolled.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("duty", "Planned")
        OPEN = "open", pgettext_lazy("duty", "Open")
        DONE = "done", pgettext_lazy("duty", "Done")
        SKIPPED = "skipped", pgettext_lazy("duty", "Skipped")

    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, related_name="occurrences", db_index=False, verbose_name=_("duty")
    )
    day = models.DateField(_("day"))
    opens_at = models.DateTimeField(_("from"))
    due_at = models.DateTimeField(_("until"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="occurrences",
        verbose_name=_("person"),
    )
    team = models.CharField(_("role"), max_length=40, blank=True)
    answers = models.JSONField(_("what was shown"), default=dict, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    ended_at = models.DateTimeField(_("done or skipped at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("done or skipped by"),
    )

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("occurrence of a duty")
        verbose_name_plural = _("occurrences of duties")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["opens_at"], condition=Q(state="planned"), name="occurrence_planned_by_opening"
            ),
            models.Index(
                fields=["person", "due_at"],
                condition=Q(state__in=["planned", "open"]),
                name="occurrence_ahead_by_person",
            ),
            models.Index(fields=["due_at"], name="occurrence_by_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["duty", "day"], name="occurrence_once_per_duty_and_day"),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("opens_at")), name="occurrence_is_due_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "open"], ended_at=None)
                | Q(state__in=["done", "skipped"], ended_at__isnull=False),
                name="occurrence_ended_when_done_or_skipped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} · {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("occurrence", args=[self.pk])

    @property
    def is_ahead(self) -> bool:
        """Still to be done."""
        return self.state in (self.State.PLANNED, self.State.OPEN)

    def was_late(self) -> bool:
        return self.state == self.State.DONE and self.ended_at > self.due_at


def evidence_path(attachment: "Evidence", filename: str) -> str:
    day: dt.date = attachment.occurrence.day
    return f"duties/{day:%Y/%m}/{attachment.occurrence_id}/{filename}"


class Evidence(models.Model):
    """A photo or file that shows that a duty was done (凭证)."""

    occurrence = models.ForeignKey(
        Occurrence, on_delete=models.CASCADE, related_name="files", verbose_name=_("occurrence of a duty")
    )
    name = models.CharField(_("asked as"), max_length=40)
    file = models.FileField(_("file"), upload_to=evidence_path)
    filename = models.CharField(_("file name"), max_length=120)
    content_type = models.CharField(_("kind of file"), max_length=100)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.filename


class Attendance(models.Model):
    """Who was there when a duty was done (出席)."""

    occurrence = models.ForeignKey(
        Occurrence,
        on_delete=models.CASCADE,
        related_name="attendances",
        verbose_name=_("occurrence of a duty"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "person"], name="attendance_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}"
