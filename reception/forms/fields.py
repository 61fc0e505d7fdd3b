"""The two things a receptionist types by ear: a telephone number, and a colleague's name."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organization.models import User
from pages import phones
from pages.phones import Phone


class PhoneField(forms.CharField):
    """A number in any notation, as a `Phone`; None when left empty."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": _("Phone number"), "required": False, "max_length": 60, **kwargs})

    def clean(self, value) -> Phone | None:
        text = super().clean(value)
        return phones.parse(text) if text else None


class PersonField(forms.CharField):
    """A colleague by name, pinyin, staff number or extension, with suggestions from the list `people`."""

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "max_length": 60, **kwargs})
        self.widget.attrs |= {"list": "people", "autocomplete": "off"}

    def clean(self, value) -> User | None:
        text = " ".join(super().clean(value).replace("\x00", "").split())
        if not text:
            return None
        people = list(User.objects.active().filter(name=text)[:2]) or list(User.objects.search(text)[:2])
        if not people and " " in text:
            name, code = text.rsplit(" ", 1)
            people = list(User.objects.search(code).filter(name=name)[:2])
        if len(people) == 1:
            return people[0]
        if people:
            raise ValidationError(
                _("Several people fit. Add the extension or choose from the list."), code="several"
            )
        raise ValidationError(_("Nobody of this name works here."), code="nobody")


def spell(person: User) -> str:
    """How a person stands in the list of suggestions, understood by PersonField."""
    return f"{person.name} {person.extension or person.staff_no}"


def suggestions() -> list[tuple[str, User]]:
    """Everybody who works here as the list `people` offers them, spelt for PersonField."""
    people = User.objects.active().select_related("department").order_by("name")
    return [(spell(person), person) for person in people]


class MomentField(forms.DateTimeField):
    """An instant to the second, in local time, not in the future and not more than a month back."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S")
        super().__init__(**{"required": False, "widget": widget, **kwargs})


def refuse_impossible(moment: datetime, *, now: datetime, earliest: datetime) -> None:
    """Raise ValidationError unless `moment` lies between `earliest` and `now`."""
    if moment > now:
        raise ValidationError(_("This lies in the future."), code="future")
    if moment < earliest:
        raise ValidationError(_("Calls can be entered up to 31 days back."), code="too-old")
