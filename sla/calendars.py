"""The calendars every office begins with, the years that get announced, and the year that is not yet."""

from datetime import datetime, timedelta

from auditlog.context import disable_auditlog
from django.core.cache import cache
from django.db import transaction
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from pages import banners, menu
from pages.banners import Banner

from . import standards
from .china import ChinaHolidays
from .hours import Hours, parse_windows
from .models import Calendar, ConfirmedYear, DayOverride, Decision, Timer
from .signals import calendar_changed

#: key: name, weekly hours of Monday to Friday, whether holidays are observed. No hours: around the clock.
DEFAULTS = {
    "always": (gettext_noop("Around the clock"), "", False),
    "office": (gettext_noop("Office hours"), "09:00-12:00, 13:30-18:00", True),
    "desk": (gettext_noop("Front desk hours"), "08:30-18:30", True),
}
REACH = timedelta(days=60)  # so far ahead an unannounced year begins to matter
BANNER_KEY = "sla.unannounced-years"
BANNER_SECONDS = 60


def hours(key: str) -> Hours:
    """The working time of the calendar called `key`, as it stands now: one query."""
    return Calendar.objects.get(key=key).hours()


def write_missing(sender=None, **kwargs) -> None:
    """After every migrate: the usual calendars where missing, and the years announced meanwhile."""
    known = set(Calendar.objects.values_list("key", flat=True))
    for key, (name, windows, observes) in DEFAULTS.items():
        if key not in known:
            _write(key, name, windows, observes)
    note_announced_years(timezone.localdate().year)


def _write(key: str, name: str, windows: str, observes: bool) -> None:
    with disable_auditlog():  # delivered with the office; its history begins with its hours
        calendar = Calendar.objects.create(key=key, name=name, always=not windows, observes_holidays=observes)
    if windows:
        calendar.set_hours(dict.fromkeys(range(5), parse_windows(windows)), by=None)


def note_announced_years(year: int) -> None:
    """Take over what a newer holiday library knows of this year and the next; running promises follow."""
    known = set(ConfirmedYear.objects.values_list("year", flat=True))
    for announced in (year, year + 1):
        if announced not in known and ChinaHolidays().is_confirmed(announced):
            ConfirmedYear.confirm(announced)


@transaction.atomic
def take_over_notice(decisions: list[Decision], *, confirm: int | None, by) -> None:
    """Declare the days of the State Council's notice for all calendars, and confirm the year it is about."""
    DayOverride.declare_all(decisions, by=by)
    if confirm:
        ConfirmedYear.confirm(confirm, by=by)


def unannounced_years(at: datetime) -> list[int]:
    """Years not yet announced into which deadlines reach: within 60 days, or of a running promise."""
    rules = [calendar.hours() for calendar in Calendar.objects.ruled_by_holidays()]
    this_year = timezone.localtime(at).year
    near = timezone.localtime(at + REACH).year
    return [
        year
        for year in (this_year, this_year + 1, this_year + 2)
        if not all(rule.is_confirmed(year) for rule in rules) and (year <= near or _is_promised(year))
    ]


def _is_promised(year: int) -> bool:
    begin = datetime(year, 1, 1, tzinfo=timezone.get_default_timezone())
    keys = [standard.key for standard in standards.every()]
    return Timer.objects.running().filter(standard__in=keys, due_at__gte=begin).exists()


def unannounced_banner(request) -> Banner | None:
    """Tells those who may mend it that a year is counted on a guess."""
    if not request.user.has_perm("sla.change_calendar"):
        return None
    years = cache.get(BANNER_KEY)
    if years is None:
        years = unannounced_years(timezone.now())
        cache.set(BANNER_KEY, years, BANNER_SECONDS)
    if not years:
        return None
    sentence = _("The holidays of %(year)d are not announced yet; Monday to Friday are counted for now.")
    return Banner(
        sentence % {"year": years[0]},
        "warning",
        reverse("calendars") + f"?year={years[0]}",
        _("To the calendars"),
    )


@receiver(calendar_changed)
def forget_banner(sender, **kwargs) -> None:
    cache.delete(BANNER_KEY)


banners.register(unannounced_banner)
menu.register(
    menu.SYSTEM, gettext_lazy("Calendars"), "calendars", "calendar", permission="sla.view_calendar", order=30
)
