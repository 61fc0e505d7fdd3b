"""Calendars name the hours in which promises run; special days and confirmed years tell what a year is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from auditlog.registry import auditlog
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.history import reason as recorded_reason
from pages.refusals import Refused
from pages.stamps import new_stamp

from ..china import ChinaHolidays
from ..hours import (
    Hours,
    NoWorkingTime,
    Override,
    Window,
    nights_into_mornings,
    overlapping,
    parse_windows,
    windows_text,
)
from ..signals import calendar_changed

Week = Mapping[int, Sequence[Window]]

#: Hours already read, by calendar: the stamp they were read under, and the value.
_kept: dict[int, tuple[str, Hours]] = {}


class CalendarQuerySet(models.QuerySet):
    def ruled_by_holidays(self) -> "CalendarQuerySet":
        """Calendars on which public holidays, and days declared for all, make a difference."""
        return self.filter(observes_holidays=True, always=False)

    def announce_change(self) -> None:
        """Let every process read these calendars anew, and the promises on them be worked out again."""
        calendars = list(self.select_for_update())
        # Not audited fields: only marks by which processes see that their hours are old.
        pks = [calendar.pk for calendar in calendars]
        self.model.objects.filter(pk__in=pks).update(stamp=new_stamp())
        policies = apps.get_model("sla", "Policy").objects
        policies.filter(current__calendar__in=pks).update(stamp=new_stamp())
        keys = [calendar.key for calendar in calendars]
        transaction.on_commit(lambda: calendar_changed.send(self.model, keys=keys))


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
    week_summary = models.CharField(
        _("weekly hours (1 is Monday)"), max_length=500, blank=True, editable=False
    )
    stamp = models.CharField(_("stamp"), max_length=32, default=new_stamp, editable=False)
    applied_stamp = models.CharField(
        _("stamp to which running timers were fitted"), max_length=32, blank=True, editable=False
    )

    objects = CalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["pk"]

    def __str__(self) -> str:
        """The usual calendars' names are msgids; a name somebody gave is shown as it is."""
        return gettext(self.name)

    def get_absolute_url(self) -> str:
        return reverse("calendar", args=[self.pk])

    def hours(self) -> Hours:
        """The working time of this calendar; read from the database only when it changed since the last time.

        This row's `stamp` decides: who has just read the row, alone or joined to a policy, needs no query.
        """
        kept = _kept.get(self.pk)
        if kept is None or kept[0] != self.stamp:
            kept = _kept[self.pk] = (self.stamp, self._read_hours())
        return kept[1]

    @transaction.atomic
    def set_hours(self, week: Week, *, by, reason: str = "") -> None:
        """Give the calendar other weekly hours: `week` maps weekdays, Monday is 0, to their windows.

        Refused where windows overlap, where no hours are left at all, and on a calendar around the clock.
        """
        locked = Calendar.objects.select_for_update().get(pk=self.pk)
        wanted = [tuple(sorted(week.get(weekday, ()))) for weekday in range(7)]
        if locked.always:
            raise Refused(_("A calendar that runs around the clock has no weekly hours."))
        _refuse_impossible(wanted)
        before = locked.week()
        for weekday, windows in enumerate(wanted):
            if windows != before[weekday]:
                self.weekly_hours.filter(weekday=weekday).delete()
                for window in windows:
                    self.weekly_hours.create(weekday=weekday, opens=window.opens, closes=window.closes)
        if wanted != before:
            self.week_summary = _summary(wanted)
            with recorded_reason(reason, by=by):
                self.save(update_fields=["week_summary"])
            self._announce()

    @transaction.atomic
    def observe_holidays(self, observes: bool, *, by, reason: str = "") -> None:
        """Begin, or cease, to take public holidays off and to work make-up days."""
        locked = Calendar.objects.select_for_update().get(pk=self.pk)
        if locked.observes_holidays == observes:
            return
        self.observes_holidays = observes
        with recorded_reason(reason, by=by):
            self.save(update_fields=["observes_holidays"])
        self._announce()

    def week(self) -> list[tuple[Window, ...]]:
        """The windows of Monday to Sunday."""
        week: list[tuple[Window, ...]] = [()] * 7
        for row in self.weekly_hours.order_by("weekday", "opens"):
            week[row.weekday] += (Window(row.opens, row.closes),)
        return week

    def _announce(self) -> None:
        Calendar.objects.filter(pk=self.pk).announce_change()
        self.refresh_from_db(fields=["stamp"])

    def _read_hours(self) -> Hours:
        ruled = self.observes_holidays and not self.always
        return Hours(
            tz=timezone.get_default_timezone(),
            week=tuple(self.week()),
            always=self.always,
            holidays=ChinaHolidays() if ruled else None,
            overrides={} if self.always else self._read_overrides(ruled),
            confirmed_years=frozenset(ConfirmedYear.objects.values_list("year", flat=True)),
            name=self.name,
        )

    def _read_overrides(self, ruled: bool) -> dict[date, Override]:
        """Days declared for all calendars first, so that this calendar's own come out on top."""
        declared = DayOverride.objects.filter(
            Q(calendar=self) | Q(calendar=None) if ruled else Q(calendar=self)
        )
        rows = declared.order_by(F("calendar").asc(nulls_first=True))
        return {row.date: row.as_override() for row in rows}


