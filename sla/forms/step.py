"""The steps of a promise as the manager edits them: when, whom to tell, by which ways."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from notices.models import Channel
from organization.roles import Role
from pages.cleaning import CleanForm

from .. import deadlines
from ..models import Calendar, PolicyVersion, StepDraft
from ..standards import EMAIL, INBOX, Audience
from ..wording import one_words, way_words
from .numbers import UNITS, WholeNumberField, amount_and_unit

MOST_STEPS = 15
LONGEST_STEP = dt.timedelta(days=366)
ON_SCREEN_ONLY_UP_TO = dt.timedelta(minutes=1)
WHENS = {
    "percent": _("after a share of the time (%)"),
    "before": _("before the deadline"),
    "at": _("at the deadline"),
    "after": _("after the deadline"),
}

_AUDIENCE = [*Audience.values, *(f"role:{role}" for role in Role.values)]
_box = {"class": "form-control"}
_select = {"class": "form-select"}


class StepForm(CleanForm):
    """One step of the climb; without a channel it is shown on the screen only."""

    when = forms.ChoiceField(
        label=_("When"), choices=list(WHENS.items()), initial="at", widget=forms.Select(attrs=_select)
    )
    amount = WholeNumberField(
        label=_("How much"), required=False, min_value=1, widget=forms.NumberInput(attrs=_box)
    )
    unit = forms.ChoiceField(
        label=_("Unit"),
        choices=list(UNITS.items()),
        initial="minutes",
        required=False,
        widget=forms.Select(attrs=_select),
    )
    to = forms.MultipleChoiceField(
        label=_("Whom to tell"),
        choices=lambda: [(one, one_words(one)) for one in _AUDIENCE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose whom this step concerns.")},
    )
    channels = forms.MultipleChoiceField(
        label=_("By which ways"), required=False, choices=(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, channels: list[tuple[str, Any]], **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted = False  # a step left blank is asked about, not dropped
        self.fields["channels"].choices = channels

    def clean(self):
        cleaned = super().clean()
        when, amount = cleaned.get("when"), cleaned.get("amount")
        if when and when != "at" and "amount" not in self.errors:
            if not amount:
                self.add_error("amount", _("Please fill this in."))
            elif when == "percent" and amount > 100:
                self.add_error("amount", _("A share of the time is between 1 and 100 percent."))
            elif when != "percent" and self._offset() > LONGEST_STEP:
                self.add_error("amount", _("A step is at most a year away from the deadline."))
        return cleaned

    @property
    def draft(self) -> StepDraft:
        """The step as `Policy.amend` takes it; whoever is told anywhere finds it in the inbox too."""
        cleaned = self.cleaned_data
        percent = cleaned["amount"] if cleaned["when"] == "percent" else None
        channels = cleaned["channels"]
        if channels and INBOX not in channels:
            channels = [INBOX, *channels]
        offset = None if percent else self._offset()
        return StepDraft(tuple(cleaned["to"]), percent, offset, tuple(channels))

    def _offset(self) -> dt.timedelta:
        cleaned = self.cleaned_data
        if cleaned["when"] == "at":
            return dt.timedelta(0)
        try:
            length = dt.timedelta(**{cleaned.get("unit") or "minutes": cleaned["amount"]})
        except OverflowError:
            length = dt.timedelta.max
        return -length if cleaned["when"] == "before" else length


class BaseStepFormSet(forms.BaseFormSet):
    def clean(self) -> None:
        """No step twice; and before a limit of a minute nobody has the time to read a message."""
        if not self.forms:
            raise ValidationError(_("A promise needs at least one step."))
        if len(self.forms) > MOST_STEPS:
            raise ValidationError(_("A promise has at most %(count)d steps."), params={"count": MOST_STEPS})
        seen: dict[tuple, int] = {}
        for number, form in enumerate(self.forms, start=1):
            if form.is_valid():
                draft = form.draft
                same = (draft.percent, draft.offset, frozenset(draft.to))
                if same in seen:
                    form.add_error("when", _("This is the same as step %(number)d.") % {"number": seen[same]})
                seen.setdefault(same, number)

    def check_against(self, deadline: deadlines.Deadline | None, calendar: Calendar | None) -> bool:
        """Whether the steps suit the limit; mistakes are noted at the step."""
        length = deadline.length if deadline else None
        if length is None or not calendar:
            return True
        for form in self.forms:
            early = form.draft.percent is not None and form.draft.percent < 100
            before = form.draft.offset is not None and form.draft.offset < dt.timedelta(0)
            if before and calendar.always and -form.draft.offset >= length:
                form.add_error("amount", _("This is before the promise is even given."))
            elif (early or before) and length <= ON_SCREEN_ONLY_UP_TO and form.draft.channels:
                form.add_error(
                    "channels", _("Before a limit of a minute or less, warnings are on screen only.")
                )
        return all(form.is_valid() for form in self.forms)

    @property
    def drafts(self) -> list[StepDraft]:
        return [form.draft for form in self.forms]


StepFormSet = forms.formset_factory(StepForm, formset=BaseStepFormSet, extra=0, max_num=MOST_STEPS)


def step_initial(step: StepDraft) -> dict[str, Any]:
    """The fields of `StepForm` as the step stands."""
    common = {"to": list(step.to), "channels": list(step.channels), "unit": "minutes"}
    if step.percent is not None:
        return {**common, "when": "percent", "amount": step.percent}
    if not step.offset:
        return {**common, "when": "at"}
    amount, unit = amount_and_unit(abs(step.offset))
    return {
        **common,
        "when": "before" if step.offset < dt.timedelta(0) else "after",
        "amount": amount,
        "unit": unit,
    }


def ways_to_tell(version: PolicyVersion) -> list[tuple[str, Any]]:
    """Inbox, e-mail, the kinds of robot in use, and whatever the version tells people by already."""
    kinds = set(Channel.objects.enabled().values_list("kind", flat=True)) | {EMAIL}
    kinds |= {way for step in version.steps.all() for way in step.channels}
    return [(way, way_words(way)) for way in (INBOX, *Channel.Kind.values) if way in {INBOX, *kinds}]
