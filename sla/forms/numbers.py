"""Amounts of time as a manager types them: a whole number and a unit."""

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

UNITS = {
    "seconds": pgettext_lazy("unit", "seconds"),
    "minutes": pgettext_lazy("unit", "minutes"),
    "hours": pgettext_lazy("unit", "hours"),
}


class WholeNumberField(forms.IntegerField):
    """A whole number, fullwidth digits included (３０)."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


def amount_and_unit(length: dt.timedelta) -> tuple[int, str]:
    """The largest unit in which the length is a whole number."""
    seconds = int(length.total_seconds())
    for unit, size in (("hours", 3600), ("minutes", 60)):
        if seconds % size == 0:
            return seconds // size, unit
    return seconds, "seconds"
