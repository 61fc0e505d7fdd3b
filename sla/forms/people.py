"""Naming a colleague in a form: part of the name, pinyin, staff number, or one from the list offered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organization.models import User

MARK = " · "


def written(person: User) -> str:
    """A person as the list offers them, unmistakable between namesakes: "王晓梅 · 1024"."""
    return f"{person.name}{MARK}{person.staff_no}"


def offered() -> list[tuple[str, User]]:
    """Everybody who works here, as `reception/_people.html` lists them."""
    people = User.objects.active().select_related("department").order_by("name", "pk")
    return [(written(person), person) for person in people]


class PersonField(forms.CharField):
    """Gives the one person who fits what was typed, or None where it may be left empty."""

    default_error_messages = {
        "required": _("Please name somebody."),
        "nobody": _("Nobody who works here fits this."),
        "several": _("Several people fit. Type the staff number, or choose from the list."),
    }

    def __init__(self, **kwargs):
        attrs = {"class": "form-control", "list": "people", "autocomplete": "off"}
        super().__init__(**{"max_length": 90, "widget": forms.TextInput(attrs=attrs), **kwargs})

    def clean(self, value: Any) -> User | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        _name, mark, staff_no = typed.rpartition(MARK)
        if mark:
            found = list(User.objects.active().filter(staff_no=staff_no.strip()))
        else:
            found = list(User.objects.search(typed)[:10])
            found = [one for one in found if typed in (one.name, one.staff_no)] or found
        if len(found) != 1:
            raise ValidationError(self.error_messages["several" if found else "nobody"])
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, User) else value
