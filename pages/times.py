"""Times as people in the office say them: 今天 14:05, 周三 10:00, 3 分钟前, 1 分 20 秒."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

JUST_NOW = 30
AGO_FOR = 6 * 3600


def when(value: datetime | date | None, now: datetime) -> str:
    """A day, and the time of it if there is one: "today 14:05", "yesterday", "Wed 10:00", "2 Nov 09:30"."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    day = local.date() if isinstance(local, datetime) else local
    name = _day(day, timezone.localtime(now).date())
    return f"{name} {local:%H:%M}" if isinstance(local, datetime) else name


def end_of_window(end: datetime, start: datetime) -> str:
    """When a window of at most a day closes: 18:00, 24:00, or 06:00 of the next day."""
    last = timezone.localtime(end)
    if last.date() == timezone.localtime(start).date():
        return f"{last:%H:%M}"
    return _("%(time)s next day") % {"time": f"{last:%H:%M}"} if last.hour or last.minute else "24:00"


def ago(value: datetime | None, now: datetime) -> str:
    """How long ago, or in how long, while that is hours away; the day and time beyond."""
    if value is None:
        return ""
    seconds = (now - value).total_seconds()
    if abs(seconds) < JUST_NOW:
        return _("just now")
    if abs(seconds) > AGO_FOR:
        return when(value, now)
    sentence = _("%(duration)s ago") if seconds > 0 else _("in %(duration)s")
    return sentence % {"duration": _largest(abs(seconds))}


def spoken(duration: timedelta | float | None) -> str:
    """A length of time in its two largest units: "1 minute 20 seconds"; numbers are seconds."""
    if duration is None:
        return ""
    total = duration.total_seconds() if isinstance(duration, timedelta) else float(duration)
    parts = [words for words in _units(round(abs(total))) if words]
    return " ".join(parts[:2]) or _seconds(0)


def full(value: datetime | date | None) -> str:
    """The whole truth for a tooltip: 2026-11-23 14:05:09."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    return f"{value:%Y-%m-%d}" if value else ""


def _day(day: date, today: date) -> str:
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if (name := near.get((day - today).days)) is not None:
        return name
    if day.isocalendar()[:2] == today.isocalendar()[:2]:
        return _weekday(day)
    form = pgettext("date format", "j M") if day.year == today.year else pgettext("date format", "j M Y")
    return date_format(day, form)


def _weekday(day: date) -> str:
    names = (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )
    return names[day.weekday()]


def _units(total: int) -> list[str]:
    minutes, seconds = divmod(total, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return [
        ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else "",
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes} if minutes else "",
        _seconds(seconds) if seconds else "",
    ]


def _largest(seconds: float) -> str:
    return next(words for words in _units(round(seconds)) if words)


def _seconds(count: int) -> str:
    return ngettext("%(count)d second", "%(count)d seconds", count) % {"count": count}
