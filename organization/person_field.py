"""A colleague is named by ear in a form: name, pinyin, extension or staff number, or one from the list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .models import User


def spell(person: User) -> str:
    """How a person stands in the list of suggestions, understood by PersonField: "王晓梅 8001"."""
    return f"{person.name} {person.extension or person.staff_no}"


def suggestions() -> list[tuple[str, User]]:
    """Everybody who works here, as `organization/_people.html` offers them, spelt for PersonField."""
    people = User.objects.active().select_related("department").order_by("name", "pk")
    return [(spell(person), person) for person in people]


class PersonField(forms.CharField):
    """Gives the one person who fits what was typed, or None where it may be left empty."""

    default_error_messages = {
        "required": _("Please name somebody."),
        "nobody": _("Nobody who works here fits this."),
        "several": _("Several people fit. Add the extension or choose from the list."),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "max_length": 90, **kwargs})
        self.widget.attrs |= {"list": "people", "autocomplete": "off"}

    def clean(self, value: Any) -> User | None:
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        found = _fitting(text)
        if len(found) != 1:
            mistake = "several" if found else "nobody"
            raise ValidationError(self.error_messages[mistake], code=mistake)
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return spell(value) if isinstance(value, User) else value


def _fitting(text: str) -> list[User]:
    """At most two: whoever is called exactly so, else whoever it could mean, else a name with its number."""
    exactly = User.objects.active().filter(Q(name=text) | Q(staff_no=text))
    found = list(exactly[:2]) or list(User.objects.search(text)[:2])
    if not found and " " in text:
        name, number = text.rsplit(" ", 1)
        found = list(User.objects.search(number).filter(name=name)[:2])
    return found
