"""What a receptionist types by ear: a telephone number, and when it rang."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pages import phones
from pages.phones import Phone


class PhoneField(forms.CharField):
    """A number in any notation, as a `Phone`; None when left empty."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": _("Phone number"), "required": False, "max_length": 60, **kwargs})

    def clean(self, value) -> Phone | None:
        text = super().clean(value)
        return phones.parse(text) if text else None


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
