"""A promise as the manager changes it in the browser: limit, calendar, steps, and why."""

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pages.cleaning import CleanForm

from .. import deadlines
from ..hours import NoWorkingTime
from ..models import Calendar, Policy, PolicyVersion
from .numbers import UNITS, WholeNumberField, amount_and_unit

KINDS = {
    "within": _("Within so much time"),
    "working_days": _("Within so many working days"),
    "next_slot": _("By the next round"),
    "closing": _("By closing time"),
    "months": _("After so many months"),
    "as_given": _("By the date agreed"),
}
NEEDED = {"within": "amount", "working_days": "days", "next_slot": "times", "months": "months"}
_box = {"class": "form-control"}
_select = {"class": "form-select"}


class TimesField(forms.CharField):
    """Times of day such as 11:00, 18:00, in any separator and width: 11：00、18：00."""

    def clean(self, value: Any) -> tuple[str, ...]:
        text = unicodedata.normalize("NFKC", super().clean(value))
        return tuple(self._time(part) for part in re.split(r"[,、;\s]+", text) if part)

    @staticmethod
    def _time(part: str) -> str:
        try:
            hour, minute = re.fullmatch(r"(\d{1,2})[:.](\d{2})", part).groups()
            return f"{dt.time(int(hour), int(minute)):%H:%M}"
        except (AttributeError, ValueError):
            raise ValidationError(
                _("“%(text)s” is not a time of day. Write it like 11:00."), params={"text": part[:20]}
            ) from None


class PolicyForm(CleanForm):
    """One version in the making. `version` is the number the manager began from."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Kind of deadline"), choices=list(KINDS.items()), widget=forms.Select(attrs=_select)
    )
    amount = WholeNumberField(
        label=_("How much time"), required=False, min_value=1, widget=forms.NumberInput(attrs=_box)
    )
    unit = forms.ChoiceField(
        label=_("Unit"), choices=list(UNITS.items()), required=False, widget=forms.Select(attrs=_select)
    )
    days = WholeNumberField(
        label=_("Working days"),
        required=False,
        min_value=1,
        max_value=1000,
        widget=forms.NumberInput(attrs=_box),
    )
    times = TimesField(
        label=_("Rounds"),
        required=False,
        max_length=120,
        help_text=_("Times of day, such as 11:00, 18:00."),
        widget=forms.TextInput(attrs=_box),
    )
    cutoff_minutes = WholeNumberField(
        label=_("Cut-off before the round, in minutes"),
        required=False,
        min_value=0,
        max_value=1440,
        error_messages={"max_value": _("The cut-off is at most a day (1,440 minutes).")},
        widget=forms.NumberInput(attrs=_box),
    )
    months = WholeNumberField(
        label=_("Months"), required=False, min_value=1, max_value=120, widget=forms.NumberInput(attrs=_box)
    )
    calendar = forms.ModelChoiceField(
        label=_("Calendar"),
        queryset=Calendar.objects.all(),
        empty_label=None,
        widget=forms.Select(attrs=_select),
    )
    target = WholeNumberField(
        label=_("Target in percent"), min_value=0, max_value=100, widget=forms.NumberInput(attrs=_box)
    )
    enabled = forms.BooleanField(label=_("In force"), required=False)
    may_pause = forms.BooleanField(label=_("May be paused"), required=False)
    reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=200,
        error_messages={"required": _("Please say why the promise changes; it stands in the history.")},
        widget=forms.TextInput(attrs=_box),
    )

    def __init__(self, data=None, *, policy: Policy, at: dt.datetime, **kwargs):
        super().__init__(data, **kwargs)
        self.policy, self.at, self.deadline = policy, at, None
        self.has_limit = policy.declared.deadline is not None
        if not self.has_limit:
            for name in ("kind", "amount", "unit", "days", "times", "cutoff_minutes", "months"):
                del self.fields[name]
            del self.fields["calendar"], self.fields["may_pause"]

    def clean(self):
        cleaned = super().clean()
        if self.has_limit and "kind" in cleaned:
            self.deadline = self._deadline(cleaned)
            self._check_calendar(cleaned.get("calendar"))
        return cleaned

    def _deadline(self, cleaned: dict) -> deadlines.Deadline | None:
        needed = NEEDED.get(cleaned["kind"])
        if needed and (needed in self.errors or "cutoff_minutes" in self.errors):
            return None
        if needed and not cleaned.get(needed):
            self.add_error(needed, _("Please fill this in."))
            return None
        try:
            return _BUILD[cleaned["kind"]](cleaned)
        except (ValueError, OverflowError) as error:
            sentence = _("A limit must last at least a second and at most ten years.")
            self.add_error(needed, sentence if isinstance(error, OverflowError) else str(error))
            return None

    def _check_calendar(self, calendar: Calendar | None) -> None:
        """A calendar without a single hour would never let the promise fall due."""
        if not calendar or not self.deadline:
            return
        try:
            self.deadline.due(self.at, calendar.hours(), self.at)
        except NoWorkingTime:
            self.add_error("calendar", _("This calendar has no working hours. Enter its hours first."))


_BUILD = {
    "within": lambda c: deadlines.Within(**{c.get("unit") or "minutes": c["amount"]}),
    "working_days": lambda c: deadlines.WorkingDays(c["days"]),
    "next_slot": lambda c: deadlines.NextSlot(c["times"], c.get("cutoff_minutes") or 0),
    "closing": lambda c: deadlines.Closing(),
    "months": lambda c: deadlines.Months(c["months"]),
    "as_given": lambda c: deadlines.AsGiven(),
}


class TrialForm(CleanForm):
    """“What would happen if something began then?”"""

    start = forms.DateTimeField(
        label=_("If it began"),
        required=False,
        widget=forms.DateTimeInput(attrs={**_box, "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    given = forms.DateTimeField(
        label=_("Date agreed"),
        required=False,
        widget=forms.DateTimeInput(attrs={**_box, "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_start(self):
        return _within_memory(self.cleaned_data["start"])

    def clean_given(self):
        return _within_memory(self.cleaned_data["given"])


def _within_memory(at: dt.datetime | None) -> dt.datetime | None:
    """Years for which a calendar makes sense."""
    if at and not 2000 <= at.year <= 2100:
        raise ValidationError(_("Choose a day between 2000 and 2100."))
    return at


def policy_initial(version: PolicyVersion) -> dict[str, Any]:
    """The fields of `PolicyForm` as the version stands."""
    common = {
        "version": version.number,
        "calendar": version.calendar_id,
        "target": version.target,
        "enabled": version.enabled,
        "may_pause": version.may_pause,
        "unit": "minutes",
    }
    data = dict(version.deadline or {"kind": "within"})
    if data["kind"] == "within" and version.limit:
        data["amount"], common["unit"] = amount_and_unit(version.limit.length)
    elif data["kind"] == "next_slot":
        data["times"] = ", ".join(data["times"])
    return {**common, **data}
