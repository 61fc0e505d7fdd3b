"""The page on which a promise is changed: its rule, its steps, and a trial before anything is saved."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..models import Policy, PolicyVersion, StepDraft
from ..trial import Trial, tried
from ..wording import Difference, differences
from .policy import PolicyForm, TrialForm, policy_initial
from .step import MOST_STEPS, StepFormSet, step_initial, ways_to_tell

ADD, REMOVE, TRY, SAVE = "add", "remove-", "try", "save"


class Amendment:
    """One manager's change to one promise, from opening the form to `save`.

    `rule` and `steps` are the forms; for promises without a clock `steps` stays empty. `do` says which button
    was pressed: saving checks everything, trying only what a trial needs.
    """

    def __init__(
        self,
        policy: Policy,
        at: dt.datetime,
        data: Mapping[str, Any] | None = None,
        *,
        initial: dict[str, Any] | None = None,
        rows: Sequence[dict[str, Any]] | None = None,
    ):
        self.policy, self.at, self.data = policy, at, data or None
        self.do = data.get("do", TRY) if data else ""
        self.is_reshaped = rows is not None
        version = policy.current
        initial = policy_initial(version) if initial is None else initial
        rows = [step_initial(step) for step in version.steps.all()] if rows is None else rows
        self.rule = PolicyForm(self.data, policy=policy, at=at, initial=initial)
        self.rule.fields["reason"].required = self.do == SAVE
        ways = {"channels": ways_to_tell(version)}
        self.steps = StepFormSet(self.data, prefix="steps", initial=list(rows), form_kwargs=ways)
        self.trial = TrialForm(self.data, prefix="trial", initial={"start": at})

    # -- checking and saving --------------------------------------------------------------------
    def is_valid(self) -> bool:
        """Whether this may be put in force; every mistake is noted at its field."""
        sound = self._is_sound()
        if sound and self.is_overtaken:
            sentence = _(
                "Meanwhile %(person)s changed this promise. Compare below, then save again if yours holds."
            )
            person = self.policy.current.created_by or _("the system")
            self.rule.add_error(None, sentence % {"person": person})
        elif sound and not self._changes_anything():
            self.rule.add_error(None, _("Nothing has been changed."))
        return sound and self.rule.is_valid()

    def save(self, *, by) -> PolicyVersion:
        """Put the change in force as a new version."""
        return self.policy.amend(
            **self._amended(),
            reason=self.rule.cleaned_data["reason"],
            by=by,
            at=self.at,
            after=self.began_from,
        )

    @property
    def began_from(self) -> int:
        """The number of the version that stood when the form was opened."""
        return self.rule.cleaned_data["version"]

    @property
    def is_overtaken(self) -> bool:
        return self.began_from != self.policy.current.number

    def others_changes(self) -> list[Difference]:
        """What somebody else put in force since this form was opened."""
        if not self.rule.is_bound or "version" not in getattr(self.rule, "cleaned_data", {}):
            return []
        old = self.policy.versions.filter(number=self.began_from).first()
        return differences(old, self.policy.current) if old and self.is_overtaken else []

    def _is_sound(self) -> bool:
        return self.rule.is_valid() and (not self.rule.has_limit or self._steps_suit())

    def _steps_suit(self) -> bool:
        limit, calendar = self.rule.deadline, self.rule.cleaned_data.get("calendar")
        return self.steps.is_valid() and self.steps.check_against(limit, calendar)

    def _changes_anything(self) -> bool:
        now, new = self.policy.current, self._amended()
        kept = [StepDraft(tuple(s.to), s.percent, s.offset, tuple(s.channels)) for s in now.steps.all()]
        return new != {
            "deadline": now.limit,
            "calendar": now.calendar,
            "steps": kept,
            "target": now.target,
            "enabled": now.enabled,
            "may_pause": now.may_pause,
        }

    def _amended(self) -> dict[str, Any]:
        cleaned, timed = self.rule.cleaned_data, self.rule.has_limit
        return {
            "deadline": self.rule.deadline,
            "calendar": cleaned["calendar"] if timed else None,
            "steps": self.steps.drafts if timed else [],
            "target": cleaned["target"],
            "enabled": cleaned["enabled"],
            "may_pause": cleaned["may_pause"] if timed else False,
        }

    @property
    def mistakes(self) -> list[str]:
        """Every sentence that stands at a field, for the trial beside the form."""
        steps = [
            _("Step %(number)d: %(sentence)s") % {"number": number, "sentence": sentence}
            for number, form in enumerate(self.steps.forms, start=1)
            for sentence in sentences(form)
        ]
        return [
            *sentences(self.rule), *self.steps.non_form_errors(), *steps, *sentences(self.trial)
        ]  # fmt: skip

    # -- before saving ---------------------------------------------------------------------------
    def reshaped(self) -> "Amendment":
        """The same with one step more or fewer, everything typed kept and not yet judged."""
        rows = [typed(form) for form in self.steps.forms]
        if self.do == ADD and len(rows) < MOST_STEPS:
            rows.append({})
        elif self.do.removeprefix(REMOVE).isdecimal():
            gone = int(self.do.removeprefix(REMOVE))
            rows = [row for number, row in enumerate(rows) if number != gone]
        return Amendment(self.policy, self.at, initial=typed(self.rule), rows=rows)

    def what_would_happen(self) -> Trial | None:
        """The trial of what stands in the form; None while that is not sound, or has no limit."""
        if not self.rule.has_limit or self.is_reshaped:
            return None
        now = self.policy.current
        if not self.rule.is_bound:
            return tried(now.limit, now.calendar, now.steps.all(), self.at)
        if not (self._can_be_tried() and self.trial.is_valid()):
            return None
        start, given = self.trial.cleaned_data["start"], self.trial.cleaned_data["given"]
        calendar = self.rule.cleaned_data["calendar"]
        return tried(self.rule.deadline, calendar, self.steps.drafts, start or self.at, given)

    def _can_be_tried(self) -> bool:
        """A trial needs the limit, the calendar and the steps; a missing reason does not hinder it."""
        self.rule.is_valid()  # reads what was typed; its answer is of no matter here
        limit_stands = self.rule.deadline and self.rule.cleaned_data.get("calendar")
        return bool(limit_stands) and self._steps_suit()


def sentences(form: forms.Form) -> list[str]:
    """The mistakes of a form, each with the label of its field."""
    return [
        _("%(label)s: %(sentence)s") % {"label": form.fields[name].label, "sentence": sentence}
        if name in form.fields
        else sentence
        for name, found in form.errors.items()
        for sentence in found
    ]


def typed(form: forms.Form) -> dict[str, Any]:
    """What stands in the fields as it was typed, right or wrong."""
    return {name: form[name].data for name in form.fields}
