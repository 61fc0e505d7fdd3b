"""Calendars name the hours in which promises run; special days and confirmed years tell what a year is."""

import uuid

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def new_stamp() -> str:
    """A value never used before, so that a process holding other hours notices, even after a roll-back."""
    return uuid.uuid4().hex


class Calendar(models.Model):
    """A named set of hours (工作时间表) in which promises are counted: the office's, the front desk's."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    always = models.BooleanField(
        _("around the clock"), default=False, help_text=_("Every minute counts, on every day.")
    )
    observes_holidays = models.BooleanField(
        _("observes holidays"),
        default=True,
        help_text=_(
            "Public holidays are off and make-up workdays are worked, as the State Council announces them."
        ),
    )
    stamp = models.CharField(_("stamp"), max_length=32, default=new_stamp, editable=False)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("calendar", args=[self.pk])


class CalendarHours(models.Model):
    """One window of a weekday (工作时段). Closing at or before opening, it runs into the next day."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    calendar = models.ForeignKey(
        Calendar, on_delete=models.CASCADE, related_name="weekly_hours", verbose_name=_("calendar")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["calendar", "weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "weekday", "opens"], name="calendar_hours_open_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="calendar_hours_weekday_exists"),
            models.CheckConstraint(
                condition=~Q(opens=F("closes")) | Q(opens="00:00"), name="calendar_hours_last_some_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class DayOverride(models.Model):
    """A day decided otherwise than the week says (特殊日期): a day off, a day worked, or other hours.

    One without a calendar stands for every calendar that observes holidays; a calendar's own beats it.
    """

    class Source(models.TextChoices):
        OFFICE = "office", _("Own decision")
        NOTICE = "notice", _("State Council notice")

    calendar = models.ForeignKey(
        Calendar,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="declared_days",
        verbose_name=_("calendar"),
        help_text=_("Empty: every calendar that observes holidays."),
    )
    date = models.DateField(_("day"))
    is_working = models.BooleanField(_("is worked"), default=False)
    windows = models.CharField(
        _("hours"),
        max_length=120,
        blank=True,
        help_text=_("Empty: the usual hours. Otherwise like 09:00-12:00."),
    )
    reason = models.CharField(_("reason"), max_length=80)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.OFFICE)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("declared by"),
    )
    declared_at = models.DateTimeField(_("declared at"), auto_now_add=True)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="day_override_once_a_calendar"),
            models.UniqueConstraint(
                fields=["date"], condition=Q(calendar__isnull=True), name="day_override_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.reason}"


class ConfirmedYear(models.Model):
    """A year whose holidays are known for good (已公布年份): published, or confirmed by the manager."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("confirmed year")
        verbose_name_plural = _("confirmed years")
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


auditlog.register(Calendar, exclude_fields=["stamp"])
auditlog.register(CalendarHours)
auditlog.register(DayOverride)
auditlog.register(ConfirmedYear)