def _summary(week: Sequence[Sequence[Window]]) -> str:
    """The week in one line for the history, in no language: "1–5 09:00-12:00, 13:30-18:00; 6 09:00-12:00"."""
    runs = groupby(enumerate(week, start=1), key=lambda day: windows_text(day[1]))
    days = [(text, [number for number, _windows in run]) for text, run in runs if text]
    return "; ".join(f"{_span(numbers)} {text}" for text, numbers in days)


def _span(numbers: Sequence[int]) -> str:
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])


def _refuse_impossible(week: Sequence[Sequence[Window]]) -> None:
    if not any(week):
        raise Refused(_("At least one day of the week needs working hours."))
    for windows in week:
        if overlap := next(overlapping(windows), None):
            raise Refused(
                _("%(first)s and %(second)s overlap.") % {"first": overlap[0], "second": overlap[1]}
            )
    if clash := next(nights_into_mornings(week), None):
        weekday, night, morning = clash
        raise Refused(
            _("%(night)s on %(day)s runs into %(morning)s of the next day.")
            % {"night": night, "day": CalendarHours.Weekday(weekday).label, "morning": morning}
        )


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


class Decision(NamedTuple):
    """What somebody decides about a day, before it is written down. No windows: the usual hours."""

    day: date
    is_working: bool
    reason: str
    windows: tuple[Window, ...] = ()


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
    declared_at = models.DateTimeField(_("declared at"), auto_now=True)

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

    def get_absolute_url(self) -> str:
        if self.calendar_id is None:
            return f"{reverse('calendars')}?year={self.date.year}"
        return reverse("calendar-day", args=[self.calendar_id, self.date])

    @classmethod
    def declare(
        cls, day: date, *, is_working: bool, reason: str, by, windows: Sequence[Window] = (), calendar=None
    ) -> "DayOverride":
        """Decide that `day` is worked or off, on one calendar or (None) on all that observe holidays.

        A day declared before is decided anew. Refused where a calendar would be left without working time.
        """
        decided = Decision(day, is_working, reason, tuple(windows))
        return cls.declare_all([decided], by=by, calendar=calendar, source=cls.Source.OFFICE)[0]

    @classmethod
    @transaction.atomic
    def declare_all(
        cls,
        decisions: Iterable[Decision],
        *,
        by,
        calendar: Calendar | None = None,
        source: str = Source.NOTICE,
    ) -> list["DayOverride"]:
        """Declare many days at once, such as a whole notice of the State Council: all of them or none."""
        calendars = cls._concerned(calendar).select_for_update()
        list(calendars)
        rows = [cls._decide(decision, calendar, source, by) for decision in decisions]
        cls._concerned(calendar).announce_change()
        for concerned in cls._concerned(calendar):
            _refuse_barren(concerned)
        if calendar:
            calendar.refresh_from_db(fields=["stamp"])
        return rows

    @transaction.atomic
    def withdraw(self, *, by, reason: str = "") -> None:
        """Take the decision back: the day is again what the week and the holidays make it."""
        concerned = self._concerned(self.calendar)
        with recorded_reason(reason, by=by):
            self.delete()
        concerned.announce_change()

    @classmethod
    def _concerned(cls, calendar: Calendar | None) -> CalendarQuerySet:
        if calendar is None:
            return Calendar.objects.ruled_by_holidays()
        return Calendar.objects.filter(pk=calendar.pk)

    @classmethod
    def _decide(cls, decision: Decision, calendar, source: str, by) -> "DayOverride":
        row = cls.objects.filter(calendar=calendar, date=decision.day).first()
        row = row or cls(calendar=calendar, date=decision.day)
        row.is_working = decision.is_working
        row.windows = windows_text(decision.windows) if decision.is_working else ""
        row.reason, row.source, row.declared_by = decision.reason, source, by
        with recorded_reason(decision.reason, by=by):
            row.save()
        return row

    def as_override(self) -> Override:
        return Override(
            is_working=self.is_working,
            windows=parse_windows(self.windows),
            name=self.reason,
            official=self.source == self.Source.NOTICE,
        )


def _refuse_barren(calendar: Calendar) -> None:
    try:
        calendar.hours().next_opening(timezone.now())
    except NoWorkingTime as error:
        raise Refused(str(error)) from error


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
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now)

    class Meta:
        verbose_name = _("confirmed year")
        verbose_name_plural = _("confirmed years")
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)

    @classmethod
    @transaction.atomic
    def confirm(cls, year: int, *, by=None, at: datetime | None = None) -> "ConfirmedYear":
        """The holidays of `year` are known for good now; `by` is None where the library says so."""
        row, created = cls.objects.get_or_create(
            year=year, defaults={"confirmed_by": by, "confirmed_at": at or timezone.now()}
        )
        if created:
            Calendar.objects.ruled_by_holidays().announce_change()
        return row

    @transaction.atomic
    def withdraw(self, *, by, reason: str = "") -> None:
        """The year was confirmed too early."""
        with recorded_reason(reason, by=by):
            self.delete()
        Calendar.objects.ruled_by_holidays().announce_change()


auditlog.register(Calendar, exclude_fields=["stamp", "applied_stamp"])
auditlog.register(DayOverride)
auditlog.register(ConfirmedYear)
