"""The page on which a duty is set up or changed: rule, rows, and the next dates before anything is saved."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from pages import history

from .. import evidence
from ..coming import Coming, coming
from ..hours import NoWorkingTime
from ..models import Calendar, Duty
from ..models.figure import local_day
from ..slots import Pattern
from .amendment import sentences, typed
from .duty import MOST_TURNS, AskFormSet, DutyForm, TurnFormSet, duty_initial
from .recurring import RuleForm, rule_initial

SAVE, PREVIEW, ADD_ASK, ADD_TURN = "save", "preview", "add-ask", "add-turn"
REMOVE_ASK, REMOVE_TURN, RAISE_TURN = "remove-ask-", "remove-turn-", "raise-turn-"
SHOWN = 10
PREVIEWED = ("calendar", "roll", "opens", "closes", "since", "until")

Rows = Sequence[dict[str, Any]]


class DutySetting:
    """One manager's work on one duty, new or not, from opening the form to `save`.

    `rule`, `form`, `asks` and `turns` are the forms; the turns are looked at only where people take turns.
    """

    def __init__(
        self,
        duty: Duty | None,
        at: dt.datetime,
        data: Mapping[str, Any] | None = None,
        *,
        initial: dict[str, Any] | None = None,
        rows: tuple[Rows, Rows] | None = None,
    ):
        self.duty, self.at, self.data = duty, at, data or None
        self.do = data.get("do", PREVIEW) if data else ""
        self.others_change: history.Entry | None = None
        self._is_told = False
        initial = (_as_it_stands(duty) if duty else _fresh(at)) | (initial or {})
        ask_rows, turn_rows = rows or _rows_of(duty)
        self.rule = RuleForm(self.data, initial=initial)
        self.form = DutyForm(self.data, initial=initial)
        self.form.fields["reason"].required = bool(duty) and self.do == SAVE
        self.asks = AskFormSet(self.data, prefix="asks", initial=list(ask_rows))
        self.turns = TurnFormSet(self.data, prefix="turns", initial=list(turn_rows))

    # -- checking and saving --------------------------------------------------------------------
    def is_valid(self) -> bool:
        """Whether this may be put in force; every mistake is noted at its field."""
        parts = [self.rule, self.form, self.asks, *([self.turns] if self.takes_turns else [])]
        found = [part.is_valid() for part in parts]  # all of them, so that every mistake is told at once
        sound = all(found) and self._comes_at_all()
        if sound and self.is_overtaken:
            self._note_who_was_first()
        elif sound and self.duty and not self.changes():
            self.form.add_error(None, _("Nothing has been changed."))
        return sound and self.form.is_valid()

    def save(self, *, by) -> Duty:
        """Put the duty in force; of a known one, what was changed."""
        if not self.duty:
            return Duty.set_up(by=by, at=self.at, once=self.form.cleaned_data["once"], **self._wanted())
        self.duty.amend(
            self.changes(),
            reason=self.form.cleaned_data["reason"],
            expected_version=self.form.cleaned_data["version"],
            by=by,
            at=self.at,
        )
        return self.duty

    @property
    def version(self) -> Any:
        """What the form began from; once its manager was told of somebody else's change, that."""
        return self.duty.version if self._is_told else self.form["version"].value()

    @property
    def takes_turns(self) -> bool:
        return self.form["assignment"].value() == Duty.Assignment.ROTATION

    @property
    def is_overtaken(self) -> bool:
        return bool(self.duty) and self.form.cleaned_data.get("version") != self.duty.version

    def changes(self) -> dict[str, Any]:
        """What `Duty.amend` takes: only what is otherwise than it stands."""
        now = _standing(self.duty)
        return {name: value for name, value in self._wanted().items() if now[name] != value}

    def _comes_at_all(self) -> bool:
        """A rule whose days all fall away (each of them a day off, or none in time) would never come."""
        if self.preview:
            return True
        self.rule.add_error("repeats", _("Under these rules it never falls on any day."))
        return False

    def _note_who_was_first(self) -> None:
        """Somebody else saved while this form was open: who, and what they changed."""
        self.others_change, self._is_told = next(iter(history.history_of(self.duty, 1)), None), True
        sentence = _("Meanwhile %(person)s changed this duty. Compare below, then save again if yours holds.")
        person = self.others_change.by if self.others_change else _("the system")
        self.form.add_error(None, sentence % {"person": person})

    def _wanted(self) -> dict[str, Any]:
        cleaned = self.form.cleaned_data
        names = ("title", "standard", "instructions", "calendar", "roll", "opens", "closes", "since", "until",
                 "assignment", "person", "team")  # fmt: skip
        return {
            **{name: cleaned[name] for name in names},
            "rule": self.rule.rule,
            "evidence": self.asks.asks,
            "rotation": self.turns.people if self.takes_turns else [],
        }

    @property
    def mistakes(self) -> list[str]:
        """Why there are no next dates to show, in the sentences that stand at the fields after saving."""
        window = [
            _("%(label)s: %(sentence)s") % {"label": self.form.fields[name].label, "sentence": sentence}
            for name in PREVIEWED
            for sentence in self.form.errors.get(name, ())
        ]
        return [*sentences(self.rule), *window]

    @property
    def warnings(self) -> dict[str, str]:
        """What surprises later, by field."""
        found: dict[str, str] = {}
        for form in (self.rule, self.form):
            found |= form.warnings if form.errors is not None else {}  # judging it finds them
        if self.takes_turns and self.turns.is_bound and len(self.turns.forms) == 1:
            found["turns"] = _("With one person in it nobody takes over.")
        return found

    # -- before saving ---------------------------------------------------------------------------
    def reshaped(self) -> "DutySetting":
        """The same with rows added, removed or put in another order; all typed kept, nothing yet judged."""
        asks, turns = [typed(form) for form in self.asks.forms], [typed(form) for form in self.turns.forms]
        if self.do == ADD_ASK and len(asks) < evidence.MOST_ASKS:
            asks.append({"required": True})
        elif self.do == ADD_TURN and len(turns) < MOST_TURNS:
            turns.append({})
        elif (place := self._place(REMOVE_ASK, asks)) is not None:
            del asks[place]
        elif (place := self._place(REMOVE_TURN, turns)) is not None:
            del turns[place]
        elif (place := self._place(RAISE_TURN, turns)) is not None:
            turns.insert(max(0, place - 1), turns.pop(place))
        kept = typed(self.rule) | typed(self.form)
        return DutySetting(self.duty, self.at, initial=kept, rows=(asks, turns))

    def _place(self, verb: str, rows: list) -> int | None:
        """The number of the row that the button stands at; none where there is no such row."""
        return next((place for place in range(len(rows)) if self.do == f"{verb}{place}"), None)

    @cached_property
    def preview(self) -> list[Coming]:
        """The next ten times it would come; none while the rule or the window is not sound."""
        pattern = self._pattern()
        try:
            return coming(pattern, self.at, SHOWN) if pattern else []
        except NoWorkingTime:
            self.form.add_error("calendar", _("This calendar has no working hours. Enter its hours first."))
            return []

    def _pattern(self) -> Pattern | None:
        if not self.form.is_bound:
            return self.duty.pattern if self.duty else None
        sound = self.rule.is_valid() and not set(PREVIEWED) & set(self.form.errors)
        if not sound:
            return None
        hours, cleaned = self.form.cleaned_data["calendar"].hours(), self.form.cleaned_data
        window = (cleaned[name] for name in ("roll", "opens", "closes", "since", "until"))
        return Pattern(self.rule.rule, hours, *window)


