"""Why a promise is due when it is, told in the reader's language.

A deadline explains itself in `Explanation`s, which hold dates and numbers only; `sentences` turns them into
what a person reads beside the timer, so that two readers with two languages are told the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from .hours import ONE_DAY, Day, DayKind, Hours

MOST_DAYS_LISTED = 6
WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


@dataclass(frozen=True)
class Explanation:
    """One reason: its kind and what it is about (dates, instants, durations, names; see `_SENTENCES`)."""

    kind: str
    data: dict = field(default_factory=dict)


# -- gathering ---------------------------------------------------------------------------------------


def waiting(start: datetime, begins: datetime) -> list[Explanation]:
    """The start lay outside hours, and the count begins later."""
    return [Explanation("waited", {"start": start, "begins": begins})] if begins > start else []


def counted(hours: Hours, start: datetime, end: datetime) -> list[Explanation]:
    """The windows that counted from `start` to `end` and, between them, the days that did not."""
    spans = hours.spans(start, end)
    days = [(day, list(group)) for day, group in groupby(spans, key=lambda span: span[0].date())]
    skips = skipped(hours, start.astimezone(hours.tz).date(), end.astimezone(hours.tz).date())
    if len(days) > MOST_DAYS_LISTED:
        length = sum((to - at for at, to in spans), timedelta(0))
        total = {"first": days[0][0], "last": days[-1][0], "days": len(days), "duration": length}
        return [Explanation("counted_many", total), *skips]
    windows = [_counted_day(hours, day, group) for day, group in days]
    return sorted(windows + skips, key=lambda item: item.data.get("day") or item.data["first"])


def _counted_day(hours: Hours, day: date, spans: list[tuple[datetime, datetime]]) -> Explanation:
    length = sum((to - at for at, to in spans), timedelta(0))
    make_up = hours.day(day).kind is DayKind.MAKE_UP
    return Explanation("counted", {"day": day, "windows": spans, "duration": length, "make_up": make_up})


def skipped(hours: Hours, first: date, last: date) -> list[Explanation]:
    """The stretches without work from `first` to `last`, each with what it was."""
    runs: list[list[Day]] = []
    for day in hours.days_off(first, last):
        if runs and runs[-1][-1].date + ONE_DAY == day.date:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [Explanation("skipped", _skip(run)) for run in runs]


def _skip(run: list[Day]) -> dict:
    """A weekend inside or beside a holiday belongs to it, as people say "1 to 7 October, National Day"."""
    names = list(dict.fromkeys(day.name for day in run if day.name))
    kinds = {day.kind for day in run}
    kind = "named" if names else "weekend" if kinds == {DayKind.WEEKEND} else "closed"
    return {"first": run[0].date, "last": run[-1].date, "why": kind, "names": names}


def unconfirmed(hours: Hours, start: datetime, end: datetime) -> list[Explanation]:
    """The years between whose holidays are not announced yet, so that the answer may still move."""
    years = range(start.astimezone(hours.tz).year, end.astimezone(hours.tz).year + 1)
    return [Explanation("unconfirmed", {"year": year}) for year in years if not hours.is_confirmed(year)]


# -- telling -----------------------------------------------------------------------------------------


def sentences(explanations: Iterable[Explanation]) -> list[str]:
    """The explanations as sentences in the active language, in the order given."""
    return [_SENTENCES[item.kind](**item.data) for item in explanations]


def spoken(duration: timedelta) -> str:
    """A duration as people say it: "1 hour 30 minutes"."""
    minutes, seconds = divmod(int(duration.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes} if minutes else "",
        ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds} if seconds else "",
    ]
    return " ".join(part for part in parts if part) or _("no time")


def day_text(day: date) -> str:
    """A day with its weekday: "9 Oct (Fri)"."""
    return _with_weekday(day, pgettext("date format", "j M"))


def full_day_text(day: date) -> str:
    """The same with its year: "9 Oct 2026 (Fri)"."""
    return _with_weekday(day, pgettext("date format", "j M Y"))


def _with_weekday(day: date, form: str) -> str:
    parts = {"day": dateformat.format(day, form), "weekday": WEEKDAYS[day.weekday()]}
    return _("%(day)s (%(weekday)s)") % parts


def moment_text(at: datetime) -> str:
    """An instant in full: "9 Oct 2026 (Fri) 14:05"; seconds only where there are any."""
    return _("%(day)s %(time)s") % {"day": full_day_text(at), "time": _clock(at)}


def _clock(at: datetime) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def _closing_clock(opens: datetime, closes: datetime) -> str:
    """Midnight as people write a closing time: 24:00."""
    return "24:00" if f"{closes:%H:%M:%S}" == "00:00:00" and closes > opens else _clock(closes)


def names_text(names: Iterable[str]) -> str:
    """Holiday names in the reader's language; a reason somebody typed stays as it is."""
    return _(", ").join(_(name) for name in names if name)


def _waited(start: datetime, begins: datetime) -> str:
    return _("%(start)s is outside working hours; the time counts from %(begins)s.") % {
        "start": moment_text(start),
        "begins": moment_text(begins),
    }


