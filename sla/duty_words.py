"""A duty in words: when, in which window, by whom; and of each time it came, how it went."""

import datetime as dt
import json
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from organization import roles
from pages import history, times

from . import evidence, recurrence, standards
from .models import Duty, Occurrence

State = Occurrence.State


class Going(NamedTuple):
    """How one occurrence stands: a key for its colour, words, and a sign that says the same."""

    key: str
    words: str
    sign: str


#: What a calendar can be filtered by; the words come with the sign wherever one stands.
SIGNS = {
    "planned": "point",
    "open": "player-play",
    "overdue": "alert-triangle",
    "done": "circle-check",
    "late": "clock-exclamation",
    "skipped": "ban",
}


def state_words() -> dict[str, str]:
    """The states by key, in the order of a life."""
    return {
        "planned": str(State.PLANNED.label),
        "open": str(State.OPEN.label),
        "overdue": pgettext("duty", "Overdue"),
        "done": pgettext("duty", "Done in time"),
        "late": pgettext("duty", "Done late"),
        "skipped": str(State.SKIPPED.label),
    }


def state_of(occurrence: Occurrence, at: dt.datetime) -> str:
    """One of the keys of `SIGNS`."""
    if occurrence.state == State.DONE:
        return "late" if occurrence.was_late() else "done"
    if occurrence.state == State.SKIPPED:
        return "skipped"
    if occurrence.due_at < at:
        return "overdue"
    return "open" if occurrence.state == State.OPEN or occurrence.opens_at <= at else "planned"


def going(occurrence: Occurrence, at: dt.datetime) -> Going:
    key = state_of(occurrence, at)
    return Going(key, state_words()[key], SIGNS[key])


def how_it_ended(occurrence: Occurrence, *, beside_clock: bool = False) -> list[str]:
    """What is to be said about an occurrence that is done: early, by somebody else, late.

    A clock beside the words tells already how late.
    """
    if occurrence.state != State.DONE:
        return []
    is_told = beside_clock and occurrence.was_late()
    said = [words] if (words := _when_done(occurrence)) and not is_told else []
    if occurrence.person_id and occurrence.person_id != occurrence.ended_by_id:
        said.append(_("done for %(person)s") % {"person": occurrence.person})
    return said


def _when_done(occurrence: Occurrence) -> str:
    """Late or early by how much; "" in time."""
    if occurrence.was_late():
        late = times.spoken(occurrence.ended_at - occurrence.due_at)
        return _("%(duration)s late") % {"duration": late}
    if occurrence.ended_at < occurrence.opens_at:
        early = times.spoken(occurrence.opens_at - occurrence.ended_at)
        return _("%(duration)s before it opened") % {"duration": early}
    return ""


def whose(occurrence: Occurrence) -> str:
    """The person, or the role in which anybody may do it."""
    if occurrence.person_id:
        return str(occurrence.person)
    return roles.label(occurrence.team) if occurrence.team else _("nobody yet")


def who_words(duty: Duty) -> str:
    """ "王晓梅", "everybody: Receptionist", "in turn: 王晓梅, 孙倩"; a role that is gone says so."""
    if duty.assignment == Duty.Assignment.PERSON:
        return str(duty.person)
    if duty.assignment == Duty.Assignment.ROLE:
        return _("everybody: %(role)s") % {"role": roles.label(duty.team)}
    people = _(", ").join(str(turn.person) for turn in duty.turns.all())
    return _("in turn: %(people)s") % {"people": people}


def when_words(duty: Duty) -> str:
    """The rule; "every day" says so too where days off are left out."""
    rule = str(duty.recurs)
    if duty.roll != Duty.Roll.SKIP or duty.calendar.key == "always":
        return rule
    return _("%(rule)s, days off left out") % {"rule": rule}


def window_words(opens: str, closes: str) -> str:
    """ "from opening until 10:00", "14:00–closing"."""
    if not opens and not closes:
        return _("from opening to closing time")
    if not opens:
        return _("from opening until %(closes)s") % {"closes": closes}
    if not closes:
        return _("from %(opens)s until closing time") % {"opens": opens}
    if closes <= opens:
        return _("from %(opens)s until %(closes)s of the next day") % {"opens": opens, "closes": closes}
    return _("from %(opens)s until %(closes)s") % {"opens": opens, "closes": closes}


def declared(duty: Duty) -> standards.Standard | None:
    """The clause a duty is for; None where no app declares it any more."""
    return next((one for one in standards.every() if one.key == duty.standard), None)


def clause_words(duty: Duty) -> str:
    """ "2.1.1 Morning inspection"."""
    standard = declared(duty)
    return standard.full_title if standard else duty.standard


def answers_words(answers: dict[str, Any]) -> str:
    """ "温度 22.5; 纪要 三人到会"."""
    return _("; ").join(f"{name} {value_words(value)}" for name, value in answers.items())


def value_words(value: Any) -> str:
    return evidence.plain(value) if isinstance(value, int | float) else str(value or "")


def _asks_words(rows: str) -> str:
    return _("; ").join(str(ask) for ask in evidence.load_asks(json.loads(rows)))


history.tell_as(Duty, "rule", lambda rule: str(recurrence.load(json.loads(rule))))
history.tell_as(Duty, "evidence", _asks_words)
history.tell_as(Duty, "standard", lambda key: clause_words(Duty(standard=key)))
history.tell_as(Duty, "team", roles.label)
history.tell_as(Occurrence, "team", roles.label)
history.tell_as(Occurrence, "answers", lambda answers: answers_words(json.loads(answers)))
