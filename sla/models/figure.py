"""What the board reads: each standard's count for each day and person, and what has become outdated."""

import datetime as dt
from collections.abc import Iterable

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages import rows

from .. import standards


def local_day(instant: dt.datetime) -> dt.date:
    """The day of the office in which an instant lies."""
    return timezone.localtime(instant, timezone.get_default_timezone()).date()


def bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Where a day of the office begins, and where the next one does."""
    tz = timezone.get_default_timezone()
    start, end = (dt.datetime.combine(each, dt.time.min, tz) for each in (day, day + dt.timedelta(days=1)))
    return start, end


class DailyFigure(models.Model):
    """How one standard was kept on one day by one person, or by nobody in particular (每日统计).

    `counted` is the denominator, `kept` the numerator, `excused` what the manager took off the misses. For
    promises they are numbers of promises; for samples, points reached of points possible; for invariants,
    minutes. `seconds` is the time taken in sum, for promises only.
    """

    standard = models.CharField(_("standard"), max_length=40)
    day = models.DateField(_("day"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("person"),
    )
    counted = models.PositiveIntegerField(_("counted"))
    kept = models.PositiveIntegerField(_("kept"))
    excused = models.PositiveIntegerField(_("excused"), default=0)
    seconds = models.PositiveBigIntegerField(_("seconds taken"), default=0)

    class Meta:
        verbose_name = _("daily figure")
        verbose_name_plural = _("daily figures")
        ordering = ["day", "standard"]
        permissions = [("view_board", _("Can see the standards board"))]
        indexes = [models.Index(fields=["day", "standard"], name="daily_figure_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "day", "person"],
                condition=Q(person__isnull=False),
                name="daily_figure_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["standard", "day"], condition=Q(person=None), name="daily_figure_once_for_nobody"
            ),
            models.CheckConstraint(
                condition=Q(counted__gte=F("kept") + F("excused")), name="daily_figure_counts_add_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.day:%Y-%m-%d}"


class StaleDay(models.Model):
    """A day whose figure has to be worked out anew (待重算), noted together with the change of its records.

    Only ever added to, so that nobody waits; the roll-up takes away what it has seen.
    """

    standard = models.CharField(_("standard"), max_length=40)
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("outdated day")
        verbose_name_plural = _("outdated days")

    def __str__(self) -> str:
        return f"{self.standard} {self.day:%Y-%m-%d}"

    @classmethod
    def note(cls, standards: Iterable[str], days: Iterable[dt.date]) -> None:
        """Within the transaction that changes the records: count these standards anew on these days."""
        days = set(days)
        noted = [(standard, day) for standard in standards for day in sorted(days)]
        if noted:
            rows.insert(cls, ["standard", "day"], noted)


class RepeatedMiss(models.Model):
    """A clause missed again and again (屡次失约): announced once, so that what is behind it gets improved."""

    standard = models.CharField(_("standard"), max_length=40)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    misses = models.PositiveIntegerField(_("misses"))
    noticed_at = models.DateTimeField(_("noticed"))

    class Meta:
        verbose_name = _("repeated miss")
        verbose_name_plural = _("repeated misses")
        ordering = ["-noticed_at"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "last_day"], name="repeated_miss_once_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.last_day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Where the records behind it are looked at."""
        from ..repeated import records_of

        return records_of(self.standard)

    @property
    def declared(self) -> standards.Standard:
        return standards.get(self.standard)


class BoardSettings(models.Model):
    """The few figures of the board that a manager may change (看板设置); one row for the office."""

    margin = models.PositiveSmallIntegerField(
        _("at risk up to so many points below the target"), default=5, validators=[MaxValueValidator(50)]
    )
    repeated_misses = models.PositiveSmallIntegerField(
        _("misses that propose an improvement"),
        default=3,
        validators=[MinValueValidator(2), MaxValueValidator(100)],
    )
    repeated_days = models.PositiveSmallIntegerField(
        _("within so many days"), default=7, validators=[MinValueValidator(1), MaxValueValidator(92)]
    )
    weeks_ahead = models.PositiveSmallIntegerField(
        _("weeks for which duties are laid out"),
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(53)],
    )

    class Meta:
        verbose_name = _("board settings")
        verbose_name_plural = _("board settings")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="board_settings_single_row")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "BoardSettings":
        """The settings in force; the defaults until somebody changes them."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


auditlog.register(BoardSettings)