def _counted(day: date, windows: list, duration: timedelta, make_up: bool) -> str:
    spans = _(", ").join(f"{_clock(at)}–{_closing_clock(at, to)}" for at, to in windows)
    parts = {"day": day_text(day), "windows": spans, "duration": spoken(duration)}
    if make_up:
        return _("%(day)s, a make-up workday, %(windows)s: %(duration)s.") % parts
    return _("%(day)s, %(windows)s: %(duration)s.") % parts


def _counted_many(first: date, last: date, days: int, duration: timedelta) -> str:
    parts = {"first": day_text(first), "last": day_text(last), "days": days, "duration": spoken(duration)}
    return _("%(first)s to %(last)s, %(days)d working days: %(duration)s in all.") % parts


def _skipped(first: date, last: date, why: str, names: list[str]) -> str:
    days = day_text(first)
    if last > first:
        days = _("%(first)s to %(last)s") % {"first": day_text(first), "last": day_text(last)}
    reasons = {"named": names_text(names), "weekend": _("weekend"), "closed": _("no hours on this calendar")}
    return _("%(days)s not counted: %(reason)s.") % {"days": days, "reason": reasons[why]}


def _numbered(days: list[date], make_up: list[date]) -> str:
    listed = _(", ").join(day_text(day) for day in days)
    if make_up:
        worked = _(", ").join(day_text(day) for day in make_up)
        return _("Working days counted: %(days)s (make-up workday: %(worked)s).") % {
            "days": listed,
            "worked": worked,
        }
    return _("Working days counted: %(days)s.") % {"days": listed}


def _numbered_many(first: date, last: date, days: int) -> str:
    parts = {"first": day_text(first), "last": day_text(last), "days": days}
    return _("%(days)d working days counted, %(first)s to %(last)s.") % parts


def _fitted(wanted: datetime, at: datetime) -> str:
    parts = {"wanted": moment_text(wanted), "at": moment_text(at)}
    return _("%(wanted)s is outside that day's hours, so %(at)s.") % parts


def _slot(at: datetime, latest: datetime) -> str:
    parts = {"slot": moment_text(at), "latest": moment_text(latest)}
    return _("The next slot is %(slot)s; what came by %(latest)s goes with it.") % parts


def _slot_missed(at: datetime, latest: datetime) -> str:
    parts = {"slot": moment_text(at), "latest": moment_text(latest)}
    return _("Too late for the slot of %(slot)s, which takes what came by %(latest)s.") % parts


def _slot_closed(at: datetime, reason: str) -> str:
    parts = {"slot": moment_text(at), "reason": names_text([reason])}
    return _("There is no slot at %(slot)s: the hours of that day are other than usual (%(reason)s).") % parts


def _rolled(from_day: date, to_day: date) -> str:
    parts = {"from": day_text(from_day), "to": day_text(to_day)}
    return _("%(from)s is not a working day; moved to %(to)s.") % parts


def _month(months: int, start: datetime, target: date, short: bool) -> str:
    count = ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    parts = {"count": count, "start": moment_text(start), "target": full_day_text(target)}
    if short:
        return _("%(count)s from %(start)s: %(target)s, the last day of a shorter month.") % parts
    return _("%(count)s from %(start)s: %(target)s.") % parts


def _plain(sentence: Callable[[], str], **formats: Callable) -> Callable[..., str]:
    """A sentence that only needs its data formatted; `sentence` is called late, in the reader's language."""
    return lambda **data: sentence() % {key: formats[key](value) for key, value in data.items()}


_SENTENCES: dict[str, Callable[..., str]] = {
    "limit": _plain(lambda: _("The limit is %(duration)s."), duration=spoken),
    "limit_working": _plain(lambda: _("The limit is %(duration)s of working time."), duration=spoken),
    "limit_days": _plain(lambda: _("The limit is %(days)d working days."), days=int),
    "around_the_clock": _plain(
        lambda: _("It is counted around the clock from %(start)s."), start=moment_text
    ),
    "waited": _waited,
    "counted": _counted,
    "counted_many": _counted_many,
    "skipped": _skipped,
    "numbered": _numbered,
    "numbered_many": _numbered_many,
    "fitted": _fitted,
    "slot": _slot,
    "slot_missed": _slot_missed,
    "slot_closed": _slot_closed,
    "closed_already": _plain(
        lambda: _("The working day was over by %(start)s, so the next one counts."), start=moment_text
    ),
    "closing": _plain(lambda: _("The working day closes at %(at)s."), at=moment_text),
    "month": _month,
    "rolled": _rolled,
    "given": _plain(lambda: _("The date was agreed: %(at)s."), at=moment_text),
    "unconfirmed": _plain(
        lambda: _(
            "The holidays of %(year)d are not announced yet; Monday to Friday are counted, "
            "and the deadline is worked out again when they are."
        ),
        year=int,
    ),
    "due": _plain(lambda: _("Due at %(at)s."), at=moment_text),
}
