"""A duty as the manager sets it up or changes it: what, in which window, by whom, what is to be shown."""

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organization.models import User
from organization.person_field import PersonField
from organization.roles import Role
from pages.cleaning import CleanForm
from pages.once import OnceField

from .. import evidence, standards
from ..models import Calendar, Duty
from ..recurrence import opens_after_closing
from .recurring import within_twenty_years

MOST_TURNS = 40
_box = {"class": "form-control"}
_select = {"class": "form-select"}


def clauses() -> list[tuple[str, str]]:
    """What a duty can be for: every clause that is kept by doing something again and again."""
    return standards.choices(one for one in standards.every() if one.shape == standards.Shape.DUTY)


class ClockField(forms.CharField):
    """A time of day, 14:00, in any width; left empty it means opening or closing time."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.TimeInput(attrs={**_box, "type": "time"}), **kwargs)

    def clean(self, value: Any) -> str:
        typed = unicodedata.normalize("NFKC", super().clean(value)).strip()
        if not typed:
            return ""
        try:
            return f"{dt.time.fromisoformat(typed.zfill(5)):%H:%M}"
        except ValueError:
            raise ValidationError(
                _("“%(text)s” is not a time of day. Write it like 11:00."), params={"text": typed[:20]}
            ) from None


class DutyForm(CleanForm):
    """Everything of a duty but its rule and its rows. `version` is the number the manager began from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    once = OnceField()
    title = forms.CharField(label=_("What is to be done"), max_length=120, widget=forms.TextInput(attrs=_box))
    standard = forms.ChoiceField(label=_("Clause"), choices=clauses, widget=forms.Select(attrs=_select))
    instructions = forms.CharField(
        label=_("How"),
        required=False,
        max_length=4000,
        help_text=_("What whoever does it reads on the phone: a step on each line."),
        widget=forms.Textarea(attrs={**_box, "rows": 4}),
    )
    calendar = forms.ModelChoiceField(
        label=_("Calendar"),
        queryset=Calendar.objects.all(),
        empty_label=None,
        widget=forms.Select(attrs=_select),
    )
    roll = forms.ChoiceField(
        label=_("When nobody works on that day"),
        choices=Duty.Roll.choices,
        widget=forms.Select(attrs=_select),
    )
    opens = ClockField(label=_("Not before"), help_text=_("Empty: opening time."))
    closes = ClockField(label=_("Not after"), help_text=_("Empty: closing time."))
    since = forms.DateField(
        label=_("In force from"),
        validators=[within_twenty_years],
        widget=forms.DateInput(attrs={**_box, "type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("In force until"),
        required=False,
        help_text=_("Empty: until further notice."),
        widget=forms.DateInput(attrs={**_box, "type": "date"}, format="%Y-%m-%d"),
    )
    assignment = forms.ChoiceField(
        label=_("Done by"), choices=Duty.Assignment.choices, widget=forms.Select(attrs=_select)
    )
    person = PersonField(
        label=_("Person"),
        help_text=_("Part of the name, pinyin initials or staff number."),
        widget=forms.TextInput(attrs=_box),
    )
    team = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", "—"), *Role.choices],
        widget=forms.Select(attrs=_select),
    )
    reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=200,
        required=False,
        error_messages={"required": _("Please say why the duty changes; it stands in the history.")},
        widget=forms.TextInput(attrs=_box),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.warnings: dict[str, str] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_who(cleaned)
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("It would end before it begins."))
        opens, closes, calendar = (cleaned.get(name) for name in ("opens", "closes", "calendar"))
        if opens and closes and opens == closes:
            self.add_error("closes", _("The window needs some length."))
        elif opens and closes and closes < opens:
            self.warnings["closes"] = _("The window runs past midnight, into the next day.")
        elif calendar and opens_after_closing(opens or "", closes or "", calendar.hours()):
            sentence = _("%(opens)s is after closing time. Say until when, too.")
            self.add_error("opens", sentence % {"opens": opens})
        return cleaned

    def _check_who(self, cleaned: dict[str, Any]) -> None:
        """Exactly what the chosen way of assignment needs is kept; the rest is forgotten."""
        how = cleaned.get("assignment")
        if how == Duty.Assignment.PERSON and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", _("Please name who does it."))
        if how == Duty.Assignment.ROLE and not cleaned.get("team"):
            self.add_error("team", _("Please choose a role."))
        if how == Duty.Assignment.ROLE and cleaned.get("team"):
            self._warn_of_an_empty_role(cleaned["team"])
        if how != Duty.Assignment.PERSON:
            cleaned["person"] = None
            self.errors.pop("person", None)
        if how != Duty.Assignment.ROLE:
            cleaned["team"] = ""

    def _warn_of_an_empty_role(self, team: str) -> None:
        if not User.objects.in_role(team).exists():
            self.warnings["team"] = _("Nobody holds this role at present.")


