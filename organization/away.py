"""Who is away this week, and who stands in: the sheet that used to hang beside the front desk."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Absence, User
from .standins import stand_ins

DAYS = 7


@dataclass
class Row:
    """A person away this week: for each day the halves (0 none, 1 morning, 2 afternoon, 3 both)."""

    person: User
    days: list[int]
    away_now: bool
    stand_in: User | None


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def midnight(day: date) -> datetime:
    """The first instant of the day in the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def first_half(at: datetime) -> str:
    """The start of an absence in words: "2026-11-25", "2026-11-25 afternoon", else the time."""
    local = timezone.localtime(at)
    words = {(0, 0): "", (12, 0): _("afternoon")}.get((local.hour, local.minute), f"{local:%H:%M}")
    return f"{local:%Y-%m-%d} {words}".strip()


def last_half(at: datetime) -> str:
    """The end in words: midnight ends the day before, noon the morning."""
    local = timezone.localtime(at)
    if (local.hour, local.minute) == (0, 0):
        return f"{local - timedelta(days=1):%Y-%m-%d}"
    words = _("morning") if (local.hour, local.minute) == (12, 0) else f"{local:%H:%M}"
    return f"{local:%Y-%m-%d} {words}"


def week(monday: date, at: datetime) -> list[Row]:
    """A row for each active person away at any time of the week that starts on `monday`, by name.

    `away_now` and `stand_in` speak of the instant `at`.
    """
    start, end = midnight(monday), midnight(monday + timedelta(days=DAYS))
    absences = Absence.objects.overlapping(start, end).filter(user__status=User.Status.ACTIVE)
    by_person: dict[int, list[Absence]] = {}
    people: dict[int, User] = {}
    for absence in absences.select_related("user__department").order_by("user__pinyin", "user", "starts_at"):
        by_person.setdefault(absence.user_id, []).append(absence)
        people[absence.user_id] = absence.user
    acting = stand_ins(people, at)
    others = User.objects.in_bulk({pk for pk in acting.values() if pk and pk not in people})
    return [
        Row(
            person,
            [_halves(monday + timedelta(days=day), by_person[pk]) for day in range(DAYS)],
            away_now=acting[pk] != pk,
            stand_in=(others | people).get(acting[pk]) if acting[pk] != pk else None,
        )
        for pk, person in people.items()
    ]


def _halves(day: date, absences: list[Absence]) -> int:
    start = midnight(day)
    noon, end = start + timedelta(hours=12), midnight(day + timedelta(days=1))
    morning = any(a.starts_at < noon and a.ends_at > start for a in absences)
    afternoon = any(a.starts_at < end and a.ends_at > noon for a in absences)
    return morning + 2 * afternoon