def _fresh(at: dt.datetime) -> dict[str, Any]:
    """What the empty form proposes: every week, from today, in office hours."""
    today = local_day(at)
    return {
        "repeats": "weeks", "every_days": 1, "every_weeks": 1, "every_months": 1, "holiday_days": 3,
        "nth": "1", "weekdays": [str(today.weekday())], "anchor": today, "since": today,
        "roll": Duty.Roll.NEXT, "assignment": Duty.Assignment.PERSON,
        "calendar": Calendar.objects.filter(key="office").first(),
    }  # fmt: skip


def _as_it_stands(duty: Duty) -> dict[str, Any]:
    blank = {"every_days": 1, "every_weeks": 1, "every_months": 1, "holiday_days": 3, "anchor": duty.since}
    return {**blank, **rule_initial(duty.recurs), **duty_initial(duty)}


def _standing(duty: Duty) -> dict[str, Any]:
    """The duty in the words of `set_up`."""
    names = ("title", "standard", "instructions", "calendar", "roll", "opens", "closes", "since", "until",
             "assignment", "person", "team")  # fmt: skip
    return {
        **{name: getattr(duty, name) for name in names},
        "rule": duty.recurs,
        "evidence": evidence.load_asks(duty.evidence),
        "rotation": [turn.person for turn in duty.turns.all()],
    }


def _rows_of(duty: Duty | None) -> tuple[Rows, Rows]:
    if not duty:
        return [], []
    asks = [
        {**vars(ask), "least": _written(ask.least), "most": _written(ask.most)}
        for ask in evidence.load_asks(duty.evidence)
    ]
    return asks, [{"person": turn.person} for turn in duty.turns.all()]


def _written(number: float | None) -> str:
    return "" if number is None else evidence.plain(number)