class TurnForm(CleanForm):
    """One place in a rotation."""

    person = PersonField(label=_("Person"), required=True, widget=forms.TextInput(attrs=_box))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted = False


class BaseTurnFormSet(forms.BaseFormSet):
    def clean(self) -> None:
        """A rotation has somebody in it, and nobody twice."""
        if not self.forms:
            raise ValidationError(_("Please name who takes turns."))
        seen: set[int] = set()
        for form in self.forms:
            person = form.cleaned_data.get("person") if form.is_valid() else None
            if person and person.pk in seen:
                form.add_error("person", _("%(person)s takes a turn already.") % {"person": person})
            if person:
                seen.add(person.pk)

    @property
    def people(self) -> list[User]:
        return [form.cleaned_data["person"] for form in self.forms]


def _bound(label: Any) -> forms.FloatField:
    """The least or most that an answer may be; no answer goes beyond either."""
    most = evidence.LARGEST_NUMBER
    return forms.FloatField(
        label=label, required=False, min_value=-most, max_value=most, widget=forms.NumberInput(attrs=_box)
    )


class AskForm(CleanForm):
    """One thing that whoever does the duty has to show."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=evidence.Kind.choices, widget=forms.Select(attrs=_select)
    )
    name = forms.CharField(
        label=_("What is to be shown"),
        max_length=evidence.LONGEST_NAME,
        widget=forms.TextInput(attrs={**_box, "autocomplete": "off"}),
    )
    required = forms.BooleanField(label=_("has to be there"), required=False)
    least = _bound(_("Least"))
    most = _bound(_("Most"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        least, most, kind = cleaned.get("least"), cleaned.get("most"), cleaned.get("kind")
        if kind == evidence.Kind.TEXT:
            cleaned["least"] = cleaned["most"] = None
        elif least is not None and most is not None and least > most:
            self.add_error("most", _("The least is more than the most."))
        if kind in (evidence.Kind.PHOTO, evidence.Kind.FILE):
            self._check_counts(evidence.MOST_FILES)
        elif kind == evidence.Kind.ATTENDANCE:
            self._check_counts(evidence.LARGEST_COUNT)
        return cleaned

    def _check_counts(self, largest: int) -> None:
        for name in ("least", "most"):
            count = self.cleaned_data.get(name)
            if count is not None and not (count == int(count) and 1 <= count <= largest):
                sentence = _("This is a whole number from 1 to %(most)d.")
                self.add_error(name, sentence % {"most": largest})

    @property
    def ask(self) -> evidence.Ask:
        cleaned = self.cleaned_data
        return evidence.Ask(
            cleaned["kind"], cleaned["name"], cleaned["required"], cleaned["least"], cleaned["most"]
        )


class BaseAskFormSet(forms.BaseFormSet):
    def clean(self) -> None:
        """Each thing has a name of its own; who was there is asked for once."""
        if len(self.forms) > evidence.MOST_ASKS:
            sentence = _("A duty asks for at most %(count)d things.")
            raise ValidationError(sentence, params={"count": evidence.MOST_ASKS})
        names: set[str] = set()
        kinds: set[str] = set()
        for form in self.forms:
            if not form.is_valid():
                continue
            if form.cleaned_data["name"] in names:
                form.add_error("name", _("Two things to show have the same name."))
            elif form.ask.kind == evidence.Kind.ATTENDANCE and form.ask.kind in kinds:
                form.add_error("kind", _("Who was there is asked for once."))
            else:
                names.add(form.ask.name)
                kinds.add(form.ask.kind)

    @property
    def asks(self) -> list[evidence.Ask]:
        return [form.ask for form in self.forms]


# `absolute_max`: whatever number of rows is claimed, no more are drawn; of asks one more, to be told of it.
TurnFormSet = forms.formset_factory(
    TurnForm, formset=BaseTurnFormSet, extra=0, max_num=MOST_TURNS, absolute_max=MOST_TURNS
)
AskFormSet = forms.formset_factory(
    AskForm,
    formset=BaseAskFormSet,
    extra=0,
    max_num=evidence.MOST_ASKS,
    absolute_max=evidence.MOST_ASKS + 1,
)


def duty_initial(duty: Duty) -> dict[str, Any]:
    """The fields of `DutyForm` as the duty stands."""
    names = ("version", "title", "standard", "instructions", "calendar", "roll", "opens", "closes", "since",
             "until", "assignment", "person", "team")  # fmt: skip
    return {name: getattr(duty, name) for name in names}
